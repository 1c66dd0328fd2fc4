/** What an answer remembers of how it was asked. */
import { expect, test } from 'vitest'
import type { Answer } from '../../src/domain/answer.ts'
import { choice, dialogue, grid, scale, text } from '../../src/flows/question.ts'
import type { Question } from '../../src/flows/question.ts'
import { stamp } from '../../src/flows/stamp.ts'

const rows = () => [{ value: 'hair', label: 'Hair' }]
const numbers = grid('q', { rows, from: 0, to: 10 })
const words = grid('q', { rows, columns: rows })
const one = scale('q', { from: 1, to: 7 })
const free = text('q', { maxLength: 9 })
const option = choice('q', { options: rows })
const toSeven = { from: 1, to: 7 }

test.each<[string, Question, number, Answer, Answer]>([
  ['a choice: when', option, 2, { value: 'hair' }, { value: 'hair', at: 17 }],
  ['a text: when', free, 2, { value: 'tea' }, { value: 'tea', at: 17 }],
  ['a number: when, and on which scale', one, 2, { value: 3 }, { value: 3, at: 17, scale: toSeven }],
  ['no opinion is given on a scale, too', one, 2, { value: null }, { value: null, at: 17, scale: toSeven }],
  [
    'a grid of words has no scale',
    words,
    2,
    { value: { hair: 'hair' } },
    { value: { hair: 'hair' }, at: 17 },
  ],
  [
    'a grid of numbers has one',
    numbers,
    2,
    { value: { hair: 9 } },
    { value: { hair: 9 }, at: 17, scale: { from: 0, to: 10 } },
  ],
  [
    'asked in another version than the walk began with: in which',
    one,
    1,
    { value: 3 },
    { value: 3, at: 17, scale: toSeven, version: 2 },
  ],
  ['passed over: when', one, 2, { skipped: true }, { skipped: true, at: 17 }],
  [
    'the rest of a grid passed over: its rows keep their time, their scale and their version',
    numbers,
    1,
    { value: { hair: 6 }, at: 5, scale: toSeven, skipped: true },
    { value: { hair: 6 }, at: 5, scale: toSeven, skipped: true },
  ],
])('%s', (_, question, begunIn, answer, stamped) => {
  const asked = dialogue({ name: 'survey', version: 2, stamped: true, questions: [question] })
  expect(stamp(asked, { version: begunIn }, question, { q: answer, other: { value: 1 } }, 17)).toEqual({
    q: stamped,
    other: { value: 1 },
  })
})

test('a dialogue whose times do not matter keeps none', () => {
  const asked = dialogue({ name: 'd', version: 1, questions: [one] })
  expect(stamp(asked, { version: 1 }, one, { q: { value: 3 } }, 17)).toEqual({ q: { value: 3 } })
})
