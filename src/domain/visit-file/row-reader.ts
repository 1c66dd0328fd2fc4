import type { Language, Salon } from '../salon.ts'
import type { Meaning } from './column-names.ts'
import { unguarded } from './formula-guard.ts'
import { createKnownNames, type KnownNames } from './known-names.ts'
import type { BookRow, Layout } from './layout.ts'
import { plainWords } from './plain-words.ts'
import { readAmount } from './read-amount.ts'
import { readBookPhone } from './read-book-phone.ts'
import type { RowProblem, VisitRecord } from './visit-record.ts'
import { createMomentReader, type MomentReader } from './moment-reader.ts'

/** What became of a row. `total`: a sum at the end; `header`: the names once more; `notCome`: its status says so. */
export type RowReading =
  | { kind: 'visit'; visit: VisitRecord }
  | { kind: 'refused'; problems: RowProblem[] }
  | { kind: 'skipped'; why: SkipReason }

export const skipReasons = ['empty', 'total', 'header', 'notCome'] as const
export type SkipReason = (typeof skipReasons)[number]

export interface RowReaderOptions {
  salon: Pick<Salon, 'timeZone' | 'lines' | 'masters'>
  layout: Layout
  /** Epoch milliseconds: visits after it have not been yet. */
  now: number
  /** In which the salon's lines are listed to whoever misspelt one. Default: Russian. */
  language?: Language
}

/**
 * Reads the rows under the header of a file. A cell that says something that can't be understood is a problem, whatever column it is
 * in, and all problems of a row are told.
 */
export function createRowReader(options: RowReaderOptions): (row: BookRow) => RowReading {
  const names = createKnownNames(options.salon, options.language)
  const moment = createMomentReader(options)
  return (row) => {
    const why = skipped(row, options.layout, moment)
    return why === undefined ? read(row, { ...options, names, moment }) : { kind: 'skipped', why }
  }
}

function skipped(row: BookRow, { columns, names }: Layout, moment: MomentReader): SkipReason | undefined {
  if (row.cells.every((cell) => cell.trim() === '')) return 'empty'
  const { date, status } = columns
  if (status !== undefined && notCome.test(row.cells[status] ?? '')) return 'notCome'
  const dateCell = date === undefined ? '' : (row.cells[date] ?? '')
  if (moment.isDate(dateCell)) return undefined
  // Whoever is named came, even if a comment says "all in all she was happy".
  const isNamed = [columns.phone, columns.clientId].some((position) => {
    const cell = position === undefined ? '' : (row.cells[position] ?? '').trim()
    return cell !== '' && !total.test(cell)
  })
  if (!isNamed && row.cells.some((cell) => total.test(cell.trim()))) return 'total'
  if (dateCell !== '' && plainWords(dateCell) === plainWords(names[date ?? 0] ?? '')) return 'header'
  return undefined
}

export const notCome = /не\s*приш|не\s*яв|неяв|отмен|удал[её]н|no[\s_-]?show|cancel|deleted|did\s?n.t come/i
export const total = /^(?:общий\s+)?(?:итого?|всего|subtotal|(?:grand\s+)?total)(?!\p{L})/iu

interface Reading extends RowReaderOptions {
  names: KnownNames
  moment: MomentReader
}

/** Longer than any number, and than any name; an index of the database takes no more. */
const most = { number: 100, name: 200 }

function read(row: BookRow, reading: Reading): RowReading {
  const { layout, names, moment } = reading
  const problems: RowProblem[] = []
  const cell = (meaning: Meaning): string => {
    const position = layout.columns[meaning]
    return position === undefined ? '' : unguarded((row.cells[position] ?? '').trim())
  }
  const refuse = (meaning: Meaning, reason: string, params?: RowProblem['params']): undefined => {
    const column = layout.names[layout.columns[meaning] ?? -1] ?? ''
    const value = cell(meaning)
    problems.push({
      row: row.number,
      column,
      value,
      reason: `visitFile.reason.${reason}`,
      ...(params && { params }),
    })
    return undefined
  }
  const text = (meaning: Meaning, max: number): string | undefined => {
    const clean = cleaned(cell(meaning))
    if (clean.length > max) return refuse(meaning, 'tooLong', { max })
    return clean === '' ? undefined : clean
  }
  const when = moment.read(cell('date'), cell('time'))
  if (!when.ok) refuse(when.cell, when.reason)
  const client = clientOf({ cell, text, refuse }, layout)
  const what = whatFor({ text, refuse }, names)
  const amount = readAmount(cell('amount'), layout)
  if (!amount.ok) refuse('amount', amount.reason)
  const master = text('master', most.name)
  const externalId = text('visitId', most.number)
  if (problems.length > 0 || !when.ok || !amount.ok) return { kind: 'refused', problems }
  return {
    kind: 'visit',
    visit: withoutGaps({
      row: row.number,
      client,
      at: when.at,
      timeKnown: when.timeKnown,
      ...what,
      master: master && (names.master(master) ?? master),
      kopecks: amount.kopecks,
      externalId,
    }),
  }
}

interface Cells {
  cell: (meaning: Meaning) => string
  text: (meaning: Meaning, max: number) => string | undefined
  refuse: (meaning: Meaning, reason: string, params?: RowProblem['params']) => undefined
}

function clientOf({ cell, text, refuse }: Cells, { columns }: Layout): VisitRecord['client'] {
  const externalId = text('clientId', most.number)
  const phone = readBookPhone(cell('phone'))
  if (!phone.ok) refuse('phone', phone.reason)
  else if (phone.phone === undefined && externalId === undefined && cell('clientId') === '')
    refuse(columns.phone === undefined ? 'clientId' : 'phone', 'noClient')
  return withoutGaps({ externalId, phone: phone.ok ? phone.phone : undefined, name: text('name', most.name) })
}

/** The line and the service: the salon's own where the names are known. */
function whatFor(
  { text, refuse }: Omit<Cells, 'cell'>,
  names: KnownNames,
): Pick<Loose<VisitRecord>, 'line' | 'service'> {
  const lineText = text('line', most.name)
  const line = lineText === undefined ? undefined : names.line(lineText)
  if (lineText !== undefined && line === undefined) refuse('line', 'lineUnknown', { lines: names.lineNames })
  // Programs list all that was done in one cell; the beginning of a long list is as good a name as the whole.
  const service = shortened(text('service', Infinity), most.name)
  const known = service === undefined ? undefined : names.service(service, line)
  return { line: line ?? known?.line, service: known?.id ?? service }
}

const shortened = (text: string | undefined, max: number): string | undefined =>
  text === undefined || text.length <= max ? text : `${text.slice(0, max - 1).toWellFormed()}…`

/** In one way for one text (NFC), without what can't be seen; emoji stay, with what joins their parts. */
const cleaned = (text: string): string =>
  plain.test(text)
    ? text
    : text
        .toWellFormed()
        .normalize('NFC')
        .replaceAll(/[\p{Cc}\s]+/gu, ' ')
        .replaceAll(/(?!\u200D)\p{Cf}/gu, '')
        .trim()

const plain = /^(?:[\w.,:/()-]|[А-Яа-яЁё]| (?! ))*$/

type Loose<Value> = { [Key in keyof Value]?: Value[Key] | undefined }

/** Without the keys that have no value. */
function withoutGaps<Value extends object>(value: Loose<Value>): Value {
  for (const key of Object.keys(value) as (keyof Value)[]) if (value[key] === undefined) delete value[key]
  return value as Value
}
