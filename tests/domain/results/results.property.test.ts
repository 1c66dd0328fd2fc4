/** What holds for the results of any answers. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resultsOf } from '../../../src/domain/results.ts'
import type { Distribution, QuestionResult } from '../../../src/domain/results/questions.ts'
import type { Numbers } from '../../../src/domain/results/numbers.ts'
import type { SurveyResponse } from '../../../src/domain/survey.ts'
import { lines, monday, shuffled, survey, surveys, walk, walks } from '../made-up-survey.ts'

const results = (responses: SurveyResponse[]) => resultsOf({ responses, survey, surveys, lines })

const tables = (result: QuestionResult): (Distribution | Numbers)[] => {
  switch (result.kind) {
    case 'options':
      return [result.distribution]
    case 'numbers':
      return [result.numbers]
    case 'optionRows':
      return result.rows.map(({ distribution }) => distribution)
    case 'numberRows':
      return result.rows.map(({ numbers }) => numbers)
    case 'texts':
    case 'dates':
      return []
  }
}

test('counts add up: to n, shares to one, and nobody is counted twice', () => {
  fc.assert(
    fc.property(walks(), (responses) => {
      const people = new Set(responses.map(({ clientId }) => clientId)).size
      for (const result of results(responses).questions) {
        expect(result.people + result.skipped + result.otherVersion).toBeLessThanOrEqual(people)
        for (const { n, noOpinion, counts } of tables(result)) {
          expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(n)
          expect(counts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(n === 0 ? 0 : 1, 12)
          expect(n + noOpinion).toBeLessThanOrEqual(result.people)
        }
      }
    }),
  )
})

test('means, medians and shares stay on their scale', () => {
  fc.assert(
    fc.property(walks(), (responses) => {
      const all = results(responses).questions.flatMap(tables)
      const numbers = all.flatMap((one) =>
        'figures' in one && one.figures ? [{ ...one, ...one.figures }] : [],
      )
      for (const { scale, mean, median, sd = 0, topTwo } of numbers) {
        for (const middle of [mean, median]) {
          expect(middle).toBeGreaterThanOrEqual(scale.from)
          expect(middle).toBeLessThanOrEqual(scale.to)
        }
        expect(sd).toBeLessThanOrEqual(scale.to - scale.from)
        expect(topTwo).toBeLessThanOrEqual(1)
      }
    }),
  )
})

test('the order of responses does not matter', () => {
  fc.assert(
    fc.property(
      walks(30, 80).chain((all) => fc.tuple(fc.constant(all), shuffled(all))),
      ([responses, other]) => {
        expect(results(other)).toEqual(results(responses))
      },
    ),
  )
})

test('one more person changes the lines that they rated, by one, and no other', () => {
  fc.assert(
    fc.property(walks(), fc.subarray(lines, { minLength: 1 }), (responses, some) => {
      const row = Object.fromEntries(some.map((line) => [line, 5]))
      const more = walk(1000, { satisfaction: row, intention: row }, { startedAt: monday })
      const counted = (all: SurveyResponse[]) =>
        new Map(
          results(all).lines.map(({ line, satisfaction, intention }) => [
            line,
            [satisfaction?.n, intention?.n],
          ]),
        )
      const [before, after] = [counted(responses), counted([...responses, more])]
      for (const line of lines)
        expect(after.get(line)).toEqual(
          before.get(line)?.map((n) => (n ?? 0) + (some.includes(line) ? 1 : 0)),
        )
    }),
  )
})

test('said by so many people more, counts grow and means stay', () => {
  fc.assert(
    fc.property(walks(), fc.integer({ min: 2, max: 4 }), (responses, times) => {
      const copies = Array.from({ length: times }, (_, copy) =>
        responses.map((one) => ({ ...one, clientId: one.clientId + copy * 1000 })),
      )
      const [one, many] = [responses, copies.flat()].map((all) => results(all).questions.flatMap(tables))
      one?.forEach((table, index) => {
        const crowd = many?.[index]
        expect(crowd?.n).toBe(table.n * times)
        expect(crowd?.counts.map(({ count }) => count)).toEqual(
          table.counts.map(({ count }) => count * times),
        )
        const mean = (numbers: typeof crowd) =>
          numbers && 'figures' in numbers ? (numbers.figures?.mean ?? 0) : 0
        expect(mean(crowd)).toBeCloseTo(mean(table), 12)
      })
    }),
  )
})

test('at every question: who reached it answered it, passed over it or left', () => {
  fc.assert(
    fc.property(walks(), (responses) => {
      const { walks: counted, steps } = results(responses).funnel
      expect(counted.finished + counted.stopped + counted.open).toBe(counted.begun)
      for (const { reached, answered, skipped, left } of steps) {
        expect(reached).toBeLessThanOrEqual(answered + skipped + left)
        expect(reached).toBeGreaterThanOrEqual(answered + skipped)
        expect(reached).toBeLessThanOrEqual(counted.begun)
      }
      const sum = (what: 'left' | 'last') => steps.reduce((all, step) => all + step[what], 0)
      expect(sum('left')).toBeLessThanOrEqual(counted.stopped + counted.open)
      expect(sum('last')).toBeLessThanOrEqual(counted.stopped + counted.open)
    }),
  )
})
