import { meanings, type Meaning } from './column-names.ts'
import type { EvidenceFound } from './evidence.ts'
import { missingFrom, type BookRow, type Layout } from './layout.ts'
import type { RecognizedColumns } from './recognize-columns.ts'
import type { RowReading } from './row-reader.ts'
import type { RowProblem } from './visit-record.ts'

/** "I understood it so": what is shown before a file is imported. Plain JSON. */
export interface Preview {
  format: BookFormat
  /** Rows under the header, empty ones too. */
  rows: number
  columns: {
    meaning: Meaning
    name: string
    /** A cell of it; '' where the first rows have none. */ example: string
  }[]
  /** Columns that nothing is taken from. */
  unused: string[]
  rivals: { meaning: Meaning; name: string }[]
  missing: ('date' | 'client')[]
  /** Of the first rows. */
  looked: { rows: number; readable: number; skipped: number; problems: RowProblem[] }
  found: EvidenceFound
  layout: Layout
}

/** What a file is; `encoding` is TextDecoder's name. */
export type BookFormat =
  | { kind: 'csv'; encoding: string; delimiter: string }
  | {
      kind: 'xlsx'
      sheet: string
      /** Other sheets with anything on them are not read. */ otherSheets: string[]
    }

export interface PreviewOptions {
  format: BookFormat
  layout: Layout
  found: EvidenceFound
  rivals: RecognizedColumns['rivals']
  rows: number
  /** The first rows under the header. */
  head: readonly BookRow[]
  read: (row: BookRow) => RowReading
}

const problemsShown = 5

export function previewOf({ format, layout, found, rivals, rows, head, read }: PreviewOptions): Preview {
  const missing = missingFrom(layout)
  const readings = missing.length > 0 ? [] : head.map(read)
  const problems = readings.flatMap((one) => (one.kind === 'refused' ? one.problems : []))
  const taken = new Set(Object.values(layout.columns))
  const nameOf = (position: number): string => layout.names[position] ?? ''
  const example = (position: number): string =>
    head.map(({ cells }) => cells[position]?.trim() ?? '').find((cell) => cell !== '') ?? ''
  return {
    format,
    rows,
    columns: meanings.flatMap((meaning) => {
      const position = layout.columns[meaning]
      return position === undefined ? [] : [{ meaning, name: nameOf(position), example: example(position) }]
    }),
    unused: layout.names.filter((_, position) => !taken.has(position) && !isEmpty(position, layout, example)),
    rivals: rivals.map(({ meaning, position }) => ({ meaning, name: nameOf(position) })),
    missing,
    looked: {
      rows: readings.length,
      readable: readings.filter(({ kind }) => kind === 'visit').length,
      skipped: readings.filter(({ kind }) => kind === 'skipped').length,
      problems: problems.slice(0, problemsShown),
    },
    found,
    layout,
  }
}

/** A column without a name and without cells. */
const isEmpty = (position: number, { names }: Layout, example: (position: number) => string): boolean =>
  /^[A-Z]{1,2}$/.test(names[position] ?? '') && example(position) === ''
