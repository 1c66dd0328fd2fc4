export const delimiters = [';', ',', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

export interface DelimiterFound {
  delimiter: Delimiter
  /** How many cells most lines have. */
  cells: number
  /** Characters of a first line "sep=;" that belong to Excel and not to the table. */
  skip: number
}

/**
 * Finds what separates the cells: what "sep=;" says, or else what divides most of the lines into the same number of cells (at
 * least two), and of equals what divides them into more.
 * @param head the beginning of the file, decoded; the last line may be cut
 */
export function detectDelimiter(head: string): DelimiterFound {
  const said = /^\uFEFF?"?sep=(.)"?[^\S\r\n]*(?:\r\n|\r|\n|$)/i.exec(head)
  const sign = delimiters.find((one) => one === said?.[1])
  if (said !== null && sign !== undefined) {
    const { cells } = regularity(head.slice(said[0].length), sign)
    return { delimiter: sign, cells: Math.max(cells, 1), skip: said[0].length }
  }
  const found = delimiters
    .map((delimiter) => ({ delimiter, ...regularity(head, delimiter) }))
    .toSorted((a, b) => b.share - a.share || b.cells - a.cells)[0]
  if (found === undefined || found.share === 0) return { delimiter: ',', cells: 1, skip: 0 }
  return { delimiter: found.delimiter, cells: found.cells, skip: 0 }
}

const linesLookedAt = 200

function regularity(head: string, delimiter: string): { share: number; cells: number } {
  const counts = new Map<number, number>()
  const lines = cellsOfLines(head, delimiter)
  for (const cells of lines) counts.set(cells, (counts.get(cells) ?? 0) + 1)
  const [cells, times] = [...counts]
    .filter(([count]) => count > 1)
    .toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0]
  // Shares that differ by less than a tenth are equal: titles and totals are in every file.
  return { share: Math.round((10 * times) / Math.max(lines.length, 1)) / 10, cells }
}

/** How many cells the lines have, by the rules of quotes; empty lines and a last line without an end are left out. */
function cellsOfLines(head: string, delimiter: string): number[] {
  const counts: number[] = []
  let [cells, quoted, started] = [1, false, false]
  for (let at = 0; at < head.length && counts.length < linesLookedAt; at++) {
    const sign = head.charAt(at)
    if (sign === '"') [quoted, started] = [!quoted, true]
    else if (quoted) continue
    else if (sign === delimiter) cells++
    else if (sign !== '\n' && sign !== '\r') started = true
    else {
      if (started || cells > 1) counts.push(cells)
      ;[cells, started] = [1, false]
    }
  }
  if (counts.length === 0 || (started && counts.length < 3)) counts.push(cells)
  return counts
}
