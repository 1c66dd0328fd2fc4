import type { Salon, Language } from '../domain/salon.ts'
import { createEvidence, settled } from '../domain/visit-file/evidence.ts'
import {
  findLayout,
  type BookRow,
  type ColumnChoices,
  type LayoutFound,
} from '../domain/visit-file/layout.ts'
import { previewOf, type Preview } from '../domain/visit-file/preview.ts'
import { createRowReader } from '../domain/visit-file/row-reader.ts'
import type { Book } from './book.ts'

export interface LookOptions {
  salon: Pick<Salon, 'timeZone' | 'lines' | 'masters'>
  /** Epoch milliseconds. */
  now: number
  language?: Language
  /** What a person said about the columns. */
  choices?: ColumnChoices
  /** What a person said about dates like 03/04/2024. */
  dateOrder?: 'dayFirst' | 'monthFirst'
  /** Told how much of the file was looked at, from 0 to 1, and how many rows that were. */
  onProgress?: (share: number, rows: number) => void
}

export type Look = { ok: true; preview: Preview } | Extract<LayoutFound, { ok: false }>

/** So many rows are kept to look for the header in and to try the reading on. */
const headRows = 1000

/**
 * Goes through a whole file once, so that nothing in it is guessed: what its columns are, what its dates and amounts mean, and how
 * many rows there are; the first thousand rows are read to see how well that goes.
 * @throws AdviceError of the book
 */
export async function lookAtVisits(book: Book, options: LookOptions): Promise<Look> {
  const { salon, now, choices, dateOrder, language, onProgress } = options
  const head: BookRow[] = []
  let found: LayoutFound | undefined
  let evidence: ReturnType<typeof createEvidence> | undefined
  let rows = 0
  for await (const batch of book.batches()) {
    if (found === undefined) {
      found = findLayout(batch.rows, choices)
      if (!found.ok) return found
      evidence = createEvidence(found.layout)
    }
    const { headerRow } = (found as Extract<LayoutFound, { ok: true }>).layout
    for (const row of batch.rows) {
      if (row.number <= headerRow) continue
      rows++
      evidence?.add(row)
      if (head.length < headRows) head.push(row)
    }
    onProgress?.(batch.share, rows)
  }
  if (found?.ok !== true || evidence === undefined) return { ok: false, reason: 'empty' }
  const learnt = evidence.found()
  const layout = settled(found.layout, learnt, dateOrder)
  const read = createRowReader({ salon, now, layout, ...(language !== undefined && { language }) })
  return {
    ok: true,
    preview: previewOf({
      format: book.format,
      layout,
      found: learnt,
      rivals: found.rivals,
      rows,
      head,
      read,
    }),
  }
}
