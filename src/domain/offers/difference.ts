import { normalQuantile, twoSidedZ } from '../normal-quantile.ts'
import type { Interval } from '../nps.ts'
import { twoSidedT } from '../t-quantile.ts'

/** Something measured for each of so many people; `variance` with n - 1. */
export interface Sample {
  people: number
  mean: number
  variance: number
}

/** So many of so many. */
export interface Count {
  people: number
  count: number
}

/** What two groups differ by: the first minus the second, with its 95 % interval. */
export type Difference =
  /** One group is empty. */
  | { kind: 'none' }
  /** Too few in one group, or amounts that have not varied in either: the figure says nothing yet. */
  | { kind: 'few'; difference: number }
  /** The interval has 0 in it: may be chance. */
  | {
      kind: 'unclear'
      difference: number
      interval: Interval
      /** So many more people in all, in the same proportion, would show a difference such as this one; absent: none is in sight. */
      moreNeeded?: number
    }
  | { kind: 'clear'; difference: number; interval: Interval }

/** In the smaller group, at least: with fewer, a few great spenders decide. */
const enoughPeople = 10

const confidence = 0.95
const power = 0.8
/** More than this is as good as never. */
const mostNeeded = 1_000_000

/**
 * Of two means, by Welch's t (Welch, B. L. (1947), "The generalization of 'Student's' problem when several different population
 * variances are involved", Biometrika 34, 28-35), with Satterthwaite's degrees of freedom (1946, Biometrics Bulletin 2, 110-114).
 */
export function meansDifference(one: Sample, other: Sample): Difference {
  const difference = one.mean - other.mean
  const [varianceOfOne, varianceOfOther] = [one.variance / one.people, other.variance / other.people]
  const squared = varianceOfOne + varianceOfOther
  const early = tooEarly(one, other, difference)
  if (early !== undefined) return early
  if (squared === 0) return { kind: 'few', difference }
  const degrees =
    squared ** 2 / (varianceOfOne ** 2 / (one.people - 1) + varianceOfOther ** 2 / (other.people - 1))
  const half = twoSidedT(confidence, degrees) * Math.sqrt(squared)
  return judged(difference, { low: difference - half, high: difference + half }, one, other)
}

/**
 * Of two proportions, by the hybrid score interval: method 10 of Newcombe, R. G. (1998), "Interval estimation for the difference
 * between independent proportions: comparison of eleven methods", Statistics in Medicine 17, 873-890.
 */
export function sharesDifference(one: Count, other: Count): Difference {
  const [p, q] = [one.count / one.people, other.count / other.people]
  const early = tooEarly(one, other, p - q)
  return early ?? judged(p - q, hybridScore(one, other), sampleOf(one), sampleOf(other))
}

/** Newcombe's method 10: both Wilson intervals, put together. */
export function hybridScore(one: Count, other: Count): Interval {
  const [p, q] = [one.count / one.people, other.count / other.people]
  const [first, second] = [wilson(one), wilson(other)]
  return {
    low: p - q - Math.hypot(p - first.low, second.high - q),
    high: p - q + Math.hypot(first.high - p, q - second.low),
  }
}

/** Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference", JASA 22, 209-212. */
function wilson({ people, count }: Count): Interval {
  const z = twoSidedZ(confidence)
  const share = count / people
  const centre = 2 * count + z * z
  const half = z * Math.sqrt(z * z + 4 * count * (1 - share))
  const under = 2 * (people + z * z)
  return { low: Math.max(0, (centre - half) / under), high: Math.min(1, (centre + half) / under) }
}

/** 95 % interval of a share, and of a mean by Student's t; undefined: of so few people it says nothing. */
export const shareInterval = (one: Count): Interval | undefined =>
  one.people < enoughPeople ? undefined : wilson(one)

export function meanInterval({ people, mean, variance }: Sample): Interval | undefined {
  if (people < enoughPeople) return undefined
  const half = twoSidedT(confidence, people - 1) * Math.sqrt(variance / people)
  return { low: mean - half, high: mean + half }
}

function tooEarly(
  one: { people: number },
  other: { people: number },
  difference: number,
): Difference | undefined {
  const fewest = Math.min(one.people, other.people)
  if (fewest === 0) return { kind: 'none' }
  return fewest < enoughPeople ? { kind: 'few', difference } : undefined
}

function judged(difference: number, interval: Interval, one: Sample, other: Sample): Difference {
  if (interval.low > 0 || interval.high < 0) return { kind: 'clear', difference, interval }
  const needed = peopleNeeded(difference, one, other) - one.people - other.people
  return {
    kind: 'unclear',
    difference,
    interval,
    ...(needed <= mostNeeded && { moreNeeded: Math.max(1, needed) }),
  }
}

/**
 * How many people in all would show this difference, were it the true one, four times out of five: of two normal means with
 * groups in the same proportion as now, N = (z(1 - a/2) + z(power))^2 (s1^2 / w1 + s2^2 / w2) / d^2, a = 0.05, power = 0.8
 * (Chow, S.-C., Shao, J. and Wang, H. (2008), Sample Size Calculations in Clinical Research, 2nd ed., section 3.2.1, with
 * variances that differ).
 * @param difference d
 */
export function peopleNeeded(difference: number, one: Sample, other: Sample): number {
  const all = one.people + other.people
  const spread = one.variance / (one.people / all) + other.variance / (other.people / all)
  return Math.ceil(((twoSidedZ(confidence) + normalQuantile(power)) ** 2 * spread) / difference ** 2)
}

const sampleOf = ({ people, count }: Count): Sample => {
  const mean = count / people
  return { people, mean, variance: mean * (1 - mean) }
}
