import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Discount, Validity } from '../../../src/domain/offers/offer.ts'
import { discountWords, offerValues } from '../../../src/domain/offers/offer-values.ts'
import {
  fill,
  lostWithout,
  placeholders,
  type PlaceholderValues,
} from '../../../src/domain/offers/template.ts'
import { createTranslator } from '../../../src/locales.ts'

const all: PlaceholderValues = {
  name: 'Анна',
  master: 'Ольга Белова',
  line: 'Ногтевой сервис',
  discount: '5 %',
  until: '10 декабря',
}
const without = (...names: (keyof PlaceholderValues)[]) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !names.some((one) => one === name)))

describe('a text filled in', () => {
  test.each([
    ['all is known', '{name}, до {until} для вас {discount}.', all, 'Анна, до 10 декабря для вас 5 %.'],
    ['no name, first in the sentence', '{name}, здравствуйте! Ждём.', without('name'), 'Здравствуйте! Ждём.'],
    ['no name, last in the sentence', 'Здравствуйте, {name}! Ждём.', without('name'), 'Здравствуйте! Ждём.'],
    [
      'no name, in the middle',
      'Мы помним, {name}, что вы любите кофе.',
      without('name'),
      'Мы помним, что вы любите кофе.',
    ],
    ['no name, an exclamation of its own', '{name}! У нас новости.', without('name'), 'У нас новости.'],
    ['no name, in a line of its own', '{name},\nу нас новости.', without('name'), 'У нас новости.'],
    ['no name, and no address either', 'Подарок для {name} готов. Ждём вас.', without('name'), 'Ждём вас.'],
    [
      'no master: the sentence goes',
      'Здравствуйте! Ваш мастер {master} ждёт вас. Скидка {discount}.',
      without('master'),
      'Здравствуйте! Скидка 5 %.',
    ],
    [
      'no master: the line goes',
      'Здравствуйте!\nВаш мастер: {master}\nСкидка: {discount}',
      without('master'),
      'Здравствуйте!\nСкидка: 5 %',
    ],
    [
      'no master: the piece goes',
      'Приходите[, {master} вас ждёт]! Скидка {discount}.',
      without('master'),
      'Приходите! Скидка 5 %.',
    ],
    ['the piece stays', 'Приходите[, {master} вас ждёт]!', all, 'Приходите, Ольга Белова вас ждёт!'],
    ['another way to say it', '[{master} вас ждёт|Мы вас ждём]!', without('master'), 'Мы вас ждём!'],
    ['the first way that can be said', '[{master} и {service}|{master}|никто]', all, 'Ольга Белова'],
    ['brackets that are brackets', 'Скидка [на всё] {discount}', all, 'Скидка [на всё] 5 %'],
    ['paragraphs stay paragraphs', 'Раз.\n\n{master}.\n\nДва.', without('master'), 'Раз.\n\nДва.'],
    ['a name with blanks and line breaks', '{name}, да', { name: '  Анна \n Мария ' }, 'Анна Мария, да'],
    ['a blank name is none', '{name}, да', { name: ' \n' }, 'Да'],
    ['what is put in is not read again', '{name}, да', { name: '{code}', code: 'ABC' }, '{code}, да'],
    ['markup is nothing but signs', '<b>{name}</b> & *да*', { name: '<i>' }, '<b><i></b> & *да*'],
    ['what is no placeholder stays', 'Смайлик {:} и {имя}', all, 'Смайлик {:} и {имя}'],
    ['a smile keeps its distance', 'Ждём вас :) До {until} !', all, 'Ждём вас :) До 10 декабря!'],
  ])('%s', (_, template, values, expected) => {
    expect(fill(template, values)).toBe(expected)
  })

  const values = fc.dictionary(fc.constantFrom(...placeholders), fc.string({ unit: 'binary', maxLength: 12 }))
  const parts = fc.constantFrom(
    ...placeholders.map((name) => `{${name}}`),
    ' ',
    '  ',
    ', ',
    '. ',
    '!',
    '\n',
    '[',
    ']',
    '|',
    'да',
    'нет',
    '«',
    '»',
  )
  const templates = fc.array(parts, { maxLength: 30 }).map((some) => some.join(''))

  test('has no gap, whatever is known', () => {
    fc.assert(
      fc.property(templates, fc.subarray([...placeholders]), (template, known) => {
        const text = fill(template, Object.fromEntries(known.map((name) => [name, 'X'])))
        expect(text).not.toMatch(/ {2}| [,.!?](?:\s|$)|^\s|\s$|\{\w+\}|\n{3}/)
      }),
      { numRuns: 3000 },
    )
  })

  test('shows every value as it is, once for each place', () => {
    fc.assert(
      fc.property(values, (some) => {
        const known = Object.entries(some).filter(
          ([, value]) => value.replace(/[ \p{Cc}\u2028\u2029]+/gu, ' ').trim() !== '',
        )
        const text = fill(known.map(([name]) => `({${name}})`).join(';'), some)
        expect(text).toBe(
          known.map(([, value]) => `(${value.replace(/[ \p{Cc}\u2028\u2029]+/gu, ' ').trim()})`).join(';'),
        )
      }),
    )
  })
})

