import { describe, expect, test } from 'vitest'
import { complaintsIn } from '../../../src/domain/results/factors.ts'
import { wordsIn } from '../../../src/domain/results/last-words.ts'
import { usersByLine } from '../../../src/domain/results/lines.ts'
import { resultsOf } from '../../../src/domain/results.ts'
import { scoresIn, scoresOf } from '../../../src/domain/scores.ts'
import type { SurveyResponse } from '../../../src/domain/survey.ts'
import { day, factors, lines, monday, survey, surveys, visit, walk } from '../made-up-survey.ts'

const always = { from: -Infinity, until: Infinity }
const results = (responses: SurveyResponse[]) => resultsOf({ responses, survey, surveys, lines })

/** `count` people with the same answers, numbered from `first`. */
const crowd = (count: number, first: number, given: Parameters<typeof walk>[1]) =>
  Array.from({ length: count }, (_, index) => walk(first + index, given))

describe('service lines', () => {
  test('are used by those who said anything but never', () => {
    const responses = [
      walk(1, { frequency: { nails: 'monthly', hair: 'never', face: 'upTo1y' } }),
      walk(2, { frequency: { nails: 'never', hair: 'every2m' } }),
      walk(1, { frequency: { nails: 'never' } }, { run: 2, startedAt: monday + day }),
    ]
    const words = wordsIn({ responses, surveys, period: always })
    expect(usersByLine(lines, survey, words)).toEqual(
      new Map([
        ['nails', new Set()],
        ['hair', new Set([2])],
        ['face', new Set([1])],
      ]),
    )
    const short = { ...survey, questions: survey.questions.filter(({ id }) => id !== 'frequency') }
    expect(usersByLine(lines, short, words)).toBeUndefined()
    expect(resultsOf({ responses, survey: short, surveys, lines }).lines[0]).toMatchObject({
      users: undefined,
    })
  })

  test('have satisfaction, NPS and intention beside each other, the weakest first', () => {
    const responses = crowd(10, 1, {
      frequency: { nails: 'monthly', hair: 'monthly', face: 'never' },
      satisfaction: { nails: 7, hair: 4 },
      recommend: { nails: 10, hair: 6 },
      intention: { nails: 7, hair: 7 },
    })
    const found = results([
      ...responses,
      walk(99, { satisfaction: { face: 1 }, recommend: { face: 1 } }),
    ]).lines
    expect(found).toMatchObject([
      // Worse in two of three, as good in the third.
      { line: 'hair', users: 10, behind: (1 + 1 + 0.5) / 3, nps: { kind: 'figure', n: 10, nps: -1 } },
      {
        line: 'nails',
        users: 10,
        behind: (0 + 0 + 0.5) / 3,
        satisfaction: { n: 10, figures: { mean: 7, topTwo: 1 } },
      },
      // One person's word is too little to be placed by.
      { line: 'face', users: 0, behind: undefined, nps: { kind: 'few', n: 1 }, intention: { n: 0 } },
    ])
  })

  test('without answers stand in the salon’s order', () => {
    expect(results([]).lines.map(({ line, behind }) => [line, behind])).toEqual(
      lines.map((line) => [line, undefined]),
    )
  })
})

describe('factors', () => {
  test('that matter and whose change drives people away come first', () => {
    const responses = [
      walk(1, {
        importance: { master: 7, price: 7, habit: 1, location: 4 },
        retention: { master: 1, price: 7, habit: 1, location: 4 },
      }),
    ]
    const { risks } = results(responses)
    expect(risks.map(({ factor, risk }) => [factor, risk]).slice(0, 5)).toEqual([
      ['master', 1],
      ['location', 0.25],
      ['price', 0],
      ['habit', 0],
      ['reputation', undefined],
    ])
    expect(risks.map(({ factor }) => factor).sort()).toEqual([...factors].sort())
  })

  test('are named by the unhappy: everybody once, by the latest rating of a line, chips only', () => {
    const later = { run: 2, startedAt: monday + day }
    const responses = [
      visit(1, 'nails', 3, ['price', 'master']),
      visit(1, 'hair', 8, ['price'], { run: 2 }),
      visit(2, 'nails', 8, ['price']),
      visit(3, 'nails', 9, ['master']),
      visit(4, 'nails', 2, 'Всё плохо'),
      visit(5, 'nails', 2, []),
      visit(6, 'nails', 1, ['quality']),
      visit(6, 'nails', 10, ['quality'], later),
      visit(7, 'nails', 1, ['quality']),
      walk(7, { recommend: { nails: 1 } }, later),
    ]
    expect(complaintsIn(scoresIn(scoresOf(responses, surveys), always), responses)).toEqual({
      people: 2,
      named: new Map([
        ['price', 2],
        ['master', 1],
      ]),
    })
  })

  test('that matter and are weak come first, in the four fields of importance-performance analysis', () => {
    const importance = { master: 7, quality: 7, price: 4, location: 1 }
    const responses = [
      walk(1, { importance }),
      visit(2, 'nails', 3, ['master', 'price']),
      visit(3, 'nails', 3, ['master']),
      visit(4, 'nails', 7, ['price']),
      visit(5, 'nails', 7, ['price']),
    ]
    const { gaps } = results(responses)
    expect(gaps).toMatchObject([
      { factor: 'master', named: 2, weakness: 0.5, gap: 0.5, quadrant: 'concentrate' },
      { factor: 'price', named: 3, weakness: 0.75, gap: 0.375, quadrant: 'lowPriority' },
      { factor: 'location', named: 0, weakness: 0, gap: 0, quadrant: 'overkill' },
      { factor: 'quality', named: 0, weakness: 0, gap: 0, quadrant: 'keepUp' },
      { factor: 'reputation', importance: { n: 0 }, gap: undefined, quadrant: undefined },
      { factor: 'habit' },
      { factor: 'other' },
    ])
  })

  test('have no gap when nobody is unhappy, and are none when the survey does not ask', () => {
    const responses = [walk(1, { importance: { master: 7 } }), visit(2, 'nails', 10, ['master'])]
    expect(results(responses).gaps[0]).toMatchObject({
      factor: 'master',
      weakness: undefined,
      gap: undefined,
    })
    const short = { ...survey, questions: survey.questions.filter(({ id }) => id !== 'importance') }
    const { gaps, risks } = resultsOf({ responses, survey: short, surveys, lines })
    expect([gaps, risks]).toEqual([[], []])
  })
})
