import path from 'node:path'
import { expect, test } from 'vitest'

import type { Difference } from '../../../src/domain/offers/difference.ts'
import type { Uplift } from '../../../src/domain/offers/uplift.ts'
import { upliftWords, variantsWords } from '../../../src/domain/offers/uplift-words.ts'
import { createTranslator } from '../../../src/locales.ts'

const words = createTranslator({ dir: path.resolve(import.meta.dirname, '../../../locales') })
const readerOf = (language: 'ru' | 'en') => ({ language, t: words(language) })
const unclear: Difference = {
  kind: 'unclear',
  difference: 1,
  interval: { low: -1, high: 3 },
  moreNeeded: 1987,
}
const clear = (difference: number, half: number): Difference => ({
  kind: 'clear',
  difference,
  interval: { low: difference - half, high: difference + half },
})
const found = (change: Partial<Uplift>): Uplift => ({
  people: { one: 180, other: 20 },
  came: unclear,
  visits: unclear,
  kopecks: unclear,
  preliminary: false,
  ...change,
})
const said = (uplift: Uplift, language: 'ru' | 'en' = 'ru') =>
  upliftWords(uplift, '25 декабря', readerOf(language)).map((sentence) => sentence.replace(/\u00a0/g, ' '))

test.each<[string, Uplift, string[]]>([
  ['can’t be told yet', found({}), ['Пока нельзя сказать, помогло ли: нужно ещё примерно 2000 человек.']],
  [
    'a person more',
    found({ kopecks: { ...unclear, moreNeeded: 21 } }),
    ['Пока нельзя сказать, помогло ли: нужен ещё примерно 21 человек.'],
  ],
  [
    'no difference in sight',
    found({ kopecks: { kind: 'unclear', difference: 0, interval: { low: -1, high: 1 } } }),
    ['Разницы не видно.'],
  ],
  [
    'a handful',
    found({ kopecks: { kind: 'few', difference: 5 } }),
    ['Людей пока слишком мало, чтобы сравнивать.'],
  ],
  [
    'nobody held out',
    found({ kopecks: { kind: 'none' } }),
    ['Сравнить не с кем: в одной из групп никого нет.'],
  ],
  [
    'more money, and too early to be sure',
    found({
      kopecks: clear(81_667, 20_000),
      earned: { kopecks: 14_700_060, interval: { low: 11_100_060, high: 18_300_060 } },
      preliminary: true,
    }),
    [
      'Те, кому написали, принесли больше: на 817 ₽ каждый (от 617 ₽ до 1 017 ₽).',
      'Всего предложение принесло сверх обычного около 147 001 ₽ (от 111 001 ₽ до 183 001 ₽).',
      'Это предварительно: визиты считаем по 25 декабря, до тех пор цифры изменятся.',
    ],
  ],
  [
    'less money: the interval is told from its smaller end',
    found({
      kopecks: clear(-50_000, 20_000),
      earned: { kopecks: -9_000_000, interval: { low: -12_600_000, high: -5_400_000 } },
    }),
    [
      'Те, кому написали, принесли меньше: на 500 ₽ каждый (от 300 ₽ до 700 ₽).',
      'Всего выручка вышла меньше обычной примерно на 90 000 ₽ (от 54 000 ₽ до 126 000 ₽).',
    ],
  ],
  [
    'more visits, and more who came',
    found({ visits: clear(0.25, 0.1), came: clear(0.125, 0.05) }),
    [
      'Те, кому написали, приходили чаще: на 0,25 визита каждый (от 0,15 до 0,35).',
      'Те, кому написали, чаще приходили хотя бы раз: разница 12,5 процентного пункта (от 7,5 до 17,5).',
    ],
  ],
])('%s', (_, uplift, sentences) => {
  expect(said(uplift)).toEqual(sentences)
})

test('money that may be chance is not called earned', () => {
  const earned = { kopecks: 500, interval: { low: -100, high: 1_100 } }
  expect(said(found({ earned }), 'en')).toEqual([
    'We can’t tell yet whether it helped: about 2000 more people are needed.',
  ])
})

test('two texts', () => {
  const comparison = found({ came: clear(-0.1, 0.05), kopecks: clear(-20_000, 5_000) })
  expect(variantsWords(comparison, ['A', 'B'], readerOf('en'))).toEqual([
    'Those who got text A and not B brought less: ₽200 each (from ₽150 to ₽250).',
    'Those who got text A and not B were less likely to come at all: by 10 percentage points (from 5 to 15).',
  ])
})
