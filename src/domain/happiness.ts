/** How happy the scores of an answer to the NPS question are. */
import type { Answer, Scale } from './answer.ts'
import { npsClass } from './nps.ts'

/** The numbers of an answer to the NPS question: one, or one for each line. */
export function numbersOf(answer: Answer | undefined): number[] {
  const value = answer?.value
  const all = typeof value === 'object' && value !== null ? Object.values(value) : [value]
  return all.filter((one): one is number => typeof one === 'number')
}

/** The scale of an answer; without one it was given on the usual 1-10. */
const scaleOf = (answer: Answer | undefined): Scale => answer?.scale ?? { from: 1, to: 10 }

/** Whether there is a detractor's score in an answer to the NPS question. */
export const isUnhappy = (answer: Answer | undefined): boolean =>
  numbersOf(answer).some((score) => npsClass(score, scaleOf(answer)) === 'detractor')

/** Whether the client praised the salon and scolded nothing. */
export const isPraise = (answer: Answer | undefined): boolean =>
  !isUnhappy(answer) && numbersOf(answer).some((score) => npsClass(score, scaleOf(answer)) === 'promoter')
