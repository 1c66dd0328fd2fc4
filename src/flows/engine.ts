/**
 * The engine of every dialogue. `place` says which question is next; `step` takes what the person did and returns new
 * answers; both follow from (questions, answers) alone. Nothing here knows a platform, a database or a clock.
 */
import { choiceKind, choicesKind, confirmKind } from './kinds/options.ts'
import { gridKind, gridValue, openRows, scaleKind } from './kinds/scale.ts'
import { editedQuestion, summaryKind } from './kinds/summary.ts'
import type { Line } from './kinds/summary.ts'
import { dateKind, phoneKind, textKind } from './kinds/written.ts'
import type { Kind, Reading, Said, Spot } from './kinds/kind.ts'
import type { Answer, Answers } from '../domain/answer.ts'
import type { Dialogue, Question, Scene } from './question.ts'
import { isWord, matchOption, plain } from './typed.ts'
import { control } from './value.ts'

/** Where the person is: the question to be asked and, in a grid, its row. */
export interface Place {
  question: Question
  row?: string
}

export type Move =
  | { kind: 'press'; question: string; row?: string; token: string }
  | { kind: 'typed'; text: string }
  | { kind: 'contact'; phone: string; own: boolean }

export type Stepped =
  /** The answer was taken, or a part of it (a toggled option, a row of a grid). */
  | { what: 'answered'; question: Question; answers: Answers }
  | { what: 'skipped'; question: Question; answers: Answers }
  /** An earlier question was opened again, by "back" or from the summary. */
  | { what: 'reopened'; question: Question; answers: Answers }
  | { what: 'left' }
  | { what: 'refused'; problem: string }
  /** The button belongs to a question that is not the current one. */
  | { what: 'stale' }
  | { what: 'paged'; page: number }

/** The first applicable question that wants an answer; undefined when the dialogue is complete. */
export function place(dialogue: Dialogue, scene: Scene, answers: Answers): Place | undefined {
  for (const question of dialogue.questions) {
    const row = openPlace(question, scene, answers)
    if (row) return row
  }
  return undefined
}

/** Whether a question is asked at all, given the answers so far. */
export const applies = (question: Question, scene: Scene, answers: Answers): boolean =>
  question.when?.(scene, answers) !== false &&
  (question.kind !== 'grid' || question.rows(scene, answers).length > 0)

/** Takes one move. Answers come back as a new object; the old one is not touched. */
export function step(dialogue: Dialogue, scene: Scene, answers: Answers, move: Move): Stepped {
  const at = place(dialogue, scene, answers)
  if (!at) return { what: 'stale' }
  if (move.kind === 'press' && (move.question !== at.question.id || (move.row ?? at.row) !== at.row))
    return { what: 'stale' }
  const spot = spotOf(dialogue, answers, at)
  const token =
    move.kind === 'press'
      ? move.token
      : move.kind === 'typed'
        ? controlWord(dialogue, spot, scene, move.text)
        : undefined
  const edited = token === undefined ? undefined : editedQuestion(token)
  if (edited !== undefined) return edit(dialogue, scene, answers, edited)
  switch (token) {
    case control.back:
      return back(dialogue, scene, answers, at)
    case control.skip:
      return skip(spot, scene, answers)
    case control.leave:
      return dialogue.leave ? { what: 'left' } : { what: 'refused', problem: scene.t('dialogue.choose') }
    case control.keep:
      return keep(spot, scene, answers)
    default:
      return answer(dialogue, spot, scene, saidBy(move, token))
  }
}

/** Where "back" leads, or undefined on the first question and behind a final one. */
export function placeBefore(
  dialogue: Dialogue,
  scene: Scene,
  answers: Answers,
  at: Place,
): Place | undefined {
  if (at.question.kind === 'grid') {
    const rows = at.question.rows(scene, answers)
    const row = rows[rows.findIndex((one) => one.value === at.row) - 1]
    if (row) return { question: at.question, row: row.value }
  }
  const before = dialogue.questions
    .slice(0, dialogue.questions.indexOf(at.question))
    .filter((one) => applies(one, scene, answers))
  const question = before.at(-1)
  if (!question || question.final) return undefined
  const row = question.kind === 'grid' ? question.rows(scene, answers).at(-1) : undefined
  return row ? { question, row: row.value } : { question }
}

/** The answered questions as "name: answer", in the dialogue's order; final questions and the summary are left out. */
export function linesOf(dialogue: Dialogue, scene: Scene, answers: Answers): Line[] {
  return dialogue.questions
    .filter(
      (one) =>
        one.kind !== 'summary' && !one.final && applies(one, scene, answers) && answers[one.id] !== undefined,
    )
    .map((question) => ({
      question,
      name: scene.t(`${dialogue.name}.${question.id}.short`),
      answer: showAnswer(dialogue, scene, answers, question),
    }))
}

