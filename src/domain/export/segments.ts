import { named, type Language, type Salon } from '../salon.ts'
import type { Translate } from '../survey-words.ts'
import { forecast } from '../value/forecast.ts'
import { historiesOf, tableOf, type Models } from '../value/models.ts'
import { structuralClv, yearlyCostOf } from '../value/structural-clv.ts'
import type { Totals } from '../value/visit-tally.ts'
import type { Cell, Column } from './parts.ts'

/** A client in one line, or in all of them ("" is the line). Days are since 1970-01-01. */
export interface ExportedSegment {
  clientId: number
  demo: boolean
  name?: string
  phone?: string
  line: string
  firstDay: number
  lastDay: number
  visits: number
  kopecks: number
  firstDayKopecks: number
  code: string
  segment: string
}

export interface SegmentExportOptions {
  /** By line; a line without models has no forecast. */
  models: ReadonlyMap<string, Models>
  /** All clients who have come: they share the salon's monthly costs. */
  clients: number
  /** Days since 1970-01-01: the day of the export. */
  asOf: number
  salon: Pick<Salon, 'lines' | 'value'>
  /** Says `value.export.…` and `segments.name.…`. */
  t: Translate
  language: Language
}

const keys = [
  ['clientId', 'number'],
  ['demo', 'number'],
  ['name', 'text'],
  ['phone', 'text'],
  ['line', 'text'],
  ['lineName', 'text'],
  ['segment', 'text'],
  ['segmentName', 'text'],
  ['code', 'text'],
  ['r', 'number'],
  ['f', 'number'],
  ['m', 'number'],
  ['firstVisit', 'text'],
  ['lastVisit', 'text'],
  ['value', 'number'],
  ['alive', 'number'],
  ['visits90', 'number'],
  ['forecastYear', 'number'],
] as const satisfies readonly [key: string, type: Column['type']][]

/** The columns, for programs and for people. */
export const segmentColumns = (t: Translate): Column[] =>
  keys.map(([key, type]) => ({ key, header: t(`value.export.columns.${key}.name`), type }))

/** What stands in the columns, for so many clients at once as are given: models are asked once for all of a line. */
export function segmentRows(rows: readonly ExportedSegment[], options: SegmentExportOptions): Cell[][] {
  const worths = new Map<ExportedSegment, Worth>()
  const byLine = Map.groupBy(rows, ({ line }) => line)
  for (const [line, own] of byLine) {
    const worth = worthOf(own, options.models.get(line), options)
    own.forEach((row, index) => worths.set(row, worth(index)))
  }
  return rows.map((row) => cellsOf(row, worths.get(row) ?? { kopecks: 0 }, options))
}

interface Worth {
  kopecks: number
  forecast?: { alive: number; visits90: number; kopecks?: number }
}

function worthOf(
  rows: readonly ExportedSegment[],
  models: Models | undefined,
  { asOf, salon, clients }: SegmentExportOptions,
): (index: number) => Worth {
  const { discount, horizonYears, costs } = salon.value
  const totals = totalsOf(rows)
  // Whoever came after that day, by a clock that is wrong, came on it.
  const until = rows.reduce((latest, { lastDay }) => Math.max(latest, lastDay), asOf)
  const yearlyCostKopecks = yearlyCostOf(costs, clients)
  const worth = structuralClv(totals, until, { discount, horizonYears, unit: 'day', yearlyCostKopecks })
  const kopecks = (index: number) => worth[index] ?? 0
  if (models?.kind !== 'models') return (index) => ({ kopecks: kopecks(index) })
  const histories = historiesOf(totals, until)
  const told = forecast(models, histories, tableOf(histories), discount)
  return (index) => {
    const clv = told.clv?.[index]
    const expected = { alive: told.alive[index] ?? 0, visits90: told.visits90[index] ?? 0 }
    return { kopecks: kopecks(index), forecast: { ...expected, ...(clv !== undefined && { kopecks: clv }) } }
  }
}

const totalsOf = (rows: readonly ExportedSegment[]): Totals => ({
  client: Uint32Array.from(rows.keys()),
  firstDay: Int32Array.from(rows, ({ firstDay }) => firstDay),
  lastDay: Int32Array.from(rows, ({ lastDay }) => lastDay),
  visits: Uint32Array.from(rows, ({ visits }) => visits),
  kopecks: Float64Array.from(rows, ({ kopecks }) => kopecks),
  firstDayKopecks: Float64Array.from(rows, ({ firstDayKopecks }) => firstDayKopecks),
})

function cellsOf(
  row: ExportedSegment,
  { kopecks, forecast: expected }: Worth,
  { asOf, salon, t, language }: SegmentExportOptions,
): Cell[] {
  return [
    row.clientId,
    row.demo ? 1 : undefined,
    row.name,
    row.phone,
    row.line,
    lineNameOf(row.line, salon, t, language),
    row.segment,
    t(`segments.name.${row.segment}`),
    row.code,
    Math.max(0, asOf - row.lastDay),
    row.visits,
    row.kopecks / 100,
    dateOf(row.firstDay),
    dateOf(row.lastDay),
    Math.round(kopecks / 100),
    expected && rounded(expected.alive, 3),
    expected && rounded(expected.visits90, 2),
    expected?.kopecks === undefined ? undefined : Math.round(expected.kopecks / 100),
  ]
}

/** A line by its name; "" is all of them. */
export function lineNameOf(
  line: string,
  { lines }: Pick<Salon, 'lines'>,
  t: Translate,
  language: Language,
): string {
  if (line === '') return t('value.export.wholeSalon')
  const known = lines.find(({ id }) => id === line)
  return known ? named(known.name, language) : line
}

const dayMs = 24 * 60 * 60_000
const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))
