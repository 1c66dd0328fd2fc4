import type { BgNbd } from './bg-nbd.ts'
import { fit, type Fit } from './fit.ts'
import { digamma, logRising } from './log-gamma.ts'
import type { Objective } from './minimize.ts'
import type { RepeatTable } from './repeat-table.ts'
import { marginsOf, type TableMargins } from './table-margins.ts'

const starts = [
  [0, 0, 0, 0],
  [-0.7, 0, -0.7, 1.2],
  [1, 1, -1.5, 1],
]

/** The BG/NBD under which the data are likeliest. */
export function fitBgNbd(table: RepeatTable): Fit<BgNbd> {
  const margins = marginsOf(table)
  const objective = bgNbdObjective(table, margins)
  const { clients, repeatClients: telling } = table
  return fit({ clients, telling, objective, starts }, ([r = 0, alpha = 0, a = 0, b = 0], found) => ({
    parameters: { r, alpha: alpha / margins.factor, a, b },
    logLikelihood: found + margins.shift,
  }))
}

/** Values and slopes of the parts, by r, alpha, a, b. */
interface Sum {
  value: number
  slopes: Float64Array
}

/** Minus the mean log-likelihood by (ln r, ln alpha, ln a, ln b), in scaled time. */
function bgNbdObjective(table: RepeatTable, margins: TableMargins): Objective {
  const logTime = new Float64Array(table.times.length)
  const inverseTime = new Float64Array(table.times.length)
  return (at, gradient) => {
    const parameters = at.map(Math.exp)
    const sum: Sum = { value: 0, slopes: new Float64Array(4) }
    addCounts(sum, parameters, table, margins)
    table.times.forEach((time, place) => {
      logTime[place] = Math.log((parameters[1] ?? 0) + margins.factor * time)
      inverseTime[place] = 1 / ((parameters[1] ?? 0) + margins.factor * time)
    })
    addTimes(sum, parameters, { table, margins, logTime, inverseTime })
    addRows(sum, parameters, { table, margins, logTime, inverseTime })
    sum.slopes.forEach(
      (slope, index) => (gradient[index] = (-slope * (parameters[index] ?? 0)) / table.clients),
    )
    return -sum.value / table.clients
  }
}

/** ln Γ(r+x)/Γ(r) B(a, b+x)/B(a, b), which depends on x alone. */
function addCounts(
  sum: Sum,
  [r = 0, , a = 0, b = 0]: Float64Array,
  { counts }: RepeatTable,
  { clientsOfCount }: TableMargins,
): void {
  let [byR, byA, byB] = [0, 0, 0]
  counts.forEach((x, place) => {
    const n = clientsOfCount[place] ?? 0
    const both = digamma(a + b) - digamma(a + b + x)
    sum.value += n * (logRising(r, x) + logRising(b, x) - logRising(a + b, x))
    byR += n * (digamma(r + x) - digamma(r))
    byA += n * both
    byB += n * (digamma(b + x) - digamma(b) + both)
  })
  addSlopes(sum, byR, 0, byA, byB)
}

interface Timed {
  table: RepeatTable
  margins: TableMargins
  /** ln(alpha + t) and 1/(alpha + t) of the table's times. */
  logTime: Float64Array
  inverseTime: Float64Array
}

/** r ln alpha - (r + x) ln(alpha + T), whose sum over the clients with one T needs only their number and visits. */
function addTimes(
  sum: Sum,
  [r = 0, alpha = 0]: Float64Array,
  { table, margins, logTime, inverseTime }: Timed,
): void {
  const { clientsOfTime, visitsOfTime, factor } = margins
  let [byR, byAlpha] = [0, 0]
  table.times.forEach((time, place) => {
    const n = clientsOfTime[place] ?? 0
    const visits = visitsOfTime[place] ?? 0
    const waited = Math.log1p((factor * time) / alpha)
    sum.value -= n * r * waited + visits * (logTime[place] ?? 0)
    byR -= n * waited
    byAlpha += (n * r) / alpha - (n * r + visits) * (inverseTime[place] ?? 0)
  })
  addSlopes(sum, byR, byAlpha, 0, 0)
}

/** ln(1 + e^u), u = ln a - ln(b + x - 1) + (r + x) ln((alpha + T)/(alpha + t_x)): the only part that needs every row. */
function addRows(sum: Sum, parameters: Float64Array, { table, margins, logTime, inverseTime }: Timed): void {
  const { counts, count, last, end, weight } = table
  const [r = 0, , a = 0, b = 0] = parameters
  const oddsOf = counts.map((x) => Math.log(a) - Math.log(b + x - 1))
  const restOf = counts.map((x) => 1 / (b + x - 1))
  let [value, byR, byAlpha, byA, byB] = [0, 0, 0, 0, 0]
  for (let row = margins.firstRepeat; row < count.length; row++) {
    const place = count[row] as number
    const from = last[row] as number
    const to = end[row] as number
    const n = weight[row] as number
    const k = r + (counts[place] as number)
    const ratio = (logTime[to] as number) - (logTime[from] as number)
    const u = (oddsOf[place] as number) + k * ratio
    const e = Math.exp(-Math.abs(u))
    value += n * (Math.log1p(e) + (u > 0 ? u : 0))
    const left = (n * (u > 0 ? 1 : e)) / (1 + e)
    byR += left * ratio
    byAlpha += left * k * ((inverseTime[to] as number) - (inverseTime[from] as number))
    byA += left
    byB -= left * (restOf[place] as number)
  }
  sum.value += value
  addSlopes(sum, byR, byAlpha, byA / a, byB)
}

function addSlopes({ slopes }: Sum, ...more: readonly number[]): void {
  more.forEach((slope, index) => (slopes[index] = (slopes[index] ?? 0) + slope))
}
