import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leastPeople, suppressed } from '../../../src/domain/results/groups.ts'
import { resultsOf } from '../../../src/domain/results.ts'
import { scoresIn, scoresOf } from '../../../src/domain/scores.ts'
import type { SurveyResponse } from '../../../src/domain/survey.ts'
import { day, lines, monday, survey, surveys, visit, walk, walks } from '../made-up-survey.ts'

const always = { from: -Infinity, until: Infinity }
const sizes = (groups: Record<string, number>) => new Map(Object.entries(groups))

describe('which groups are hidden', () => {
  test.each([
    ['none when all are large enough', { a: 5, b: 9, c: 30 }, ''],
    ['a group of one is never alone: the next smallest goes with it', { a: 1, b: 9, c: 30 }, 'a b'],
    ['so goes one of four', { a: 30, b: 4, c: 12 }, 'b c'],
    ['two small ones that are five together are enough', { a: 2, b: 3, c: 12, d: 12 }, 'a b'],
    ['two small ones that are not take a third', { a: 1, b: 2, c: 12, d: 13 }, 'a b c'],
    ['where nobody is, nothing can be hidden behind', { a: 0, b: 3, c: 12, d: 13 }, 'b c'],
    ['all when there is nothing else to hide behind', { a: 3, b: 12 }, 'a b'],
    ['the only one', { a: 3 }, 'a'],
    ['none when there are none', {}, ''],
    ['an empty table', { a: 0 }, ''],
  ])('%s', (_, groups, wanted) => expect([...suppressed(sizes(groups))].sort().join(' ')).toBe(wanted))

  test('what is hidden anyway is not alone either', () => {
    expect([...suppressed(sizes({ a: 0, b: 6, c: 9, d: 12 }), new Set(['a', 'b']))]).toEqual(['b', 'c'])
    expect([...suppressed(sizes({ a: 3, b: 6, c: 9 }), new Set(['c']))]).toEqual(['a', 'c'])
  })

  test('nobody can work out a hidden group from the total, whatever the sizes', () => {
    const some = fc.dictionary(fc.string({ minLength: 1, maxLength: 3 }), fc.nat(20), { maxKeys: 8 })
    fc.assert(
      fc.property(some, (groups) => {
        const people = sizes(groups)
        const hidden = suppressed(people)
        const shown = [...people].filter(([id, n]) => n > 0 && !hidden.has(id))
        expect(shown.every(([, n]) => n >= leastPeople)).toBe(true)
        const total = [...people.values()].reduce((sum, n) => sum + n, 0)
        // What is left of the total when everything shown is taken away.
        const left = total - shown.reduce((sum, [, n]) => sum + n, 0)
        expect(left === 0 || shown.length === 0 || (left >= leastPeople && hidden.size >= 2)).toBe(true)
        expect([...hidden].every((id) => (people.get(id) ?? 0) > 0)).toBe(true)
      }),
    )
  })

  test('the order of groups of different sizes does not matter', () => {
    expect(suppressed(sizes({ c: 30, a: 1, b: 9 }))).toEqual(suppressed(sizes({ b: 9, c: 30, a: 1 })))
  })
})

