/** A reason in one tap, or in one's own words. */
import { expect, test } from 'vitest'
import type { Answers } from '../../src/domain/answer.ts'
import { showAnswer } from '../../src/flows/spot.ts'
import { chips, dialogue } from '../../src/flows/question.ts'
import { placeName, play, scene } from './scenes.ts'

const options = ['price', 'quality'].map((value) => ({ value, label: `the ${value}` }))
const asked = dialogue({
  name: 'visit',
  version: 1,
  leave: 'later',
  questions: [chips('why', { optional: true, maxLength: 30, options: () => options })],
})

test.each<[string, string[], unknown, string]>([
  ['a tap', ['why=price'], ['price'], 'the price'],
  ['its label', ['The quality!'], ['quality'], 'the quality'],
  ['its number', ['2'], ['quality'], 'the quality'],
  [
    'own words, as they are',
    ['  the price was fine, but… '],
    '  the price was fine, but… ',
    '  the price was fine, but… ',
  ],
  ['yes and no are words', ['no'], 'no', 'no'],
  ['passed over', ['skip'], undefined, '—'],
])('%s', (_, moves, value, shown) => {
  const { answers, at } = play(asked, moves)
  expect(at).toBe('complete')
  expect(answers['why']?.value).toEqual(value)
  const [question] = asked.questions
  expect(question && showAnswer(asked, scene, answers, question)).toBe(shown)
})

test.each<[string, string, string]>([
  ['words that are too long', 'x'.repeat(31), 'dialogue.tooLong 30'],
  ['a reason that is gone', 'why=colour', 'dialogue.gone'],
])('%s', (_, move, problem) => {
  expect(play(asked, [move]).last).toEqual({ what: 'refused', problem })
})

test.each<[string, Answers, string]>([
  ['a reason that is still there stands', { why: { value: ['price'] } }, 'complete'],
  ['one that is gone is asked for again', { why: { value: ['colour'] } }, 'why'],
  ['own words stand', { why: { value: 'colour' } }, 'complete'],
  ['nothing at all is no reason', { why: { value: [] } }, 'why'],
])('another version: %s', (_, answers, at) => expect(placeName(asked, answers)).toBe(at))
