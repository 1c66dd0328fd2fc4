import { describe, expect, test } from 'vitest'
import type { Value } from '../../../src/domain/answer.ts'
import { medianOf, numbersOf } from '../../../src/domain/results/numbers.ts'
import { resultsOf } from '../../../src/domain/results.ts'
import type { Survey, SurveyQuestion, SurveyResponse } from '../../../src/domain/survey.ts'
import { day, lines, minute, monday, skipped, walk } from '../made-up-survey.ts'

const toSeven = { from: 1, to: 7 }
const options = ['tea', 'coffee', 'water'].map((id) => ({ id }))

const own = (rest: Partial<SurveyQuestion>): SurveyQuestion => ({
  id: 'own',
  block: 'salon',
  kind: 'choice',
  ...rest,
})

/** A survey that asks nothing else. */
const asking = (question: SurveyQuestion, version = 1): Survey => ({ version, questions: [question] })

function resultOf(question: SurveyQuestion, responses: SurveyResponse[], older: Survey[] = []) {
  const input = { survey: asking(question), surveys: new Map(older.map((one) => [one.version, one])), lines }
  const [result] = resultsOf({ ...input, responses }).questions
  return result
}

const said = (clientId: number, value: Value, rest: Partial<SurveyResponse> = {}) =>
  walk(clientId, { own: { value } }, rest)

describe('numbers on a scale', () => {
  const near = (value: number) => expect.closeTo(value, 12) as number
  test.each([
    ['one', [4], { mean: 4, median: 4, sd: undefined, topTwo: 0 }],
    ['two', [6, 7], { mean: 6.5, median: 6.5, sd: near(Math.SQRT1_2), topTwo: 1 }],
    [
      'three and a no opinion',
      [1, null, 7, 7],
      { mean: 5, median: 7, sd: near(Math.sqrt(12)), topTwo: 2 / 3 },
    ],
    ['four', [7, 4, 5, 2], { mean: 4.5, median: 4.5, sd: near(Math.sqrt(13 / 3)), topTwo: 1 / 4 }],
    [
      'many of the same',
      [5, 5, 5, 5, 5, 6],
      { mean: near(31 / 6), median: 5, sd: near(Math.sqrt(1 / 6)), topTwo: 1 / 6 },
    ],
    ['nobody', [], undefined],
    ['no opinions only', [null, null], undefined],
  ])('%s', (_, values, figures) => expect(numbersOf(values, toSeven).figures).toEqual(figures))

  test('every point is counted, also those that nobody gave', () => {
    expect(numbersOf([1, 7, 7, null], toSeven)).toMatchObject({
      n: 3,
      noOpinion: 1,
      counts: [1, 0, 0, 0, 0, 0, 2].map((count, index) => ({ id: index + 1, count, share: count / 3 })),
    })
    expect(numbersOf([null], { from: 0, to: 1 }).counts.map(({ share }) => share)).toEqual([0, 0])
  })

  test.each([
    [[], undefined],
    [[3], 3],
    [[9, 1], 5],
    [[10, 2, 3], 3],
    [[4, 1, 3, 2], 2.5],
  ])('the median of %j is %s', (values, median) => expect(medianOf(values)).toBe(median))
})

