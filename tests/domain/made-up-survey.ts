/** Responses for the tests of the results: made by hand in one line, or at random. */
import fc from 'fast-check'
import type { Answer, Answers, Value } from '../../src/domain/answer.ts'
import { instrument } from '../../src/domain/instrument.ts'
import type { Survey, SurveyResponse } from '../../src/domain/survey.ts'

export const lines = ['nails', 'hair', 'face']
export const factors = ['master', 'reputation', 'location', 'price', 'quality', 'habit', 'other']
export const survey: Survey = { version: 1, questions: instrument }
/** The same survey asked from 0 to 10, as the second version. */
export const zeroToTen: Survey = {
  version: 2,
  questions: instrument.map((one) => (one.id === 'recommend' ? { ...one, scale: { from: 0, to: 10 } } : one)),
}
export const surveys = new Map([survey, zeroToTen].map((one) => [one.version, one]))

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
/** Monday, 23 November 2026, 00:00 in Moscow. */
export const monday = Temporal.ZonedDateTime.from('2026-11-23T00:00[Europe/Moscow]').epochMilliseconds

type Given = Record<string, Value | Answer>

/** A walk of `clientId`; answers are given a minute apart, from `startedAt` on, unless they say when. */
export function walk(
  clientId: number,
  given: Given = {},
  rest: Partial<SurveyResponse> = {},
): SurveyResponse {
  const startedAt = rest.startedAt ?? monday
  const answers = Object.entries(given).map(([id, value], index): [string, Answer] => {
    const answer = isAnswer(value) ? value : { value }
    return [id, { at: startedAt + (index + 1) * minute, ...answer }]
  })
  const changedAt = startedAt + answers.length * minute
  return {
    clientId,
    dialogue: 'survey',
    run: 1,
    version: 1,
    status: 'finished',
    startedAt,
    changedAt,
    ...rest,
    answers: Object.fromEntries(answers),
  }
}

/** The short form after a visit. */
export const visit = (
  clientId: number,
  line: string,
  recommend: number | null,
  why?: Value,
  rest: Partial<SurveyResponse> = {},
): SurveyResponse =>
  walk(clientId, { line, recommend, ...(why === undefined ? {} : { why }) }, { ...rest, dialogue: 'visit' })

export const skipped: Answer = { skipped: true }

/** An answer by its fields; a date or a grid may have others of these names only by accident. */
const isAnswer = (value: Value | Answer): value is Answer =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  ('value' in value || 'skipped' in value || 'known' in value)

const row = (most: number) =>
  fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: most }) }, fc.constant(null))

const grid = (rows: string[], most: number) =>
  fc
    .subarray(rows, { minLength: 1 })
    .chain((some) =>
      fc
        .array(row(most), { minLength: some.length, maxLength: some.length })
        .map((values) => Object.fromEntries(some.map((id, index) => [id, values[index] ?? null]))),
    )

/** One of the options of a built-in choice. */
const option = (id: string) =>
  fc.constantFrom(...(instrument.find((one) => one.id === id)?.options ?? []).map((one) => one.id))

const answersOf: Record<string, fc.Arbitrary<Value>> = {
  regular: fc.boolean(),
  tenure: option('tenure'),
  frequency: fc.record(Object.fromEntries(lines.map((line) => [line, option('frequency')]))),
  satisfaction: grid(lines, 7),
  recommend: grid(lines, 10),
  importance: grid(factors, 7),
  retention: grid(factors, 7),
  intention: grid(lines, 7),
  suggestions: fc.constantFrom('Больше цветов', 'Дорого', 'Спасибо мастеру, всё очень понравилось'),
  sex: option('sex'),
  age: option('age'),
  income: fc.integer({ min: 1, max: 7 }),
}

const surveyAnswers: fc.Arbitrary<Answers> = fc
  .record(
    Object.fromEntries(
      Object.entries(answersOf).map(([id, value]) => [
        id,
        fc.oneof(
          { weight: 6, arbitrary: value.map((one): Answer => ({ value: one })) },
          { weight: 1, arbitrary: fc.constant(skipped) },
        ),
      ]),
    ),
    { requiredKeys: [] },
  )
  .map((answers) => answers as Answers)

const visitAnswers: fc.Arbitrary<Answers> = fc
  .record({
    line: fc.constantFrom(...lines).map((value): Answer => ({ value })),
    recommend: row(10).map((value): Answer => ({ value })),
    why: fc
      .oneof(fc.subarray(factors), fc.constantFrom('Всё испортили', 'Чудесно'))
      .map((value): Answer => ({ value })),
  })
  .map((answers): Answers => answers)

/** Walks of up to `people` people in the 13 weeks before `monday`, the runs of each counted from 1. */
export const walks = (people = 30, maxLength = 60): fc.Arbitrary<SurveyResponse[]> =>
  fc
    .array(
      fc.record({
        clientId: fc.integer({ min: 1, max: people }),
        form: fc.oneof(
          surveyAnswers.map((answers) => ({ dialogue: 'survey' as const, answers })),
          visitAnswers.map((answers) => ({ dialogue: 'visit' as const, answers })),
        ),
        version: fc.constantFrom(1, 1, 1, 2),
        status: fc.constantFrom('finished', 'stopped', 'open', 'paused'),
        startedAt: fc.integer({ min: monday - 91 * day, max: monday - hour }),
      }),
      { maxLength },
    )
    .map((all) =>
      all.map(({ form, ...rest }, index) => timed({ ...rest, ...form, run: index + 1, changedAt: 0 })),
    )

function timed(response: SurveyResponse): SurveyResponse {
  const answers = Object.entries(response.answers).map(([id, answer], index): [string, Answer] => [
    id,
    { ...answer, at: response.startedAt + (index + 1) * minute },
  ])
  return {
    ...response,
    answers: Object.fromEntries(answers),
    changedAt: response.startedAt + answers.length * minute,
  }
}

/** The same things in any order. */
export const shuffled = <T>(things: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...things], { minLength: things.length, maxLength: things.length })
