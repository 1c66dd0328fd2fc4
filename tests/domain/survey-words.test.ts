import { describe, expect, test } from 'vitest'

import { instrument } from '../../src/domain/instrument.ts'
import type { SurveyQuestion } from '../../src/domain/survey.ts'
import { surveyWording } from '../../src/domain/survey-words.ts'

/** Says the key and the values, so that a test sees that it was asked. */
const t = (key: string, values: Readonly<Record<string, string | number>> = {}) =>
  [key, ...Object.values(values)].join(' ')

const coffee: SurveyQuestion = {
  id: 'coffee',
  block: 'salon',
  kind: 'choice',
  own: true,
  options: [
    { id: 'black', name: { ru: 'Чёрный', en: 'Black' } },
    { id: 'none', name: { ru: 'Не пью' } },
  ],
  words: { ask: { ru: 'Какой кофе, {{name}}?', en: 'Which coffee, {{ name }}?' }, short: { ru: 'Кофе' } },
}
const own = (id: string, kind: SurveyQuestion['kind']): SurveyQuestion => ({
  id,
  kind,
  block: 'salon',
  own: true,
})

describe('the words of the survey', () => {
  test.each([
    ['the salon asks in its own words', 'ru', 'coffee.ask', { name: 'Анна' }, 'Какой кофе, Анна?'],
    ['in each of its languages', 'en', 'coffee.ask', { name: 'Anna' }, 'Which coffee, Anna?'],
    ['in Russian where it has no others', 'en', 'coffee.short', {}, 'Кофе'],
    ['an answer of its own', 'en', 'coffee.options.black', {}, 'Black'],
    ['what has no value is left out', 'ru', 'coffee.ask', {}, 'Какой кофе, ?'],
    ['everything else is built in', 'ru', 'regular.ask', { number: 1 }, 'survey.regular.ask 1'],
    ['a "yes" of its own question that has none', 'ru', 'parking.yes', {}, 'ownQuestion.yes'],
    ['a "can\'t say", too', 'ru', 'parking.noOpinion', {}, 'ownQuestion.noOpinion'],
    [
      'the factors have their names once',
      'ru',
      'retention.options.price',
      {},
      'survey.importance.options.price',
    ],
    ['a factor named anew', 'ru', 'importance.options.master', {}, 'Мастер'],
    ['is named so in both questions', 'ru', 'retention.options.master', {}, 'Мастер'],
  ] as const)('%s', (_, language, key, values, said) => {
    const questions = [
      ...instrument.map((one) =>
        one.id === 'importance' && typeof one.rows === 'object'
          ? {
              ...one,
              rows: one.rows.map((row) => (row.id === 'master' ? { ...row, name: { ru: 'Мастер' } } : row)),
            }
          : one,
      ),
      coffee,
      own('parking', 'yesNo'),
    ]
    expect(surveyWording(t, { questions }, language)(`survey.${key}`, values)).toBe(said)
  })

  test('a row that is named in the second question alone is named there', () => {
    const questions = instrument.map((one) =>
      one.id === 'retention' ? { ...one, rows: [{ id: 'price', name: { ru: 'Цены' } }] } : one,
    )
    const wording = surveyWording(t, { questions }, 'ru')
    expect([wording('survey.retention.options.price'), wording('survey.importance.options.price')]).toEqual([
      'Цены',
      'survey.importance.options.price',
    ])
  })

  test('the words of one survey do not show through those of another', () => {
    const now = surveyWording(t, { questions: [coffee] }, 'ru')
    const before = surveyWording(now, { questions: [{ ...coffee, words: { ask: { ru: 'Кофе?' } } }] }, 'ru')
    expect([before('survey.coffee.ask'), before('survey.coffee.short')]).toEqual([
      'Кофе?',
      'survey.coffee.short',
    ])
  })

  test('what is not about the survey is passed on', () => {
    expect(surveyWording(t, { questions: [coffee] }, 'ru')('menu.hello', { count: 2 })).toBe('menu.hello 2')
  })
})
