/** Grids of numbers and of words, and what becomes of their rows when the survey changes in the middle. */
import { describe, expect, test } from 'vitest'
import type { Answers } from '../../src/domain/answer.ts'
import { cardOf } from '../../src/flows/card.ts'
import { place, step } from '../../src/flows/engine.ts'
import { showAnswer } from '../../src/flows/spot.ts'
import { dialogue, grid, text } from '../../src/flows/question.ts'
import type { Grid, Option } from '../../src/flows/question.ts'
import { moveOf, placeName, play, scene } from './scenes.ts'

const options = (...values: string[]): Option[] => values.map((value) => ({ value, label: `the ${value}` }))
const rows = () => options('hair', 'nails')
const one = (question: Grid) => dialogue({ name: 'survey', version: 1, leave: 'stop', questions: [question] })

const numbers = (from: number, to: number, noOpinion = true) =>
  one(grid('liked', { rows, from, to, noOpinion, optional: true }))
const words = (...values: string[]) =>
  one(grid('liked', { rows, columns: () => options(...values), optional: true }))

const cardAt = (asked: ReturnType<typeof one>, answers: Answers) => {
  const at = place(asked, scene, answers)
  return at ? cardOf(asked, scene, answers, at) : undefined
}

describe('a grid of words', () => {
  test.each<[string, string[], string, unknown]>([
    ['by buttons', ['liked.hair=often', 'liked.nails=never'], 'complete', { hair: 'often', nails: 'never' }],
    ['by labels', ['the often', 'the never'], 'complete', { hair: 'often', nails: 'never' }],
    ['by number', ['2', '1'], 'complete', { hair: 'often', nails: 'never' }],
    ['what is none of them is not taken', ['9', 'seldom'], 'liked(hair)', undefined],
    ["'can't say' is none of them", ["don't know"], 'liked(hair)', undefined],
    ['a number that is none of them', ['liked.hair=2'], 'liked(hair)', undefined],
    ['the row before once more', ['2', 'back', '1'], 'liked(nails)', { hair: 'never' }],
    ['passed over half-way', ['2', 'skip'], 'complete', { hair: 'often' }],
  ])('%s', (_, moves, at, value) => {
    const played = play(words('never', 'often'), moves)
    expect(played.at).toBe(at)
    expect(played.answers['liked']?.value).toEqual(value)
  })

  test('shows its rows in words', () => {
    const { answers } = play(words('never', 'often'), ['2', '1'])
    const asked = words('never', 'often')
    const [question] = asked.questions
    expect(question && showAnswer(asked, scene, answers, question)).toBe(
      'the hair — the often, the nails — the never',
    )
  })
})

describe('another version asks in another way', () => {
  const given = (
    value: Record<string, number | string | null>,
    scale?: { from: number; to: number },
  ): Answers => ({
    liked: { value, ...(scale ? { scale } : {}) },
  })
  const toTen = { from: 1, to: 10 }

  test.each<[string, ReturnType<typeof one>, Answers, string]>([
    ['the same scale: the row stands', numbers(1, 10), given({ hair: 9 }, toTen), 'liked(nails)'],
    ['another scale: it is asked again', numbers(0, 10), given({ hair: 9 }, toTen), 'liked(hair)'],
    [
      '"can\'t say" on another scale is asked again, too',
      numbers(0, 10),
      given({ hair: null }, toTen),
      'liked(hair)',
    ],
    [
      '"can\'t say" stands where it is not offered any more',
      numbers(1, 10, false),
      given({ hair: null }, toTen),
      'liked(nails)',
    ],
    ['without a stamp only what is on the scale stands', numbers(1, 7), given({ hair: 9 }), 'liked(hair)'],
    ['words where there were numbers', words('never', 'often'), given({ hair: 9 }, toTen), 'liked(hair)'],
    ['numbers where there were words', numbers(1, 7), given({ hair: 'often' }), 'liked(hair)'],
    ['a word that is gone', words('never', 'monthly'), given({ hair: 'often' }), 'liked(hair)'],
    ['a word that is still there', words('never', 'often'), given({ hair: 'often' }), 'liked(nails)'],
  ])('%s', (_, asked, answers, at) => {
    expect(placeName(asked, answers)).toBe(at)
  })

  test('what was given in the former way stands until something is given in the new one', () => {
    const answers = given({ hair: 9, nails: 3 }, toTen)
    const stepped = step(numbers(0, 10), scene, answers, moveOf('liked.hair=0'))
    expect(stepped).toMatchObject({ what: 'answered', answers: { liked: { value: { hair: 0 } } } })
  })

  test('a row that was opened again before the change is asked anew, not "kept as it is"', () => {
    const answers: Answers = { liked: { value: { hair: 9, nails: 3 }, scale: toTen, again: ['hair'] } }
    const card = cardAt(numbers(0, 10), answers)
    expect(card?.text.text).not.toContain('dialogue.was')
    expect(card?.groups.flatMap((group) => group.buttons.map((button) => button.label))).not.toContain(
      'dialogue.keep',
    )
    const again = play(numbers(0, 10), ['liked.hair=5', 'liked.nails=6'], answers)
    expect(again.at).toBe('complete')
    expect(again.answers['liked']?.value).toEqual({ hair: 5, nails: 6 })
  })

  test('whoever passes over it then leaves what was given as it was given', () => {
    const { answers } = play(numbers(0, 10), ['skip'], given({ hair: 9 }, toTen))
    expect(answers['liked']).toEqual({ value: { hair: 9 }, scale: toTen, skipped: true })
  })
})

describe('a row that is cleared', () => {
  const asked = dialogue({
    name: 'survey',
    version: 1,
    leave: 'stop',
    questions: [grid('liked', { rows, from: 1, to: 7, optional: true }), text('more', { maxLength: 9 })],
  })

  test.each<[string, string[], string, Answers[string]]>([
    ['goes', ['3', '4', 'back', 'clear'], 'more', { value: { hair: 3 }, skipped: true }],
    [
      'goes by its button',
      ['3', '4', 'back', 'liked.nails=!skip'],
      'more',
      { value: { hair: 3 }, skipped: true },
    ],
    ['takes the answer along when it was the only one', ['3', 'back', 'clear'], 'more', { skipped: true }],
    [
      'leaves the next one open that was opened again with it',
      ['3', '4', 'back', 'back', 'clear'],
      'liked(nails)',
      { value: { nails: 4 }, again: ['nails'], skipped: true },
    ],
    [
      'and that one can stay',
      ['3', '4', 'back', 'back', 'clear', 'keep'],
      'more',
      { value: { nails: 4 }, skipped: true },
    ],
    ['can be given anew', ['3', '4', 'back', 'clear', 'back', '5'], 'more', { value: { hair: 3, nails: 5 } }],
  ])('%s', (_, moves, at, answer) => {
    const played = play(asked, moves)
    expect(played.at).toBe(at)
    expect(played.answers['liked']).toEqual(answer)
  })

  test('and the other one can stay where nothing may be passed over any more', () => {
    const strict = one(grid('liked', { rows, from: 1, to: 7 }))
    const { answers } = play(asked, ['3', '4', 'back', 'back', 'clear'])
    expect(play(strict, ['keep'], answers).last).toMatchObject({ what: 'kept' })
  })
})
