import path from 'node:path'
import { describe, expect, test } from 'vitest'

import type { Difference } from '../../../src/domain/offers/difference.ts'
import type { Uplift } from '../../../src/domain/offers/uplift.ts'
import { upliftWords, variantsWords } from '../../../src/domain/offers/uplift-words.ts'
import { createTranslator } from '../../../src/locales.ts'

const words = createTranslator({ dir: path.resolve(import.meta.dirname, '../../../locales') })
const readerOf = (language: 'ru' | 'en', money = true) => ({ language, t: words(language), money })
const unclear = (moreNeeded?: number, [low, high] = [-20_000, 45_000]): Difference => ({
  kind: 'unclear',
  difference: 1,
  interval: { low: low ?? 0, high: high ?? 0 },
  ...(moreNeeded !== undefined && { moreNeeded }),
})
const clear = (difference: number, half = difference / 2): Difference => ({
  kind: 'clear',
  difference,
  interval: { low: difference - Math.abs(half), high: difference + Math.abs(half) },
})
const found = (change: Partial<Uplift>): Uplift => ({
  people: { one: 180, other: 20 },
  came: unclear(),
  visits: unclear(),
  kopecks: unclear(),
  preliminary: false,
  ...change,
})
const plain = (sentences: string[]) => sentences.map((sentence) => sentence.replace(/\u00a0/g, ' '))
const said = (uplift: Uplift, language: 'ru' | 'en' = 'ru') =>
  plain(upliftWords(uplift, '25 декабря', readerOf(language)))
const saidOfTexts = (comparison: Uplift, language: 'ru' | 'en' = 'ru') =>
  plain(variantsWords(comparison, ['A', 'B'], readerOf(language)))

