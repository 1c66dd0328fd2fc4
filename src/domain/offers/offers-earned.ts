import type { Interval } from '../nps.ts'
import type { OfferResult } from './offer-result.ts'

/** What the offers of a month have brought, taken together. */
export interface OffersEarned {
  offers: number
  /** Messages, in all. */
  people: number
  /** Who came with a coupon. */
  withCoupon: number
  /** Offers that could be compared with people who were held out. */
  compared: number
  /** Kopecks above what these people would have brought anyway; absent: none could be compared. */
  earned?: { kopecks: number; interval: Interval }
}

/**
 * The sum of independent estimates: the squares of the halves of their intervals add up, each side by itself (Zou and Donner 2008,
 * see difference.ts). People may be in several offers, so it is a little less sure than it says.
 * @returns undefined where there were none
 */
export function offersEarned(results: readonly OfferResult[]): OffersEarned | undefined {
  if (results.length === 0) return undefined
  const earned = results.flatMap(({ uplift }) => (uplift.earned ? [uplift.earned] : []))
  const kopecks = sumOf(earned, (one) => one.kopecks)
  const under = Math.hypot(...earned.map((one) => one.kopecks - one.interval.low))
  const above = Math.hypot(...earned.map((one) => one.interval.high - one.kopecks))
  return {
    offers: results.length,
    people: sumOf(results, ({ treated }) => treated.people),
    withCoupon: sumOf(results, ({ coupons }) => coupons?.people ?? 0),
    compared: earned.length,
    ...(earned.length > 0 && {
      earned: { kopecks, interval: { low: kopecks - under, high: kopecks + above } },
    }),
  }
}

const sumOf = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((sum, one) => sum + of(one), 0)

/**
 * Which offers the digest tells of: in the first one of a month those whose last window has closed in the month before, so that
 * each is told of once, and when it is final.
 * @param week the Monday that the digest is due on
 * @returns epoch milliseconds; undefined: not in this digest
 */
export function toldOffers(
  week: Temporal.PlainDate,
  timeZone: string,
): { from: number; until: number; month: Temporal.PlainYearMonth } | undefined {
  if (week.day > 7) return undefined
  const startOf = (month: Temporal.PlainYearMonth) =>
    month.toPlainDate({ day: 1 }).toZonedDateTime(timeZone).epochMilliseconds
  const next = week.toPlainYearMonth()
  const month = next.subtract({ months: 1 })
  return { from: startOf(month), until: startOf(next), month }
}
