import { describe, expect, test } from 'vitest'
import type { Invitation } from '../../../src/domain/results/invited.ts'
import { invitedIn } from '../../../src/domain/results/invited.ts'
import { resultsOf } from '../../../src/domain/results.ts'
import type { SurveyResponse } from '../../../src/domain/survey.ts'
import { day, hour, lines, minute, monday, skipped, survey, surveys, visit, walk } from '../made-up-survey.ts'

const week = { from: monday, until: monday + 7 * day }
const funnel = (responses: SurveyResponse[], period = week) =>
  resultsOf({ responses, survey, surveys, lines, period }).funnel

describe('invitations', () => {
  const at = monday + hour
  const after = { startedAt: at + minute }
  test.each<[string, Invitation[], SurveyResponse[], object]>([
    ['nobody', [], [], { people: 0, rate: undefined }],
    ['silence', [{ clientId: 1, at }], [], { people: 1, silent: 1, started: 0, rate: 0 }],
    ['a no', [{ clientId: 1, at, answer: 'no' }], [], { no: 1, silent: 0, rate: 0 }],
    [
      'the evening, and then an answer',
      [
        { clientId: 1, at, answer: 'evening' },
        { clientId: 1, at: at + hour, answer: 'now' },
      ],
      [walk(1, { regular: true }, { ...after, status: 'stopped' })],
      { people: 1, now: 1, evening: 0, started: 1, responded: 1, finished: 0, rate: 1 },
    ],
    [
      'the last word, read in any order',
      [
        { clientId: 1, at: at + hour, answer: 'now' },
        { clientId: 1, at: at + 2 * hour },
        { clientId: 1, at, answer: 'no' },
      ],
      [],
      { people: 1, now: 1, no: 0, silent: 0 },
    ],
    ['a finished walk', [{ clientId: 1, at }], [walk(1, { regular: true }, after)], { finished: 1, rate: 1 }],
    ['opened and left', [{ clientId: 1, at }], [walk(1, {}, after)], { started: 1, responded: 0, rate: 0 }],
    ['only passed over', [{ clientId: 1, at }], [walk(1, { regular: skipped }, after)], { responded: 0 }],
    [
      'only what was known',
      [{ clientId: 1, at }],
      [walk(1, { sex: { value: 'female', known: true } }, after)],
      { started: 1, responded: 0 },
    ],
    ['a walk begun before', [{ clientId: 1, at }], [walk(1, { regular: true })], { started: 0, rate: 0 }],
    ['somebody else', [{ clientId: 1, at }], [walk(2, { regular: true }, after)], { people: 1, started: 0 }],
    [
      'two forms, one answered',
      [
        { clientId: 1, at },
        { clientId: 1, at, dialogue: 'visit' },
      ],
      [visit(1, 'nails', 9, undefined, after)],
      { people: 2, started: 1, responded: 1, rate: 0.5 },
    ],
    [
      'a short form with nothing but the line that we know',
      [{ clientId: 1, at, dialogue: 'visit' }],
      [walk(1, { line: 'nails' }, { ...after, dialogue: 'visit', status: 'open' })],
      { started: 1, responded: 0 },
    ],
    ['an invitation of another week', [{ clientId: 1, at: monday - 1 }], [], { people: 0 }],
  ])('%s', (_, invitations, responses, wanted) =>
    expect(invitedIn(invitations, responses, week)).toMatchObject(wanted),
  )
})

test('the survey and the short form are two funnels: what came of one is not told of the other', () => {
  const at = monday + hour
  const invitations: Invitation[] = [
    { clientId: 1, at },
    { clientId: 2, at },
    { clientId: 1, at, dialogue: 'visit' },
    { clientId: 2, at, dialogue: 'visit' },
    { clientId: 3, at, dialogue: 'visit' },
  ]
  const responses = [
    walk(1, { regular: true }, { startedAt: at + minute }),
    visit(1, 'nails', 9, undefined, { startedAt: at }),
    visit(3, 'hair', 9, undefined, { startedAt: at }),
  ]
  const found = resultsOf({ responses, invitations, survey, surveys, lines, period: week }).funnel
  expect(found.invited).toMatchObject({ people: 2, responded: 1, rate: 0.5 })
  expect(found.afterVisits).toMatchObject({ people: 3, responded: 2 })
})

describe('walks through the survey', () => {
  test('begin in the period and end in one of three ways', () => {
    const responses = [
      walk(1),
      walk(2, {}, { status: 'stopped' }),
      walk(3, {}, { status: 'open' }),
      walk(4, {}, { status: 'paused' }),
      walk(5, {}, { startedAt: monday - 1 }),
      visit(6, 'nails', 9),
    ]
    expect(funnel(responses).walks).toEqual({ begun: 4, finished: 1, stopped: 1, open: 2 })
  })

  test('take as long as from the beginning to the last answer; those spread over days count apart', () => {
    const lasting = (clientId: number, took: number, rest: Partial<SurveyResponse> = {}) =>
      walk(
        clientId,
        { regular: { value: true, at: monday + took } },
        { changedAt: monday + 9 * day, ...rest },
      )
    const responses = [
      lasting(1, 2 * minute),
      lasting(2, 4 * minute),
      lasting(3, 9 * minute),
      lasting(4, day),
      lasting(5, day + minute),
      lasting(6, minute, { status: 'stopped' }),
    ]
    expect(funnel(responses).duration).toEqual({ medianMinutes: 6.5, n: 4, overDays: 1 })
    expect(funnel([]).duration).toEqual({ medianMinutes: undefined, n: 0, overDays: 0 })
    expect(funnel([walk(1, {}, { changedAt: monday + 3 * minute })]).duration.medianMinutes).toBe(3)
  })
})

