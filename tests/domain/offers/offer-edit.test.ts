import { describe, expect, test } from 'vitest'
import {
  newOffer,
  withCoupon,
  withDiscount,
  withTitle,
  withValidity,
} from '../../../src/domain/offers/offer-edit.ts'
import type { OfferSpec } from '../../../src/domain/offers/offer.ts'

const spec = newOffer('{name}, скоро осень! Ждём вас.', 'ru')
const today = Temporal.PlainDate.from('2026-11-26')

describe('a new offer', () => {
  test.each([
    ['{name}, скоро осень! Ждём вас.', 'Скоро осень'],
    ['[Ваш мастер {master} ждёт. ]Скидка', 'Ваш мастер ждёт'],
    ['{name}, здравствуйте! Давно не виделись.', 'Давно не виделись'],
    ['Здравствуйте, {name}!', 'Здравствуйте'],
    ['{name}', '{name}'],
    ['А'.repeat(100), 'А'.repeat(40)],
  ])('%s is called %s until somebody calls it otherwise', (text, title) => {
    expect(newOffer(text, 'ru').title).toEqual({ ru: title })
  })

  test('is for everybody, without a discount, with a tenth held out', () => {
    expect(spec).toMatchObject({
      audience: { kind: 'everyone' },
      discount: { kind: 'none' },
      holdoutShare: 0.1,
    })
  })
})

test('what the salon has said of all its offers is there from the beginning', () => {
  const mark = { advertiser: 'ООО «Ромашка»', erid: '2VfnxyNkZrY' }
  expect(newOffer('Ждём', 'ru', { attributionDays: 30, holdoutShare: 0, mark })).toMatchObject({
    attributionDays: 30,
    holdoutShare: 0,
    mark,
  })
})

describe('a discount that is typed', () => {
  test.each([
    ['нет', { kind: 'none' }],
    ['7', { kind: 'percent', percent: 7 }],
    ['7,5 %', { kind: 'percent', percent: 7.5 }],
    ['10 процентов', { kind: 'percent', percent: 10 }],
    ['500 ₽', { kind: 'amount', kopecks: 50_000 }],
    ['1 500 руб.', { kind: 'amount', kopecks: 150_000 }],
    ['маникюр в подарок', { kind: 'gift', words: { ru: 'маникюр в подарок' } }],
  ])('%s', (typed, discount) => {
    expect(withDiscount(spec, typed, { language: 'ru' })).toMatchObject({ ok: true, spec: { discount } })
  })

  test.each([
    ['0', 'percent'],
    ['101 %', 'percent'],
    ['ш'.repeat(101), 'giftTooLong'],
  ])('%s is none: %s', (typed, reason) => {
    expect(withDiscount(spec, typed, { language: 'ru' })).toEqual({ ok: false, reason })
  })
})

describe('how long it is valid', () => {
  test.each([
    ['14', { kind: 'days', days: 14 }],
    ['3 дня', { kind: 'days', days: 3 }],
    ['31.12', { kind: 'until', date: '2026-12-31' }],
    ['до 31 декабря', { kind: 'until', date: '2026-12-31' }],
  ])('%s', (typed, validity) => {
    expect(withValidity(spec, typed, today)).toMatchObject({ ok: true, spec: { validity } })
  })

  test.each([
    ['400', 'validity'],
    ['долго', 'validity'],
    ['01.11.2026', 'past'],
    ['31.11', 'noSuchDay'],
  ])('%s is not understood: %s', (typed, reason) => {
    expect(withValidity(spec, typed, today)).toEqual({ ok: false, reason })
  })
})

test('a title has a length that fits', () => {
  expect(withTitle(spec, ' Поздняя  осень ', { language: 'ru' })).toMatchObject({
    spec: { title: { ru: 'Поздняя осень' } },
  })
  expect(withTitle(spec, 'ш'.repeat(61), { language: 'ru' })).toEqual({ ok: false, reason: 'titleTooLong' })
})

test('words in one language leave those in the other alone', () => {
  const both = withTitle(spec, 'Autumn', { language: 'en', only: true })
  expect(both).toMatchObject({ spec: { title: { ru: 'Скоро осень', en: 'Autumn' } } })
  const gift: OfferSpec = { ...spec, discount: { kind: 'gift', words: { ru: 'маникюр' } } }
  expect(withDiscount(gift, 'a manicure', { language: 'en', only: true })).toMatchObject({
    spec: { discount: { kind: 'gift', words: { ru: 'маникюр', en: 'a manicure' } } },
  })
})

test('a coupon is there or not', () => {
  expect(withCoupon(spec, 2)).toMatchObject({ coupon: { uses: 2 } })
  expect(withCoupon(withCoupon(spec, 2), 0)).not.toHaveProperty('coupon')
})
