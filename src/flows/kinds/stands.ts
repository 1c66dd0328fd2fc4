import type { Answers, Value } from '../../domain/answer.ts'
import { isBirthday } from '../../domain/birthday.ts'
import type { Option, Question, Scene } from '../question.ts'

/**
 * Whether a question would still take the answer it has: options may depend on earlier answers or on the salon, and a
 * new version of a dialogue may ask the same question in another way.
 */
export function stands(question: Question, scene: Scene, answers: Answers): boolean {
  const { value, skipped, scale } = answers[question.id] ?? {}
  if (skipped) return true
  switch (question.kind) {
    case 'confirm':
    case 'summary':
      return typeof value === 'boolean'
    case 'choice':
      return question.options(scene, answers).some((option) => option.value === value)
    case 'choices':
      return isAmong(value, question.options(scene, answers))
    case 'scale':
      return scale === undefined || (scale.from === question.from && scale.to === question.to)
        ? value === null || (typeof value === 'number' && value >= question.from && value <= question.to)
        : false
    case 'chips':
      return typeof value === 'string' || isAmong(value, question.options(scene, answers))
    case 'text':
    case 'phone':
      return typeof value === 'string'
    case 'date':
      return isBirthday(value)
    case 'grid':
      return true
  }
}

/** Whether anything that was chosen is still there to be chosen. */
const isAmong = (value: Value | undefined, options: readonly Option[]): boolean =>
  Array.isArray(value) && options.some((option) => value.includes(option.value))
