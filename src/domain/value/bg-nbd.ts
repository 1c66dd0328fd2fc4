/**
 * BG/NBD: Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005), "'Counting your customers' the easy way: an alternative to the
 * Pareto/NBD model", Marketing Science 24(2), 275-284. A client visits at the rate λ ~ Gamma(r, alpha) and leaves after each
 * visit with the probability p ~ Beta(a, b).
 */
import { betaMean } from './beta-mean.ts'
import { logRising } from './log-gamma.ts'
import { logistic, softplus } from './logistic.ts'
import type { History } from './repeat-table.ts'

export interface BgNbd {
  r: number
  /** In the data's unit of time. */
  alpha: number
  a: number
  b: number
}

/** ln L(r, alpha, a, b | x, t_x, T), equation 6. */
export function bgNbdLogLikelihood(model: BgNbd, history: History): number {
  const { r, alpha, a, b } = model
  const { x, T } = history
  const left = x === 0 ? 0 : softplus(logOddsOfLeft(model, history))
  return (
    logRising(r, x) +
    logRising(b, x) -
    logRising(a + b, x) -
    r * Math.log1p(T / alpha) -
    x * Math.log(alpha + T) +
    left
  )
}

/** P(alive | x, t_x, T): 1 for who has come once, the model lets nobody leave before a second visit. */
export const bgNbdAlive = (model: BgNbd, history: History): number =>
  history.x === 0 ? 1 : logistic(-logOddsOfLeft(model, history))

/** ln of a / (b + x - 1) ((alpha + T) / (alpha + t_x))^(r + x). */
function logOddsOfLeft({ r, alpha, a, b }: BgNbd, { x, tx, T }: History): number {
  return Math.log(a) - Math.log(b + x - 1) + (r + x) * Math.log1p((T - tx) / (alpha + tx))
}

/**
 * Visits to be expected within `time` after T from a client who is still one:
 * E_p[(1 - ((alpha + T) / (alpha + T + p t))^(r + x)) / p], p ~ Beta(a, b + x). Equal to equation 10 without its 2F1, and
 * finite at a = 1 and a + b + x = 1.
 */
export const bgNbdVisitsOfAlive = (
  { r, alpha, a, b }: BgNbd,
  { x, T }: Omit<History, 'tx'>,
  time: number,
): number => betaMean(a, b + x, r + x, time / (alpha + T))

/** E[visits in (T, T + time] | x, t_x, T], equation 10; for somebody unknown: x = t_x = T = 0, equation 9. */
export const bgNbdVisits = (model: BgNbd, history: History, time: number): number =>
  bgNbdAlive(model, history) * bgNbdVisitsOfAlive(model, history, time)
