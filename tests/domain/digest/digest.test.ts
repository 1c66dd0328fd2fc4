import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineBelowOthers } from '../../../src/domain/digest/line-weeks.ts'
import { digestOf, type DigestInput } from '../../../src/domain/digest.ts'
import { scoresIn, scoresOf } from '../../../src/domain/scores.ts'
import type { SurveyResponse } from '../../../src/domain/survey.ts'
import {
  day,
  hour,
  lines,
  minute,
  monday,
  shuffled,
  survey,
  surveys,
  visit,
  walk,
  walks,
  zeroToTen,
} from '../made-up-survey.ts'

/** The digest due on Monday, 23 November 2026, told at nine. */
const input: DigestInput = {
  responses: [],
  invitations: [],
  followUps: [],
  survey,
  surveys,
  lines,
  week: Temporal.PlainDate.from('2026-11-23'),
  timeZone: 'Europe/Moscow',
  now: monday + 9 * hour,
}
const digest = (rest: Partial<DigestInput> = {}) => digestOf({ ...input, ...rest })

/** Short forms of `count` new people, `weeks` weeks before the digest. */
let people = 0
const visits = (count: number, weeks: number, score: number, line = 'nails'): SurveyResponse[] =>
  Array.from({ length: count }, () =>
    visit(++people, line, score, undefined, { startedAt: monday - weeks * 7 * day + hour }),
  )

