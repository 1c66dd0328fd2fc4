import { meanings, type Meaning } from './column-names.ts'
import { plainWords } from './plain-words.ts'
import type { DateOrder } from './read-date.ts'
import { readDate } from './read-date.ts'
import { recognizeColumns, type Columns, type RecognizedColumns } from './recognize-columns.ts'

/** A row of a file, as it stands there. */
export interface BookRow {
  /** As a spreadsheet counts: the first row is 1. */
  number: number
  cells: readonly string[]
}

/** How a file of visits is to be read: which column is what, and what its cells mean. Plain JSON. */
export interface Layout {
  /** The row with the names; what stands above it are titles. 0: the file has none. */
  headerRow: number
  /** The columns' names as in the file; a column without one is called by its letter. */
  names: string[]
  columns: Columns
  /** The amounts are in kopecks. */
  kopecks: boolean
  /** Of dates like 03/04/2024. */
  dateOrder: DateOrder
  /** Signs that part thousands in an amount like "1,500". */
  thousands: (',' | '.')[]
}

/** What a person says about the columns: a column's name or letter; '' for "none of them". */
export type ColumnChoices = Partial<Record<Meaning, string>>

export type LayoutFound =
  | { ok: true; layout: Layout; rivals: RecognizedColumns['rivals'] }
  /** `header`: no row has names that we know; `column`: a person named one that is not there. */
  | { ok: false; reason: 'empty' }
  | { ok: false; reason: 'header' }
  | { ok: false; reason: 'column'; column: string; names: string[] }

const rowsLookedAt = 30

/**
 * Finds the row with the columns' names among the first ones, and what each column is: the row that tells most, the first of
 * equals. Where a person has named columns, the row with most of these names.
 * @param head the first rows of the file
 */
export function findLayout(head: readonly BookRow[], choices: ColumnChoices = {}): LayoutFound {
  const filled = head.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  if (filled.length === 0) return { ok: false, reason: 'empty' }
  const named = Object.values(choices)
    .filter((name) => name !== '')
    .map(plainWords)
  const rated = filled.slice(0, rowsLookedAt).map((row, at) => {
    const recognized = recognizeColumns(
      row.cells,
      filled.slice(at + 1).map(({ cells }) => cells),
    )
    const chosen = row.cells.filter((cell) => named.includes(plainWords(cell))).length
    return { row, recognized, score: Object.keys(recognized.columns).length + 100 * chosen }
  })
  const best = rated.reduce((one, other) => (other.score > one.score ? other : one))
  // One known word may stand in a title, too ("Visits, 2024").
  const letters = named.length > 0 && named.every((name) => letter.test(name))
  if (best.score < 2 && !letters && !(best.score === 1 && looksLikeHeader(best.row)))
    return { ok: false, reason: 'header' }
  const { columns, rivals, kopecks } = best.recognized
  const headless = best.score === 0
  const row = headless ? { number: 0, cells: Array.from({ length: widest(filled) }, () => '') } : best.row
  const layout: Layout = {
    headerRow: row.number,
    names: row.cells.map((cell, position) => cell.trim().replaceAll(/\s+/g, ' ') || columnLetter(position)),
    columns,
    kopecks,
    dateOrder: 'unclear',
    thousands: [],
  }
  return chosen(layout, choices, rivals)
}

/** More than one cell, and none of them a date. */
const looksLikeHeader = ({ cells }: BookRow): boolean =>
  cells.filter((cell) => cell.trim() !== '').length > 1 &&
  !cells.some((cell) => readDate(cell, 'dayFirst').ok)

const widest = (rows: readonly BookRow[]): number => Math.max(...rows.map(({ cells }) => cells.length))

function chosen(layout: Layout, choices: ColumnChoices, rivals: RecognizedColumns['rivals']): LayoutFound {
  const columns = { ...layout.columns }
  for (const meaning of meanings) {
    const column = choices[meaning]
    if (column === undefined) continue
    const position = column === '' ? undefined : positionOf(column, layout.names)
    if (position === -1) return { ok: false, reason: 'column', column, names: layout.names }
    // A column has one meaning: the one that a person gave it.
    for (const other of meanings)
      if (position !== undefined && columns[other] === position) delete columns[other]
    if (position === undefined) delete columns[meaning]
    else columns[meaning] = position
  }
  const lost = rivals.filter(({ meaning, position }) => columns[meaning] !== position)
  return { ok: true, layout: { ...layout, columns }, rivals: lost }
}

/** By its name, or else by its letter; -1: there is none. */
function positionOf(column: string, names: readonly string[]): number {
  const exact = names.indexOf(column.trim())
  if (exact >= 0) return exact
  const alike = names.findIndex((name) => plainWords(name) === plainWords(column))
  if (alike >= 0 || !letter.test(column.trim())) return alike
  return names.findIndex((_, position) => columnLetter(position) === column.trim().toUpperCase())
}

const letter = /^[a-z]{1,2}$/i

/** "A" for the first column, as spreadsheets call them. */
export function columnLetter(position: number): string {
  const last = String.fromCharCode(65 + (position % 26))
  return position < 26 ? last : columnLetter(Math.floor(position / 26) - 1) + last
}

/** What is needed and not there: a date, and somebody to whom the visit belongs. */
export const missingFrom = ({ columns }: Layout): ('date' | 'client')[] => [
  ...(columns.date === undefined ? (['date'] as const) : []),
  ...(columns.phone === undefined && columns.clientId === undefined ? (['client'] as const) : []),
]
