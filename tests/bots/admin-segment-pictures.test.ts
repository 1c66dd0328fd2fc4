/** The numbers of the pictures are those of the tables. */
import { describe, expect, test } from 'vitest'
import type { Desk } from '../../src/bots/admin/desk.ts'
import { chartOf } from '../../src/bots/admin/segments/segments-picture.ts'
import { visitsChartOf } from '../../src/bots/admin/segments/visits-picture.ts'
import { quintileSegments } from '../../src/domain/value/quintiles.ts'
import { segmentsOf } from '../../src/domain/value/segment-rank.ts'
import type { SchemeName } from '../../src/domain/value/value-settings.ts'
import { segmentsChart, segmentsChartSvg } from '../../src/reports/segments-chart.ts'
import { visitsChart, visitsChartSvg } from '../../src/reports/visits-chart.ts'
import type { PaidVisit } from '../../src/storage/client-worth.ts'
import type { SegmentGroup, SegmentOverview } from '../../src/storage/segment-overview.ts'
import { pixelsOf } from '../reports/pixels.ts'
import { placesOf, translate, wordsOf } from '../reports/words.ts'
import { today } from '../storage/valued-clients.ts'
import { nowMs, salon } from './admin-chat.ts'

const deskIn = (language: 'ru' | 'en', ofSalon = salon): Desk => ({
  t: translate(language),
  language,
  salon: ofSalon,
  now: new Date(nowMs),
})
const desk = deskIn('ru')

function group(
  line: string,
  scheme: SchemeName,
  figures: readonly [number, number, number?][],
): SegmentGroup {
  const segments = segmentsOf(scheme).map((segment, index) => {
    const [clients = 0, roubles = 0, change] = figures[index] ?? []
    return { segment, clients, kopecks: roubles * 100, ...(change !== undefined && { change }) }
  })
  return {
    line,
    clients: segments.reduce((sum, one) => sum + one.clients, 0),
    kopecks: segments.reduce((sum, one) => sum + one.kopecks, 0),
    segments,
  }
}

const usual: SegmentOverview = {
  scheme: 'halves',
  day: today,
  before: today - 31,
  groups: [
    group('', 'halves', [
      [200, 700_000, 12],
      [300, 200_000, -3],
      [100, 60_000, 0],
      [400, 40_000, -9],
    ]),
    group('nails', 'halves', [
      [150, 300_000],
      [0, 0],
      [50, 100_000],
      [400, 0],
    ]),
  ],
  warnings: { clients: 0, kopecks: 0 },
  demo: false,
}

const quintiles: SegmentOverview = {
  ...usual,
  scheme: 'quintiles',
  groups: [
    group(
      '',
      'quintiles',
      quintileSegments
        .map((_, index) => [123_456 * index, 12_345_678 * index, -123_456] as const)
        .map((one) => [...one]),
    ),
    ...Array.from({ length: 20 }, (_, index) =>
      group(`line-${index}-of-many`, 'quintiles', [
        [index, 1000],
        [1, 1],
        [5, 5],
        [100, 100_000],
      ]),
    ),
  ],
  demo: true,
}

const nobodyPaid: SegmentOverview = {
  ...usual,
  groups: [
    group('', 'halves', [
      [1, 0],
      [0, 0],
      [0, -100],
      [0, 0],
    ]),
  ],
}

describe('the picture of the segments', () => {
  test('says the numbers of the table', () => {
    const svg = segmentsChartSvg(chartOf(usual, { money: true, files: true }, desk), desk.t)
    expect(
      wordsOf(svg)
        .join(' | ')
        .replaceAll(/[\u00A0\u202F]/g, ' '),
    ).toBe(
      [
        'Сегменты клиентов | 1 000 клиентов | заплатили 1 млн ₽',
        'доля клиентов | доля денег',
        'Ценные | 200 клиентов, +12 | 20 % | 70 %',
        'Новые | 300 клиентов, −3 | 30 % | 20 %',
        'Уязвимые | 100 клиентов, 0 | 10 % | 6 %',
        'Без ценности | 400 клиентов, −9 | 40 % | 4 %',
        'По направлениям',
        'Ногти | 600 клиентов | 25 % | 67 %',
        'Изменение с 20 октября 2026 г. | Посчитано 20 ноября 2026 г.',
      ].join(' | '),
    )
  })

  test('has no money for whoever is not to see it, nor where none is known', () => {
    for (const [overview, money] of [
      [usual, false],
      [nobodyPaid, true],
    ] as const) {
      const words = wordsOf(segmentsChartSvg(chartOf(overview, { money, files: false }, desk), desk.t))
      expect(words.join(' ')).not.toMatch(/₽|доля денег|70/)
    }
  })

  test.each([
    ['usual', usual],
    ['eleven segments and twenty lines', quintiles],
    ['nobody paid', nobodyPaid],
  ])('nothing sticks out, and nothing is too small for a phone: %s', (_, overview) => {
    for (const language of ['ru', 'en'] as const) {
      const own = deskIn(language)
      const svg = segmentsChartSvg(chartOf(overview, { money: true, files: true }, own), own.t)
      const words = placesOf(svg).filter((one) => one.words !== own.t('chart.demo'))
      expect(words.filter(({ left, right }) => left < -10 || right > 1080 - 2 * 72 + 1)).toEqual([])
      const sizes = Array.from(svg.matchAll(/font-size="(\d+)"/g), ([, size]) => Number(size))
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(32)
    }
  })

  test('of twenty lines six are shown, and invented clients are marked', () => {
    const words = wordsOf(segmentsChartSvg(chartOf(quintiles, { money: true, files: true }, desk), desk.t))
    expect(words.filter((one) => one.startsWith('line-'))).toHaveLength(6)
    expect(words).toEqual(expect.arrayContaining(['и ещё 14', 'демо']))
  })

  test('is a PNG as wide as a phone wants it, within what Telegram takes', async () => {
    for (const overview of [usual, quintiles]) {
      const chart = chartOf(overview, { money: true, files: true }, desk)
      const { width, height, data } = pixelsOf(await segmentsChart(chart, desk.t))
      expect(width).toBe(1080)
      expect(width + height).toBeLessThan(10_000)
      expect(data.every((value, index) => index % 4 < 3 || value === 255)).toBe(true)
    }
  })
})

