/**
 * A text that a spreadsheet would take for a formula gets an apostrophe before it: the signs themselves, their full-width and small
 * forms, which some programs make plain, behind whatever a program may trim. Apostrophes before a sign count as well, so that
 * taking one off always gives back what was written.
 */
export const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text)

/** What was written before `harmless`. */
export const unguarded = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell

const formula = /^['\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠﹦﹢﹣﹫]|^'*[\t\r\n]/u
