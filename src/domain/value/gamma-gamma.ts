/**
 * Gamma-Gamma: Fader, P. S. and Hardie, B. G. S. (2013), "The Gamma-Gamma model of monetary value" (note 025), after Fader, Hardie
 * and Lee (2005), "RFM and CLV". A client's amounts are Gamma(p, ν), ν ~ Gamma(q, gamma); m is the mean of x of them.
 */
import { fit, type Fit } from './fit.ts'
import { digamma, logGamma, logRising } from './log-gamma.ts'
import type { Objective } from './minimize.ts'

export interface GammaGamma {
  p: number
  q: number
  /** In the amounts' unit. */
  gamma: number
}

/** What is known of a client's amounts. */
export interface Spending {
  /** Amounts. */
  x: number
  /** Their mean. */
  m: number
}

/**
 * ln of the density of m, equation 1a.
 * @param spending x > 0 and m > 0
 */
export function gammaGammaLogLikelihood({ p, q, gamma }: GammaGamma, { x, m }: Spending): number {
  const px = p * x
  // (px) ln(m x / (gamma + m x)) and q ln(gamma / (gamma + m x)): no powers that could overflow.
  return (
    logRising(px, q) -
    logGamma(q) -
    Math.log(m) -
    px * Math.log1p(gamma / (m * x)) -
    q * Math.log1p((m * x) / gamma)
  )
}

/**
 * The amount to be expected of a client, E[M | x, m] = p (gamma + m x) / (p x + q - 1), equation 5: between their own mean and
 * everybody's; everybody's for who has none (x = 0 or m not above 0).
 * @returns undefined where the model has no finite mean (q at most 1, nothing known)
 */
export function gammaGammaAmount({ p, q, gamma }: GammaGamma, { x, m }: Spending): number | undefined {
  const known = x > 0 && m > 0 ? x : 0
  const degrees = p * known + q - 1
  return degrees > 0 ? (p * (gamma + m * known)) / degrees : undefined
}

const starts = [
  [0, 0.7, 0],
  [1.5, 1.2, 0.5],
  [-0.5, 0.5, 0],
]

/** The Gamma-Gamma under which the means are likeliest; only clients with x > 0 and m > 0 count (they are the Fit's `clients`). */
export function fitGammaGamma(x: ArrayLike<number>, m: ArrayLike<number>): Fit<GammaGamma> {
  const { groups, clients, meanAmount } = groupsOf(x, m)
  const shift = -clients * Math.log(meanAmount)
  const objective = gammaGammaObjective(groups, clients)
  return fit({ clients, telling: clients, objective, starts }, ([p = 0, q = 0, gamma = 0], found) => ({
    parameters: { p, q, gamma: gamma * meanAmount },
    logLikelihood: found + shift,
  }))
}

/** Clients with the same x, their means over everybody's mean. */
interface Group {
  x: number
  means: Float64Array
  sumOfLogs: number
}

function groupsOf(x: ArrayLike<number>, m: ArrayLike<number>) {
  const counted = (index: number): boolean => {
    const [visits, amount] = [x[index] as number, m[index] as number]
    return visits > 0 && amount > 0 && amount < Infinity
  }
  const sizes = new Map<number, number>()
  for (let index = 0; index < x.length; index++)
    if (counted(index)) sizes.set(x[index] as number, (sizes.get(x[index] as number) ?? 0) + 1)
  const groups = [...sizes]
    .sort(([one], [other]) => one - other)
    .map(([visits, size]) => ({ x: visits, means: new Float64Array(size), sumOfLogs: 0, filled: 0 }))
  const groupOf = new Map(groups.map((group) => [group.x, group]))
  for (let index = 0; index < x.length; index++) {
    const group = counted(index) ? groupOf.get(x[index] as number) : undefined
    if (group !== undefined) group.means[group.filled++] = m[index] as number
  }
  return { groups, ...scaled(groups) }
}

/** Divides by everybody's mean. Sorted first, so that the order of the clients leaves no trace in the last digits. */
function scaled(groups: readonly Group[]): { clients: number; meanAmount: number } {
  let [clients, sum] = [0, 0]
  for (const { means } of groups) {
    means.sort()
    clients += means.length
    sum += means.reduce((all, mean) => all + mean, 0)
  }
  const meanAmount = sum / clients
  for (const group of groups) {
    group.means.forEach((mean, index) => (group.means[index] = mean / meanAmount))
    group.sumOfLogs = group.means.reduce((all, mean) => all + Math.log(mean), 0)
  }
  return { clients, meanAmount }
}

/** Minus the mean log-likelihood by (ln p, ln q, ln gamma); the gamma functions depend on x alone. */
function gammaGammaObjective(groups: readonly Group[], clients: number): Objective {
  return (at, gradient) => {
    const [p = 0, q = 0, gamma = 0] = at.map(Math.exp)
    let [value, byP, byQ, byGamma] = [0, 0, 0, 0]
    for (const { x, means, sumOfLogs } of groups) {
      const n = means.length
      let [logs, inverses] = [0, 0]
      for (let index = 0; index < n; index++) {
        const sum = gamma + x * (means[index] as number)
        logs += Math.log(sum)
        inverses += 1 / sum
      }
      const px = p * x
      const shape = digamma(px + q)
      value += n * (logRising(px, q) - logGamma(q) + q * Math.log(gamma)) + n * px * Math.log(x)
      value += (px - 1) * sumOfLogs - (px + q) * logs
      byP += x * (n * (shape - digamma(px) + Math.log(x)) + sumOfLogs - logs)
      byQ += n * (shape - digamma(q) + Math.log(gamma)) - logs
      byGamma += (n * q) / gamma - (px + q) * inverses
    }
    gradient[0] = (-byP * p) / clients
    gradient[1] = (-byQ * q) / clients
    gradient[2] = (-byGamma * gamma) / clients
    return -value / clients
  }
}
