import { fit, type Fit } from './fit.ts'
import { digamma, logRising } from './log-gamma.ts'
import type { Objective } from './minimize.ts'
import type { ParetoNbd } from './pareto-nbd.ts'
import { createTails, type Tails } from './pareto-tails.ts'
import type { RepeatTable } from './repeat-table.ts'
import { marginsOf, type TableMargins } from './table-margins.ts'

const starts = [
  [0, 0, 0, 0],
  [0.5, 0.5, -0.5, 1.5],
  [-0.7, 0, 0, 2],
]

/**
 * The Pareto/NBD under which the data are likeliest. Its cost grows with the number of different x times the number of different
 * times, so times should be whole days or weeks.
 */
export function fitParetoNbd(table: RepeatTable): Fit<ParetoNbd> {
  const margins = marginsOf(table)
  const objective = paretoNbdObjective(table, margins)
  const { clients, repeatClients: telling } = table
  return fit({ clients, telling, objective, starts }, ([r = 0, alpha = 0, s = 0, beta = 0], found) => ({
    parameters: { r, alpha: alpha / margins.factor, s, beta: beta / margins.factor },
    logLikelihood: found + margins.shift,
  }))
}

/** Value and slopes by r, alpha, s, beta. */
interface Sum {
  value: number
  slopes: Float64Array
}

/** Minus the mean log-likelihood by (ln r, ln alpha, ln s, ln beta), in scaled time. */
function paretoNbdObjective(table: RepeatTable, margins: TableMargins): Objective {
  const tails = createTails(table, margins.factor)
  return (at, gradient) => {
    const parameters = at.map(Math.exp)
    const sum: Sum = { value: 0, slopes: new Float64Array(4) }
    addCounts(sum, parameters, table, margins)
    addTimes(sum, parameters, table, margins)
    addRows(sum, parameters, table, tails)
    sum.slopes.forEach(
      (slope, index) => (gradient[index] = (-slope * (parameters[index] ?? 0)) / table.clients),
    )
    return -sum.value / table.clients
  }
}

/** ln Γ(r+x)/Γ(r), which depends on x alone. */
function addCounts(
  sum: Sum,
  [r = 0]: Float64Array,
  { counts }: RepeatTable,
  { clientsOfCount }: TableMargins,
): void {
  counts.forEach((x, place) => {
    const n = clientsOfCount[place] ?? 0
    sum.value += n * logRising(r, x)
    addSlopes(sum, n * (digamma(r + x) - digamma(r)), 0, 0, 0)
  })
}

/** r ln alpha - (r + x) ln(alpha + T) + s ln beta - s ln(beta + T), whose sum over one T needs only its clients and visits. */
function addTimes(
  sum: Sum,
  [r = 0, alpha = 0, s = 0, beta = 0]: Float64Array,
  { times }: RepeatTable,
  { clientsOfTime, visitsOfTime, factor }: TableMargins,
): void {
  times.forEach((time, place) => {
    const n = clientsOfTime[place] ?? 0
    if (n === 0) return
    const visits = visitsOfTime[place] ?? 0
    const T = factor * time
    const waited = Math.log1p(T / alpha)
    const lived = Math.log1p(T / beta)
    sum.value -= n * (r * waited + s * lived) + visits * Math.log(alpha + T)
    const byAlpha = (n * r) / alpha - (n * r + visits) / (alpha + T)
    addSlopes(sum, -n * waited, byAlpha, -n * lived, (n * s) / beta - (n * s) / (beta + T))
  })
}

/** ln(1 + s I): the only part that needs every row. */
function addRows(
  sum: Sum,
  [r = 0, alpha = 0, s = 0, beta = 0]: Float64Array,
  { counts, count, last, end, weight }: RepeatTable,
  tails: Tails,
): void {
  tails.move({ r, alpha, s, beta })
  const { logAlpha, logBeta, area, meanLogAlpha, meanLogBeta, meanInverseAlpha, meanInverseBeta } = tails
  let [value, byR, byAlpha, byS, byBeta] = [0, 0, 0, 0, 0]
  let tailsOf = -1
  for (let row = 0; row < count.length; row++) {
    const place = count[row] as number
    const from = last[row] as number
    const to = end[row] as number
    if (from === to) continue
    if (place !== tailsOf) tails.of((tailsOf = place))
    const k = r + (counts[place] as number)
    const n = weight[row] as number
    const waitedAlpha = (logAlpha[to] as number) - (logAlpha[from] as number)
    const waitedBeta = (logBeta[to] as number) - (logBeta[from] as number)
    // The tail from t_x without the tail from T, both in heights of the integrand at t_x.
    const rest = Math.exp(-k * waitedAlpha - (s + 1) * waitedBeta)
    const own = (area[from] as number) - rest * (area[to] as number)
    const u = Math.log(s * own) + k * waitedAlpha + s * waitedBeta - (logBeta[from] as number)
    const e = Math.exp(-Math.abs(u))
    const left = (n * (u > 0 ? 1 : e)) / (1 + e)
    value += n * (Math.log1p(e) + (u > 0 ? u : 0))
    const mean = left / own
    byR +=
      left * (logAlpha[to] as number) -
      mean * ((meanLogAlpha[from] as number) - rest * (meanLogAlpha[to] as number))
    byAlpha +=
      k *
      (left * (tails.inverseAlpha[to] as number) -
        mean * ((meanInverseAlpha[from] as number) - rest * (meanInverseAlpha[to] as number)))
    byS +=
      left * (logBeta[to] as number) -
      mean * ((meanLogBeta[from] as number) - rest * (meanLogBeta[to] as number)) +
      left / s
    byBeta +=
      s * left * (tails.inverseBeta[to] as number) -
      (s + 1) * mean * ((meanInverseBeta[from] as number) - rest * (meanInverseBeta[to] as number))
  }
  sum.value += value
  addSlopes(sum, byR, byAlpha, byS, byBeta)
}

function addSlopes({ slopes }: Sum, ...more: readonly number[]): void {
  more.forEach((slope, index) => (slopes[index] = (slopes[index] ?? 0) + slope))
}
