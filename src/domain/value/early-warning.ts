import { aliveBy } from './forecast.ts'
import type { Chosen, Histories } from './models.ts'

export interface EarlyWarning {
  /** The client's row in the columns. */
  row: number
  /** `fell`: the probability of being a client fell below the threshold; `overdue`: the usual interval passed by half again. */
  kind: 'fell' | 'overdue'
  /** Probability of being a client, now and then; absent where there is no model. */
  alive?: { before: number; now: number }
  /** Days between visits, usually; absent for who has come once or twice: one interval is no habit. */
  usualDays?: number
  /** Days since the last visit. */
  daysAway: number
  /** What a year of this client is worth if they stay, in kopecks: what would be lost. */
  atStakeKopecks: number
}

export interface EarlyWarningOptions {
  histories: Histories
  /** What a year of each client is worth if they stay, in kopecks. */
  atStakeKopecks: ArrayLike<number>
  /** The model of visits, and what it says of everybody now; absent when there is too little data: then only the interval speaks. */
  forecast?: { chosen: Chosen; alive: ArrayLike<number> }
  /** By client: which history it is (`RepeatTable.rowOf`). Told, what only depends on the history is found out once for each. */
  historyOf?: ArrayLike<number>
  /** How many days ago things were still well: 30. */
  sinceDays?: number
  /** A probability of being a client below it is a warning: 0.5. */
  threshold?: number
  /** Late is who has been away for so many usual intervals: 1.5. */
  lateAfter?: number
  /** Whoever had been away for so many usual intervals before is no news: 3. */
  lostAfter?: number
}

/**
 * Who is slipping away, the greatest loss first: clients whose probability of being one fell below the threshold since an
 * earlier date, and clients whose usual interval has passed by half again. Whom the earlier date had given up already is
 * not warned of again.
 */
export function earlyWarnings(options: EarlyWarningOptions): EarlyWarning[] {
  const { histories, atStakeKopecks } = options
  const warnings: EarlyWarning[] = []
  const verdictOf = verdicts(options)
  for (let row = 0; row < histories.x.length; row++) {
    const found = verdictOf(row)
    if (found !== undefined) warnings.push({ ...found, row, atStakeKopecks: atStakeKopecks[row] as number })
  }
  return warnings.sort((one, other) => other.atStakeKopecks - one.atStakeKopecks || one.row - other.row)
}

type Verdict = Omit<EarlyWarning, 'atStakeKopecks'> | undefined

/** Each history's verdict is found once, where it is told who shares one. */
function verdicts(options: EarlyWarningOptions): (row: number) => Verdict {
  const { historyOf } = options
  if (historyOf === undefined) return (row) => warningOf(row, options)
  const known = new Map<number, Verdict>()
  return (row) => {
    const history = historyOf[row] as number
    if (!known.has(history)) known.set(history, warningOf(row, options))
    return known.get(history)
  }
}

function warningOf(row: number, options: EarlyWarningOptions): Verdict {
  const { histories, forecast, sinceDays = 30, threshold = 0.5, lateAfter = 1.5, lostAfter = 3 } = options
  const [x, tx, T] = [histories.x[row] as number, histories.tx[row] as number, histories.T[row] as number]
  const daysAway = T - tx
  const usualDays = x > 1 ? tx / x : undefined
  const late = usualDays !== undefined && daysAway > lateAfter * usualDays
  const now = forecast?.alive[row] ?? 1
  if (!late && now >= threshold) return undefined
  // Who has come since is looked at from the last visit on: then, if not earlier, they were well.
  const awayBefore = Math.max(0, daysAway - sinceDays)
  const alive = forecast && { before: aliveBy(forecast.chosen, { x, tx, T: tx + awayBefore }), now }
  const known = { row, daysAway, ...(alive && { alive }), ...(usualDays !== undefined && { usualDays }) }
  if (alive && alive.before < threshold) return undefined
  if (alive && alive.now < threshold) return { ...known, kind: 'fell' }
  return !alive && awayBefore > lostAfter * (usualDays ?? 0) ? undefined : { ...known, kind: 'overdue' }
}