describe('a difference that is clear', () => {
  test.each([
    [0.01, 'разница в 1 процентный пункт (от 0,5 до 1,5)', 'by 1 percentage point (from 0.5 to 1.5)'],
    [0.02, 'разница в 2 процентных пункта (от 1 до 3)', 'by 2 percentage points (from 1 to 3)'],
    [0.025, 'разница в 2,5 процентного пункта (от 1,3 до 3,8)', 'by 2.5 percentage points (from 1.3 to 3.8)'],
    [0.05, 'разница в 5 процентных пунктов (от 2,5 до 7,5)', 'by 5 percentage points (from 2.5 to 7.5)'],
    [0.21, 'разница в 21 процентный пункт (от 10,5 до 31,5)', 'by 21 percentage points (from 10.5 to 31.5)'],
    [
      0.25,
      'разница в 25 процентных пунктов (от 12,5 до 37,5)',
      'by 25 percentage points (from 12.5 to 37.5)',
    ],
    // What is read decides, not what was computed.
    [
      0.24996,
      'разница в 25 процентных пунктов (от 12,5 до 37,5)',
      'by 25 percentage points (from 12.5 to 37.5)',
    ],
    [
      0.0004,
      'разница в 0,04 процентного пункта (от 0,02 до 0,06)',
      'by 0.04 percentage points (from 0.02 to 0.06)',
    ],
  ])('in who came at all: %d', (difference, ru, en) => {
    const uplift = found({ came: clear(difference) })
    expect(said(uplift)).toEqual([`Те, кому написали, чаще приходили хотя бы раз: ${ru}.`])
    expect(said(uplift, 'en')).toEqual([`Those who were written to were more likely to come at all: ${en}.`])
    const less = found({ came: clear(-difference) })
    expect(said(less)).toEqual([`Те, кому написали, реже приходили хотя бы раз: ${ru}.`])
    expect(said(less, 'en')).toEqual([`Those who were written to were less likely to come at all: ${en}.`])
  })

  test.each([
    [1, 'на 1 визит каждый (от 0,5 до 1,5)', 'by 1 visit each (from 0.5 to 1.5)'],
    [2, 'на 2 визита каждый (от 1 до 3)', 'by 2 visits each (from 1 to 3)'],
    [5, 'на 5 визитов каждый (от 2,5 до 7,5)', 'by 5 visits each (from 2.5 to 7.5)'],
    [0.25, 'на 0,25 визита каждый (от 0,13 до 0,38)', 'by 0.25 visits each (from 0.13 to 0.38)'],
    [0.004, 'на 0,004 визита каждый (от 0,002 до 0,006)', 'by 0.004 visits each (from 0.002 to 0.006)'],
  ])('in visits: %d', (difference, ru, en) => {
    expect(said(found({ visits: clear(difference) }))).toEqual([`Те, кому написали, приходили чаще: ${ru}.`])
    expect(said(found({ visits: clear(difference) }), 'en')).toEqual([
      `Those who were written to came more often: ${en}.`,
    ])
    expect(said(found({ visits: clear(-difference) }))).toEqual([`Те, кому написали, приходили реже: ${ru}.`])
    expect(said(found({ visits: clear(-difference) }), 'en')).toEqual([
      `Those who were written to came less often: ${en}.`,
    ])
  })

  test('in money is told first, with what it came to, and that it is early days before all', () => {
    const uplift = found({
      kopecks: clear(81_667, 20_000),
      visits: clear(0.25, 0.1),
      earned: { kopecks: 14_700_060, interval: { low: 11_100_060, high: 18_300_060 } },
      preliminary: true,
    })
    expect(said(uplift)).toEqual([
      '⏳ Это предварительно: визиты считаем по 25 декабря, и цифры ещё изменятся.',
      'Те, кому написали, принесли больше: на 817 ₽ каждый (от 617 ₽ до 1 017 ₽).',
      'Те, кому написали, приходили чаще: на 0,25 визита каждый (от 0,15 до 0,35).',
      'Всего предложение принесло сверх обычного около 150 000 ₽ (от 110 000 ₽ до 180 000 ₽).',
    ])
    expect(said(uplift, 'en')).toEqual([
      '⏳ This is preliminary: visits are counted through 25 декабря, and the figures will still change.',
      'Those who were written to brought more: ₽817 each (from ₽617 to ₽1,017).',
      'Those who were written to came more often: by 0.25 visits each (from 0.15 to 0.35).',
      'In all the offer has brought about ₽150,000 more than usual (from ₽110,000 to ₽180,000).',
    ])
  })

  test('in money that was lost is told from its smaller end', () => {
    const uplift = found({
      kopecks: clear(-50_000, 20_000),
      earned: { kopecks: -9_000_000, interval: { low: -12_600_000, high: -5_400_000 } },
    })
    expect(said(uplift)).toEqual([
      'Те, кому написали, принесли меньше: на 500 ₽ каждый (от 300 ₽ до 700 ₽).',
      'Всего выручка вышла меньше обычной примерно на 90 000 ₽ (от 54 000 ₽ до 130 000 ₽).',
    ])
    expect(said(uplift, 'en')).toEqual([
      'Those who were written to brought less: ₽500 each (from ₽300 to ₽700).',
      'In all the revenue was about ₽90,000 below the usual (from ₽54,000 to ₽130,000).',
    ])
  })

  test('has no sums for whom they are not meant', () => {
    const uplift = found({
      kopecks: clear(50_000),
      visits: clear(1),
      earned: { kopecks: 9_000_000, interval: { low: 1, high: 2 } },
    })
    expect(upliftWords(uplift, '', readerOf('ru', false)).join(' ')).not.toContain('₽')
  })

  test('of two texts speaks of the first', () => {
    const comparison = found({ came: clear(-0.1, 0.05), kopecks: clear(-20_000, 5_000) })
    expect(saidOfTexts(comparison)).toEqual([
      'Те, кто получил текст A, а не B, принесли меньше: на 200 ₽ каждый (от 150 ₽ до 250 ₽).',
      'Те, кто получил текст A, а не B, реже приходили хотя бы раз: разница в 10 процентных пунктов (от 5 до 15).',
    ])
    expect(saidOfTexts(comparison, 'en')).toEqual([
      'Those who got text A and not B brought less: ₽200 each (from ₽150 to ₽250).',
      'Those who got text A and not B were less likely to come at all: by 10 percentage points (from 5 to 15).',
    ])
  })
})

