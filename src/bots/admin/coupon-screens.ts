import { showCode } from '../../domain/coupon.ts'
import { named } from '../../domain/salon.ts'
import type { Coupon } from '../../storage/coupons.ts'
import { showDate, showMoment, type Desk } from './desk.ts'
import { button, lines, screen, type Screen } from './screen.ts'

/** A gift: whose, what, until when, whether it was given; and the way to give it. */
export function couponScreen(coupon: Coupon, desk: Desk): Screen {
  const { t } = desk
  const { code, client } = coupon
  const text = lines(
    [{ bold: t('desk.coupon.title', { code: showCode(code) }) }],
    [],
    [client.name ?? t('admin.client.noName')],
    [t('desk.coupon.what', { title: giftWords(desk) })],
    [couponState(coupon, desk)],
  )
  return screen(text, [
    ...(isGood(coupon, desk)
      ? [[button(t('desk.buttons.redeem'), { screen: 'redeem', code }, 'success')]]
      : []),
    [
      button(t('admin.buttons.openCard'), { screen: 'client', id: client.id }),
      button(t('admin.buttons.menu'), { screen: 'menu' }),
    ],
  ])
}

/** "парафиновый массаж рук": as salon.yaml has it now. */
export const giftWords = ({ t, salon, language }: Desk): string =>
  salon.rewards.survey ? named(salon.rewards.survey.title, language) : t('desk.coupon.gift')

/** Whether it can be taken. */
export const isGood = ({ redeemed, expiresAt }: Coupon, { now }: Desk): boolean =>
  redeemed === undefined && expiresAt > now

/** "Действует до 18 января 2027 г.", "Выдан: Ира, сегодня в 12:05" */
export function couponState({ redeemed, expiresAt }: Coupon, desk: Desk): string {
  const { t, now } = desk
  if (redeemed) {
    const when = showMoment(redeemed.at, desk)
    const { by } = redeemed
    return by === undefined
      ? t('desk.coupon.redeemedBySomebody', { when })
      : t('desk.coupon.redeemed', { name: by, when })
  }
  return t(expiresAt > now ? 'desk.coupon.until' : 'desk.coupon.expired', { date: showDate(expiresAt, desk) })
}
