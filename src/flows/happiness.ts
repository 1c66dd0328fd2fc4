/** How a score makes us feel: what is said to it, and whether a person of the salon must know. */
import type { Answer, Answers, Scale } from '../domain/answer.ts'
import { npsClass } from '../domain/nps.ts'
import { recommendId } from '../domain/survey.ts'
import { openRows } from './kinds/grid.ts'
import type { Question, Scene } from './question.ts'

/** The numbers of an answer to the NPS question: one, or one for each line. */
function numbersOf(answer: Answer | undefined): number[] {
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

/**
 * A word about a score that was given just now: to the first low one and the first high one of a question.
 * @param row the grid's row that it was given in
 */
export function reactionTo(
  question: Question,
  answers: Answers,
  row: string | undefined,
  scene: Scene,
): string | undefined {
  const answer = answers[question.id]
  const value = answer?.value
  const score = row === undefined ? value : (value as Record<string, unknown> | undefined)?.[row]
  const mood = typeof score === 'number' ? moodOf(question, score) : undefined
  if (mood === undefined) return undefined
  const alike = numbersOf(answer).filter((one) => moodOf(question, one) === mood).length
  if (alike > 1 || (mood === 'high' && isFollowedByCall(question, answers, scene))) return undefined
  return scene.t(`survey.reaction.${question.id}.${mood}`)
}

/** The next question is "may we call you?", about another line: a cheer right above it would be deaf. */
const isFollowedByCall = (question: Question, answers: Answers, scene: Scene): boolean =>
  question.kind === 'grid' &&
  question.id === recommendId &&
  isUnhappy(answers[question.id]) &&
  openRows(question, scene, answers).length === 0

type Mood = 'low' | 'high'

function moodOf(question: Question, score: number): Mood | undefined {
  if (question.kind !== 'scale' && question.kind !== 'grid') return undefined
  const { from, to } = question
  if (from === undefined) return undefined
  if (question.id === recommendId) return moods[npsClass(score, { from, to })]
  if (question.id !== 'satisfaction') return undefined
  // Three of seven and less is low; only the top is high.
  if (score <= from + 2) return 'low'
  return score === to ? 'high' : undefined
}

const moods = { detractor: 'low', passive: undefined, promoter: 'high' } as const
