/** How conditions are written in what a button carries. */
import type { Scale } from '../../../domain/answer.ts'
import type { Range } from '../../../domain/offers/audience.ts'
import { murmur3 } from '../../../domain/offers/hash.ts'
import type { SurveyQuestion } from '../../../domain/survey.ts'

/** Names that are too long for a button, or have letters that it can't carry. */
export const codeOf = (name: string): string => murmur3(name).toString(36)

/** "30-60", "30-", "-30" */
export const rangeCode = ({ from, to }: Range): string => `${from ?? ''}-${to ?? ''}`

/** In any row of a grid. */
export const anyRow = '*'

export const answerCode = (question: string, row: string | undefined, answer: string): string =>
  ['a', question, row ?? anyRow, codeOf(answer)].join('.')

export const scoreCode = (question: string, row: string | undefined, range: Range): string =>
  ['s', question, row ?? anyRow, rangeCode(range)].join('.')

/** What the answers to a question are called in rules. */
export const answersOf = ({ kind, options }: SurveyQuestion): readonly string[] =>
  kind === 'yesNo' ? ['yes', 'no'] : (options ?? []).map(({ id }) => id)

/** Undefined: no range. */
export function readRangeCode(code: string): Range | undefined {
  const [, from, to] = /^(\d{0,5})-(\d{0,5})$/.exec(code) ?? []
  if (from === undefined || to === undefined || from + to === '') return undefined
  return { ...(from !== '' && { from: Number(from) }), ...(to !== '' && { to: Number(to) }) }
}

/** Three parts of a scale, from the best down: of ten points those that the NPS has, otherwise thirds. */
export function bandsOf({ from, to }: Scale): readonly Range[] {
  if (to === 10 && from <= 1)
    return [
      { from: 9, to },
      { from: 7, to: 8 },
      { from, to: 6 },
    ]
  const third = Math.floor((to - from + 1) / 3)
  if (third === 0)
    return Array.from({ length: to - from + 1 }, (_, place) => ({ from: to - place, to: to - place }))
  return [
    { from: to - third + 1, to },
    { from: to - 2 * third + 1, to: to - third },
    { from, to: to - 2 * third },
  ]
}
