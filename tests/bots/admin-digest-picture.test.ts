/** The digest's picture: its words are the digest's numbers. What it looks like is tested with the chart (tests/reports). */
import { beforeAll, describe, expect, test } from 'vitest'
import { digestChart, digestPicture } from '../../src/bots/admin/insights/digest-picture.ts'
import { digestOf, type Digest, type DigestInput } from '../../src/domain/digest.ts'
import type { Language } from '../../src/domain/salon.ts'
import type { SurveyResponse } from '../../src/domain/survey.ts'
import { npsChartSvg } from '../../src/reports/nps-chart.ts'
import { day, hour, monday, survey, surveys, visit } from '../domain/made-up-survey.ts'
import { translate, wordsOf } from '../reports/words.ts'
import { salon } from './admin-chat.ts'

const lines = salon.lines.map(({ id }) => id)
const input: Omit<DigestInput, 'responses'> = {
  invitations: [],
  followUps: [],
  survey,
  surveys,
  lines,
  week: Temporal.PlainDate.from('2026-11-23'),
  timeZone: 'Europe/Moscow',
  now: monday + 9 * hour,
}
const deskOf = (language: Language) => ({
  t: translate(language),
  language,
  salon,
  now: new Date(monday + 9 * hour),
})
const silent = { debug() {}, info() {}, warn() {}, error() {} }

let people = 0
const given = (line: string, weeks: number, ...scores: number[]): SurveyResponse[] =>
  scores.map((score) =>
    visit(++people, line, score, undefined, { startedAt: monday - weeks * 7 * day + hour }),
  )
const many = (count: number, score: number): number[] => Array.from({ length: count }, () => score)

/** Hair 14 of 14 promoters, nails 2 of 10 and 4 detractors; a month ago all 20 were promoters, eleven weeks ago 3 were not. */
const busy: Digest = digestOf({
  ...input,
  responses: [
    ...given('hair', 1, ...many(14, 9)),
    ...given('nails', 1, ...many(2, 10), ...many(4, 7), ...many(4, 2)),
    ...given('hair', 5, ...many(20, 10)),
    ...given('nails', 12, ...many(3, 1)),
  ],
})
const quiet: Digest = digestOf({ ...input, responses: given('nails', 3, ...many(12, 9)) })
const nothing: Digest = digestOf({ ...input, responses: [] })

const textOf = async (found: Digest, language: Language = 'ru', demo = false) => {
  const desk = deskOf(language)
  return wordsOf(await npsChartSvg(digestChart({ found, demo }, desk), desk.t, language))
}

describe('the words of the picture are the numbers of the digest', () => {
  test('in a week with answers', async () => {
    // 16 promoters, 4 passives, 4 detractors of 24: +50; (16.75 - 4.75) / 27 = 0.444, variance 0.5988, 1.96 * 0.1489 = 0.292.
    // Before: 20 of 20, +100. The chart: -100 of three people, +100, +50; the weeks between are gaps.
    expect(await textOf(busy)).toEqual([
      'Готовы рекомендовать (NPS)',
      '+50',
      'ответили 24 человека',
      'вероятно, от +15 до +74',
      'На 50 пунктов ниже, чем за четыре недели до',
      'этого: вряд ли случайно',
      'сторонники 67\u00A0%',
      'нейтральные 17\u00A0%',
      'критики 17\u00A0%',
      'По неделям',
      'меньше 10 ответов',
      '07.09',
      '21.09',
      '05.10',
      '19.10',
      '02.11',
      '16.11',
      '−100',
      '−50',
      '0',
      '+50',
      '+100',
      '+50',
      'Направления, 4 недели',
      'NPS',
      'человек',
      'Волосы',
      '+100',
      '14',
      'Ногти',
      '−20',
      '10',
      '16–22 ноября',
    ])
  })

  test('in a week without any, but with others', async () => {
    expect(await textOf(quiet, 'en', true)).toEqual([
      'Would recommend us (NPS)',
      'No scores this week',
      'Week by week',
      '07.09',
      '21.09',
      '05.10',
      '19.10',
      '02.11',
      '16.11',
      '0',
      '+25',
      '+50',
      '+75',
      '+100',
      '+100',
      'Services, 4 weeks',
      'NPS',
      'people',
      'Hair',
      '—',
      '0',
      'Nails',
      '+100',
      '12',
      expect.stringMatching(/^November 16\s–\s22$/) as string,
      'demo',
    ])
  })

  test('where there is nothing to tell', async () => {
    expect(await textOf(nothing)).toEqual([
      'Готовы рекомендовать (NPS)',
      'За неделю оценок нет',
      'По неделям',
      'Здесь появятся недели с ответами',
      '16–22 ноября',
    ])
  })

  test('point by point', () => {
    const { weeks, now, lines: shown } = digestChart({ found: busy, demo: false }, deskOf('ru'))
    expect(weeks).toHaveLength(12)
    for (const [index, { nps }] of busy.series.entries())
      expect(weeks[index]).toMatchObject(
        nps.kind === 'none'
          ? { n: 0 }
          : { n: nps.n, nps: nps.nps, low: nps.interval.low, high: nps.interval.high },
      )
    expect(now).toMatchObject({ n: 24, nps: 0.5, shares: { promoters: 16 / 24, detractors: 4 / 24 } })
    expect(shown.map(({ n }) => n)).toEqual([14, 10])
  })
})

describe('the file', () => {
  let file: Awaited<ReturnType<typeof digestPicture>>
  beforeAll(async () => {
    file = await digestPicture({ found: busy, demo: false }, deskOf('ru'), silent)
  })

  test('is a PNG that a phone shows whole: 1080 wide, not much higher, light enough', () => {
    const png = Buffer.from(file!.content)
    expect(file?.name).toBe('nps-2026-11-16.png')
    expect(png.toString('latin1', 0, 8)).toBe('\u0089PNG\r\n\u001A\n')
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
    expect(width).toBe(1080)
    expect(height).toBeGreaterThanOrEqual(1080)
    // Telegram crops what is taller than 16:9 in the chat.
    expect(height / width).toBeLessThan(16 / 9)
    expect(png.length).toBeGreaterThan(20_000)
    expect(png.length).toBeLessThan(400_000)
  })
})
