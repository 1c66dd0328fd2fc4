import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { npsByPeople, npsOfLine, peopleCounts, scoresIn, scoresOf } from '../../src/domain/scores.ts'
import type { SurveyResponse } from '../../src/domain/survey.ts'
import { day, lines, minute, monday, shuffled, surveys, visit, walk, walks } from './made-up-survey.ts'

const week = { from: monday, until: monday + 7 * day }
const toTen = { from: 1, to: 10 }
const zeroToTen = { from: 0, to: 10 }
const rated = (responses: SurveyResponse[]) => scoresIn(scoresOf(responses, surveys), week)

describe('scores', () => {
  test('a walk gives one for each line rated, the short form one', () => {
    const responses = [walk(1, { recommend: { nails: 9, hair: 3 } }), visit(2, 'face', 10)]
    expect(scoresOf(responses, surveys)).toEqual([
      { clientId: 1, line: 'nails', value: 9, scale: toTen, at: monday + minute, dialogue: 'survey', run: 1 },
      { clientId: 1, line: 'hair', value: 3, scale: toTen, at: monday + minute, dialogue: 'survey', run: 1 },
      {
        clientId: 2,
        line: 'face',
        value: 10,
        scale: toTen,
        at: monday + 2 * minute,
        dialogue: 'visit',
        run: 1,
      },
    ])
  })

  test.each([
    ['no opinion', walk(1, { recommend: { nails: null } })],
    ['no opinion in the short form', visit(1, 'nails', null)],
    ['a question passed over', walk(1, { recommend: { skipped: true } })],
    ['another question', walk(1, { satisfaction: { nails: 7 } })],
    ['nothing', walk(1)],
    ['a number off the scale', walk(1, { recommend: { nails: 0, hair: 11, face: 9.5 } })],
    ['a short form without its line', walk(1, { recommend: 9 }, { dialogue: 'visit' })],
    ['a survey that nobody knows', walk(1, { recommend: { nails: 9 } }, { version: 77 })],
    ['a scale of another kind', walk(1, { recommend: { value: { nails: 5 }, scale: { from: 1, to: 5 } } })],
  ])('%s is no score', (_, response) => expect(scoresOf([response], surveys)).toEqual([]))

  test.each([
    [
      'the answer remembers',
      walk(1, { recommend: { value: { nails: 0 }, scale: zeroToTen } }, { version: 77 }),
    ],
    ['its survey says', walk(1, { recommend: { nails: 0 } }, { version: 2 })],
    ['the version it was asked in says', walk(1, { recommend: { value: { nails: 0 }, version: 2 } })],
  ])('the scale is what %s', (_, response) =>
    expect(scoresOf([response], surveys)).toMatchObject([{ value: 0, scale: zeroToTen }]),
  )

  test('without a time of its own it came when the walk last changed', () => {
    const response = walk(1, {}, { changedAt: monday + 5 })
    const answers = { recommend: { value: { nails: 9 } } }
    expect(scoresOf([{ ...response, answers }], surveys)).toMatchObject([{ at: monday + 5 }])
  })

  test('surveys may be looked up by a function', () => {
    const asked = (version: number) => surveys.get(version)
    expect(scoresOf([visit(1, 'nails', 9)], asked)).toHaveLength(1)
  })
})

describe('a period', () => {
  test('begins with its first moment and ends before its last', () => {
    const given = (at: number) => walk(1, { recommend: { value: { nails: 9 }, at } })
    const times = [week.from - 1, week.from, week.until - 1, week.until]
    expect(times.map((at) => rated([given(at)]).scores.length)).toEqual([0, 1, 1, 0])
  })

  test("counts each person's latest word on each line", () => {
    const responses = [
      walk(1, { recommend: { nails: 2, hair: 10 } }),
      visit(1, 'nails', 9, undefined, { startedAt: monday + day }),
    ]
    const { scores } = rated(responses)
    expect(scores.map(({ line, value }) => `${line} ${value}`).sort()).toEqual(['hair 10', 'nails 9'])
  })

  test('at the same moment, of the later walk', () => {
    const answers = [1, 2].map((run) =>
      walk(1, { recommend: { value: { nails: run }, at: monday } }, { run }),
    )
    for (const responses of [answers, answers.toReversed()])
      expect(rated(responses).scores).toMatchObject([{ value: 2, run: 2 }])
  })

  test('shows the scale of its newest score, and says how many people used the other', () => {
    const early = [visit(1, 'nails', 3), visit(2, 'hair', 4), visit(3, 'hair', 4)]
    const late = [
      visit(1, 'nails', 0, undefined, { version: 2, startedAt: monday + day }),
      visit(4, 'nails', 10, undefined, { version: 2, startedAt: monday + day }),
    ]
    const both = rated([...early, ...late])
    expect(both).toMatchObject({ scale: zeroToTen, otherScale: 2 })
    expect(both.scores.map(({ clientId }) => clientId)).toEqual([1, 4])
    expect(scoresIn(scoresOf([...early, ...late], surveys), week, toTen)).toMatchObject({
      scale: toTen,
      otherScale: 1,
    })
    expect(scoresIn(scoresOf(early, surveys), week, zeroToTen)).toMatchObject({
      scale: toTen,
      otherScale: 0,
    })
  })

  test('without a score has no scale', () => {
    expect(rated([])).toEqual({ scale: undefined, scores: [], otherScale: 0 })
    expect(npsByPeople(rated([]))).toEqual({ kind: 'none', n: 0 })
  })
})

