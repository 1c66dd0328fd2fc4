/** A coupon with one use or several. */

export interface CouponUse {
  /** Epoch milliseconds. */
  at: number
  /** Number of the person of the salon who took it. */
  staffId?: number
}

export interface UsableCoupon {
  uses: number
  /** The last millisecond it is good, epoch milliseconds. */
  expiresAt: number
  /** In any order. */
  used: readonly CouponUse[]
}

export type Redemption =
  /** Taken; so many uses are left after it. */
  | { ok: true; left: number }
  /** `last`: who took it last, and when: whoever asks wants to know. */
  | { ok: false; reason: 'usedUp'; last: CouponUse }
  | { ok: false; reason: 'expired' }

/**
 * Whether a coupon can be redeemed now. The shell asks it under the coupon's lock and writes the use in the same transaction, so
 * that two who press at once don't both get it.
 * @param now epoch milliseconds
 */
export function redeem({ uses, expiresAt, used }: UsableCoupon, now: number): Redemption {
  const last = used.toSorted((one, other) => other.at - one.at)[0]
  if (last !== undefined && used.length >= uses) return { ok: false, reason: 'usedUp', last }
  return now > expiresAt ? { ok: false, reason: 'expired' } : { ok: true, left: uses - used.length - 1 }
}