describe('what can’t be told', () => {
  const chance = 'Может быть и случайность: от −200 ₽ до 450 ₽ на человека.'
  const chanceInEnglish = 'It may be chance: from −₽200 to ₽450 per person.'

  test.each([
    [1987, 'нужно ещё примерно 2000 человек', 'about 2000 more people are needed'],
    [140, 'нужно ещё примерно 140 человек', 'about 140 more people are needed'],
    [21, 'нужен ещё примерно 21 человек', 'about 21 more people are needed'],
    [22, 'нужно ещё примерно 22 человека', 'about 22 more people are needed'],
  ])('yet: %d more people are needed', (moreNeeded, ru, en) => {
    const uplift = found({ kopecks: unclear(moreNeeded) })
    expect(said(uplift)).toEqual([`Пока нельзя сказать, помогло ли: ${ru}. ${chance}`])
    expect(said(uplift, 'en')).toEqual([`We can’t tell yet whether it helped: ${en}. ${chanceInEnglish}`])
    expect(saidOfTexts(uplift)).toEqual([`Какой текст лучше, A или B, пока нельзя сказать: ${ru}. ${chance}`])
    expect(saidOfTexts(uplift, 'en')).toEqual([
      `Which text is better, A or B, we can’t tell yet: ${en}. ${chanceInEnglish}`,
    ])
  })

  test.each<[string, Partial<Uplift>, [ru: string, en: string], [ru: string, en: string]]>([
    [
      'no difference in sight',
      {},
      [`Разницы не видно. ${chance}`, `No difference to be seen. ${chanceInEnglish}`],
      [
        `Между текстами A и B разницы не видно. ${chance}`,
        `No difference to be seen between texts A and B. ${chanceInEnglish}`,
      ],
    ],
    [
      'a handful',
      {
        kopecks: { kind: 'few', difference: 5 },
        visits: { kind: 'few', difference: 5 },
        came: { kind: 'few', difference: 5 },
      },
      [
        'Людей слишком мало, чтобы сравнивать: нужно хотя бы 10 человек, кому написали, и столько же, кому нет.',
        'Too few people to compare: at least 10 who were written to and as many who were not are needed.',
      ],
      [
        'Тексты A и B получило слишком мало людей, чтобы сравнивать: нужно хотя бы 10 человек на каждый.',
        'Too few people got texts A and B to compare them: at least 10 for each are needed.',
      ],
    ],
    [
      'nobody came',
      { kopecks: { kind: 'noneCame' }, visits: { kind: 'noneCame' }, came: { kind: 'noneCame' } },
      [
        'Не пришёл никто: ни те, кому написали, ни те, кому нет.',
        'Nobody came: neither those who were written to nor those who were not.',
      ],
      ['После текстов A и B никто не пришёл.', 'After texts A and B nobody came.'],
    ],
    [
      'nobody in the second group',
      {
        kopecks: { kind: 'none' },
        visits: { kind: 'none' },
        came: { kind: 'none' },
        people: { one: 9, other: 0 },
      },
      [
        'Сравнить не с кем: написали всем, а часть этих людей пришла бы и без сообщения.',
        'There is nobody to compare with: nobody was held out, and some of these people would have come anyway.',
      ],
      [
        'Тексты A и B не сравнить: текст B никто не получил.',
        'Texts A and B can’t be compared: nobody got text B.',
      ],
    ],
    [
      'nobody in the first group',
      {
        kopecks: { kind: 'none' },
        visits: { kind: 'none' },
        came: { kind: 'none' },
        people: { one: 0, other: 9 },
      },
      [
        'Написать никому не удалось: сравнивать нечего.',
        'Nobody could be written to: there is nothing to compare.',
      ],
      [
        'Тексты A и B не сравнить: текст A никто не получил.',
        'Texts A and B can’t be compared: nobody got text A.',
      ],
    ],
    [
      'the books have no amounts: visits are told of',
      { kopecks: { kind: 'few', difference: 0 }, visits: unclear(140, [-0.1, 0.2]) },
      [
        'Пока нельзя сказать, помогло ли: нужно ещё примерно 140 человек. Может быть и случайность: от −0,1 до 0,2 визита на человека.',
        'We can’t tell yet whether it helped: about 140 more people are needed. It may be chance: from −0.1 to 0.2 visits per person.',
      ],
      [
        'Какой текст лучше, A или B, пока нельзя сказать: нужно ещё примерно 140 человек. Может быть и случайность: от −0,1 до 0,2 визита на человека.',
        'Which text is better, A or B, we can’t tell yet: about 140 more people are needed. It may be chance: from −0.1 to 0.2 visits per person.',
      ],
    ],
    [
      'visits go up to two a person',
      { kopecks: { kind: 'few', difference: 0 }, visits: unclear(undefined, [-1, 2]) },
      [
        'Разницы не видно. Может быть и случайность: от −1 до 2 визитов на человека.',
        'No difference to be seen. It may be chance: from −1 to 2 visits per person.',
      ],
      [
        'Между текстами A и B разницы не видно. Может быть и случайность: от −1 до 2 визитов на человека.',
        'No difference to be seen between texts A and B. It may be chance: from −1 to 2 visits per person.',
      ],
    ],
  ])('%s', (_, change, ofOffer, ofTexts) => {
    const uplift = found(change)
    expect([said(uplift), said(uplift, 'en')].flat()).toEqual(ofOffer)
    expect([saidOfTexts(uplift), saidOfTexts(uplift, 'en')].flat()).toEqual(ofTexts)
  })

  test('is not called earned', () => {
    const earned = { kopecks: 500, interval: { low: -100, high: 1_100 } }
    expect(said(found({ earned }))).toEqual([`Разницы не видно. ${chance}`])
  })
})
