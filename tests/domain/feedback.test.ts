import { expect, test } from 'vitest'
import type { Answers } from '../../src/domain/answer.ts'
import { feedbackOf } from '../../src/domain/feedback.ts'

interface Expected {
  /** "nails 3 of 10" */
  scores: string[]
  reasons: string[]
  words?: string
}

const cases: [sentence: string, dialogue: 'survey' | 'visit', answers: Answers, expected: Expected][] = [
  [
    'the survey: a score for each line that was rated, and the suggestions',
    'survey',
    {
      recommend: { value: { nails: 3, hair: 9, face: null }, scale: { from: 0, to: 10 } },
      suggestions: { value: 'Поменьше ждать' },
      incomeAmount: { value: '50 000' },
    },
    { scores: ['nails 3 of 10', 'hair 9 of 10'], reasons: [], words: 'Поменьше ждать' },
  ],
  [
    'a grid that was left in the middle counts as far as it went',
    'survey',
    { recommend: { value: { nails: 1 }, open: true } },
    { scores: ['nails 1 of 10'], reasons: [] },
  ],
  [
    'the short form with reasons to choose from',
    'visit',
    { line: { value: 'hair' }, recommend: { value: 2 }, why: { value: ['master', 'price'] } },
    { scores: ['hair 2 of 10'], reasons: ['master', 'price'] },
  ],
  [
    'the short form with a reason of one’s own',
    'visit',
    { line: { value: 'hair' }, recommend: { value: 10 }, why: { value: 'Всё чудесно 🌸' } },
    { scores: ['hair 10 of 10'], reasons: [], words: 'Всё чудесно 🌸' },
  ],
  ['can’t say is no score', 'visit', { line: { value: 'hair' }, recommend: { value: null } }, empty()],
  ['nothing was answered', 'survey', {}, empty()],
  [
    'what was passed over',
    'survey',
    { recommend: { skipped: true }, suggestions: { skipped: true } },
    empty(),
  ],
]

test.each(cases)('%s', (_, dialogue, answers, expected) => {
  const walk = { clientId: 1, run: 1, version: 1, status: 'open', startedAt: 0, changedAt: 0 } as const
  const { scores, ...rest } = feedbackOf({ ...walk, dialogue, answers })
  expect({
    scores: scores.map(({ line, value, scale }) => `${line} ${value} of ${scale.to}`),
    ...rest,
  }).toEqual(expected)
})

function empty(): Expected {
  return { scores: [], reasons: [] }
}
