import path from 'node:path'
import { describe, expect, test } from 'vitest'

import { checkOffer, type OfferContext } from '../../../src/domain/offers/check-offer.ts'
import type { OfferSpec } from '../../../src/domain/offers/offer.ts'
import { offerProblems } from '../../../src/domain/offers/problem.ts'
import { refusals } from '../../../src/domain/offers/state.ts'
import { createTranslator } from '../../../src/locales.ts'

const now = Temporal.ZonedDateTime.from('2026-11-26T12:00[Europe/Moscow]').epochMilliseconds
const context: OfferContext = {
  terms: { lines: ['nails'], segments: ['vulnerable'], questions: ['recommend'] },
  languages: ['ru', 'en'],
  today: Temporal.PlainDate.from('1970-01-01').until(Temporal.PlainDate.from('2026-11-26')).days,
  now,
  longest: () => ({
    name: 'я'.repeat(60),
    master: 'я'.repeat(30),
    line: 'я'.repeat(36),
    discount: '100 %',
    until: '30 сентября 2027',
    days: '365 дней',
    code: 'ABCDE-FGHJK',
  }),
  frameLength: () => 40,
}
const right: OfferSpec = {
  title: { ru: 'Вернём на маникюр' },
  variants: [
    {
      id: 'A',
      text: { ru: '{name}, ждём вас! Скидка {discount} до {until}.[ Ваш мастер {master} на месте.]' },
      share: 1,
    },
  ],
  audience: { kind: 'segment', segments: ['vulnerable'], line: 'nails' },
  discount: { kind: 'percent', percent: 5 },
  validity: { kind: 'days', days: 14 },
  limits: { perClient: 1 },
  channel: 'any',
  schedule: { kind: 'now' },
  holdoutShare: 0.1,
  attributionDays: 15,
}
const textOf = (ru: string): Partial<OfferSpec> => ({ variants: [{ id: 'A', text: { ru }, share: 1 }] })
const problemsOf = (change: Partial<OfferSpec>) =>
  checkOffer({ ...right, ...change }, context).map(({ where, reason, params }) =>
    [where, reason, ...Object.values(params ?? {})].join(' '),
  )

test('nothing is wrong with a right one', () => {
  expect(problemsOf({})).toEqual([])
})

