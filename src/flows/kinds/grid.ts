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
  const rows = question.rows(scene, answers)
  if (answer?.skipped) return rows.filter((row) => answer.again?.includes(row.value))
  const isGiven = givenIn(question, scene, answers)
  return rows.filter((row) => !isGiven(row.value) || answer?.again?.includes(row.value))
}

/**
 * Tells whether a row has an answer to what is asked now: a number on another scale would say something else, and a word that
 * is gone nothing at all.
 */
export function givenIn(question: Grid, scene: Scene, answers: Answers): (row: string) => boolean {
  const answer = answers[question.id]
  const value = gridValue(answer)
  const { columns, from, to } = question
  if (columns) {
    const words = columns(scene, answers)
    return (row) => Object.hasOwn(value, row) && words.some((one) => one.value === value[row])
  }
  const was = answer?.scale
  if (was && (was.from !== from || was.to !== to)) return () => false
  return (row) => Object.hasOwn(value, row) && isOn(value[row], from, to)
}

const isOn = (value: RowValue | undefined, from: number, to: number): boolean =>
  value === null || (typeof value === 'number' && value >= from && value <= to)

/** The rows that were given. */
export function gridValue(answer: Answer | undefined): Readonly<Record<string, RowValue>> {
  const value = answer?.value
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

/** The given rows as "label: answer" in the card's order, but for the one that is being asked. */
export function rowLines(spot: Spot<Grid>, scene: Scene): { label: string; answer: string }[] {
  return givenRows(spot, scene)
    .filter((row) => row.value !== spot.row)
    .map((row) => ({ label: row.label, answer: showRow(spot, scene, row.value) }))
}

function givenRows({ question, answers }: Spot<Grid>, scene: Scene): Option[] {
  const isGiven = givenIn(question, scene, answers)
  return question.rows(scene, answers).filter((row) => isGiven(row.value))
}

function taken(spot: Spot<Grid>, scene: Scene, given: RowValue): Reading {
  const row = spot.row ?? ''
  const again = (spot.answer?.again ?? []).filter((one) => one !== row)
  const isGiven = givenIn(spot.question, scene, spot.answers)
  const before = Object.entries(gridValue(spot.answer)).filter(([one]) => isGiven(one))
  const value = { ...Object.fromEntries(before), [row]: given }
  return { ok: true, answer: again.length > 0 ? { value, again } : { value } }
}

function showRow({ question, answer, answers }: Spot<Grid>, scene: Scene, row: string): string {
  const value = gridValue(answer)[row]
  if (!question.columns) return showNumber(value, scene)
  return labelOf(question.columns(scene, answers), value) ?? scene.t('dialogue.noOpinion')
}
