import { describe, expect, test } from 'vitest'

import { instrument } from '../../src/domain/instrument.ts'
import type { SurveyQuestion } from '../../src/domain/survey.ts'
import { surveyQuestions } from '../../src/domain/survey-changes.ts'
import type { SurveyChanges } from '../../src/domain/survey-changes.ts'

const ids = (changes?: SurveyChanges) => surveyQuestions(changes).map(({ id }) => id)
const found = (id: string, changes?: SurveyChanges) => surveyQuestions(changes).find((one) => one.id === id)
const own = (id: string, rest: Partial<SurveyQuestion> = {}): SurveyQuestion => ({
  id,
  kind: 'yesNo',
  block: 'salon',
  own: true,
  ...rest,
})

const salon = instrument.filter((one) => one.block === 'salon').map(({ id }) => id)
const person = instrument.filter((one) => one.block === 'person').map(({ id }) => id)

test('without changes it is the built-in instrument', () => {
  expect(surveyQuestions()).toEqual(instrument)
  expect(surveyQuestions({})).toEqual(instrument)
})

describe('the order', () => {
  const orders: [what: string, changes: SurveyChanges, expected: string[]][] = [
    ['the questions about the person first', { first: 'person' }, [...person, ...salon]],
    [
      'a question of its own stands at the end of its block',
      { add: [{ question: own('a') }] },
      [...salon, 'a', ...person],
    ],
    [
      'or after the one that was named, and its part',
      { add: [{ question: own('a', { block: 'person' }), after: 'income' }] },
      [...salon, 'sex', 'age', 'marital', 'education', 'employment', 'income', 'incomeAmount', 'a', 'travel'],
    ],
    [
      'several after the same in their own order, each with its followers',
      {
        add: [
          { question: own('a'), after: 'suggestions' },
          { question: own('b'), after: 'suggestions' },
          { question: own('c'), after: 'a' },
        ],
      },
      [...salon, 'a', 'c', 'b', ...person],
    ],
    [
      'after one that is switched off, where that one would be',
      { off: ['card'], add: [{ question: own('a'), after: 'card' }] },
      ['regular', 'a', ...salon.slice(2), ...person],
    ],
    [
      'spending before the last words',
      { on: ['spend'] },
      [...salon.slice(0, -1), 'spend', 'suggestions', ...person],
    ],
  ]
  test.each(orders)('%s', (_, changes, expected) => {
    expect(ids(changes)).toEqual(expected)
  })
})

describe('switched off', () => {
  test('a question goes, and what belongs to it', () => {
    expect(ids({ off: ['card', 'income'] })).toEqual(
      [...salon, ...person].filter((id) => !/^card$|^income/.test(id)),
    )
    expect(ids({ off: ['incomeAmount'] })).toEqual(
      [...salon, ...person].filter((id) => id !== 'incomeAmount'),
    )
  })

  test('without the question of how often, all lines count as used', () => {
    const rows = (changes: SurveyChanges) =>
      surveyQuestions(changes).flatMap(({ id, rows: of }) => (of === 'usedLines' ? [id] : []))
    const add = [{ question: own('a', { kind: 'grid', rows: 'usedLines' }) }]
    expect(rows({ add })).toEqual(['satisfaction', 'recommend', 'intention', 'a'])
    expect(rows({ add, off: ['frequency'] })).toEqual([])
    expect(found('recommend', { off: ['frequency'] })?.rows).toBe('lines')
  })

  test('the NPS question stays whatever happens', () => {
    expect(ids({ off: [...salon, ...person] })).toEqual(['recommend'])
  })
})

test('the NPS question has the scale that was chosen, the others have theirs', () => {
  const changed = surveyQuestions({ recommendScale: { from: 0, to: 10 } })
  expect(changed.filter((one, at) => one !== instrument[at]).map(({ id, scale }) => [id, scale])).toEqual([
    ['recommend', { from: 0, to: 10 }],
  ])
})

test('words of the salon stand in the place of built-in ones', () => {
  const changes: SurveyChanges = {
    wording: {
      satisfaction: { ask: { ru: 'Как вам у нас?' }, low: { ru: 'плохо' } },
      sex: { options: { female: { ru: 'Она', en: 'She' } } },
      importance: { options: { price: { ru: 'Сколько стоит' } } },
      card: { options: {} },
    },
  }
  expect(found('satisfaction', changes)?.words).toEqual({
    ask: { ru: 'Как вам у нас?' },
    low: { ru: 'плохо' },
  })
  expect(found('sex', changes)?.options).toEqual([
    { id: 'female', name: { ru: 'Она', en: 'She' } },
    { id: 'male' },
  ])
  expect(found('importance', changes)?.rows).toContainEqual({ id: 'price', name: { ru: 'Сколько стоит' } })
  expect(found('card', changes)).toEqual({ id: 'card', block: 'salon', kind: 'yesNo' })
  expect(ids(changes)).toEqual([...salon, ...person])
})
