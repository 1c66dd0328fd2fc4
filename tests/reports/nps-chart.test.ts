import { describe, expect, test } from 'vitest'
import { npsChart, npsChartSvg } from '../../src/reports/nps-chart.ts'
import type { NpsChartData, NpsFigure } from '../../src/reports/nps-chart.ts'
import { pixelsOf } from './pixels.ts'
import { placesOf, translate, wordsOf } from './words.ts'

const labels = [
  '17.08',
  '24.08',
  '31.08',
  '07.09',
  '14.09',
  '21.09',
  '28.09',
  '05.10',
  '12.10',
  '19.10',
  '26.10',
  '02.11',
]

/** Weeks with these NPS in hundredths; null is a week without answers. */
const weeksOf = (...hundredths: (number | null)[]): NpsChartData['weeks'] =>
  hundredths.map((points, index) => ({
    label: labels[index] ?? '',
    ...figure(points, points === null ? 0 : 12 + index),
  }))

const figure = (points: number | null, n: number): NpsFigure =>
  points === null
    ? { n }
    : { n, nps: points / 100, low: Math.max(-1, points / 100 - 0.2), high: Math.min(1, points / 100 + 0.2) }

const usual: NpsChartData = {
  now: {
    ...figure(42, 58),
    shares: { promoters: 0.59, passives: 0.24, detractors: 0.17 },
    change: 'на 6 выше, может быть случайностью',
  },
  weeks: weeksOf(20, 25, 18, 31, 22, 40, 35, 28, 33, 45, 36, 42),
  lines: [
    { name: 'Ногтевой сервис', ...figure(55, 31) },
    { name: 'Парикмахерский зал', ...figure(21, 24) },
    { name: 'Косметология', ...figure(-14, 7) },
  ],
  period: '2–8 ноября 2026',
}

const nobody: NpsChartData = {
  now: { n: 0 },
  weeks: labels.map((label) => ({ label, n: 0 })),
  lines: [{ name: 'Ногтевой сервис', n: 0 }],
  period: '2–8 ноября 2026',
}

const onlyOne: NpsChartData = {
  ...usual,
  now: { n: 1, nps: 1, low: -0.21, high: 1 },
  weeks: weeksOf(null, null, null, null, null, null, null, null, null, null, null).concat({
    label: '02.11',
    n: 1,
    nps: 1,
    low: -0.21,
    high: 1,
  }),
  lines: [{ name: 'Ногтевой сервис', n: 1, nps: 1, low: -0.21, high: 1 }],
}

const twenty: NpsChartData = {
  ...usual,
  lines: Array.from({ length: 20 }, (_, index) => ({ name: `Линия ${index + 1}`, ...figure(index, 1200) })),
}

const longNames: NpsChartData = {
  ...usual,
  now: {
    ...figure(-100, 12_345),
    change: 'слово '.repeat(60),
    shares: { promoters: 0, passives: 0, detractors: 1 },
  },
  lines: [{ name: 'Наращивание ресниц и оформление бровей 💅', ...figure(-100, 12_345) }],
  demo: true,
}

const inRussian = (data: NpsChartData) => npsChartSvg(data, translate('ru'), 'ru')

test('the words of the picture are the numbers', async () => {
  const words = [
    'Готовы рекомендовать (NPS) | +42 | ответили 58 человек | вероятно, от +22 до +62',
    'на 6 выше, может быть случайностью',
    'сторонники 59\u00a0% | нейтральные 24\u00a0% | критики 17\u00a0%',
    'По неделям | 24.08 | 07.09 | 21.09 | 05.10 | 19.10 | 02.11 | −25 | 0 | +25 | +50 | +75 | +42',
    'Направления, 4 недели | NPS | человек',
    'Ногтевой сервис | +55 | 31',
    'Парикмахерский зал | +21 | 24',
    'Косметология | −14 | 7',
    '2–8 ноября 2026',
  ]
  expect(wordsOf(await inRussian(usual)).join(' | ')).toBe(words.join(' | '))
})

test('in English the words and the percent sign are English', async () => {
  const words = wordsOf(await npsChartSvg({ ...usual, lines: [], demo: true }, translate('en'), 'en'))
  expect(words).toEqual(
    expect.arrayContaining(['58 people answered', 'probably +22 to +62', 'promoters 59%', 'demo']),
  )
  expect(
    words
      .join(' ')
      .replace(usual.now.change ?? '', '')
      .replace(usual.period, ''),
  ).not.toMatch(/[а-яё]/i)
})

describe('few answers', () => {
  test('a number of one person says that it is one person', async () => {
    const words = wordsOf(await inRussian(onlyOne))
    expect(words.slice(1, 5)).toEqual([
      '+100',
      'Пока мало ответов',
      'ответил 1 человек',
      'вероятно, от −21 до +100',
    ])
    expect(words).toContain('меньше 10 ответов')
  })

  test('nobody in words, and no bare zero', async () => {
    expect(wordsOf(await inRussian(nobody))).toEqual([
      'Готовы рекомендовать (NPS)',
      'За неделю оценок нет',
      'По неделям',
      'Здесь появятся недели с ответами',
      '2–8 ноября 2026',
    ])
  })

  test('a quiet week after others keeps them in the picture', async () => {
    const words = wordsOf(await inRussian({ ...nobody, weeks: weeksOf(10, 20, null) }))
    expect(words).toEqual(expect.arrayContaining(['За неделю оценок нет', '31.08', '+20']))
  })
})

