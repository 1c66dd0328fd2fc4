import type { CouponStorage } from '../../storage/coupons.ts'
import type { Member } from '../../storage/staff.ts'
import type { Answer } from './answer.ts'
import { couponScreen, couponState, giftWords } from './coupon-screens.ts'
import type { Desk } from './desk.ts'
import { plainScreen } from './plain-screens.ts'

export interface CouponAnswers {
  /** The gift with the code that was typed or scanned; undefined when there is none. */
  find(typed: string, member: Member): Promise<Answer | undefined>
  /** The same, and a word when there is none. */
  show(typed: string, member: Member): Promise<Answer>
  redeem(code: string, member: Member, key: string): Promise<Answer>
}

/** The gifts that clients show at the desk: each is given once. */
export function createCouponAnswers({
  coupons,
  deskOf,
}: {
  coupons: CouponStorage
  deskOf: (member: Member) => Desk
}): CouponAnswers {
  return { find, show, redeem }

  async function find(typed: string, member: Member): Promise<Answer | undefined> {
    const coupon = await coupons.byCode(typed)
    return coupon && { screen: couponScreen(coupon, deskOf(member)) }
  }

  async function show(typed: string, member: Member): Promise<Answer> {
    return (await find(typed, member)) ?? { screen: plainScreen('desk.coupon.unknown', deskOf(member)) }
  }

  async function redeem(code: string, member: Member, key: string): Promise<Answer> {
    const desk = deskOf(member)
    const redeemed = await coupons.redeem({ code, by: member.id, updateKey: key })
    if (!redeemed.ok && redeemed.reason === 'unknown') return show(code, member)
    const screen = couponScreen(redeemed.coupon, desk)
    if (redeemed.ok) return { screen, toast: desk.t('desk.coupon.given', { title: giftWords(desk) }) }
    return redeemed.reason === 'repeated' ? { screen } : { screen, toast: couponState(redeemed.coupon, desk) }
  }
}
