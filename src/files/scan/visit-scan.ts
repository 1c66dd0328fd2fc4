import { createByteNames, type ByteNames } from './byte-names.ts'
import { decimalSignOf, notPlain, readPlainDay, readPlainKopecks, readPlainPhone } from './read-bytes.ts'
import { endOf, isEmpty, startOf, textOf } from './bare-cell.ts'
import type { Cells } from './row-scanner.ts'
import { createVisitBatcher, type VisitBatch } from './visit-batch.ts'

/** Where in a row each thing stands; columns are numbered from 0. There is a client or a phone, or both. */
export interface VisitColumns {
  date: number
  amount: number
  client?: number
  phone?: number
  line?: number
  status?: number
}

/** What a text means, or why it means nothing. */
export type TextReading<Value> = { ok: true; value: Value } | { ok: false; reason: string }

/** How texts are read that are not written plainly. */
export interface TextReaders {
  /** Days since 1970-01-01. */
  day(text: string): TextReading<number>
  /** undefined: the cell says that it is not known. */
  kopecks(text: string): TextReading<number | undefined>
  /** E.164 with "+"; undefined: the cell says that there is none. */
  phone(text: string): TextReading<string | undefined>
  /** The number of a service line; -1: counts overall only. */
  line(text: string): number
  /** Whether the visit took place, as its status says. */
  came(status: string): boolean
  /** Whether a row without a date is none of a visit: a sum at the end, the header once more. */
  isOther(cells: readonly string[]): boolean
}

/** A row that can't be taken: the cell that is to blame, and why. */
export interface RefusedRow {
  row: number
  column: keyof VisitColumns
  value: string
  reason: string
}

export interface VisitScanOptions {
  columns: VisitColumns
  /** The row of the header, as a spreadsheet counts: that one and those before it are no visits. */
  headerRow: number
  /** Amounts are in kopecks: these are then read as texts. */
  inKopecks: boolean
  /** Clients by their ids; by their phones ("+79123456789") who have no other. */
  clients: ByteNames
  readers: TextReaders
  decode: (bytes: Uint8Array) => string
  onVisits: (visits: VisitBatch) => void
  onRefused: (refused: RefusedRow) => void
}

export interface VisitScanCounts {
  /** Rows with something in them, those refused or left out included. */
  rows: number
  /** Visits without an amount: they count as visits that brought nothing. */
  withoutAmount: number
  /** Rows whose status says that nobody came: left out. */
  calledOff: number
  /** Sums, and headers that come again: left out. */
  others: number
  /** Whether a comma or a dot stood before the decimals of plain amounts. */
  decimalSigns: Readonly<Record<',' | '.', boolean>>
}

export interface VisitScan {
  onRow: (cells: Cells, row: number) => void
  /** To be called before the bytes of the last rows are gone. */
  onPart: () => void
  counts(): VisitScanCounts
}

