import type { BookRow } from '../domain/visit-file/layout.ts'
import type { BookFormat } from '../domain/visit-file/preview.ts'

/** A table that somebody brought, as rows of texts. */
export interface Book {
  format: BookFormat
  sizeBytes: number
  /**
   * All rows from the first, as often as it is called. Cells of XLSX come as texts: dates as "15.03.2024" and
   * "15.03.2024 14:30", times as "14:30", numbers with a dot. Memory does not grow with the number of rows.
   * @throws AdviceError where the file turns out to be broken further down
   */
  batches(): AsyncIterable<RowBatch>
  close(): Promise<void>
}

export interface RowBatch {
  rows: BookRow[]
  /** From 0 to 1: how much of the file was read. */
  share: number
}
