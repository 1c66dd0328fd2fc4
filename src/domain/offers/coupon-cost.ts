import { offOneVisit } from './offer-outlook.ts'
import type { Discount } from './offer.ts'

/** What was taken with coupons that promised the same. */
export interface CouponUses {
  discount: Discount
  uses: number
  /** Uses whose visit is in the books with its amount, and what it came to in all, in kopecks. */
  paid: { uses: number; kopecks: number }
}

export interface CouponCost {
  /** About, in kopecks: of the amounts in the books, whether they are before or after the discount. */
  kopecks: number
  /** Uses that could not be counted: there is no amount in the books. */
  unknown: number
  /** Uses of a gift: what it costs the salon knows. */
  gifts: number
}

/** What the discounts have cost. */
export function couponCost(all: readonly CouponUses[]): CouponCost {
  const costs = all.map(costOf)
  const sum = (what: keyof CouponCost) => costs.reduce((so, cost) => so + (cost[what] ?? 0), 0)
  return { kopecks: sum('kopecks'), unknown: sum('unknown'), gifts: sum('gifts') }
}

function costOf({ discount, uses, paid }: CouponUses): Partial<CouponCost> {
  switch (discount.kind) {
    case 'none':
      return {}
    case 'gift':
      return { gifts: uses }
    case 'amount':
      // Nobody takes off more than it costs, but what was paid may be what was left.
      return { kopecks: uses * discount.kopecks }
    case 'percent':
      return { kopecks: Math.round(offOneVisit(discount, paid.kopecks)), unknown: uses - paid.uses }
  }
}
