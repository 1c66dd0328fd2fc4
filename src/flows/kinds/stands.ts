import type { Answers } from '../../domain/answer.ts'
import { isBirthday } from '../../domain/birthday.ts'
import type { Question, Scene } from '../question.ts'

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
      return (
        Array.isArray(value) &&
        question.options(scene, answers).some((option) => value.includes(option.value))
      )
    case 'scale':
      return scale === undefined || (scale.from === question.from && scale.to === question.to)
        ? value === null || (typeof value === 'number' && value >= question.from && value <= question.to)
        : false
    case 'chips':
      return typeof value === 'string' || Array.isArray(value)
    case 'text':
    case 'phone':
      return typeof value === 'string'
    case 'date':
      return isBirthday(value)
    case 'grid':
      return true
  }
}