describe('what everybody has to read', () => {
  test.each([
    ['in a sentence of its own', 'Ваш мастер {master}. Скидка {discount}.', []],
    ['in one sentence with the master', '{master} дарит вам {discount}.', ['discount']],
    ['in a piece with the master', 'Скидка[ {discount} у мастера {master}].', ['discount']],
    ['in a piece that has another way', '[{master} дарит {discount}|Дарим {discount}] до {until}.', []],
    ['with a name', '{name}, для вас {discount} до {until}.', []],
    ['with a name that is no address', 'Для {name} скидка {discount} до {until}.', ['discount', 'until']],
  ])('%s', (_, template, lost) => {
    expect(lostWithout(template)).toEqual(lost)
  })
})

describe('the values', () => {
  const t = createTranslator({ dir: path.resolve(import.meta.dirname, '../../../locales') })
  const languages = ['ru', 'en'] as const
  const readerOf = (language: 'ru' | 'en') => ({
    language,
    t: t(language),
    languages,
    timeZone: 'Europe/Moscow',
  })
  const sentAt = Temporal.ZonedDateTime.from('2026-11-26T12:00[Europe/Moscow]').epochMilliseconds
  const valuesOf = (validity: Validity, language: 'ru' | 'en' = 'ru') =>
    offerValues({ discount: { kind: 'none' }, validity }, {}, sentAt, readerOf(language))

  test.each<[Discount, string | undefined, string | undefined]>([
    [{ kind: 'none' }, undefined, undefined],
    [{ kind: 'percent', percent: 5 }, '5 %', '5%'],
    [{ kind: 'percent', percent: 7.5 }, '7,5 %', '7.5%'],
    [{ kind: 'amount', kopecks: 50_000 }, '500 ₽', '₽500'],
    [{ kind: 'amount', kopecks: 150_050 }, '1 500,50 ₽', '₽1,500.50'],
    [{ kind: 'gift', words: { ru: 'уход для рук', en: 'hand care' } }, 'уход для рук', 'hand care'],
    [{ kind: 'gift', words: { ru: 'уход для рук' } }, 'уход для рук', 'уход для рук'],
  ])('a discount of %o', (discount, ru, en) => {
    expect(
      languages.map((language) => discountWords(discount, readerOf(language))?.replace(/\u00a0/g, ' ')),
    ).toEqual([ru, en])
  })

  test.each([
    [{ kind: 'days', days: 1 } as const, '27 ноября', '1 день', '1 day'],
    [{ kind: 'days', days: 14 } as const, '10 декабря', '14 дней', '14 days'],
    [{ kind: 'until', date: '2026-11-28' } as const, '28 ноября', '2 дня', '2 days'],
    [{ kind: 'until', date: '2027-01-15' } as const, '15 января 2027', '50 дней', '50 days'],
    [{ kind: 'until', date: '2026-11-26' } as const, '26 ноября', '1 день', '1 day'],
  ])('valid for %o', (validity, until, days, inEnglish) => {
    expect(valuesOf(validity)).toEqual({ until, days })
    expect(valuesOf(validity, 'en').days).toBe(inEnglish)
  })

  test('a code in halves, and what is known of the person as it is', () => {
    const known = offerValues(
      { discount: { kind: 'none' }, validity: { kind: 'days', days: 1 } },
      { name: 'Анна', code: 'ABCDEFGHJK' },
      sentAt,
      readerOf('ru'),
    )
    expect(known).toMatchObject({ name: 'Анна', code: 'ABCDE-FGHJK' })
  })
})
