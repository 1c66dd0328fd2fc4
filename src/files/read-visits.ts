import type { BookRow } from '../domain/visit-file/layout.ts'
import { createRowReader, type RowReaderOptions, type RowReading } from '../domain/visit-file/row-reader.ts'
import type { Book } from './book.ts'

/** A row of the file, and what became of it. */
export interface ReadRow {
  row: BookRow
  reading: RowReading
}

export interface ReadBatch {
  rows: ReadRow[]
  /** From 0 to 1: how much of the file was read. */
  share: number
}

/** Reads the rows under the header as visits, some thousands at a time; the same file gives the same batches. */
export async function* readVisits(book: Book, options: RowReaderOptions): AsyncGenerator<ReadBatch> {
  const read = createRowReader(options)
  for await (const { rows, share } of book.batches()) {
    const below = rows.filter(({ number }) => number > options.layout.headerRow)
    yield { rows: below.map((row) => ({ row, reading: read(row) })), share }
  }
}
