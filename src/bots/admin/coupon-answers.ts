import type { Coupon } from '../../storage/coupon-rows.ts'
import type { CouponStorage } from '../../storage/coupons.ts'
import type { Member } from '../../storage/staff.ts'
import type { Answer } from './answer.ts'
import { couponScreen, couponState, couponWords, usedWords } from './coupon-screens.ts'
import type { Desk } from './desk.ts'
import { plainScreen } from './plain-screens.ts'

export interface CouponAnswers {
  /** The gift with the code that was typed or scanned; undefined when there is none. */
  find(typed: string, member: Member): Promise<Answer | undefined>
  /** The same, and a word when there is none. */
  show(typed: string, member: Member): Promise<Answer>
  redeem(wish: { code: string; left?: number }, member: Member, key: string): Promise<Answer>
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

  async function redeem(wish: { code: string; left?: number }, member: Member, key: string): Promise<Answer> {
    const desk = deskOf(member)
    const redeemed = await coupons.redeem({ ...wish, by: member.id, updateKey: key })
    if (!redeemed.ok && redeemed.reason === 'unknown') return show(wish.code, member)
    const { coupon } = redeemed
    const screen = couponScreen(coupon, desk)
    if (redeemed.ok) return { screen, toast: desk.t(takenKey(coupon), { title: couponWords(coupon, desk) }) }
    if (redeemed.reason === 'repeated') return { screen }
    const [last] = coupon.used
    const quicker = redeemed.reason === 'quicker' && last
    return { screen, toast: quicker ? usedWords(last, desk) : couponState(coupon, desk) }
  }
}

/** A gift is handed over, a discount is taken off. */
const takenKey = ({ offer }: Coupon): string =>
  offer && offer.discount.kind !== 'gift' ? 'coupon.desk.taken' : 'desk.coupon.given'