/** A question's answer in words; a dash when it was passed over. */
export function showAnswer(dialogue: Dialogue, scene: Scene, answers: Answers, question: Question): string {
  const spot = spotOf(dialogue, answers, { question })
  return spot.answer?.value === undefined ? '—' : kindOf(dialogue, question).show(spot, scene)
}

export const spotOf = (dialogue: Dialogue, answers: Answers, at: Place, page = 0): Spot => ({
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
    case 'text':
      return textKind
    case 'phone':
      return phoneKind
    case 'date':
      return dateKind
    case 'summary':
      return summaryKind((spot, scene) => linesOf(dialogue, scene, spot.answers))
  }
}

function openPlace(question: Question, scene: Scene, answers: Answers): Place | undefined {
  if (!applies(question, scene, answers)) return undefined
  if (question.kind === 'grid') {
    const row = openRows(question, scene, answers)[0]
    return row && { question, row: row.value }
  }
  const answer = answers[question.id]
  return answer && !answer.open ? undefined : { question }
}

function saidBy(move: Move, token: string | undefined): Said {
  if (token !== undefined) return { token }
  return move.kind === 'contact' ? { contact: move } : { typed: (move as { text: string }).text }
}

function answer(dialogue: Dialogue, spot: Spot, scene: Scene, said: Said): Stepped {
  const { question, answers } = spot
  const reading: Reading = kindOf(dialogue, question).read(spot, scene, said)
  if (!reading.ok) return { what: 'refused', problem: reading.problem }
  if ('page' in reading) return { what: 'paged', page: reading.page }
  return { what: 'answered', question, answers: { ...answers, [question.id]: reading.answer } }
}

function skip(spot: Spot, scene: Scene, answers: Answers): Stepped {
  const question = spot.question
  if (!question.optional) return { what: 'refused', problem: scene.t('dialogue.required') }
  const value =
    question.kind === 'grid' && spot.answer?.value !== undefined ? { value: gridValue(spot.answer) } : {}
  return { what: 'skipped', question, answers: { ...answers, [question.id]: { ...value, skipped: true } } }
}

/** "Leave it as it was": only where an old answer is there to be kept. */
function keep(spot: Spot, scene: Scene, answers: Answers): Stepped {
  const { question, answer: old } = spot
  if (!old || !isReopened(spot)) return { what: 'refused', problem: scene.t('dialogue.choose') }
  const { open: _, again, ...rest } = old
  const left = (again ?? []).filter((row) => row !== spot.row)
  return {
    what: 'answered',
    question,
    answers: { ...answers, [question.id]: left.length > 0 ? { ...rest, again: left } : rest },
  }
}

/** Whether the question was answered before and is being asked again. */
export function isReopened(spot: Spot): boolean {
  if (spot.question.kind === 'grid')
    return spot.row !== undefined && (spot.answer?.again?.includes(spot.row) ?? false)
  return (
    spot.answer?.open === true &&
    spot.question.kind !== 'choices' &&
    (spot.answer.value !== undefined || spot.answer.skipped === true)
  )
}

function back(dialogue: Dialogue, scene: Scene, answers: Answers, at: Place): Stepped {
  const before = placeBefore(dialogue, scene, answers, at)
  return before ? reopen(before, answers) : { what: 'refused', problem: scene.t('dialogue.nothingBefore') }
}

function edit(dialogue: Dialogue, scene: Scene, answers: Answers, id: string): Stepped {
  const question = dialogue.questions.find(
    (one) => one.id === id && !one.final && applies(one, scene, answers),
  )
  if (!question) return { what: 'stale' }
  if (question.kind !== 'grid') return reopen({ question }, answers)
  const again = question.rows(scene, answers).map((row) => row.value)
  return { what: 'reopened', question, answers: { ...answers, [id]: { ...answers[id], again } } }
}

function reopen({ question, row }: Place, answers: Answers): Stepped {
  const old: Answer = answers[question.id] ?? {}
  const opened: Answer =
    row === undefined ? { ...old, open: true } : { ...old, again: [...new Set([row, ...(old.again ?? [])])] }
  return { what: 'reopened', question, answers: { ...answers, [question.id]: opened } }
}

/** Typed words that stand for a control button, or for the suggestion and "keep" buttons. */
function controlWord(dialogue: Dialogue, spot: Spot, scene: Scene, typed: string): string | undefined {
  if (isWord(typed, 'back', scene.t)) return control.back
  if (isWord(typed, 'skip', scene.t) || plain(typed) === plain(scene.t('dialogue.skip'))) return control.skip
  if (
    dialogue.leave &&
    (isWord(typed, 'leave', scene.t) || plain(typed) === plain(scene.t(`dialogue.leave.${dialogue.leave}`)))
  )
    return control.leave
  if (isReopened(spot) && isWord(typed, 'keep', scene.t)) return control.keep
  if (spot.question.kind === 'summary') {
    const lines = linesOf(dialogue, scene, spot.answers)
    const named = matchOption(
      typed,
      lines.map((line) => ({ value: line.question.id, label: line.name })),
    )
    return named && `${control.edit}-${named.value}`
  }
  return undefined
}
