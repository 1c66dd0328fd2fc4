import { earlyWarnings, type EarlyWarning } from './early-warning.ts'
import { aliveOfAll, visitsIfAlive } from './forecast.ts'
import { gammaGammaAmount } from './gamma-gamma.ts'
import { historiesOf, tableOf, type Histories, type Models } from './models.ts'
import type { Totals } from './visit-tally.ts'

const year = 365

/**
 * Who of a group is slipping away, the greatest loss first (earlyWarnings), with what a year of each is worth if they stay: the
 * visits to be expected of them, should they still be a client, times the amount to be expected of a visit; their mean amount
 * where amounts could not be fitted; and what they paid in a year so far where there is no model at all.
 * @param models of the group; absent where none were fitted yet
 * @param asOf the end of the data, days since 1970-01-01
 */
export function slippingAway(totals: Totals, models: Models | undefined, asOf: number): EarlyWarning[] {
  const histories = historiesOf(totals, asOf)
  const chosen = models?.kind === 'models' ? models.chosen : undefined
  const table = tableOf(histories)
  const forecast = chosen && { chosen, alive: aliveOfAll(chosen, table) }
  const unknown = new Float64Array(totals.client.length)
  // What is at stake is asked of the few who are warned of: of everybody it would take seconds.
  return earlyWarnings({
    histories,
    atStakeKopecks: unknown,
    historyOf: table.rowOf,
    ...(forecast && { forecast }),
  })
    .map((warning) => ({
      ...warning,
      atStakeKopecks: worthIfTheyStay(warning.row, totals, histories, models),
    }))
    .sort((one, other) => other.atStakeKopecks - one.atStakeKopecks || one.row - other.row)
}

function worthIfTheyStay(
  row: number,
  totals: Totals,
  { x, T, m }: Histories,
  models: Models | undefined,
): number {
  const [visits, kopecks] = [totals.visits[row] as number, totals.kopecks[row] as number]
  if (models?.kind !== 'models') return Math.max(0, kopecks / Math.max(1, (T[row] as number) / 365.25))
  const history = { x: x[row] as number, T: T[row] as number }
  const { chosen, gammaGamma } = models
  const roubles =
    gammaGamma.kind === 'fitted'
      ? gammaGammaAmount(gammaGamma.parameters, { x: history.x, m: m[row] as number })
      : undefined
  const amount = roubles === undefined ? kopecks / visits : 100 * roubles
  return Math.max(0, visitsIfAlive(chosen, history, year) * amount)
}
