import { describe, expect, test } from 'vitest'
import { couponPicture, couponSvg } from '../../src/reports/qr-picture.ts'
import type { Coupon } from '../../src/reports/qr-picture.ts'
import { pixelsOf } from './pixels.ts'
import { readQr } from './read-qr.ts'
import { placesOf, translate, wordsOf } from './words.ts'

const t = translate('ru')
const coupon: Coupon = {
  code: 'K7RWM2FQ9D',
  title: 'Парафиновый массаж рук',
  until: '31 декабря 2026 г.',
  link: 'https://t.me/lavanda_staff_bot?start=coupon-K7RWM2FQ9D',
  salon: 'Центр красоты «Лаванда»',
}

test('a coupon says whose it is, what for, until when, and its code in two halves', () => {
  const words = [
    'Центр красоты «Лаванда»',
    'Парафиновый',
    'массаж рук',
    'Действует до 31 декабря 2026 г.',
    'K7RWM-2FQ9D',
    'Покажите код администратору',
  ]
  expect(wordsOf(couponSvg(coupon, t))).toEqual(words)
  expect(wordsOf(couponSvg(coupon, translate('en')))).toContain('Show this code at the desk')
})

test('its QR code leads where it should', async () => {
  expect(readQr(await couponPicture(coupon, t))).toBe(coupon.link)
})

test('without a link there is no QR code, and no hole in its place', async () => {
  const png = await couponPicture({ ...coupon, link: undefined }, t)
  expect(() => readQr(png)).toThrow('finder')
  expect(pixelsOf(png).height).toBeLessThan(pixelsOf(await couponPicture(coupon, t)).height - 400)
})

describe('whatever the salon writes', () => {
  test.each([
    ['a long title', { title: 'Скидка 10 % на любое окрашивание или на уход за волосами после него' }],
    ['an endless title', { title: 'Очень '.repeat(60) }],
    ['a long word', { title: 'Электрофотоэпиляция-и-ещё-что-нибудь-через-чёрточку' }],
    ['a long name', { salon: 'Центр красоты, здоровья и хорошего настроения «Лаванда на Садовой»' }],
    ['a long date', { until: 'последнего дня следующего високосного года включительно' }],
    ['markup', { title: '<script> & "Ко"', salon: '</svg>' }],
    ['the widest code', { code: 'WWWWWWWWWW' }],
  ] as const)('nothing sticks out of the ticket: %s', async (_, more) => {
    const places = placesOf(couponSvg({ ...coupon, ...more }, t))
    expect(places.length).toBeGreaterThanOrEqual(5)
    expect(places.filter(({ left, right }) => left < 80 || right > 1000)).toEqual([])
    expect(readQr(await couponPicture({ ...coupon, ...more }, t))).toBe(coupon.link)
  })
})
