/** A question in its dialogue, with the answer it has: whether it is asked, and how it is shown. */
import { choiceKind, choicesKind, confirmKind, pickedOf } from './kinds/options.ts'
import { chipsKind } from './kinds/chips.ts'
import { givenIn, gridKind } from './kinds/grid.ts'
import { scaleKind } from './kinds/scale.ts'
import { stands } from './kinds/stands.ts'
import { summaryKind } from './kinds/summary.ts'
import type { Line } from './kinds/summary.ts'
import { dateKind, isGathering, phoneKind, textKind } from './kinds/written.ts'
import type { Kind, Spot } from './kinds/kind.ts'
import type { Answers, Value } from '../domain/answer.ts'
import type { Dialogue, Question, Scene, Summary } from './question.ts'

/** Whether a question is asked at all, given the answers so far. */
export function applies(question: Question, scene: Scene, answers: Answers): boolean {
  if (question.when?.(scene, answers) === false) return false
  switch (question.kind) {
    case 'grid':
      return question.rows(scene, answers).length > 0
    case 'choice':
    case 'choices':
    case 'chips':
      return question.options(scene, answers).length > 0
    default:
      return true
  }
}

/** The answered questions as "name: answer", in the dialogue's order; final questions and the summary are left out. */
export function linesOf(
  dialogue: Dialogue,
  scene: Scene,
  answers: Answers,
  only?: Summary['includes'],
): Line[] {
  return dialogue.questions
    .filter((one) => one.kind !== 'summary' && !one.final && answers[one.id] && applies(one, scene, answers))
    .filter((one) => only?.(one, scene, answers) ?? true)
    .map((question) => ({
      question,
      name: scene.t(`${dialogue.name}.${question.id}.short`),
      answer: showAnswer(dialogue, scene, answers, question),
    }))
}

/** What was answered to a question that is (still) asked; undefined when it was passed over. */
export function givenTo(dialogue: Dialogue, id: string, scene: Scene, answers: Answers): Value | undefined {
  const question = dialogue.questions.find((one) => one.id === id)
  const value = answers[id]?.value
  if (!question || value === undefined || !applies(question, scene, answers)) return undefined
  return stands(question, scene, answers) ? value : undefined
}

/** A question's answer in words; a dash when it was passed over. */
export function showAnswer(dialogue: Dialogue, scene: Scene, answers: Answers, question: Question): string {
  const spot = spotOf(dialogue, answers, { question })
  const shown = spot.answer?.value === undefined ? '' : kindOf(dialogue, question).show(spot, scene)
  return shown === '' ? '—' : shown
}

export const spotOf = (
  dialogue: Dialogue,
  answers: Answers,
  at: { question: Question; row?: string },
  page = 0,
): Spot => ({
  question: at.question,
  key: `${dialogue.name}.${at.question.id}`,
  answers,
  answer: answers[at.question.id],
  page,
  ...(at.row === undefined ? {} : { row: at.row }),
})

/** The implementation of a question's kind. */
export function kindOf(dialogue: Dialogue, question: Question): Kind<Question> {
  switch (question.kind) {
    case 'choice':
      return choiceKind
    case 'choices':
      return choicesKind
    case 'confirm':
      return confirmKind
    case 'scale':
      return scaleKind
    case 'grid':
      return gridKind
    case 'chips':
      return chipsKind
    case 'text':
      return textKind
    case 'phone':
      return phoneKind
    case 'date':
      return dateKind
    case 'summary':
      return summaryKind((spot, scene) => linesOf(dialogue, scene, spot.answers, question.includes))
  }
}

/** Whether the question has an answer and is being asked again. A list with ticks shows its answer by itself. */
export function isReopened({ question, answers, answer: old, row }: Spot, scene: Scene): boolean {
  if (question.kind === 'grid')
    return row !== undefined && old?.again?.includes(row) === true && givenIn(question, scene, answers)(row)
  if (question.kind === 'choices' || old?.value === undefined) return false
  if (question.kind === 'text' && question.several) return false
  return old.open === true && stands(question, scene, answers)
}

/** Whether the answer is being put together right now: options ticked, messages written, and "done" still to come. */
export const isInTheMaking = (spot: Spot, scene: Scene): boolean =>
  pickedOf(spot, scene).length > 0 || isGathering(spot)
