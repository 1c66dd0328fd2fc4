import { showCode } from '../domain/coupon.ts'
import type { Coupon } from '../domain/known.ts'
import type { Message } from './conversation.ts'
import { showDate, showDay } from './dates.ts'
import type { Scene } from './question.ts'
import { rewardTitle } from './reward.ts'
import { rich } from './rich.ts'

/** The gift: a picture with the code to be shown at the desk; one that is used or too old is only told of. */
export function couponMessage({ code, expiresAt, redeemedAt }: Coupon, scene: Scene): Message {
  const { t, now, language } = scene
  const title = rewardTitle(scene) ?? t('coupon.gift')
  const until = showDate(expiresAt, scene)
  if (redeemedAt !== undefined)
    return { text: rich(t('coupon.redeemed', { title, day: showDay(redeemedAt, scene) })), groups: [] }
  if (expiresAt <= now) return { text: rich(t('coupon.expired', { title, until })), groups: [] }
  const [before = '', after = ''] = t('coupon.yours', { title, until, code: '\0' }).split('\0')
  return {
    text: rich(before, { bold: showCode(code) }, after),
    groups: [],
    picture: { kind: 'coupon', language, code, title, until },
  }
}
