/** What is said to a score that was given just now. */
import type { Answers } from '../domain/answer.ts'
import { isUnhappy, numbersOf } from '../domain/happiness.ts'
import { npsClass } from '../domain/nps.ts'
import { recommendId } from '../domain/survey.ts'
import { openRows } from './kinds/grid.ts'
import type { Question, Scene } from './question.ts'

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
