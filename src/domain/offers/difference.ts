import { normalQuantile, twoSidedZ } from '../normal-quantile.ts'
import type { Interval } from '../nps.ts'
import { twoSidedT } from '../t-quantile.ts'

/** Something that those who came have brought: visits, kopecks. Who did not come has brought nothing. */
export interface Amounts {
  people: number
  /** So many of them came. */
  came: number
  /** Of all people. */
  mean: number
  /** Of all people, with n - 1. */
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
  /** Of neither group has anybody come. */
  | { kind: 'noneCame' }
  /** Too few in one group, or no amounts are known: the figure says nothing yet. */
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
export const enoughPeople = 10

const confidence = 0.95
const power = 0.8
/** What would take more than so many times the people there were is not in sight. */
const mostTimes = 20

/**
 * Of two means of amounts, most of which are 0: "came" and "how much those who came have brought" are two parts (Lachenbruch, P. A.
 * (2002), "Analysis of data with excess zeros", Statistical Methods in Medical Research 11, 297-302). Each group's interval is put
 * together of Wilson's for the first part and Student's for the second, and the difference's of both groups', by adding the squares
 * of their halves (Zou, G. Y. and Donner, A. (2008), "Construction of confidence limits about effect measures: a general approach",
 * Statistics in Medicine 27, 1693-1702). Student's or Welch's t over all of them would take ten people of whom by chance none came for
 * ten who never come, and find an effect that is none in one case of four.
 */
export function amountsDifference(one: Amounts, other: Amounts): Difference {
  const difference = one.mean - other.mean
  const early = tooEarly(one, other, difference)
  if (early) return early
  if (one.came + other.came === 0) return { kind: 'noneCame' }
  if (one.mean === 0 && other.mean === 0) return { kind: 'few', difference }
  const intervalOf = (times: number): Interval => {
    const [first, second] = [manyMore(one, times), manyMore(other, times)]
    return apart(amountOf(first, [first, second]), amountOf(second, [first, second]))
  }
  return judged(difference, intervalOf, one.people + other.people)
}

/**
 * Of two proportions, by the hybrid score interval: method 10 of Newcombe, R. G. (1998), "Interval estimation for the difference
 * between independent proportions: comparison of eleven methods", Statistics in Medicine 17, 873-890.
 */
export function sharesDifference(one: Count, other: Count): Difference {
  const difference = one.count / one.people - other.count / other.people
  const early = tooEarly(one, other, difference)
  if (early) return early
  if (one.count + other.count === 0) return { kind: 'noneCame' }
  const more = ({ people, count }: Count, times: number) => ({ people: people * times, count: count * times })
  const intervalOf = (times: number) => hybridScore(more(one, times), more(other, times))
  return judged(difference, intervalOf, one.people + other.people)
}

/** Newcombe's method 10: both Wilson intervals, put together. */
export const hybridScore = (one: Count, other: Count): Interval => apart(wilson(one), wilson(other))

interface Estimate extends Interval {
  value: number
}

/** The first minus the second: the squares of the halves that face each other add up. */
const apart = (one: Estimate, other: Estimate): Interval => ({
  low: one.value - other.value - Math.hypot(one.value - one.low, other.high - other.value),
  high: one.value - other.value + Math.hypot(one.high - one.value, other.value - other.low),
})

/** Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference", JASA 22, 209-212. */
function wilson({ people, count }: Count): Estimate {
  const z = twoSidedZ(confidence)
  const share = count / people
  const centre = 2 * count + z * z
  const half = z * Math.sqrt(z * z + 4 * count * (1 - share))
  const under = 2 * (people + z * z)
  return {
    value: share,
    low: Math.max(0, (centre - half) / under),
    high: Math.min(1, (centre + half) / under),
  }
}

/**
 * The mean of a group's amounts: the share that came times what those who came have brought.
 * @param all the groups that it is compared with, and itself: what one more visitor may bring, and how much
 * that varies, is learnt from all of them: of a few who came each may by chance have paid little, or much the same
 */
function amountOf(one: Amounts, all: readonly Amounts[]): Estimate {
  const { people, came, mean } = one
  const share = wilson({ people, count: came })
  const parts = all.map(broughtBy)
  const own = broughtBy(one)
  const degrees = sumOf(parts, (part) => Math.max(0, part.came - 1))
  const pooled = sumOf(parts, (part) => Math.max(0, part.came - 1) * part.variance) / Math.max(1, degrees)
  const usual = sumOf(parts, (part) => part.sum) / sumOf(parts, (part) => part.came)
  const each = Math.max(own.mean, usual)
  const half =
    came > 0 && degrees > 0
      ? twoSidedT(confidence, degrees) * Math.sqrt(Math.max(own.variance, pooled) / came)
      : 0
  return {
    value: mean,
    low: mean - Math.hypot(each * (share.value - share.low), share.value * half),
    high: mean + Math.hypot(each * (share.high - share.value), share.value * half),
  }
}

/** What those who came have brought, from what all have. */
function broughtBy({ people, came, mean, variance }: Amounts) {
  const sum = mean * people
  const squares = variance * (people - 1) + people * mean * mean
  const each = sum / Math.max(1, came)
  const rest = came > 1 ? Math.max(0, squares - came * each * each) / (came - 1) : 0
  return { came, sum, mean: each, variance: rest }
}

const sumOf = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((sum, one) => sum + of(one), 0)

/** 95 % interval of a share; undefined: of so few people it says nothing. */
export function shareInterval(one: Count): Interval | undefined {
  if (one.people < enoughPeople) return undefined
  const { low, high } = wilson(one)
  return { low, high }
}

/** 95 % interval of a group's mean, as the difference is judged by. @param all see `amountOf` */
export function amountInterval(one: Amounts, all: readonly Amounts[]): Interval | undefined {
  if (one.people < enoughPeople || sumOf(all, ({ came }) => came) === 0) return undefined
  const { low, high } = amountOf(one, all)
  return { low, high }
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

/** @param intervalOf the interval, had there been so many times as many people, and had all gone as it went */
function judged(difference: number, intervalOf: (times: number) => Interval, people: number): Difference {
  const interval = intervalOf(1)
  if (interval.low > 0 || interval.high < 0) return { kind: 'clear', difference, interval }
  const needed = peopleNeeded(difference, intervalOf, people)
  return {
    kind: 'unclear',
    difference,
    interval,
    ...(needed !== undefined && { moreNeeded: needed - people }),
  }
}

/**
 * How many people in all, in groups of the same proportion as now, would show this difference four times out of five, were it the true
 * one: so many that the half of the interval that faces 0 fits into it 1 + z(power) / z(1 - a/2) times, a = 0.05, power = 0.8. Where the
 * halves shrink with the root of the people that is N = (z(1 - a/2) + z(power))^2 (s1^2 / w1 + s2^2 / w2) / d^2 (Chow, S.-C., Shao, J. and
 * Wang, H. (2008), Sample Size Calculations in Clinical Research, 2nd ed., section 3.2.1); with a handful of visits they shrink faster,
 * and that formula may ask for fewer people than there are.
 * @returns undefined: none is in sight
 */
function peopleNeeded(
  difference: number,
  intervalOf: (times: number) => Interval,
  people: number,
): number | undefined {
  const reach = 1 + normalQuantile(power) / twoSidedZ(confidence)
  const isShown = (times: number) => {
    const { low, high } = intervalOf(times)
    return reach * (difference > 0 ? difference - low : high - difference) <= Math.abs(difference)
  }
  let [few, enough] = [1, mostTimes]
  if (difference === 0 || !isShown(enough)) return undefined
  // To a tenth of a percent.
  for (let halvings = 0; halvings < 14; halvings++) {
    const middle = Math.sqrt(few * enough)
    if (isShown(middle)) enough = middle
    else few = middle
  }
  return Math.ceil(people * enough)
}

/** So many times as many people, of whom the same share came and brought as much. */
const manyMore = ({ people, came, ...each }: Amounts, times: number): Amounts => ({
  people: people * times,
  came: came * times,
  ...each,
})
