/** What an offer that waits for its approval may cost, and when it will have gone out. */
import { nextTime } from '../quiet-hours.ts'
import { afterQuiet, type PolicySettings } from './contact-policy.ts'
import type { Discount } from './offer.ts'

export interface CostFacts {
  recipients: number
  /** Of each one's coupon; 1 without coupons. */
  uses: number
  /** What a visit usually brings, in kopecks. */
  visitKopecks: number
  /** The share of recipients who came after such offers before, 0-1; absent: there were none. */
  cameShare?: number
}

/**
 * What the discount takes off, in kopecks: if everybody uses it as often as they can, and if as many come as did before. A gift
 * costs what the salon knows and the program does not.
 * @returns undefined for a gift
 */
export function discountCost(
  discount: Discount,
  { recipients, uses, visitKopecks, cameShare }: CostFacts,
): { mostKopecks: number; likelyKopecks?: number } | undefined {
  if (discount.kind === 'gift') return undefined
  const each = offOneVisit(discount, visitKopecks)
  return {
    mostKopecks: Math.round(recipients * uses * each),
    ...(cameShare !== undefined && { likelyKopecks: Math.round(recipients * cameShare * each) }),
  }
}

/** What a discount takes off so much, in kopecks. */
export function offOneVisit(discount: Exclude<Discount, { kind: 'gift' }>, visitKopecks: number): number {
  switch (discount.kind) {
    case 'none':
      return 0
    case 'percent':
      return (visitKopecks * discount.percent) / 100
    case 'amount':
      return Math.min(discount.kopecks, visitKopecks)
  }
}

/**
 * When the last of so many messages goes, by the salon's clock alone: at the token's rate, not in quiet hours, and in the morning after
 * them not before the spread is over. Clients in other zones, and a platform that asks for patience, may make it later.
 * @param startAt epoch milliseconds
 * @returns epoch milliseconds
 */
export function sentBy(
  startAt: number,
  messages: number,
  perSecond: number,
  settings: Pick<PolicySettings, 'quietHours' | 'timeZone' | 'spreadMs'>,
): number {
  const { quietHours, timeZone, spreadMs } = settings
  let at = startAt
  let leftMs = (messages / perSecond) * 1000
  // No salon's list takes a year.
  for (let days = 0; days < 366; days++) {
    const morning = afterQuiet(at, [timeZone], { quietHours, spreadMs: 0 }, 0)
    if (morning !== undefined) [at, leftMs] = [morning, Math.max(leftMs, spreadMs)]
    const evening = nextTime(at, quietHours.from, timeZone)
    if (at + leftMs <= evening) return at + leftMs
    leftMs -= evening - at
    at = evening
  }
  return at + leftMs
}