describe('each kind of question has results of its form', () => {
  test('a yes or no', () => {
    const result = resultOf(own({ kind: 'yesNo' }), [said(1, true), said(2, false), said(3, true), walk(4)])
    expect(result).toMatchObject({
      id: 'own',
      block: 'salon',
      people: 3,
      skipped: 0,
      otherVersion: 0,
      kind: 'options',
    })
    expect(result).toMatchObject({
      distribution: { n: 3, counts: [{ id: 'yes', share: 2 / 3 }, { id: 'no' }] },
    })
  })

  test('a choice', () => {
    const responses = [
      said(1, 'tea'),
      said(2, 'tea'),
      said(3, 'water'),
      walk(4, { own: skipped }),
      said(5, 'whisky'),
    ]
    expect(resultOf(own({ options }), responses)).toMatchObject({
      people: 3,
      skipped: 1,
      distribution: {
        n: 3,
        counts: [
          { id: 'tea', count: 2, share: 2 / 3 },
          { id: 'coffee', count: 0, share: 0 },
          { id: 'water', count: 1, share: 1 / 3 },
        ],
      },
    })
  })

  test('several choices: shares of people, who may have chosen more than one', () => {
    const responses = [said(1, ['tea', 'water']), said(2, ['tea']), said(3, []), said(4, ['tea', 'tea'])]
    expect(resultOf(own({ kind: 'choices', options }), responses)).toMatchObject({
      people: 3,
      distribution: { n: 3, counts: [{ share: 1 }, { share: 0 }, { share: 1 / 3 }] },
    })
  })

  test('a number', () => {
    const responses = [said(1, 7), said(2, null), said(3, 4), said(4, 8), said(5, 0), said(6, 1.5)]
    expect(resultOf(own({ kind: 'scale', scale: toSeven }), responses)).toMatchObject({
      people: 3,
      numbers: { n: 2, noOpinion: 1, figures: { mean: 5.5, topTwo: 0.5 } },
    })
  })

  test('a grid of numbers: a row is in nobody else’s way, and rows that are gone are gone', () => {
    const responses = [
      said(1, { nails: 7, hair: null }),
      said(2, { nails: 5, sauna: 1 }),
      walk(3, { own: skipped }),
    ]
    expect(resultOf(own({ kind: 'grid', rows: 'usedLines', scale: toSeven }), responses)).toMatchObject({
      people: 2,
      skipped: 1,
      rows: [
        { row: 'nails', numbers: { n: 2, noOpinion: 0, figures: { mean: 6 } } },
        { row: 'hair', numbers: { n: 0, noOpinion: 1, figures: undefined } },
        { row: 'face', numbers: { n: 0, noOpinion: 0 } },
      ],
    })
  })

  test('a grid of options', () => {
    const question = own({ kind: 'grid', rows: [{ id: 'morning' }, { id: 'evening' }], options })
    const responses = [
      said(1, { morning: 'tea', evening: 'water' }),
      said(2, { morning: 'tea', evening: null }),
    ]
    expect(resultOf(question, responses)).toMatchObject({
      rows: [
        {
          row: 'morning',
          distribution: { n: 2, noOpinion: 0, counts: [{ count: 2 }, { count: 0 }, { count: 0 }] },
        },
        {
          row: 'evening',
          distribution: { n: 1, noOpinion: 1, counts: [{ count: 0 }, { count: 0 }, { count: 1 }] },
        },
      ],
    })
  })

  test('texts with who wrote them, the latest first', () => {
    const responses = [said(1, 'Да'), said(2, ' '), said(3, 'Ещё 💅🏽', { startedAt: monday + day })]
    expect(resultOf(own({ kind: 'text' }), responses)).toMatchObject({
      people: 2,
      texts: [
        { clientId: 3, value: 'Ещё 💅🏽', at: monday + day + minute },
        { clientId: 1, value: 'Да', at: monday + minute },
      ],
    })
  })

  test('dates with who gave them', () => {
    expect(resultOf(own({ kind: 'date' }), [said(1, { day: 1, month: 5 })])).toMatchObject({
      dates: [{ clientId: 1, value: { day: 1, month: 5 } }],
    })
  })
})