describe('the digest', () => {
  test('tells of the seven days before its Monday', () => {
    const at = (startedAt: number) =>
      visit(++people, 'nails', 10, undefined, { startedAt: startedAt - 2 * minute })
    const week = [at(monday - 7 * day), at(monday - 1)]
    const found = digest({ responses: [...week, at(monday - 7 * day - 1), at(monday)] })
    expect(found).toMatchObject({
      kind: 'week',
      nps: { kind: 'few', n: 2 },
      scale: { from: 1, to: 10 },
      otherScale: { week: 0, twelveWeeks: 0 },
    })
    expect(found.monday.toString()).toBe('2026-11-16')
  })

  test('of a week without a score is empty, and says what still holds', () => {
    const found = digest({
      responses: [
        ...visits(12, 3, 9),
        visit(++people, 'nails', null, undefined, { startedAt: monday - day }),
      ],
      invitations: [{ clientId: 1, at: monday - day }],
      followUps: [{ clientId: 1, createdAt: monday - 2 * day, callWanted: true, handledAt: null }],
    })
    expect(found).toMatchObject({
      kind: 'empty',
      fourWeeks: { kind: 'figure', n: 12 },
      twelveWeeks: { n: 12 },
      invited: { people: 1, rate: 0 },
      unhappy: { count: 1, callsWaiting: { count: 1, late: 1, longestMs: 2 * day + 9 * hour } },
      advice: [{ rule: 'callWaiting' }, { rule: 'noAnswers' }],
    })
    expect(digest()).toMatchObject({
      kind: 'empty',
      scale: undefined,
      trend: { kind: 'none' },
      quotes: { good: [], bad: [] },
      advice: [{ rule: 'noAnswers' }],
    })
  })

  test('compares the week with the four before it, and four weeks with the eight before them', () => {
    const responses = [
      ...visits(20, 1, 5),
      ...[2, 3, 4, 5].flatMap((week) => visits(20, week, 10)),
      ...[6, 7, 8, 9, 10, 11, 12].flatMap((week) => visits(10, week, 9)),
      // Too long ago for any of it.
      ...visits(99, 13, 1),
    ]
    const found = digest({ responses })
    expect(found).toMatchObject({
      nps: { n: 20, nps: -1 },
      change: { kind: 'change', difference: -2, certain: true, before: { n: 80 }, after: { n: 20 } },
      trend: { kind: 'change', certain: true, before: { n: 90 }, after: { n: 80, nps: 0.5 } },
      fourWeeks: { n: 80 },
      twelveWeeks: { n: 170 },
      advice: [{ rule: 'fellThisWeek', values: { count: 200 } }],
    })
  })

  test('has a chart of twelve weeks with gaps', () => {
    const { series } = digest({ responses: [...visits(3, 1, 9), ...visits(2, 4, 5), ...visits(1, 12, 7)] })
    expect(series.map(({ monday: at }) => at.toString()).filter((_, index) => index % 11 === 0)).toEqual([
      '2026-08-31',
      '2026-11-16',
    ])
    expect(series.map(({ nps }) => nps.n)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 3])
    expect(series.map(({ nps }) => nps.kind).filter((kind) => kind === 'none')).toHaveLength(9)
  })

  test('counts who comes again in each week anew, and once in all of them together', () => {
    const again = [1, 2, 3].map((week) =>
      visit(1, 'nails', 10 - week, undefined, { run: 4 - week, startedAt: monday - week * 7 * day }),
    )
    const found = digest({ responses: again })
    expect(found.series.map(({ nps }) => nps.n).slice(-3)).toEqual([1, 1, 1])
    expect(found.twelveWeeks).toMatchObject({ n: 1, nps: 1 })
  })

  test('shows each line in the week, in four and in twelve weeks', () => {
    const found = digest({ responses: [...visits(2, 1, 9), ...visits(3, 3, 5), ...visits(4, 9, 5, 'hair')] })
    expect(found.lines).toMatchObject([
      { line: 'nails', week: { n: 2, nps: 1 }, fourWeeks: { n: 5 }, twelveWeeks: { n: 5 } },
      { line: 'hair', week: { kind: 'none' }, fourWeeks: { n: 0 }, twelveWeeks: { n: 4, nps: -1 } },
      { line: 'face', week: { n: 0 }, fourWeeks: { n: 0 }, twelveWeeks: { n: 0 } },
    ])
  })

  test('quotes the week, and tells what became of its invitations', () => {
    const startedAt = monday - 3 * day
    const found = digest({
      responses: [
        visit(1, 'nails', 2, 'Долго ждала', { startedAt }),
        walk(2, { recommend: { hair: 10 }, suggestions: 'Откройте ещё один салон' }, { startedAt }),
        visit(3, 'nails', 1, 'Давно и плохо', { startedAt: startedAt - 7 * day }),
      ],
      invitations: [
        { clientId: 2, at: startedAt - hour, answer: 'now' },
        { clientId: 3, at: startedAt - hour, answer: 'no' },
      ],
    })
    expect(found.quotes.bad.map(({ text }) => text)).toEqual(['Долго ждала'])
    expect(found.quotes.good.map(({ text }) => text)).toEqual(['Откройте ещё один салон'])
    expect(found.invited).toMatchObject({ people: 2, now: 1, no: 1, responded: 1, finished: 1, rate: 0.5 })
  })

  test('advises on the factor that matters and is named', () => {
    const startedAt = monday - 3 * day
    const responses = [
      walk(1, { importance: { master: 7, price: 1 } }, { startedAt: monday - 200 * day }),
      ...[2, 3, 4].map((clientId) => visit(clientId, 'nails', 8, ['master'], { startedAt })),
      ...visits(20, 1, 9),
    ]
    expect(digest({ responses }).advice).toEqual([
      { rule: 'weakFactor', values: { factor: 'master', count: 3 } },
    ])
    const short = { ...survey, questions: survey.questions.filter(({ id }) => id !== 'importance') }
    expect(digest({ responses, survey: short }).advice).toEqual([{ rule: 'allWell', values: {} }])
  })

  test('keeps to one scale', () => {
    const old = [...visits(3, 1, 9), ...visits(30, 2, 9)]
    const fresh = visits(2, 1, 0).map((one) => ({ ...one, version: 2 }))
    const switched = digest({ responses: [...old, ...fresh], survey: zeroToTen })
    expect(switched).toMatchObject({
      scale: { from: 0, to: 10 },
      otherScale: { week: 3, twelveWeeks: 33 },
      nps: { n: 2, nps: -1 },
      change: { kind: 'none' },
      twelveWeeks: { n: 2 },
    })
    // Nobody has used the new one yet.
    expect(digest({ responses: old, survey: zeroToTen })).toMatchObject({
      scale: { from: 1, to: 10 },
      otherScale: { week: 0, twelveWeeks: 0 },
      nps: { n: 3 },
      change: { kind: 'few' },
    })
    // Nobody has said anything this week.
    expect(digest({ responses: visits(5, 2, 9), survey: zeroToTen })).toMatchObject({
      kind: 'empty',
      scale: { from: 1, to: 10 },
      twelveWeeks: { n: 5 },
    })
  })

  test('of a past week knows nothing of what came later, except who still waits', () => {
    const responses = [...visits(11, 3, 9), ...visits(50, 1, 1)]
    const followUps = [{ clientId: 1, createdAt: monday - day, callWanted: false, handledAt: null }]
    const past = digest({ responses, followUps, week: Temporal.PlainDate.from('2026-11-09') })
    expect(past).toMatchObject({
      kind: 'week',
      nps: { n: 11, nps: 1 },
      twelveWeeks: { n: 11 },
      unhappy: { count: 0, waiting: { count: 1 } },
      advice: [{ rule: 'allWell' }],
    })
  })
})