describe('what is wrong', () => {
  const shares = (...all: number[]) => ({
    variants: all.map((share, place) => ({ id: 'ABC'.charAt(place), text: { ru: 'Ждём вас!' }, share })),
  })
  test.each<[string, Partial<OfferSpec>, string[]]>([
    ['no title', { title: { ru: ' ' } }, ['title noTitle']],
    ['no text at all', { variants: [] }, ['variants noVariants']],
    [
      'no text in the salon’s first language',
      { variants: [{ id: 'A', text: { en: 'Come!' }, share: 1 }] },
      ['variants.A.ru noText A'],
    ],
    [
      'a blank text',
      { variants: [{ id: 'A', text: { ru: 'Да', en: ' \n' }, share: 1 }] },
      ['variants.A.en noText A'],
    ],
    [
      'two of one name',
      {
        variants: [
          { id: 'A', text: { ru: 'Да' }, share: 0.5 },
          { id: 'A', text: { ru: 'Нет' }, share: 0.5 },
        ],
      },
      ['variants variantId A'],
    ],
    [
      'a name that is no letter',
      { variants: [{ id: 'old', text: { ru: 'Да' }, share: 1 }] },
      ['variants variantId old'],
    ],
    ['thirds add up', shares(1 / 3, 1 / 3, 1 / 3), []],
    ['tenths add up', shares(0.1, 0.2, 0.7), []],
    ['shares that don’t', shares(0.5, 0.4), ['variants shares 90']],
    ['a share of nothing', shares(1, 0), ['variants shares 100']],
    ['a share of less than nothing', shares(1.5, -0.5), ['variants shares 100']],
    ['an unknown placeholder', textOf('Ждём, {nmae}!'), ['variants.A.ru unknownPlaceholder nmae']],
    ['a placeholder in Russian', textOf('Ждём, {имя}!'), ['variants.A.ru unknownPlaceholder имя']],
    ['a placeholder with blanks', textOf('Ждём, { name }!'), ['variants.A.ru unknownPlaceholder  name ']],
    ['a bracket that is not closed', textOf('Ждём[, {name}!'), ['variants.A.ru brackets']],
    ['brackets in brackets', textOf('Ждём![ Вас[ и {master}]]'), ['variants.A.ru brackets']],
    ['a discount that is not given', { discount: { kind: 'none' } }, ['variants.A.ru noDiscount discount']],
    ['a code that is not given', textOf('Ваш код {code}.'), ['variants.A.ru noCoupon code']],
    ['a coupon whose code is not told', { coupon: { uses: 1 } }, ['variants.A.ru codeMissing code']],
    ['a coupon whose code is told', { ...textOf('Ваш код {code}.'), coupon: { uses: 1 } }, []],
    [
      'a discount that goes with the master',
      textOf('{master} дарит вам {discount}.'),
      ['variants.A.ru lostWith discount'],
    ],
    ['nothing is left where nobody is known', textOf('{master} ждёт вас!'), ['variants.A.ru lostAll']],
    ['a discount below 1 %', { discount: { kind: 'percent', percent: 0 } }, ['discount percent']],
    ['a discount above 100 %', { discount: { kind: 'percent', percent: 101 } }, ['discount percent']],
    ['a discount that is no number', { discount: { kind: 'percent', percent: NaN } }, ['discount percent']],
    ['a discount of kopecks', { discount: { kind: 'amount', kopecks: 99 } }, ['discount amount']],
    ['a discount of half a kopeck', { discount: { kind: 'amount', kopecks: 100.5 } }, ['discount amount']],
    ['a gift of nothing', { discount: { kind: 'gift', words: { en: 'hand care' } } }, ['discount giftWords']],
    ['valid for ever', { validity: { kind: 'days', days: 366 } }, ['validity validDays']],
    ['valid until today', { validity: { kind: 'until', date: '2026-11-26' } }, []],
    ['valid until yesterday', { validity: { kind: 'until', date: '2026-11-25' } }, ['validity validUntil']],
    [
      'valid until a day that there is not',
      { validity: { kind: 'until', date: '2027-02-29' } },
      ['validity validUntil'],
    ],
    ['valid until a month', { validity: { kind: 'until', date: '2027-02' } }, ['validity validUntil']],
    ['a coupon of no use', { ...textOf('Ваш код {code}.'), coupon: { uses: 0 } }, ['coupon.uses couponUses']],
    ['for nobody', { limits: { recipients: 0, perClient: 1 } }, ['limits.recipients recipients']],
    ['never to the same', { limits: { perClient: 0 } }, ['limits.perClient perClient']],
    ['now is too late', { schedule: { kind: 'at', at: now } }, ['schedule past']],
    [
      'a time of day that there is not',
      { schedule: { kind: 'standing', occasion: { kind: 'birthday', daysBefore: 3 }, at: '24:00' } },
      ['schedule time'],
    ],
    [
      'an occasion before itself',
      { schedule: { kind: 'standing', occasion: { kind: 'firstVisit', daysAfter: -1 }, at: '11:00' } },
      ['schedule occasionDays'],
    ],
    [
      'a late client of half a day',
      { schedule: { kind: 'standing', occasion: { kind: 'overdue', days: 0.5 }, at: '11:00' } },
      ['schedule occasionDays'],
    ],
    ['more held out than written to', { holdoutShare: 0.51 }, ['holdoutShare holdout']],
    ['nobody held out', { holdoutShare: 0 }, []],
    ['a window of no day', { attributionDays: 0 }, ['attributionDays attribution']],
    ['a mark without its number', { mark: { advertiser: 'ИП Соколова', erid: '' } }, ['mark mark']],
    ['a mark', { mark: { advertiser: 'ИП Соколова', erid: '2VfnxwLkD1a' } }, []],
    ['an audience of nobody', { audience: { kind: 'any', of: [] } }, ['audience.of emptyList']],
  ])('%s', (_, change, problems) => {
    expect(problemsOf(change)).toEqual(problems)
  })
})

describe('a text that does not fit', () => {
  const long = (length: number) => textOf('я'.repeat(length))
  test.each<[string, Partial<OfferSpec>, string[]]>([
    ['just fits', long(4056), []],
    [
      'one too many',
      long(4057),
      ['variants.A.ru tooLong telegram 4097 4096', 'variants.A.ru tooLong vk 4097 4096'],
    ],
    [
      'under a picture, where Telegram has less room',
      { ...long(985), picture: 7 },
      ['variants.A.ru tooLongForPicture telegram 1025 1024 1'],
    ],
    ['under a picture, fits', { ...long(984), picture: 7 }, []],
    ['under a picture that does not go to Telegram', { ...long(985), picture: 7, channel: 'vk' }, []],
    [
      'under a picture, with the longest name and a code',
      { ...textOf(`${'я'.repeat(940)}\n{name}, ваш код {code}`), picture: 7, coupon: { uses: 1 } },
      ['variants.A.ru tooLongForPicture telegram 1062 1024 38'],
    ],
    [
      'too long with a picture and without',
      { ...long(4057), picture: 7 },
      ['variants.A.ru tooLong telegram 4097 1024', 'variants.A.ru tooLong vk 4097 4096'],
    ],
    [
      'only when the names are in',
      textOf(`${'я'.repeat(3996)}.\n${'я'.repeat(2)}{name}`),
      ['variants.A.ru tooLong telegram 4100 4096', 'variants.A.ru tooLong vk 4100 4096'],
    ],
  ])('%s', (_, change, problems) => {
    expect(problemsOf(change)).toEqual(problems)
  })
})

test('every problem and every refusal has its sentence', () => {
  const t = createTranslator({ dir: path.resolve(import.meta.dirname, '../../../locales') })
  const params = { id: 'x', percent: 90, variant: 'A', placeholder: 'name', length: 1, max: 1, count: 1 }
  for (const language of ['ru', 'en'] as const) {
    const said = [
      ...offerProblems.map((one) => t(language)(`offer.problems.${one}`, params)),
      ...refusals.map((one) => t(language)(`offer.refusals.${one}`)),
    ]
    expect(said.every((one) => one.length > 10)).toBe(true)
  }
})
