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
  /** Uses that could not be counted: a gift, or no amount in the books. */
  unknown: number
}

/** What the discounts have cost. */
export function couponCost(all: readonly CouponUses[]): CouponCost {
  return all
    .map(costOf)
    .reduce((sum, one) => ({ kopecks: sum.kopecks + one.kopecks, unknown: sum.unknown + one.unknown }), {
      kopecks: 0,
      unknown: 0,
    })
}

function costOf({ discount, uses, paid }: CouponUses): CouponCost {
  switch (discount.kind) {
    case 'none':
      return { kopecks: 0, unknown: 0 }
    case 'gift':
      return { kopecks: 0, unknown: uses }
    case 'amount':
      // Nobody takes off more than it costs, but what was paid may be what was left.
      return { kopecks: uses * discount.kopecks, unknown: 0 }
    case 'percent':
      return { kopecks: Math.round(offOneVisit(discount, paid.kopecks)), unknown: uses - paid.uses }
  }
}
