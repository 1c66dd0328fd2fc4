/**
 * The engine of every dialogue. `place` says which question is next; `step` takes what the person did and returns new
 * answers; both follow from (questions, answers) alone. Nothing here knows a platform, a database or a clock.
 */
import { givenIn, gridValue, openRows } from './kinds/grid.ts'
import { stands } from './kinds/stands.ts'
import { editedQuestion, editToken } from './kinds/summary.ts'
import type { Reading, Said, Spot } from './kinds/kind.ts'
import type { Answer, Answers } from '../domain/answer.ts'
import type { Dialogue, Grid, Question, Scene } from './question.ts'
import { applies, isInTheMaking, isReopened, kindOf, linesOf, spotOf } from './spot.ts'
import { isWord, matchOption } from './typed.ts'
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
  /** The answer was taken, or a part of it (a toggled option, a row of a grid); `page` is where a long list stays. */
  | { what: 'answered'; question: Question; answers: Answers; page?: number }
  | { what: 'skipped'; question: Question; answers: Answers }
  /** A question that was opened again keeps its old answer. */
  | { what: 'kept'; question: Question; answers: Answers }
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

/** Takes one move. Answers come back as a new object; the old one is not touched. */
export function step(dialogue: Dialogue, scene: Scene, answers: Answers, move: Move): Stepped {
  const at = place(dialogue, scene, answers)
  if (!at) return { what: 'stale' }
  if (move.kind === 'press' && (move.question !== at.question.id || move.row !== at.row))
    return { what: 'stale' }
  const spot = spotOf(dialogue, answers, at)
  const token = tokenOf(dialogue, spot, scene, move)
  switch (token) {
    case control.back:
      return back(dialogue, spot, scene, at)
    case control.skip:
      return skip(dialogue, spot, scene)
    case control.leave:
      return dialogue.leave || dialogue.side ? { what: 'left' } : refused(scene.t('dialogue.choose'))
    case control.keep:
      return isReopened(spot, scene) ? keep(spot, scene) : refused(scene.t('dialogue.choose'))
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
  const question = dialogue.questions
    .slice(0, dialogue.questions.indexOf(at.question))
    .findLast((one) => applies(one, scene, answers))
  if (!question || question.final) return undefined
  return question.kind === 'grid' ? { question, row: lastRow(question, scene, answers) } : { question }
}

/** The answer as it is when nobody is changing it any more. */
export function closed({ open: _, again: __, edited: ___, value, skipped, ...stamps }: Answer): Answer {
  const empty = value === undefined || (Array.isArray(value) && value.length === 0)
  return { ...(empty ? {} : { value }), ...(empty || skipped ? { skipped: true } : {}), ...stamps }
}

function openPlace(question: Question, scene: Scene, answers: Answers): Place | undefined {
  if (!applies(question, scene, answers)) return undefined
  if (question.kind === 'grid') {
    const row = openRows(question, scene, answers)[0]
    return row && { question, row: row.value }
  }
  const given = answers[question.id]
  return given && !given.open && stands(question, scene, answers) ? undefined : { question }
}

/** The row that "back" into a grid leads to: where it was passed over, or else its end. */
function lastRow(question: Grid, scene: Scene, answers: Answers): string {
  const rows = question.rows(scene, answers)
  const isGiven = givenIn(question, scene, answers)
  return (rows.find((row) => !isGiven(row.value)) ?? rows.at(-1))?.value ?? ''
}

function saidBy(move: Move, token: string | undefined): Said {
  if (token !== undefined) return { token }
  return move.kind === 'contact' ? { contact: move } : { typed: (move as { text: string }).text }
}

function answer(dialogue: Dialogue, spot: Spot, scene: Scene, said: Said): Stepped {
  const { question, answers } = spot
  const edited = question.kind === 'summary' && 'token' in said ? editedQuestion(said.token) : undefined
  if (edited !== undefined) return edit(dialogue, scene, answers, edited)
  const reading: Reading = kindOf(dialogue, question).read(spot, scene, said)
  if (!reading.ok) return refused(reading.problem)
  if (!('answer' in reading)) return { what: 'paged', page: reading.page }
  const { answer: taken, page } = reading
  const unfinished = (taken.open ?? taken.again) !== undefined && spot.answer?.edited
  const after = { ...answers, [question.id]: unfinished ? { ...taken, edited: true as const } : taken }
  return { what: 'answered', question, answers: after, ...(page === undefined ? {} : { page }) }
}

function skip(dialogue: Dialogue, spot: Spot, scene: Scene): Stepped {
  const { question, answers } = spot
  if (!question.optional) {
    // Whoever passes over a yes-or-no has not said yes.
    if (question.kind === 'confirm') return answer(dialogue, spot, scene, { token: 'no' })
    return dialogue.side ? { what: 'left' } : refused(scene.t('dialogue.required'))
  }
  const passed =
    question.kind !== 'grid'
      ? { skipped: true as const }
      : isReopened(spot, scene)
        ? cleared(spot)
        : passedOver(spot)
  return { what: 'skipped', question, answers: { ...answers, [question.id]: passed } }
}

/** What was given to a grid stands when the rest is passed over, with the scale that it was given on. */
function passedOver({ answer: old = {} }: Spot): Answer {
  const { open: _, again: __, edited: ___, ...given } = old
  return Object.keys(gridValue(given)).length === 0 ? { skipped: true } : { ...given, skipped: true }
}

/** A row that is cleared goes; others that were opened again with it are still asked. */
function cleared(spot: Spot): Answer {
  const { [spot.row ?? '']: _, ...value } = gridValue(spot.answer)
  const again = (spot.answer?.again ?? []).filter((one) => one !== spot.row)
  const rest = { ...spot.answer, value }
  return again.length > 0 ? { ...rest, again, skipped: true } : passedOver({ ...spot, answer: rest })
}

/** The old answer stays; in a grid, that of this row. */
function keep({ question, answers, answer: old = {}, row }: Spot, scene: Scene): Stepped {
  const again = row === undefined ? [] : (old.again ?? []).filter((one) => one !== row)
  const kept = again.length > 0 ? { ...old, again } : closed(old)
  if (kept.skipped && row === undefined && !question.optional) return refused(scene.t('dialogue.chooseOne'))
  return { what: 'kept', question, answers: { ...answers, [question.id]: kept } }
}

function back(dialogue: Dialogue, spot: Spot, scene: Scene, at: Place): Stepped {
  const before = placeBefore(dialogue, scene, spot.answers, at)
  const edited = spot.answer?.edited === true
  if (edited && before?.question !== at.question) return keep(withoutRow(spot), scene)
  if (before) return reopen(before, spot.answers)
  return dialogue.side ? { what: 'left' } : refused(scene.t('dialogue.nothingBefore'))
}

/** Out of a grid, whatever its row. */
const withoutRow = ({ row: _, ...spot }: Spot): Spot => spot

const refused = (problem: string): Stepped => ({ what: 'refused', problem })

function edit(dialogue: Dialogue, scene: Scene, answers: Answers, id: string): Stepped {
  const question = dialogue.questions.find((one) => one.id === id)
  if (!question || question.final || question.kind === 'summary' || !applies(question, scene, answers))
    return { what: 'stale' }
  const rows = question.kind === 'grid' ? question.rows(scene, answers).map((row) => row.value) : undefined
  const opened: Answer = { ...answers[id], edited: true, ...(rows ? { again: rows } : { open: true }) }
  return { what: 'reopened', question, answers: { ...answers, [id]: opened } }
}

function reopen({ question, row }: Place, answers: Answers): Stepped {
  const old: Answer = answers[question.id] ?? {}
  const opened: Answer =
    row === undefined ? { ...old, open: true } : { ...old, again: [...new Set([row, ...(old.again ?? [])])] }
  return { what: 'reopened', question, answers: { ...answers, [question.id]: opened } }
}

function tokenOf(dialogue: Dialogue, spot: Spot, scene: Scene, move: Move): string | undefined {
  if (move.kind === 'press') return move.token
  return move.kind === 'typed' ? controlWord(dialogue, spot, scene, move.text) : undefined
}

/** Typed words that stand for a control button. */
function controlWord(dialogue: Dialogue, spot: Spot, scene: Scene, typed: string): string | undefined {
  const { t } = scene
  const means = (word: Parameters<typeof isWord>[1]) => isWord(typed, word, t)
  if (means('back')) return control.back
  if (means('skip')) return skipping(spot, scene)
  if (means('leave') && (dialogue.leave || dialogue.side)) return control.leave
  if (isReopened(spot, scene) && means('keep')) return control.keep
  if (isReopened(spot, scene) && means('clear')) return control.skip
  if (spot.question.kind !== 'summary') return undefined
  const lines = linesOf(dialogue, scene, spot.answers, spot.question.includes)
  const options = lines.map((line) => ({ value: line.question.id, label: line.name }))
  const line = matchOption(typed, options)
  return line && editToken(line.value)
}

/** "Next": nobody who says it wants to lose what they have already told. */
function skipping(spot: Spot, scene: Scene): string {
  if (isReopened(spot, scene)) return control.keep
  return isInTheMaking(spot, scene) || spot.question.kind === 'summary' ? control.done : control.skip
}