describe('the picture of a client’s visits', () => {
  const svgOf = (visits: readonly PaidVisit[], language: 'ru' | 'en' = 'ru', demo?: true) => {
    const own = deskIn(language)
    return visitsChartSvg(visitsChartOf({ ...(demo && { demo }) }, visits, own), own.t, language)
  }
  const every = (days: number, count: number): PaidVisit[] =>
    Array.from({ length: count }, (_, index) => ({
      day: today - 94 - index * days,
      line: index % 2 ? 'hair' : 'nails',
      kopecks: 150_000,
    }))
  /** Colours of the bars, from left to right. */
  const barsIn = (svg: string) =>
    Array.from(
      svg.matchAll(/<rect x="([\d.]+)"[^>]*fill="(#\w+)" stroke="#fdfbf9"/g),
      ([, x, color]) => [Number(x), color] as const,
    )
      .sort(([one], [other]) => one - other)
      .map(([, color]) => color)

  test('says what the card says: visits, money, how often, and the lines', () => {
    const refund = { day: today - 100, line: 'nails', kopecks: -50_000 }
    const words = wordsOf(svgOf([...every(31, 11), refund])).map((one) =>
      one.replaceAll(/[\u00A0\u202F]/g, ' '),
    )
    expect(words.slice(0, 4)).toEqual([
      '11 визитов, 16 000 ₽',
      'последний визит 94 дня назад, обычно раз в 31 день',
      'Волосы',
      'Ногти',
    ])
    expect(words).toEqual(expect.arrayContaining(['сегодня', '2026', '0 ₽', '1 тыс. ₽']))
  })

  test('each visit is a bar in the colour of its line while there are few', () => {
    const [hair, nails] = ['#8a3fa8', '#e8b04a']
    expect(barsIn(svgOf(every(31, 4)))).toEqual([hair, nails, hair, nails])
  })

  test('many visits are told by month, and many years by year', () => {
    const monthly = svgOf(every(9, 80))
    expect(wordsOf(monthly)).toContain('по месяцам')
    expect(barsIn(monthly).length).toBeLessThan(60)
    expect(wordsOf(svgOf(every(31, 100)))).toContain('по годам')
  })

  test('a visit whose amount nobody knows is still to be seen', () => {
    const svg = svgOf([...every(31, 2), { day: today - 20, line: 'nails' }, { day: today - 10 }])
    expect(svg.match(/<circle/g)).toHaveLength(2)
    expect(wordsOf(svg)).toContain('другое')
    const unknown = svgOf([{ day: today - 20, line: 'nails' }])
    expect(wordsOf(unknown).join(' ')).not.toContain('₽')
    expect(barsIn(unknown)).toHaveLength(1)
  })

  test.each<[string, PaidVisit[]]>([
    ['one visit today', [{ day: today, line: 'nails', kopecks: 100 }]],
    ['thirty years', every(365, 30)],
    ['millions', every(31, 12).map((visit) => ({ ...visit, kopecks: 987_654_321_00 }))],
    ['only a refund', [{ day: today - 3, kopecks: -1_000_000 }]],
    ['after today, by a wrong clock', [{ day: today + 3, line: 'hair', kopecks: 5_000 }]],
  ])('nothing sticks out, and nothing is too small for a phone: %s', async (_, visits) => {
    for (const language of ['ru', 'en'] as const) {
      const svg = svgOf(visits, language)
      expect(placesOf(svg).filter(({ left, right }) => left < -64 || right > 1080 - 64)).toEqual([])
      expect(svg).not.toMatch(/NaN|Infinity|width="-|height="-/)
      const sizes = Array.from(svg.matchAll(/font-size="(\d+)"/g), ([, size]) => Number(size))
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(32)
    }
    const { width } = pixelsOf(await visitsChart(visitsChartOf({}, visits, desk), desk.t, 'ru'))
    expect(width).toBe(1080)
  })

  test('in English it is English, and invented clients are marked', () => {
    const words = wordsOf(svgOf(every(31, 11), 'en', true)).join(' | ')
    expect(words).toContain('11 visits, ₽16,500')
    expect(words).toContain('demo')
    expect(words).not.toMatch(/[а-яё]/i)
  })
})
