import { describe, expect, test } from 'vitest'
import { quoteLength, quotesOf } from '../../../src/domain/digest/quotes.ts'
import { scoresIn, scoresOf } from '../../../src/domain/scores.ts'
import type { SurveyResponse } from '../../../src/domain/survey.ts'
import { day, hour, minute, monday, surveys, visit, walk } from '../made-up-survey.ts'

const week = { from: monday, until: monday + 7 * day }
const quotes = (...responses: SurveyResponse[]) =>
  quotesOf(responses, scoresIn(scoresOf(responses, surveys), week), week)
const shown = (all: { clientId: number; score: number; text: string }[]) =>
  all.map(({ clientId, score, text }) => `${clientId}: ${score} ${text}`)

describe('quotes', () => {
  test('say who wrote what, about which line, for which score', () => {
    const found = quotes(visit(7, 'hair', 2, 'Испортили\n\nцвет '), visit(8, 'nails', 10, 'Чудо 💅🏽'))
    expect(found).toEqual({
      bad: [
        {
          clientId: 7,
          dialogue: 'visit',
          run: 1,
          line: 'hair',
          score: 2,
          text: 'Испортили цвет',
          cut: false,
          at: monday + 3 * minute,
        },
      ],
      good: [expect.objectContaining({ clientId: 8, line: 'nails', score: 10, text: 'Чудо 💅🏽' })],
    })
  })

  test('bad: the lowest score, then the longest, then the latest; three at most', () => {
    const found = quotes(
      visit(1, 'nails', 6, 'Очень длинная жалоба, но не самая плохая оценка'),
      visit(2, 'nails', 1, 'Коротко'),
      visit(3, 'nails', 1, 'Немного длиннее'),
      visit(4, 'nails', 3, 'Ровно', undefined),
      visit(5, 'nails', 3, 'Позже', { startedAt: monday + hour }),
    )
    expect(shown(found.bad)).toEqual(['3: 1 Немного длиннее', '2: 1 Коротко', '5: 3 Позже'])
    expect(found.good).toEqual([])
  })

  test('good: the highest score, then the reason before the wish, then the longest', () => {
    const found = quotes(
      visit(1, 'nails', 9, 'Девятка, зато с длинной похвалой мастеру'),
      walk(2, { recommend: { nails: 10 }, suggestions: 'Хотелось бы больше цветов и времени' }),
      visit(3, 'nails', 10, 'Супер'),
      visit(4, 'nails', 10, 'Лучший салон'),
      visit(5, 'nails', 8, 'Неплохо'),
    )
    expect(shown(found.good)).toEqual([
      '4: 10 Лучший салон',
      '3: 10 Супер',
      '2: 10 Хотелось бы больше цветов и времени',
    ])
    expect(found.bad).toEqual([])
  })

  test('a walk through the survey is as good as its lowest score', () => {
    const text = { suggestions: 'Стрижка ужасная' }
    expect(quotes(walk(1, { recommend: { nails: 10, hair: 1 }, ...text }))).toMatchObject({
      bad: [{ score: 1, line: undefined, dialogue: 'survey' }],
      good: [],
    })
    expect(quotes(walk(1, { recommend: { hair: 1 }, ...text })).bad).toMatchObject([{ line: 'hair' }])
  })

  test('one of each person', () => {
    const found = quotes(
      visit(1, 'nails', 1, 'Плохо'),
      visit(1, 'hair', 2, 'Тоже плохо', { run: 2 }),
      visit(2, 'hair', 5, 'Так себе'),
    )
    expect(shown(found.bad)).toEqual(['1: 1 Плохо', '2: 5 Так себе'])
  })

  test.each([
    ['chips', visit(1, 'nails', 1, ['price'])],
    ['no letters', visit(1, 'nails', 1, '👎👎 1!')],
    ['no score', visit(1, 'nails', null, 'Не знаю')],
    ['another week', visit(1, 'nails', 1, 'Плохо', { startedAt: monday - day })],
    ['a passive', visit(1, 'nails', 7, 'Нормально')],
  ])('none of %s', (_, response) => expect(quotes(response)).toEqual({ good: [], bad: [] }))

  test('none of a rating that was corrected in the week', () => {
    const later = { run: 2, startedAt: monday + day }
    expect(quotes(visit(1, 'nails', 1, 'Плохо'), visit(1, 'nails', 10, ['master'], later)).bad).toEqual([])
  })
})

describe('a long text', () => {
  const textOf = (text: string) => quotes(visit(1, 'nails', 1, text)).bad[0]

  test('is cut at the end of a word', () => {
    const quote = textOf('слово, '.repeat(200))
    expect(quote).toMatchObject({ cut: true })
    expect(quote?.text).toMatch(/^(слово, )+слово…$/)
    expect(quote?.text.length).toBeLessThanOrEqual(quoteLength + 1)
    expect(quote?.text.length).toBeGreaterThan(quoteLength - 10)
  })

  test('of exactly that length is whole', () => {
    expect(textOf('я'.repeat(quoteLength))).toMatchObject({ text: 'я'.repeat(quoteLength), cut: false })
  })

  test('of one word is cut in it, but never in an emoji', () => {
    expect(textOf('я'.repeat(999))?.text).toBe(`${'я'.repeat(quoteLength)}…`)
    expect(textOf(`я${'👩🏽‍🎨'.repeat(999)}`)?.text).toBe(`я${'👩🏽‍🎨'.repeat(quoteLength - 1)}…`)
  })

  test('is no stronger than one that is as long as a quote may be', () => {
    const found = quotes(
      visit(1, 'nails', 1, 'я'.repeat(900)),
      visit(2, 'nails', 1, 'ю'.repeat(300), { startedAt: monday + hour }),
    )
    expect(found.bad.map(({ clientId }) => clientId)).toEqual([2, 1])
  })
})