describe('a table of groups', () => {
  const sex = survey.questions.find(({ id }) => id === 'sex')!
  const travel = survey.questions.find(({ id }) => id === 'travel')!
  const income = survey.questions.find(({ id }) => id === 'income')!

  function table(question: typeof sex, responses: SurveyResponse[], period = always) {
    const asked = {
      ...survey,
      questions: survey.questions.filter((one) => [question.id, 'satisfaction'].includes(one.id)),
    }
    const [found] = resultsOf({ responses, survey: asked, surveys, lines, period }).groups
    return found!
  }
  const crowd = (count: number, first: number, given: Parameters<typeof walk>[1]) =>
    Array.from({ length: count }, (_, index) => walk(first + index, given))

  test('has the people of each group, their NPS and their mean satisfaction, everybody weighing the same', () => {
    const responses = [
      ...crowd(5, 1, {
        satisfaction: { nails: 7, hair: 4 },
        recommend: { nails: 10, hair: 1 },
        sex: 'female',
      }),
      ...crowd(5, 11, { satisfaction: { nails: 1 }, recommend: { nails: 10 }, sex: 'female' }),
      ...crowd(6, 21, { satisfaction: { hair: null }, recommend: { hair: 7 }, sex: 'male' }),
      ...crowd(7, 31, { recommend: { hair: 3 } }),
    ]
    expect(table(sex, responses)).toMatchObject({
      question: 'sex',
      hidden: { groups: 0, people: 0 },
      groups: [
        {
          id: 'female',
          n: 10,
          nps: { kind: 'figure', nps: 0.5 },
          satisfaction: { kind: 'mean', n: 10, mean: 3.25 },
        },
        { id: 'male', n: 6, nps: { kind: 'few', nps: 0 }, satisfaction: { kind: 'none' } },
        { id: null, n: 7, nps: { nps: -1 }, satisfaction: { kind: 'none' } },
      ],
    })
  })

  test('hides the small and the next smallest, those who did not say included', () => {
    const responses = [
      ...crowd(20, 1, { recommend: { nails: 9 }, travel: 'under10' }),
      ...crowd(9, 31, { recommend: { nails: 9 }, travel: 'transport' }),
      ...crowd(2, 51, { recommend: { nails: 1 } }),
    ]
    const found = table(travel, responses)
    expect(found.groups.map(({ id }) => id)).toEqual(['under10'])
    expect(found.hidden).toEqual({ groups: 2, people: 11 })
  })

  test('hides a figure that few people make in a group that is large enough, and another one to go with it', () => {
    const responses = [
      ...crowd(20, 1, { recommend: { nails: 9 }, satisfaction: { nails: 7 }, travel: 'under10' }),
      ...crowd(9, 31, { recommend: { nails: 9 }, satisfaction: { nails: 7 }, travel: 'transport' }),
      ...crowd(8, 51, { recommend: { nails: 9 }, travel: 'over20' }),
      ...crowd(2, 61, { satisfaction: { nails: 1 }, travel: 'over20' }),
    ]
    expect(table(travel, responses).groups).toMatchObject([
      { id: 'under10', n: 20, satisfaction: { kind: 'mean' } },
      { id: 'over20', n: 10, nps: { kind: 'few', n: 8 }, satisfaction: { kind: 'hidden' } },
      { id: 'transport', n: 9, nps: { n: 9 }, satisfaction: { kind: 'hidden' } },
    ])
  })

  test('goes by the last word on the question, also from before the period, and by points of a scale', () => {
    const people = [1, 2, 3, 4, 5, 6]
    const long = people.map((clientId) => walk(clientId, { income: 3 }, { startedAt: monday - 99 * day }))
    const told = people.map((clientId) =>
      walk(clientId, { income: 4 }, { run: 2, startedAt: monday - 9 * day }),
    )
    const now = people.map((clientId) => visit(clientId, 'nails', 9))
    const found = table(income, [...now, ...told, ...long], { from: monday, until: monday + day })
    expect(found.groups).toMatchObject([
      { id: '4', n: 6, nps: { n: 6, nps: 1 }, satisfaction: { kind: 'none' } },
    ])
  })

  test('is made for each question about the person that has one answer out of a few', () => {
    const found = resultsOf({ responses: [], survey, surveys, lines }).groups
    expect(found.map(({ question }) => question)).toEqual([
      'sex',
      'age',
      'marital',
      'education',
      'employment',
      'income',
      'travel',
    ])
    expect(found.every(({ groups, hidden }) => groups.length === 0 && hidden.people === 0)).toBe(true)
  })

  test('parts people: those who are shown and those who are hidden are everybody', () => {
    fc.assert(
      fc.property(walks(60, 150), fc.constantFrom(sex, travel, income), (responses, question) => {
        const found = table(question, responses)
        const rated = scoresIn(scoresOf(responses, surveys), always, { from: 1, to: 10 })
        const shown = found.groups.reduce((sum, { n }) => sum + n, 0)
        expect(shown + found.hidden.people).toBeGreaterThanOrEqual(
          new Set(rated.scores.map((one) => one.clientId)).size,
        )
        for (const { n, nps, satisfaction } of found.groups) {
          expect(n).toBeGreaterThanOrEqual(leastPeople)
          const made = [nps, satisfaction].flatMap((figure) => ('n' in figure ? [figure.n] : []))
          expect(made.every((count) => count === 0 || count >= leastPeople)).toBe(true)
        }
      }),
    )
  })
})
