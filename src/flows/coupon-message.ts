import { showCode } from '../domain/coupon.ts'
import type { Coupon } from '../domain/known.ts'
import { discountWords } from '../domain/offers/offer-values.ts'
import type { Message } from './conversation.ts'
import { showDate, showDay } from './dates.ts'
import type { Scene } from './question.ts'
import { rewardTitle } from './reward.ts'
import { rich } from './rich.ts'

/** The gift: a picture with the code to be shown at the desk; one that is used or too old is only told of. */
export function couponMessage(coupon: Coupon, scene: Scene): Message {
  const { code, expiresAt, redeemedAt, offer } = coupon
  const { t, now, language } = scene
  const title = offer ? offerTitle(offer, scene) : (rewardTitle(scene) ?? t('coupon.gift'))
  const words = offer ? 'coupon.offer' : 'coupon'
  const until = showDate(expiresAt, scene)
  if (redeemedAt !== undefined)
    return { text: rich(t(`${words}.redeemed`, { title, day: showDay(redeemedAt, scene) })), groups: [] }
  if (expiresAt <= now) return { text: rich(t(`${words}.expired`, { title, until })), groups: [] }
  const values = { title, until, code: '\0', ...(offer && { count: offer.left }) }
  const [before = '', after = ''] = t(`${words}.yours`, values).split('\0')
  return {
    text: rich(before, { bold: showCode(code) }, after),
    groups: [],
    picture: { kind: 'coupon', language, code, title, until },
  }
}

/** "скидка 10 %", or the gift's words. */
function offerTitle({ discount }: NonNullable<Coupon['offer']>, { t, language, salon }: Scene): string {
  const words = discountWords(discount, { language, languages: salon.languages })
  if (words === undefined) return t('coupon.offer.special')
  return discount.kind === 'gift' ? words : t('coupon.offer.discount', { discount: words })
}