/** Rows of cells to visits. What is written plainly is read from its bytes, ten million rows in seconds; the rest as texts. */
export function createVisitScan(options: VisitScanOptions): VisitScan {
  const { columns, headerRow, inKopecks, clients, readers, decode, onVisits, onRefused } = options
  const { date, amount, client: clientColumn = -1, phone: phoneColumn = -1 } = columns
  const { line: lineColumn = -1, status: statusColumn = -1 } = columns
  const batch = createVisitBatcher(clients, onVisits)
  const dayOf = remembered(readers.day)
  const kopecksOf = remembered(readers.kopecks)
  const lineOf = remembersNames(decode, (text) => readers.line(text), -1)
  const cameOf = remembersNames(decode, (text) => (readers.came(text) ? 1 : 0), 1)
  const phone = new Uint8Array(12)
  const encoder = new TextEncoder()
  const decimalSigns = { ',': false, '.': false }
  let rows = 0
  let withoutAmount = 0
  let calledOff = 0
  let others = 0
  const textsOf = (cells: Cells) =>
    Array.from({ length: cells.count }, (_, column) => textOf(cells, column, decode))

  function refuse(row: number, column: keyof VisitColumns, value: string, reason: string): number {
    onRefused({ row, column, value, reason })
    return notPlain
  }

  /** @returns notPlain once the row is refused */
  function dateOf(cells: Cells, row: number): number {
    const start = startOf(cells, date)
    const plain = readPlainDay(cells.bytes, start, endOf(cells, date, start))
    if (plain !== notPlain) return plain
    const text = textOf(cells, date, decode)
    const reading = dayOf(text)
    if (reading.ok) return reading.value
    if (readers.isOther(textsOf(cells))) others++
    else refuse(row, 'date', text, reading.reason)
    return notPlain
  }

  function amountOf(cells: Cells, row: number): number {
    const { bytes } = cells
    const start = startOf(cells, amount)
    const end = endOf(cells, amount, start)
    const plain = inKopecks ? notPlain : readPlainKopecks(bytes, start, end)
    if (plain !== notPlain) {
      const sign = decimalSignOf(bytes, start, end)
      if (sign !== undefined) decimalSigns[sign] = true
      return plain
    }
    const text = textOf(cells, amount, decode)
    const reading = kopecksOf(text)
    if (!reading.ok) return refuse(row, 'amount', text, reading.reason)
    if (reading.value === undefined) withoutAmount++
    return reading.value ?? 0
  }

  /** Its number comes when the batch is told. @returns whether there is a client */
  function markClient(cells: Cells, row: number): boolean {
    const start = startOf(cells, clientColumn)
    const end = endOf(cells, clientColumn, start)
    if (start < end) {
      batch.addNamed(cells.bytes, start, end)
      return true
    }
    const client = clientByPhone(cells, row)
    if (client !== notPlain) batch.addNumbered(client)
    return client !== notPlain
  }

  function clientByPhone(cells: Cells, row: number): number {
    const start = startOf(cells, phoneColumn)
    const end = endOf(cells, phoneColumn, start)
    if (readPlainPhone(cells.bytes, start, end, phone)) return clients.numberOf(phone, 0, phone.length)
    const column = phoneColumn < 0 ? 'client' : 'phone'
    const text = textOf(cells, phoneColumn, decode)
    const reading = text === '' ? none : readers.phone(text)
    if (!reading.ok) return refuse(row, column, text, reading.reason)
    if (reading.value === undefined) return refuse(row, column, text, 'noClient')
    const encoded = encoder.encode(reading.value)
    return clients.numberOf(encoded, 0, encoded.length)
  }

  return {
    onRow(cells, row) {
      if (row <= headerRow || isEmpty(cells)) return
      rows++
      if (statusColumn >= 0 && cameOf(cells, statusColumn) === 0) {
        calledOff++
        return
      }
      const day = dateOf(cells, row)
      if (day === notPlain) return
      if (!markClient(cells, row)) return
      const kopecks = amountOf(cells, row)
      if (kopecks === notPlain) return
      batch.complete(lineColumn < 0 ? -1 : lineOf(cells, lineColumn), day, kopecks)
    },
    onPart: batch.tell,
    counts: () => ({ rows, withoutAmount, calledOff, others, decimalSigns }),
  }
}

const none = { ok: true, value: undefined } as const

/** Dates and amounts come again and again: what was found is kept, of so many texts. */
const mostRemembered = 100_000

function remembered<Reading>(read: (text: string) => Reading): (text: string) => Reading {
  const known = new Map<string, Reading>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const reading = read(text)
    if (known.size < mostRemembered) known.set(text, reading)
    return reading
  }
}

/** A column with few different cells (lines, statuses): each of them is read once. */
function remembersNames(decode: VisitScanOptions['decode'], read: (text: string) => number, empty: number) {
  const names = createByteNames()
  const known: number[] = []
  return (cells: Cells, column: number): number => {
    const start = startOf(cells, column)
    const end = endOf(cells, column, start)
    if (start >= end) return empty
    const number = names.numberOf(cells.bytes, start, end)
    if (number === known.length) known.push(read(textOf(cells, column, decode)))
    return known[number] as number
  }
}
