import type { InlineKeyboardButton } from 'telegraf/types'
import { showCode } from '../../domain/coupon.ts'
import { discountWords } from '../../domain/offers/offer-values.ts'
import { textIn } from '../../domain/offers/offer.ts'
import { named } from '../../domain/salon.ts'
import type { Coupon, CouponUse } from '../../storage/coupon-rows.ts'
import { dayOf, inSentence, nameOf, showDate, showMoment, type Desk } from './desk.ts'
import { button, lines, screen, type Screen } from './screen.ts'

/** A gift or an offer's coupon: whose, what, until when, how often it was taken; and the way to take it. */
export function couponScreen(coupon: Coupon, desk: Desk): Screen {
  const { t } = desk
  const { code, client, offer } = coupon
  const text = lines(
    [{ bold: t(offer ? 'coupon.desk.title' : 'desk.coupon.title', { code: showCode(code) }) }],
    [],
    [client.name ?? t('admin.client.noName')],
    [t('desk.coupon.what', { title: couponWords(coupon, desk) })],
    offer && [t('coupon.desk.offer', { title: textIn(offer.title, desk.language, desk.salon.languages) })],
    [couponState(coupon, desk)],
    ...useLines(coupon, desk),
    stoppedLine(coupon, desk),
  )
  return screen(text, [
    ...(isGood(coupon, desk) ? [[redeemButton(coupon, desk)]] : []),
    ...visitButtons(coupon, desk),
    [
      button(t('admin.buttons.openCard'), { screen: 'client', id: client.id }),
      button(t('admin.buttons.menu'), { screen: 'menu' }),
    ],
  ])
}

const redeemButton = ({ code, left, uses }: Coupon, { t }: Desk) =>
  button(
    t('desk.buttons.redeem'),
    uses === 1 ? { screen: 'redeem', code } : { screen: 'redeem', code, left },
    'success',
  )

/** "парафиновый массаж рук", "скидка 10 %": the gift as salon.yaml has it now, an offer as it was promised. */
export function couponWords({ offer }: Coupon, { t, salon, language }: Desk): string {
  if (!offer)
    return salon.rewards.survey ? named(salon.rewards.survey.title, language) : t('desk.coupon.gift')
  const words = discountWords(offer.discount, { language, languages: salon.languages })
  if (words === undefined) return t('coupon.desk.special')
  return offer.discount.kind === 'gift' ? words : t('coupon.offer.discount', { discount: words })
}

/** Whether it can be taken. */
export const isGood = ({ left, expiresAt }: Coupon, { now }: Desk): boolean => left > 0 && expiresAt > now

/** "Действует до 18 января 2027 г.", "Выдан: Ира, сегодня в 12:05" */
export function couponState(coupon: Coupon, desk: Desk): string {
  const { redeemed, expiresAt, offer } = coupon
  const { t, now } = desk
  if (redeemed) return offer ? usedWords(redeemed, desk) : givenWords(redeemed, desk)
  return t(expiresAt > now ? 'desk.coupon.until' : 'desk.coupon.expired', { date: showDate(expiresAt, desk) })
}

function givenWords({ at, by }: CouponUse, desk: Desk): string {
  const when = showMoment(at, desk)
  return by === undefined
    ? desk.t('desk.coupon.redeemedBySomebody', { when })
    : desk.t('desk.coupon.redeemed', { name: by, when })
}

/** "Погашен: Ира, сегодня в 12:05" */
export function usedWords({ at, by }: CouponUse, desk: Desk): string {
  const when = showMoment(at, desk)
  return by === undefined
    ? desk.t('coupon.desk.usedBySomebody', { when })
    : desk.t('coupon.desk.used', { name: by, when })
}

/** Of a coupon with several uses: how many are left, and the last one. */
function useLines({ uses, left, used, redeemed, offer }: Coupon, desk: Desk): (string[] | undefined)[] {
  if (!offer || uses === 1) return []
  const [last] = used
  return [
    [desk.t('coupon.desk.left', { left, uses })],
    last && !redeemed ? [usedWords(last, desk)] : undefined,
  ]
}

/** What was promised holds: only nobody else gets it. */
function stoppedLine(coupon: Coupon, desk: Desk): string[] | undefined {
  const { offer, expiresAt, left } = coupon
  if (offer?.state !== 'cancelled' || left === 0 || expiresAt <= desk.now) return undefined
  return offer.endedAt ? [desk.t('coupon.desk.stopped', { date: showDate(offer.endedAt, desk) })] : undefined
}

/** It was taken today, and the visit is not in the books yet: one tap records it. */
function visitButtons({ client, used, offer }: Coupon, desk: Desk): InlineKeyboardButton[][] {
  const [last] = used
  const { t, salon, now } = desk
  if (!offer || !last || last.visitId !== undefined || !dayOf(last.at, salon).equals(dayOf(now, salon)))
    return []
  const { id, line } = client
  const isKnown = salon.lines.some((one) => one.id === line)
  if (line === undefined || !isKnown) return [[button(t('desk.buttons.visit'), { screen: 'visit', id })]]
  const words = { line: inSentence(nameOf(salon.lines, line, desk)) }
  return [
    [
      button(t('coupon.desk.record', words), { screen: 'record', id, line }, 'primary'),
      button(t('coupon.desk.other'), { screen: 'visit', id }),
    ],
  ]
}
