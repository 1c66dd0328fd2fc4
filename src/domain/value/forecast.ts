import { bgNbdAlive, bgNbdVisitsOfAlive } from './bg-nbd.ts'
import { gammaGammaAmount } from './gamma-gamma.ts'
import type { Chosen, Histories, Models } from './models.ts'
import { paretoNbdAlive, paretoNbdVisitsOfAlive } from './pareto-nbd.ts'
import { predictiveClv } from './predictive-clv.ts'
import type { History, RepeatTable } from './repeat-table.ts'

/** What is to be expected of each client of a group. */
export interface Forecast {
  /** The probability that they are still a client. */
  alive: Float64Array
  /** Visits to be expected of them within 90 and 365 days from the end of the data. */
  visits90: Float64Array
  visits365: Float64Array
  /** Visits to be expected within 365 days if they are still a client. */
  visits365IfAlive: Float64Array
  /** The amount of a visit, in kopecks; NaN nowhere: absent where the model of amounts could not be fitted. */
  kopecks?: Float64Array
  /** What they will pay within 365 days, discounted, in kopecks; absent with `kopecks`. */
  clv?: Float64Array
}

/** Ends of the periods in which a year's visits are discounted, in days. */
const ends = [90, 180, 270, 365] as const
const year = 365

/**
 * @param table the grouped histories: clients with one history have one forecast of visits, which is computed once
 * @param discount per year: 0.11 is 11 %
 */
export function forecast(
  models: Extract<Models, { kind: 'models' }>,
  histories: Histories,
  table: RepeatTable,
  discount: number,
): Forecast {
  const rows = forecastRows(models.chosen, table, discount)
  const perClient = (column: Float64Array): Float64Array =>
    Float64Array.from(table.rowOf, (row) => column[row] as number)
  const result: Forecast = {
    alive: perClient(rows.alive),
    visits90: perClient(rows.visits90),
    visits365: perClient(rows.visits365),
    visits365IfAlive: perClient(rows.visits365IfAlive),
  }
  const kopecks = amounts(models, histories)
  if (kopecks === undefined) return result
  const clv = kopecks.map(
    (amount, client) => amount * (rows.discounted[table.rowOf[client] as number] as number),
  )
  return { ...result, kopecks, clv }
}

/** The probability that a client with this history is still one. */
export const aliveBy = (chosen: Chosen, history: History): number =>
  chosen.name === 'bgNbd'
    ? bgNbdAlive(chosen.parameters, history)
    : paretoNbdAlive(chosen.parameters, history)

/** The probability that each client of a group is still one. */
export function aliveOfAll(chosen: Chosen, table: RepeatTable): Float64Array {
  const { counts, times, count, last, end, rowOf } = table
  const alive = Float64Array.from(count, (atCount, row) =>
    aliveBy(chosen, {
      x: counts[atCount] as number,
      tx: times[last[row] as number] as number,
      T: times[end[row] as number] as number,
    }),
  )
  return Float64Array.from(rowOf, (row) => alive[row] as number)
}

/** Visits to be expected within `time` days of somebody who is still a client. */
export const visitsIfAlive = (chosen: Chosen, history: Omit<History, 'tx'>, time: number): number =>
  chosen.name === 'bgNbd'
    ? bgNbdVisitsOfAlive(chosen.parameters, history, time)
    : paretoNbdVisitsOfAlive(chosen.parameters, history, time)

function forecastRows(chosen: Chosen, table: RepeatTable, discount: number) {
  const { counts, times, count, last, end } = table
  const column = () => new Float64Array(count.length)
  const rows = {
    alive: column(),
    visits90: column(),
    visits365: column(),
    visits365IfAlive: column(),
    discounted: column(),
  }
  const visitsOf = remembered(chosen, discount, times.length)
  for (let row = 0; row < count.length; row++) {
    const [atCount, atLast, atEnd] = [count[row] as number, last[row] as number, end[row] as number]
    const [x, T] = [counts[atCount] as number, times[atEnd] as number]
    const alive = aliveBy(chosen, { x, tx: times[atLast] as number, T })
    const visits = visitsOf(atCount * times.length + atEnd, x, T)
    rows.alive[row] = alive
    rows.visits90[row] = alive * visits.within90
    rows.visits365[row] = alive * visits.within365
    rows.visits365IfAlive[row] = visits.within365
    rows.discounted[row] = alive * visits.discounted
  }
  return rows
}

interface VisitsOfAlive {
  within90: number
  within365: number
  discounted: number
}

/** Visits of somebody who is still a client depend on x and T alone: once for each pair. */
function remembered(chosen: Chosen, discount: number, times: number) {
  const known = new Map<number, VisitsOfAlive>()
  return (key: number, x: number, T: number): VisitsOfAlive => {
    const found = known.get(key) ?? visitsOfAlive(chosen, { x, T }, discount)
    if (known.size < 100 * times) known.set(key, found)
    return found
  }
}

function visitsOfAlive(chosen: Chosen, history: Omit<History, 'tx'>, discount: number): VisitsOfAlive {
  const within = ends.map((time) => visitsIfAlive(chosen, history, time))
  const byEnd = new Map<number, number>(ends.map((end, index) => [end, within[index] ?? 0]))
  return {
    within90: within[0] ?? 0,
    within365: within.at(-1) ?? 0,
    discounted: predictiveClv(1, (time) => byEnd.get(time) ?? 0, { ends, rate: discount, unit: year }),
  }
}

/** What a visit is expected to bring; undefined where the model has no answer for everybody. */
function amounts(
  { gammaGamma }: Extract<Models, { kind: 'models' }>,
  { x, m }: Histories,
): Float64Array | undefined {
  if (gammaGamma.kind === 'unfitted') return undefined
  const { parameters } = gammaGamma
  if (gammaGammaAmount(parameters, { x: 0, m: 0 }) === undefined) return undefined
  return m.map(
    (mean, client) => 100 * (gammaGammaAmount(parameters, { x: x[client] as number, m: mean }) ?? 0),
  )
}