describe('question by question', () => {
  const stopped = { status: 'stopped' } as const
  const begun = { regular: true, card: false, tenure: 'first' }
  const step = (responses: SurveyResponse[], id: string) => {
    const found = funnel(responses).steps.find((one) => one.id === id)
    return found && [found.reached, found.answered, found.skipped, found.left, found.last]
  }

  test.each<[string, SurveyResponse[], Record<string, number[]>]>([
    ['opened and left', [walk(1, {}, stopped)], { regular: [1, 0, 0, 1, 0], card: [0, 0, 0, 0, 0] }],
    [
      'left after two answers',
      [walk(1, { regular: true, card: skipped }, stopped)],
      {
        regular: [1, 1, 0, 0, 0],
        card: [1, 0, 1, 0, 1],
        tenure: [1, 0, 0, 1, 0],
        frequency: [0, 0, 0, 0, 0],
      },
    ],
    [
      'left in a grid',
      [walk(1, { ...begun, frequency: { nails: 'monthly', hair: 'never' } }, stopped)],
      { frequency: [1, 1, 0, 1, 1], satisfaction: [0, 0, 0, 0, 0] },
    ],
    [
      'left between grids: only used lines are asked about',
      [
        walk(
          1,
          {
            ...begun,
            frequency: { nails: 'monthly', hair: 'never', face: 'never' },
            satisfaction: { nails: 7 },
          },
          stopped,
        ),
      ],
      { satisfaction: [1, 1, 0, 0, 1], recommend: [1, 0, 0, 1, 0] },
    ],
    [
      'nothing is used: three grids are not asked',
      [walk(1, { ...begun, frequency: { nails: 'never', hair: 'never', face: 'never' } }, stopped)],
      { satisfaction: [0, 0, 0, 0, 0], recommend: [0, 0, 0, 0, 0], importance: [1, 0, 0, 1, 0] },
    ],
    [
      'rows of a grid passed over',
      [walk(1, { ...begun, frequency: { value: { nails: 'monthly' }, skipped: true } }, stopped)],
      { frequency: [1, 1, 0, 0, 1], satisfaction: [1, 0, 0, 1, 0] },
    ],
    [
      'known already: not asked, and passed by',
      [walk(1, { regular: { value: true, known: true } }, stopped)],
      { regular: [0, 0, 0, 0, 0], card: [1, 0, 0, 1, 0] },
    ],
    [
      'back at an earlier question',
      [walk(1, { regular: true, card: { value: true, open: true } }, { status: 'paused' })],
      { regular: [1, 1, 0, 0, 0], card: [1, 1, 0, 1, 1], tenure: [0, 0, 0, 0, 0] },
    ],
    [
      'finished: nobody is left and nothing is last',
      [walk(1, { regular: true, suggestions: skipped })],
      { regular: [1, 1, 0, 0, 0], suggestions: [1, 0, 1, 0, 0], card: [0, 0, 0, 0, 0] },
    ],
  ])('%s', (_, responses, wanted) => {
    for (const [id, figures] of Object.entries(wanted))
      expect([id, step(responses, id)]).toEqual([id, figures])
  })

  test('a part of a question is reached when the whole was answered', () => {
    const answers = Object.fromEntries(
      survey.questions
        .filter(({ id }) => !['income', 'incomeAmount', 'travel'].includes(id))
        .map(({ id }) => [id, skipped]),
    )
    expect(step([walk(1, { ...answers, income: 4 }, stopped)], 'incomeAmount')).toEqual([1, 0, 0, 1, 0])
    expect(step([walk(1, { ...answers, income: skipped }, stopped)], 'incomeAmount')).toEqual([0, 0, 0, 0, 0])
    expect(step([walk(1, { ...answers, income: skipped }, stopped)], 'travel')).toEqual([1, 0, 0, 1, 0])
  })

  test('a walk goes the way of its own version', () => {
    const personFirst = { version: 5, questions: survey.questions.toReversed() }
    const responses = [walk(1, { travel: 'under10' }, { ...stopped, version: 5 })]
    const known = new Map([[5, personFirst]])
    const { steps } = resultsOf({ responses, survey, surveys: known, lines }).funnel
    expect(steps.filter(({ reached }) => reached > 0).map(({ id }) => id)).toEqual(['income', 'travel'])
  })
})
