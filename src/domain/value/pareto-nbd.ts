/**
 * Pareto/NBD: Schmittlein, D. C., Morrison, D. G. and Colombo, R. (1987), "Counting your customers: who are they and what will
 * they do next?", Management Science 33(1), 1-24. A client visits at the rate λ ~ Gamma(r, alpha) for a lifetime that is
 * exponential with the rate μ ~ Gamma(s, beta). Formulas after Fader, P. S. and Hardie, B. G. S. (2005), "A note on deriving the
 * Pareto/NBD model and related expressions", with the integral of their equation 16 left as it is instead of a 2F1.
 */
import { gaussLegendre } from './gauss-legendre.ts'
import { logRising } from './log-gamma.ts'
import { logistic, softplus } from './logistic.ts'
import type { History } from './repeat-table.ts'

export interface ParetoNbd {
  r: number
  /** alpha and beta are in the data's unit of time. */
  alpha: number
  s: number
  beta: number
}

/**
 * ln L(r, alpha, s, beta | x, t_x, T), where
 * L = Γ(r+x)/Γ(r) alpha^r beta^s / ((alpha+T)^(r+x) (beta+T)^s) (1 + s I).
 */
export function paretoNbdLogLikelihood(model: ParetoNbd, history: History): number {
  const { r, alpha, s, beta } = model
  const { x, T } = history
  return (
    logRising(r, x) -
    r * Math.log1p(T / alpha) -
    x * Math.log(alpha + T) -
    s * Math.log1p(T / beta) +
    softplus(logOddsOfLeft(model, history))
  )
}

/** P(alive | x, t_x, T) = 1 / (1 + s I). */
export const paretoNbdAlive = (model: ParetoNbd, history: History): number =>
  logistic(-logOddsOfLeft(model, history))

/**
 * Visits to be expected within `time` after T from a client who is still one:
 * (r + x) (beta + T) / ((alpha + T) (s - 1)) (1 - ((beta + T) / (beta + T + time))^(s - 1)), also at s = 1.
 */
export function paretoNbdVisitsOfAlive(
  { r, alpha, s, beta }: ParetoNbd,
  { x, T }: Omit<History, 'tx'>,
  time: number,
): number {
  const stretch = Math.log1p(time / (beta + T))
  const lifetime = s === 1 ? stretch : -Math.expm1((1 - s) * stretch) / (s - 1)
  return ((r + x) / (alpha + T)) * (beta + T) * lifetime
}

/** E[visits in (T, T + time] | x, t_x, T]; for somebody unknown: x = t_x = T = 0. */
export const paretoNbdVisits = (model: ParetoNbd, history: History, time: number): number =>
  paretoNbdAlive(model, history) * paretoNbdVisitsOfAlive(model, history, time)

/**
 * Discounted expected residual transactions: the integral of e^(-rate u) dE[visits in (T, T + u]] over all the future
 * (Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005), "RFM and CLV: using iso-value curves for customer base analysis",
 * Journal of Marketing Research 42(4), 415-430, equation 3), here
 * P(alive) (r + x)/(alpha + T) times the integral of e^(-rate u) ((beta + T)/(beta + T + u))^s du.
 * @param rate per unit of time, above 0
 */
export function paretoNbdDiscounted(model: ParetoNbd, history: History, rate: number): number {
  const { r, alpha, s, beta } = model
  const { x, T } = history
  const left = beta + T
  // u = e^(v - e^-v): the double-exponential rule for a function with an exponential tail (Takahasi and Mori 1974).
  const step = 1 / 16
  let sum = 0
  for (let place = -72; place <= 96; place++) {
    const v = place * step
    const u = Math.exp(v - Math.exp(-v)) / rate
    sum += u * (1 + Math.exp(-v)) * Math.exp(-rate * u - s * Math.log1p(u / left))
  }
  return paretoNbdAlive(model, history) * ((r + x) / (alpha + T)) * sum * step
}

const size = 32

/**
 * ln(s I), I the integral from t_x to T of ((alpha+T)/(alpha+y))^(r+x) ((beta+T)/(beta+y))^s / (beta+y) dy.
 *
 * With c = min(alpha, beta) and c + y = (c + t_x) e^(L z) the integrand is about e^(-κ z) on [0, 1]: panels of Gauss-Legendre
 * nodes, the first as long as the function takes to fall by e^-8, each next one four times as long. In logarithms, taken from
 * the integrand's height at t_x, which may be e^1000.
 */
function logOddsOfLeft({ r, alpha, s, beta }: ParetoNbd, { x, tx, T }: History): number {
  if (!(T > tx)) return -Infinity
  const c = Math.min(alpha, beta)
  const k = r + x
  const stretch = Math.log1p((T - tx) / (c + tx))
  const logHeight =
    k * Math.log1p((T - tx) / (alpha + tx)) + s * Math.log1p((T - tx) / (beta + tx)) - Math.log(beta + tx)
  const { nodes, weights } = gaussLegendre(size)
  let sum = 0
  let from = 0
  let width = Math.min(1, 8 / ((k + s + 1) * stretch))
  while (from < 1) {
    for (let index = 0; index < size; index++) {
      const passed = (c + tx) * Math.expm1((from + width * (nodes[index] ?? 0)) * stretch)
      const fall = k * Math.log1p(passed / (alpha + tx)) + (s + 1) * Math.log1p(passed / (beta + tx))
      sum += width * (weights[index] ?? 0) * Math.exp(-fall) * (c + tx + passed)
    }
    from += width
    width = Math.min(1 - from, 4 * width)
  }
  return Math.log(s) + logHeight + Math.log(stretch) + Math.log(sum)
}