describe('a person counts once', () => {
  const question = own({ kind: 'grid', rows: 'usedLines', scale: toSeven })
  test('with the last word, row by row', () => {
    const responses = [
      said(1, { nails: 7, hair: 6 }, { run: 2, startedAt: monday + day }),
      said(1, { nails: 1, face: 2 }),
      walk(1, { own: skipped }, { run: 3, startedAt: monday + 2 * day }),
    ]
    const result = resultOf(question, responses)
    expect(result).toMatchObject({
      people: 1,
      skipped: 0,
      rows: [7, 6, 2].map((mean) => ({ numbers: { n: 1, figures: { mean } } })),
    })
    expect(resultOf(question, responses.toReversed())).toEqual(result)
  })

  test('said at the same moment, the later walk has the last word', () => {
    const at = { at: monday }
    const responses = [2, 1].map((run) => walk(1, { own: { value: { nails: run }, ...at } }, { run }))
    for (const all of [responses, responses.toReversed()])
      expect(resultOf(question, all)).toMatchObject({ rows: [{ numbers: { figures: { mean: 2 } } }, {}, {}] })
  })

  test('in the period alone', () => {
    const responses = [said(1, 'tea'), said(1, 'water', { run: 2, startedAt: monday + day })]
    const period = { from: monday, until: monday + day }
    const input = { responses, survey: asking(own({ options })), surveys: new Map(), lines, period }
    expect(resultsOf(input).questions).toMatchObject([
      { people: 1, distribution: { counts: [{ count: 1 }, {}, {}] } },
    ])
  })
})

describe('an answer to an older survey counts where it means the same', () => {
  const two = { version: 2 }
  test.each([
    ['the same question', own({ options }), own({ options }), 'tea', true],
    ['its options in another order', own({ options }), own({ options: options.toReversed() }), 'tea', true],
    ['other words', own({ options }), own({ options, words: { ask: { ru: 'Что налить?' } } }), 'tea', true],
    ['one option more', own({ options }), own({ options: options.slice(1) }), 'water', false],
    ['another kind', own({ options }), own({ kind: 'choices', options }), 'tea', false],
    [
      'the same scale',
      own({ kind: 'scale', scale: toSeven }),
      own({ kind: 'scale', scale: toSeven }),
      7,
      true,
    ],
    [
      'another scale',
      own({ kind: 'scale', scale: toSeven }),
      own({ kind: 'scale', scale: { from: 0, to: 7 } }),
      7,
      false,
    ],
    [
      'a number off its scale now',
      own({ kind: 'scale', scale: toSeven }),
      own({ kind: 'scale', scale: { from: 1, to: 10 } }),
      9,
      false,
    ],
    [
      'other rows',
      own({ kind: 'grid', rows: 'lines', scale: toSeven }),
      own({ kind: 'grid', rows: [{ id: 'nails' }], scale: toSeven }),
      { nails: 7 },
      true,
    ],
    ['no such question', own({ options }), own({ id: 'other', options }), 'tea', false],
  ])('%s', (_, now, then, value, counts) => {
    const result = resultOf(now, [said(1, value, two)], [asking(then, 2)])
    expect(result).toMatchObject(counts ? { people: 1, otherVersion: 0 } : { people: 0, otherVersion: 1 })
  })

  test('one that nobody knows does not', () => {
    expect(resultOf(own({ options }), [said(1, 'tea', two)])).toMatchObject({ people: 0, otherVersion: 1 })
  })

  test('the answer’s own scale and version go before those of its walk', () => {
    const scale = own({ kind: 'scale', scale: toSeven })
    const older = [asking(own({ kind: 'scale', scale: { from: 0, to: 7 } }), 2)]
    const given = (answer: object) => [walk(1, { own: { value: 5, ...answer } }, two)]
    expect(resultOf(scale, given({}), older)).toMatchObject({ people: 0, otherVersion: 1 })
    expect(resultOf(scale, given({ scale: toSeven }), older)).toMatchObject({ people: 1, otherVersion: 0 })
    expect(resultOf(scale, given({ version: 1 }), older)).toMatchObject({ people: 1, otherVersion: 0 })
  })

  test('who has said it anew is not counted apart', () => {
    const responses = [said(1, 'tea', two), said(1, 'water', { run: 2, startedAt: monday + day })]
    const older = [asking(own({ options: options.slice(1) }), 2)]
    expect(resultOf(own({ options }), responses, older)).toMatchObject({ people: 1, otherVersion: 0 })
  })
})
