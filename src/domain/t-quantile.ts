import { twoSidedZ } from './normal-quantile.ts'
import { logGamma } from './value/log-gamma.ts'

/**
 * The t of a two-sided interval by Student's distribution: P(|T| > t) = 1 - confidence. Found by Newton's method from the normal
 * distribution's, which is below it: the tail is convex, so no step goes too far. The tail is I_x(v/2, 1/2) with x = v / (v + t^2)
 * (Abramowitz, M. and Stegun, I. A. (1964), Handbook of Mathematical Functions, 26.7.1). Relative error below 1e-9. The packages that
 * have it bring two hundred others, or seven digits.
 * @param confidence between 0 and 1, e.g. 0.95
 * @param degrees of freedom, above 0; need not be whole
 */
export function twoSidedT(confidence: number, degrees: number): number {
  let t = twoSidedZ(confidence)
  for (let steps = 0; steps < 1000; steps++) {
    const step = (tailBeyond(t, degrees) - (1 - confidence)) / (2 * density(t, degrees))
    t += step
    if (Math.abs(step) <= t * 1e-13) break
  }
  return t
}

const density = (t: number, degrees: number): number =>
  Math.exp(
    logGamma((degrees + 1) / 2) -
      logGamma(degrees / 2) -
      Math.log(degrees * Math.PI) / 2 -
      ((degrees + 1) / 2) * Math.log1p((t * t) / degrees),
  )

/** P(|T| > t). */
const tailBeyond = (t: number, degrees: number): number =>
  incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t), (t * t) / (degrees + t * t))

/** I_x(a, b), regularized; `rest` is 1 - x, which would lose its digits. Where the fraction is slow, its mirror is quick. */
function incompleteBeta(a: number, b: number, x: number, rest: number): number {
  if (x === 0 || rest === 0) return x
  const front = Math.exp(a * Math.log(x) + b * Math.log(rest) - logGamma(a) - logGamma(b) + logGamma(a + b))
  return x < (a + 1) / (a + b + 2) ? (front * fraction(a, b, x)) / a : 1 - (front * fraction(b, a, rest)) / b
}

/** The continued fraction of the incomplete beta function (DLMF 8.17.22, dlmf.nist.gov/8.17.v), by Lentz's method. */
function fraction(a: number, b: number, x: number): number {
  let c = 1
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m < 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / notZero(1 + even * d)
    c = notZero(1 + even / c)
    value *= d * c
    d = 1 / notZero(1 + odd * d)
    c = notZero(1 + odd / c)
    value *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return value
}

const notZero = (number: number): number => (Math.abs(number) < 1e-300 ? 1e-300 : number)
