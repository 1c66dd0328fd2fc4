import type { BgNbd } from './bg-nbd.ts'
import { fitBgNbd } from './fit-bg-nbd.ts'
import { fitParetoNbd } from './fit-pareto-nbd.ts'
import type { Fit } from './fit.ts'
import { fitGammaGamma, type GammaGamma } from './gamma-gamma.ts'
import type { ParetoNbd } from './pareto-nbd.ts'
import { repeatTable, type RepeatTable } from './repeat-table.ts'
import type { Totals } from './visit-tally.ts'

/** A forecast needs at least so many clients who came more than once. */
export const enoughRepeatClients = 100

/** The models of a group of clients; times in days, money in roubles. */
export type Models =
  | {
      kind: 'models'
      clients: number
      repeatClients: number
      bgNbd: Fit<BgNbd>
      paretoNbd: Fit<ParetoNbd>
      gammaGamma: Fit<GammaGamma>
      /** The likelier of the two models of visits (both have four parameters): the one that forecasts. */
      chosen: Chosen
    }
  | TooLittleData

/** Too little data for a forecast: the structural model has to do. */
export interface TooLittleData {
  kind: 'tooLittleData'
  clients: number
  repeatClients: number
  /** Fewer than a hundred clients came again, or no model of visits could be fitted. */
  reason: 'fewRepeatClients' | 'noConvergence'
}

export type Chosen = { name: 'bgNbd'; parameters: BgNbd } | { name: 'paretoNbd'; parameters: ParetoNbd }

/** The histories of a group as the models want them: days, and roubles a visit. */
export interface Histories {
  x: Uint32Array
  tx: Int32Array
  T: Int32Array
  /** The mean of the visits after the first, in roubles; 0 where there are none. */
  m: Float64Array
}

/**
 * x, t_x, T and m of everybody: x visits after the first, m their mean amount.
 * @param asOf the end of the data, days since 1970-01-01
 */
export function historiesOf(totals: Totals, asOf: number): Histories {
  const { firstDay, lastDay, visits, kopecks, firstDayKopecks } = totals
  return {
    x: visits.map((count) => count - 1),
    tx: lastDay.map((day, row) => day - (firstDay[row] as number)),
    T: firstDay.map((day) => asOf - day),
    m: kopecks.map((paid, row) => {
      const repeats = (visits[row] as number) - 1
      return repeats > 0 ? (paid - (firstDayKopecks[row] as number)) / 100 / repeats : 0
    }),
  }
}

/**
 * Fits all models of a group, or says that there is too little data.
 * @param table the group's histories, grouped
 */
export function fitModels(
  { x, m }: Histories,
  table: RepeatTable,
  enough: number = enoughRepeatClients,
): Models {
  const { clients, repeatClients } = table
  if (repeatClients < enough)
    return { kind: 'tooLittleData', clients, repeatClients, reason: 'fewRepeatClients' }
  const bgNbd = fitBgNbd(table)
  const paretoNbd = fitParetoNbd(table)
  const chosen = likelier(bgNbd, paretoNbd)
  if (chosen === undefined) return { kind: 'tooLittleData', clients, repeatClients, reason: 'noConvergence' }
  return { kind: 'models', clients, repeatClients, bgNbd, paretoNbd, gammaGamma: fitGammaGamma(x, m), chosen }
}

export const tableOf = ({ x, tx, T }: Histories): RepeatTable => repeatTable({ x, tx, T })

function likelier(bgNbd: Fit<BgNbd>, paretoNbd: Fit<ParetoNbd>): Chosen | undefined {
  const likelihood = (fit: Fit<object>) => (fit.kind === 'fitted' ? fit.logLikelihood : -Infinity)
  if (paretoNbd.kind === 'fitted' && likelihood(paretoNbd) >= likelihood(bgNbd))
    return { name: 'paretoNbd', parameters: paretoNbd.parameters }
  return bgNbd.kind === 'fitted' ? { name: 'bgNbd', parameters: bgNbd.parameters } : undefined
}
