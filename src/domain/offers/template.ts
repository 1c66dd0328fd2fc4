/**
 * The text of an offer, with what is put in for each person. Plain text: nothing in it is markup, and what is put in is never read
 * again.
 *
 * "{name}" is a placeholder. In Russian it stands where the nominative is right: "ваш мастер {master}", "«{line}»". What is
 * not known of a person leaves no gap:
 * - "[Ваш мастер {master} ждёт вас. ]" is a piece: it is left out as a whole. "[к {master}|к нам]" has a way to say it without.
 *   Brackets with no placeholder in them are brackets.
 * - A name that is an address goes with its comma: "{name}, здравствуйте!" and "Здравствуйте, {name}!" become "Здравствуйте!".
 * - Anything else takes its sentence with it.
 */

export const placeholders = [
  'name',
  'master',
  'service',
  'line',
  'discount',
  'until',
  'days',
  'code',
] as const
export type Placeholder = (typeof placeholders)[number]

/** Known of some people only; the others stand in the offer, and everybody gets them. */
const personal = ['name', 'master', 'service', 'line'] as const satisfies readonly Placeholder[]

export type PlaceholderValues = Partial<Record<Placeholder, string>>

/**
 * The text as one person reads it.
 * @param values an absent or blank one is not known; line breaks in them become spaces
 */
export function fill(template: string, values: PlaceholderValues): string {
  const known = new Map(
    Object.entries(values)
      .map(([name, value]) => [name, value.replace(blanks, ' ').trim()] as const)
      .filter(([, value]) => value !== ''),
  )
  const missing = (text: string) => namesIn(text).filter((name) => isPlaceholder(name) && !known.has(name))
  const chosen = template.replace(piece, (whole, inside: string) => {
    if (namesIn(inside).length === 0) return whole
    return inside.split('|').find((way) => missing(way).length === 0) ?? ''
  })
  const kept = (known.has('name') ? chosen : withoutName(chosen))
    .split(sentenceEnds)
    .filter((sentence) => missing(sentence).length === 0)
    .join('')
  // All at once: a client who calls herself "{code}" is greeted so, and gets no second code.
  return tidied(kept).replace(placeholder, (whole, name: string) => known.get(name) ?? whole)
}

/** The names in braces, known ones and others, each once, in the order of the text. */
export const namesIn = (template: string): string[] => [
  ...new Set([...template.matchAll(placeholder)].map((match) => match[1] ?? '')),
]

export const isPlaceholder = (name: string): name is Placeholder => placeholders.some((one) => one === name)

/**
 * What everybody has to read, and would not where nothing personal is known: "{master} дарит вам {discount}" loses its discount
 * with its master. Put what is personal into a piece, or into a sentence of its own.
 */
export function lostWithout(template: string): Placeholder[] {
  const read = readByStranger(template)
  return everybodys.filter((name) => namesIn(template).includes(name) && !read.includes(mark(name)))
}

/** Whether whoever nothing personal is known of would get an empty message: "{master} ждёт вас!". */
export const isNothingWithout = (template: string): boolean => readByStranger(template) === ''

const everybodys = placeholders.filter((name) => !personal.some((one) => one === name))

const mark = (name: string): string => `<${name}>`

const readByStranger = (template: string): string =>
  fill(template, Object.fromEntries(everybodys.map((name) => [name, mark(name)])))

const placeholder = /\{(\w+)\}/g
const piece = /\[([^[\]]*)\]/g
/** After the end of a sentence and what closes it, and before a line break. */
const sentenceEnds = /(?<=[.!?…]["»”)]*)(?=\s)|(?=\n)/
/** Not the blank that keeps "5 %" together. */
const blanks = /[ \p{Cc}\u2028\u2029]+/gu

/** Takes away a name that is an address: first in its sentence, or after a comma. */
const withoutName = (text: string): string =>
  text
    .replace(addressFirst, (_, before: string, first: string) => before + first.toUpperCase())
    .replace(/,\s*\{name\}(?=[,!.?…)]|\s*$)/gu, '')

const addressFirst = /(^\s*|[.!?…]["»”)]*\s+|\n)\{name\}(?:[,!.]\s*|$)(.?)/gsu

/** Only what pieces and sentences leave behind when they go: the author's own line breaks and blanks within a line stay single. */
const tidied = (text: string): string =>
  text
    .replace(/ {2,}/g, ' ')
    .replace(/ +(?=[,.!?](?:\s|$))/g, '')
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
