import { earlyWarnings, type EarlyWarning } from './early-warning.ts'
import { forecast, type Forecast } from './forecast.ts'
import type { HalvesSegment } from './halves.ts'
import { fitModels, historiesOf, tableOf, type Histories, type Models } from './models.ts'
import type { QuintileSegment } from './quintiles.ts'
import { countsOf, rfmOf, type Rfm } from './rfm.ts'
import { structuralClv, yearlyCostOf } from './structural-clv.ts'
import { schemeOf, type ValueSettings } from './value-settings.ts'
import type { Totals } from './visit-tally.ts'

export type Segment = HalvesSegment | QuintileSegment

export interface AnalysisSettings extends ValueSettings {
  /** False: RFM and structural CLV only. Fitting the models of a million clients takes seconds. */
  forecasts: boolean
}

/** Everything that is to be known of a group of clients: those of a service line, or all. Columns have a row for each client. */
export interface GroupAnalysis {
  totals: Pick<Totals, 'client' | 'visits' | 'kopecks'>
  rfm: Rfm<Segment>
  /** How many clients have each code. */
  codes: Readonly<Record<string, number>>
  segments: readonly SegmentShare[]
  /** The structural CLV in kopecks. */
  clv: Float64Array
  /** Absent: no forecasts were asked for. */
  models?: Models
  /** Absent: too little data for one, or none was asked for. */
  forecast?: Omit<Forecast, 'visits365IfAlive'>
  /** Who is slipping away, the greatest loss first. */
  warnings: readonly EarlyWarning[]
}

/** What a segment is of its group. */
export interface SegmentShare {
  segment: Segment
  clients: number
  visits: number
  /** What they paid, less refunds. */
  kopecks: number
  /** Their structural CLV together, each rounded to kopecks: a sum that knows no order. */
  clvKopecks: number
}

export interface GroupAnalysisOptions {
  /** The end of the data, days since 1970-01-01: not before any visit. */
  asOf: number
  settings: AnalysisSettings
  /** All clients of the salon: they share its monthly costs. */
  clients: number
}

export function analyseGroup(totals: Totals, options: GroupAnalysisOptions): GroupAnalysis {
  const { asOf, settings, clients } = options
  const { discount, horizonYears } = settings
  const rfm = rfmOf(totals, asOf, schemeOf(settings))
  const yearlyCostKopecks = yearlyCostOf(settings.costs, clients)
  const clv = structuralClv(totals, asOf, { discount, horizonYears, yearlyCostKopecks, unit: 'day' })
  // Of a million clients every column is eight megabytes: what nobody will ask for is let go.
  const { client, visits, kopecks } = totals
  return {
    totals: { client, visits, kopecks },
    rfm,
    clv,
    codes: countsOf(rfm).codes,
    segments: sharesOf(rfm, clv),
    ...outlookOn(totals, options),
  }
}

type Outlook = Pick<GroupAnalysis, 'models' | 'forecast' | 'warnings'>

function outlookOn(totals: Totals, { asOf, settings }: GroupAnalysisOptions): Outlook {
  const histories = historiesOf(totals, asOf)
  if (!settings.forecasts) return { warnings: warningsOf(totals, asOf, histories) }
  const table = tableOf(histories)
  const models = fitModels(histories, table)
  if (models.kind === 'tooLittleData') return { models, warnings: warningsOf(totals, asOf, histories) }
  const expected = forecast(models, histories, table, settings.discount)
  const warnings = warningsOf(totals, asOf, histories, { models, expected })
  const { visits365IfAlive: _, ...kept } = expected
  return { models, forecast: kept, warnings }
}

function sharesOf({ scheme, code, f, m }: Rfm<Segment>, clv: Float64Array): SegmentShare[] {
  const shares = scheme.segments.map((segment): SegmentShare => ({
    segment,
    clients: 0,
    visits: 0,
    kopecks: 0,
    clvKopecks: 0,
  }))
  const shareOf = scheme.segmentOf.map((segment) => shares[scheme.segments.indexOf(segment)])
  for (let row = 0; row < code.length; row++) {
    const share = shareOf[code[row] as number]
    if (share === undefined) continue
    share.clients++
    share.visits += f[row] as number
    share.kopecks += m[row] as number
    share.clvKopecks += Math.round(clv[row] as number)
  }
  return shares
}

interface Foretold {
  models: Extract<Models, { kind: 'models' }>
  expected: Forecast
}

function warningsOf(totals: Totals, asOf: number, histories: Histories, foretold?: Foretold): EarlyWarning[] {
  const atStakeKopecks = yearlyWorth(totals, asOf, foretold?.expected)
  if (foretold === undefined) return earlyWarnings({ histories, atStakeKopecks })
  const { models, expected } = foretold
  const known = { chosen: models.chosen, alive: expected.alive }
  return earlyWarnings({ histories, atStakeKopecks, forecast: known })
}

/**
 * What a year of each client is worth if they stay, in kopecks: the visits and the amount that the models expect, or what they paid
 * a year until now (over at least one year, as in the structural model).
 */
function yearlyWorth({ firstDay, kopecks }: Totals, asOf: number, expected?: Forecast): Float64Array {
  const amounts = expected?.kopecks
  if (expected !== undefined && amounts !== undefined)
    return expected.visits365IfAlive.map((visits, row) => visits * (amounts[row] as number))
  return kopecks.map((paid, row) => paid / Math.max(1, (asOf - (firstDay[row] as number)) / 365.25))
}