describe('the weeks', () => {
  /** How many pieces the line is in, and how many bands stand alone. */
  const pieces = (svg: string) => ({
    line: pathsOf(svg, 'mark-line').flatMap((path) => path.match(/M/g) ?? []).length,
    alone: pathsOf(svg, 'mark-rect').length,
  })
  const pathsOf = (svg: string, mark: string): string[] => {
    const group = new RegExp(`<g class="${mark} role-mark[^>]*[^/]>(.*?)</g>`).exec(svg)?.[1] ?? ''
    return Array.from(group.matchAll(/ d="(M[^"]+)"/g), ([, path = '']) => path)
  }

  test.each([
    ['without a gap', weeksOf(20, 30, 40), { line: 1, alone: 0 }],
    ['with a gap inside', weeksOf(20, 30, null, 30, 40), { line: 2, alone: 0 }],
    ['with a week alone among gaps', weeksOf(20, 30, null, 40, null, 50, 60), { line: 3, alone: 1 }],
    ['one week only', weeksOf(-30), { line: 1, alone: 1 }],
  ])('%s: the line is open where nobody has answered', async (_, weeks, expected) => {
    expect(pieces(await inRussian({ ...usual, weeks }))).toEqual(expected)
  })

  test('the scale keeps zero in sight, and all of the interval', async () => {
    const scaleOf = async (...points: (number | null)[]) =>
      wordsOf(await inRussian({ ...usual, weeks: weeksOf(...points), lines: [] })).filter((one) =>
        /^[+−]?\d+$/.test(one),
      )
    expect(await scaleOf(60, 70)).toEqual(['+42', '0', '+25', '+50', '+75', '+100', '+70'])
    expect(await scaleOf(-90, 80)).toEqual(['+42', '−100', '−50', '0', '+50', '+100', '+80'])
    expect(await scaleOf(-60, -70)).toEqual(['+42', '−100', '−75', '−50', '−25', '0', '−70'])
  })
})

test('of twenty service lines six are shown, and how many are left', async () => {
  const words = wordsOf(await inRussian(twenty))
  expect(words.filter((one) => one.startsWith('Линия'))).toHaveLength(6)
  expect(words.at(-2)).toBe('и ещё 14')
})

test('a long name ends with an ellipsis, and emoji that the font lacks are left out', async () => {
  const words = wordsOf(await inRussian(longNames))
  expect(words.find((one) => one.startsWith('Наращ'))).toMatch(/^Наращивание рес.*…$/)
  expect(wordsOf(await inRussian({ ...usual, lines: [{ name: '💅 Ногти', ...figure(1, 30) }] }))).toContain(
    'Ногти',
  )
})

test('what a salon calls its lines is never markup', async () => {
  const svg = await inRussian({ ...usual, lines: [{ name: '<b>"Ногти" & Ко', ...figure(1, 30) }] })
  expect(wordsOf(svg)).toContain('<b>"Ногти" & Ко')
  expect(pixelsOf(await npsChart({ ...usual, period: '<&>' }, translate('ru'), 'ru')).width).toBe(1080)
})

test('invented clients are marked as such', async () => {
  expect(wordsOf(await inRussian(longNames))).toContain('демо')
  expect(wordsOf(await inRussian(usual))).not.toContain('демо')
})

test.each([
  ['usual', usual],
  ['nobody', nobody],
  ['one person', onlyOne],
  ['twenty lines', twenty],
  ['the longest words', longNames],
])('nothing sticks out at the right, nothing is too small for a phone: %s', async (_, data) => {
  for (const language of ['ru', 'en'] as const) {
    const svg = await npsChartSvg(data, translate(language), language)
    const words = placesOf(svg).filter((one) => one.words !== translate(language)('chart.demo'))
    expect(words.filter(({ left, right }) => left < -10 || right > 1080 - 2 * 72 + 1)).toEqual([])
    // On a screen of 360 pixels this is a third: 32 are more than 10.
    const sizes = Array.from(svg.matchAll(/font-size[=:]\s*"?(\d+)/g), ([, size]) => Number(size))
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(32)
  }
})

test('the PNG is as wide as a phone wants it, opaque, and has words in it', async () => {
  const { width, height, data } = pixelsOf(await npsChart(usual, translate('ru'), 'ru'))
  expect(width).toBe(1080)
  expect(height).toBeGreaterThanOrEqual(1080)
  expect(height).toBeLessThan(1500)
  expect(data.every((value, index) => index % 4 < 3 || value === 255)).toBe(true)
  // The big number: dark pixels where it stands.
  const dark = (x: number, y: number) => (data[(y * width + x) * 4] ?? 255) < 80
  const inked = Array.from({ length: 300 }, (_, x) => x + 72).filter((x) => dark(x, 220))
  expect(inked.length).toBeGreaterThan(40)
})
