/** The coupon of an offer as a picture to be shown at the desk: one tap under its message, however old that is. */
import type { ButtonGroup } from './conversation.ts'
import type { Decision } from './decision.ts'
import type { Translate } from './question.ts'
import type { Before } from './reply.ts'

/** Where the button's values begin. */
export const offerCoupon = 'coupon'

/** Stands under an offer that comes with a coupon. Drawn only for those who ask, so that nobody waits for pictures meanwhile. */
export const offerCouponButton = (delivery: string, t: Translate): ButtonGroup => ({
  kind: 'controls',
  buttons: [{ label: t('coupon.offer.button'), value: `${offerCoupon}.delivery=${delivery}` }],
})

/** The dialogue that is going on goes on. @param delivery the message's number */
export const couponAsked = ({ known }: Before, delivery: string): Decision => ({
  known,
  wantsCoupons: { delivery },
  spoken: { quiet: true },
})
