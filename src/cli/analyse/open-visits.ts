import { open, type FileHandle } from 'node:fs/promises'
import { AdviceError } from '../../domain/advice-error.ts'
import { findLayout, type BookRow, type Layout } from '../../domain/visit-file/layout.ts'
import type { Book } from '../../files/book.ts'
import { recognizeColumns } from '../../domain/visit-file/recognize-columns.ts'
import { openBook } from '../../files/open-book.ts'
import { readCsvHead } from '../../files/scan/csv-head.ts'
import { decoderOf } from '../../files/scan/decoder.ts'
import type { RowScannerOptions } from '../../files/scan/row-scanner.ts'
import { scanFile } from '../../files/scan/scan-file.ts'
import { createTextRow } from '../../files/scan/text-row.ts'
import type { VisitColumns } from '../../files/scan/visit-scan.ts'

/** A file of visits that is open, and how it is to be read. */
export interface OpenVisits {
  layout: Layout
  columns: VisitColumns
  /** The first rows. */
  head: readonly BookRow[]
  /** Tells all rows, as often as it is called. */
  scan(listener: Pick<RowScannerOptions, 'onRow' | 'onPart'>): Promise<void>
  /** The text of a cell. */
  decode(bytes: Uint8Array): string
  close(): Promise<void>
}

/** What is looked at to learn how a file is written. */
const headBytes = 1 << 20

/**
 * Opens a file of visits, CSV or XLSX, and finds out how it is written.
 * @param name as it was given, for the errors
 * @throws AdviceError `files.…`, `analyse.folder`, `analyse.noHeader`, `analyse.noColumn`
 */
export async function openVisits(path: string, name: string): Promise<OpenVisits> {
  const file = await open(path).catch((error: unknown) => {
    throw asAdvice(error, name)
  })
  try {
    if ((await file.stat()).isDirectory()) throw new AdviceError('analyse.folder', { file: name })
    const head = await readHead(file).catch((error: unknown) => {
      throw asAdvice(error, name)
    })
    if (head.bytes.toString('latin1', 0, 2) !== 'PK') return await openCsv(file, head)
    await file.close()
    return await openXlsx(await openBook({ path }))
  } catch (error) {
    await file.close()
    throw error
  }
}

function asAdvice(error: unknown, file: string): unknown {
  if (!(error instanceof Error && 'code' in error)) return error
  const code = String(error.code)
  return new AdviceError(
    code === 'ENOENT' ? 'files.notThere' : 'files.notRead',
    { file, code },
    { cause: error },
  )
}

interface Head {
  bytes: Buffer
  /** There is nothing behind it. */
  whole: boolean
}

async function readHead(file: FileHandle): Promise<Head> {
  const head = Buffer.alloc(headBytes)
  const { bytesRead } = await file.read(head, 0, headBytes, 0)
  return { bytes: head.subarray(0, bytesRead), whole: bytesRead < headBytes }
}

async function openCsv(file: FileHandle, { bytes, whole }: Head): Promise<OpenVisits> {
  // It says what a file is that is no CSV.
  await (await openBook({ bytes })).close()
  const { rows, encoding, delimiter, skip } = readCsvHead(bytes, whole)
  const { layout, columns } = understood(rows)
  const known = { encoding, skip, delimiter: delimiter.charCodeAt(0), columns: widthOf(columns) }
  return {
    layout,
    columns,
    head: rows,
    scan: (listener) => scanFile(file, { ...known, ...listener }),
    decode: decoderOf(encoding),
    close: () => file.close(),
  }
}

async function openXlsx(book: Book): Promise<OpenVisits> {
  try {
    const head = (await firstRows(book)).slice(0, 1000)
    const { layout, columns } = understood(head)
    return {
      layout,
      columns,
      head,
      async scan({ onRow, onPart }) {
        const cellsOf = createTextRow(widthOf(columns))
        for await (const { rows } of book.batches())
          for (const { number, cells } of rows) {
            onRow(cellsOf(cells), number)
            onPart?.()
          }
      },
      decode: decoderOf('utf-8'),
      close: () => book.close(),
    }
  } catch (error) {
    await book.close()
    throw error
  }
}

async function firstRows(book: Book): Promise<readonly BookRow[]> {
  for await (const { rows } of book.batches()) return rows
  return []
}

const widthOf = (columns: VisitColumns): number => 1 + Math.max(...Object.values<number>({ ...columns }))

/** So many of the first rows tell what the columns are. */
const rowsForLayout = 500

function understood(rows: readonly BookRow[]): { layout: Layout; columns: VisitColumns } {
  const found = findLayout(rows.slice(0, rowsForLayout))
  if (found.ok) return { layout: found.layout, columns: columnsOf(found.layout) }
  if (found.reason === 'empty') throw new AdviceError('files.empty')
  throw new AdviceError('analyse.noHeader', { first: listed(rows[0]?.cells ?? []) })
}

function columnsOf({ columns, names }: Layout): VisitColumns {
  const { phone, clientId, line, status } = columns
  // A column is what its name says, also where none of its cells can be read: then these are what is wrong.
  const byName = recognizeColumns(names).columns
  const { date = byName.date, amount = byName.amount } = columns
  // Two people may have one name: it is a client only where nothing better is there.
  const client = clientId ?? (phone === undefined ? columns.name : undefined)
  const missing = (column: string) => new AdviceError(`analyse.missing.${column}`, { found: listed(names) })
  if (date === undefined) throw missing('date')
  if (client === undefined && phone === undefined) throw missing('client')
  if (amount === undefined) throw missing('amount')
  return {
    date,
    amount,
    ...(client !== undefined && { client }),
    ...(phone !== undefined && { phone }),
    ...(line !== undefined && { line }),
    ...(status !== undefined && { status }),
  }
}

/** Names as they stand in the file, as many as can be taken in. */
const listed = (names: readonly string[]): string =>
  names
    .filter((name) => name.trim() !== '')
    .slice(0, 20)
    .map((name) => `«${Array.from(name.trim()).slice(0, 40).join('')}»`)
    .join(', ')
