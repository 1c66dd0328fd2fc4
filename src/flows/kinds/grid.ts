/** A card that walks row by row: a number, or one of several words, for each. */
import type { Answer, Answers, RowValue } from '../../domain/answer.ts'
import type { Grid, Option, Scene } from '../question.ts'
import { problem } from './kind.ts'
import type { Kind, Reading, Spot } from './kind.ts'
import { endsOf, numberGroups, readNumber, showNumber } from './number.ts'
import { labelOf, readOne } from './options.ts'
import { listGroups } from './pages.ts'

export const gridKind: Kind<Grid> = {
  face(spot, scene, value) {
    const { question } = spot
    if (question.columns) {
      const make = (option: Option) => ({ label: option.label, value: value(option.value) })
      return { groups: listGroups(spot, scene, value, { make }) }
    }
    return {
      groups: numberGroups(spot, scene, question, value),
      hint: endsOf(spot, scene, question),
    }
  },
  read(spot, scene, said) {
    const { question, answers } = spot
    if (question.columns) {
      const reading = readOne(question.columns(scene, answers), scene, said)
      return reading.ok && 'answer' in reading ? taken(spot, scene, reading.answer.value as string) : reading
    }
    const number = readNumber(spot, scene, question, said)
    if ('problem' in number) return problem(number.problem)
    return 'page' in number ? { ok: true, page: number.page } : taken(spot, scene, number.value)
  },
  /** One row where there is one to be shown, otherwise all that were given. */
  show(spot, scene) {
    if (spot.row !== undefined) return showRow(spot, scene, spot.row)
    return givenRows(spot, scene)
      .map((row) => `${row.label} — ${showRow(spot, scene, row.value)}`)
      .join(', ')
  },
}

/** The rows of a grid that still want an answer: never given, or opened again. */
export function openRows(question: Grid, scene: Scene, answers: Answers): Option[] {
  const answer = answers[question.id]
  const value = standingRows(question, scene, answers)
  const rows = question.rows(scene, answers)
  if (answer?.skipped) return rows.filter((row) => answer.again?.includes(row.value))
  return rows.filter((row) => !Object.hasOwn(value, row.value) || answer?.again?.includes(row.value))
}

/** The rows that were given. */
export function gridValue(answer: Answer | undefined): Record<string, RowValue> {
  const value = answer?.value
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

/** The given rows as "label: answer" in the card's order, but for the one that is being asked. */
export function rowLines(spot: Spot<Grid>, scene: Scene): { label: string; answer: string }[] {
  return givenRows(spot, scene)
    .filter((row) => row.value !== spot.row)
    .map((row) => ({ label: row.label, answer: showRow(spot, scene, row.value) }))
}

const givenRows = ({ question, answers }: Spot<Grid>, scene: Scene): Option[] => {
  const value = standingRows(question, scene, answers)
  return question.rows(scene, answers).filter((row) => Object.hasOwn(value, row.value))
}

/**
 * The rows as far as they answer what is asked now: a number on another scale would say something else, and a word that is
 * gone nothing at all.
 */
export function standingRows(question: Grid, scene: Scene, answers: Answers): Record<string, RowValue> {
  const answer = answers[question.id]
  const rows = gridValue(answer)
  if (question.columns) {
    const words = question.columns(scene, answers)
    return kept(rows, (value) => words.some((one) => one.value === value))
  }
  const { from, to } = question
  const was = answer?.scale
  if (was && (was.from !== from || was.to !== to)) return {}
  return kept(rows, (value) => value === null || (typeof value === 'number' && value >= from && value <= to))
}

const kept = (rows: Record<string, RowValue>, stands: (value: RowValue) => boolean) =>
  Object.fromEntries(Object.entries(rows).filter(([, value]) => stands(value)))

function taken(spot: Spot<Grid>, scene: Scene, given: RowValue): Reading {
  const row = spot.row ?? ''
  const again = (spot.answer?.again ?? []).filter((one) => one !== row)
  const value = { ...standingRows(spot.question, scene, spot.answers), [row]: given }
  return { ok: true, answer: again.length > 0 ? { value, again } : { value } }
}

function showRow({ question, answer, answers }: Spot<Grid>, scene: Scene, row: string): string {
  const value = gridValue(answer)[row]
  if (!question.columns) return showNumber(value, scene)
  return labelOf(question.columns(scene, answers), value) ?? scene.t('dialogue.noOpinion')
}
