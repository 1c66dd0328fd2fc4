import { expect, test } from 'vitest'
import type { Answers } from '../../src/domain/answer.ts'
import { feedbackOf, type Feedback } from '../../src/domain/feedback.ts'

const cases: [sentence: string, dialogue: string, answers: Answers, expected: Feedback][] = [
  [
    'the survey: a score for each line that was rated, and the suggestions',
    'survey',
    {
      recommend: { value: { nails: 3, hair: 9, face: null }, scale: { from: 0, to: 10 } },
      suggestions: { value: 'Поменьше ждать' },
      incomeAmount: { value: '50 000' },
    },
    {
      scores: [
        { line: 'nails', value: 3, outOf: 10 },
        { line: 'hair', value: 9, outOf: 10 },
      ],
      reasons: [],
      words: 'Поменьше ждать',
    },
  ],
  [
    'a grid that was left in the middle counts as far as it went',
    'survey',
    { recommend: { value: { nails: 1 }, open: true } },
    { scores: [{ line: 'nails', value: 1, outOf: 10 }], reasons: [] },
  ],
  [
    'the short form with reasons to choose from',
    'visit',
    { line: { value: 'hair' }, recommend: { value: 0 }, why: { value: ['master', 'price'] } },
    { scores: [{ line: 'hair', value: 0, outOf: 10 }], reasons: ['master', 'price'] },
  ],
  [
    'the short form with a reason of one’s own',
    'visit',
    { line: { value: 'hair' }, recommend: { value: 10 }, why: { value: 'Всё чудесно 🌸' } },
    { scores: [{ line: 'hair', value: 10, outOf: 10 }], reasons: [], words: 'Всё чудесно 🌸' },
  ],
  ['can’t say is no score', 'visit', { line: { value: 'hair' }, recommend: { value: null } }, empty()],
  ['nothing was answered', 'survey', {}, empty()],
  [
    'what was passed over',
    'survey',
    { recommend: { skipped: true }, suggestions: { skipped: true } },
    empty(),
  ],
  ['another dialogue', 'onboarding', { line: { value: 'hair' }, recommend: { value: 3 } }, empty()],
]

test.each(cases)('%s', (_, dialogue, answers, expected) => {
  expect(feedbackOf(dialogue, answers)).toEqual(expected)
})

function empty(): Feedback {
  return { scores: [], reasons: [] }
}
