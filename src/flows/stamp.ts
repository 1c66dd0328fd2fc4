import type { Answer, Answers } from '../domain/answer.ts'
import type { Walk } from '../domain/known.ts'
import type { Dialogue, Question } from './question.ts'

/**
 * The answers with what the results must know of the one just given: when it was given, on which scale, and in which version
 * it was asked where that is not the walk's.
 * @param now epoch milliseconds
 */
export function stamp(
  dialogue: Dialogue,
  walk: Pick<Walk, 'version'>,
  question: Question,
  answers: Answers,
  now: number,
): Answers {
  const answer = answers[question.id]
  if (!dialogue.stamped || !answer) return answers
  // The rows that stay when the rest of a grid is passed over were given when, and on the scale, they were given.
  if (answer.skipped && answer.value !== undefined) return answers
  const stamped: Answer = {
    ...answer,
    at: now,
    ...(answer.skipped ? {} : scaleOf(question)),
    ...(dialogue.version === walk.version ? {} : { version: dialogue.version }),
  }
  return { ...answers, [question.id]: stamped }
}

function scaleOf(question: Question): Pick<Answer, 'scale'> {
  const numbers = question.kind === 'scale' || (question.kind === 'grid' && !question.columns)
  return numbers ? { scale: { from: question.from, to: question.to } } : {}
}