describe('the NPS of people', () => {
  test('gives everybody the same weight, however many lines they rated', () => {
    const responses = [
      walk(1, { recommend: { nails: 9, hair: 7, face: 1 } }),
      walk(2, { recommend: { nails: 10 } }),
      walk(3, { recommend: { nails: 6, hair: 10 } }),
    ]
    expect(peopleCounts(rated(responses))).toEqual({
      detractors: 1 / 2 + 1 / 3,
      passives: 1 / 3,
      promoters: 1 + 1 / 2 + 1 / 3,
    })
    expect(npsByPeople(rated(responses))).toMatchObject({ kind: 'few', n: 3 })
    expect(npsOfLine(rated(responses), 'nails')).toMatchObject({
      n: 3,
      counts: { detractors: 1, passives: 0, promoters: 2 },
    })
    expect(npsOfLine(rated(responses), 'nobody')).toEqual({ kind: 'none', n: 0 })
  })

  const period = (responses: SurveyResponse[]) =>
    scoresIn(scoresOf(responses, surveys), { from: monday - 91 * day, until: monday })

  test('counts add up to people, lines to those who rated them', () => {
    fc.assert(
      fc.property(walks(), (responses) => {
        const all = period(responses)
        const people = new Set(all.scores.map(({ clientId }) => clientId)).size
        const { detractors, passives, promoters } = peopleCounts(all)
        expect(detractors + passives + promoters).toBeCloseTo(people, 9)
        expect(npsByPeople(all).n).toBe(people)
        const perLine = lines.map((line) => npsOfLine(all, line).n)
        expect(perLine.reduce((sum, n) => sum + n, 0)).toBe(all.scores.length)
        const everybody = new Set(scoresOf(responses, surveys).map(({ clientId }) => clientId))
        expect(all.otherScale + people).toBe(everybody.size)
      }),
    )
  })

  test('the order of responses does not matter, to the last digit', () => {
    fc.assert(
      fc.property(
        walks().chain((all) => fc.tuple(fc.constant(all), shuffled(all))),
        ([responses, other]) => {
          expect(npsByPeople(period(other))).toEqual(npsByPeople(period(responses)))
          for (const line of lines)
            expect(npsOfLine(period(other), line)).toEqual(npsOfLine(period(responses), line))
        },
      ),
    )
  })

  test('one more person changes the lines that they rated, by one, and no other', () => {
    const oneScale = walks().map((all) => all.map((response) => ({ ...response, version: 1 })))
    fc.assert(
      fc.property(
        oneScale,
        fc.subarray(lines, { minLength: 1 }),
        fc.integer({ min: 1, max: 10 }),
        (all, some, value) => {
          const recommend = Object.fromEntries(some.map((line) => [line, value]))
          const more = [...all, walk(1000, { recommend }, { startedAt: monday - day })]
          for (const line of lines)
            expect(npsOfLine(period(more), line).n).toBe(
              npsOfLine(period(all), line).n + (some.includes(line) ? 1 : 0),
            )
          expect(npsByPeople(period(more)).n).toBe(npsByPeople(period(all)).n + 1)
        },
      ),
    )
  })

  test('said again by so many others, the score stays', () => {
    fc.assert(
      fc.property(walks(), fc.integer({ min: 2, max: 4 }), (responses, times) => {
        const crowd = Array.from({ length: times }, (_, copy) =>
          responses.map((one) => ({ ...one, clientId: one.clientId + copy * 1000 })),
        ).flat()
        const [one, many] = [npsByPeople(period(responses)), npsByPeople(period(crowd))]
        expect(many.n).toBe(times * one.n)
        const share = (nps: typeof one) => (nps.kind === 'none' ? 0 : nps.nps)
        expect(share(many)).toBeCloseTo(share(one), 9)
      }),
    )
  })
})
