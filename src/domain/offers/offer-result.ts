/** What came of an offer, with what can be said of it. */
import type { CouponCost } from './coupon-cost.ts'
import { compareArms, uplift, type Arm, type Comparison, type Uplift } from './uplift.ts'

/** What was counted (storage/offer-results.ts). */
export interface OfferCounts {
  treated: Arm
  heldOut: Arm
  /** Those who got something, by the text they got; in the spec's order. */
  variants: readonly { id: string; arm: Arm }[]
  /** When the window of the last message closes, epoch milliseconds. */
  windowEndsAt: number
  /** Absent: the offer has none. */
  coupons?: { given: number; people: number; uses: number; cost: CouponCost }
}

export interface OfferResult extends OfferCounts {
  uplift: Uplift
  /** The first text against each other one. */
  texts: { ids: readonly [string, string]; comparison: Comparison }[]
}

/** @param now epoch milliseconds */
export function offerResult(counts: OfferCounts, now: number): OfferResult {
  const { treated, heldOut, variants, windowEndsAt } = counts
  const [first, ...others] = variants
  return {
    ...counts,
    uplift: uplift(treated, heldOut, now, windowEndsAt),
    texts: first
      ? others.map((other) => ({
          ids: [first.id, other.id] as const,
          comparison: compareArms(first.arm, other.arm),
        }))
      : [],
  }
}