describe('a line below the others', () => {
  const below = (responses: SurveyResponse[]) =>
    lineBelowOthers(lines, scoresIn(scoresOf(responses, surveys), { from: -Infinity, until: Infinity }))
  test.each([
    ['nobody', [], undefined],
    ['one line only', visits(50, 1, 1), undefined],
    ['surely below', [...visits(20, 1, 5, 'hair'), ...visits(30, 1, 9)], { line: 'hair', difference: -2 }],
    ['above', [...visits(20, 1, 9, 'hair'), ...visits(30, 1, 8)], { line: 'nails', difference: -1 }],
    ['by the word of nine', [...visits(9, 1, 5, 'hair'), ...visits(30, 1, 9)], undefined],
    ['against the word of nine', [...visits(30, 1, 5, 'hair'), ...visits(9, 1, 9)], undefined],
    ['as good', [...visits(30, 1, 8, 'hair'), ...visits(30, 1, 8), ...visits(30, 1, 8, 'face')], undefined],
    [
      // Sure at 95 % by itself, but the lowest of three may be that low by chance.
      'not surely, of three',
      [
        ...visits(11, 1, 6, 'hair'),
        ...visits(9, 1, 9, 'hair'),
        ...['nails', 'face'].flatMap((line) => [...visits(5, 1, 6, line), ...visits(15, 1, 9, line)]),
      ],
      undefined,
    ],
    [
      'the lower of two',
      [
        ...visits(30, 1, 6, 'hair'),
        ...visits(15, 1, 6, 'face'),
        ...visits(15, 1, 9, 'face'),
        ...visits(60, 1, 10),
      ],
      { line: 'hair', difference: -1.6666666666666665 },
    ],
  ])('%s', (_, responses, wanted) => expect(below(responses)).toEqual(wanted))
})

describe('whatever people say', () => {
  test('the order of responses does not matter', () => {
    fc.assert(
      fc.property(
        walks(30, 80).chain((all) => fc.tuple(fc.constant(all), shuffled(all))),
        ([responses, other]) => {
          expect(digest({ responses: other })).toEqual(digest({ responses }))
        },
      ),
    )
  })

  test('intervals stay in -1..1, weeks are parts of the whole, and advice is short', () => {
    fc.assert(
      fc.property(walks(200, 120), (responses) => {
        const { series, twelveWeeks, fourWeeks, advice, quotes } = digest({ responses })
        for (const { nps } of series) {
          const { low, high } = nps.kind === 'none' ? { low: 0, high: 0 } : nps.interval
          expect([low >= -1, high <= 1, low <= high]).toEqual([true, true, true])
        }
        const sum = (weeks: typeof series) => weeks.reduce((all, { nps }) => all + nps.n, 0)
        expect(sum(series)).toBeGreaterThanOrEqual(twelveWeeks.n)
        expect(sum(series.slice(-4))).toBeGreaterThanOrEqual(fourWeeks.n)
        expect(advice.length).toBeLessThanOrEqual(3)
        expect(quotes.good.length + quotes.bad.length).toBeLessThanOrEqual(6)
      }),
    )
  })

  test('one more person changes the lines that they rated, by one, and no other', () => {
    const oneScale = walks().map((all) => all.map((response) => ({ ...response, version: 1 })))
    fc.assert(
      fc.property(oneScale, fc.subarray(lines, { minLength: 1 }), (responses, some) => {
        const recommend = Object.fromEntries(some.map((line) => [line, 9]))
        const more = [...responses, walk(1000, { recommend }, { startedAt: monday - day })]
        const [before, after] = [responses, more].map((all) => digest({ responses: all }).lines)
        for (const [index, line] of lines.entries())
          expect(after?.[index]?.week.n).toBe((before?.[index]?.week.n ?? 0) + (some.includes(line) ? 1 : 0))
      }),
    )
  })
})
