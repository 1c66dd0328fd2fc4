/** Numbers on a scale: one (scale), or one for each row of a card that walks in place (grid). */
import type { ButtonGroup } from '../conversation.ts'
import type { Answer, RowValue } from '../../domain/answer.ts'
import type { Grid, Option, Scale, Scene } from '../question.ts'
import { isWord, plain } from '../typed.ts'
import { control } from '../value.ts'
import { given, problem } from './kind.ts'
import type { Kind, Reading, Said, Spot } from './kind.ts'

export const scaleKind: Kind<Scale> = {
  face: (spot, scene, value) => ({ groups: numbers(spot, scene, value) }),
  read(spot, scene, said) {
    const number = readNumber(spot, scene, said)
    return 'problem' in number ? problem(number.problem) : given(number.value)
  },
  show: (spot, scene) => showNumber(spot.answer?.value, scene),
}

export const gridKind: Kind<Grid> = {
  face: (spot, scene, value) => ({ groups: numbers(spot, scene, value) }),
  read(spot, scene, said): Reading {
    const number = readNumber(spot, scene, said)
    if ('problem' in number) return problem(number.problem)
    const row = spot.row ?? ''
    const again = (spot.answer?.again ?? []).filter((one) => one !== row)
    const value = { ...gridValue(spot.answer), [row]: number.value }
    return { ok: true, answer: again.length > 0 ? { value, again } : { value } }
  },
  /** One row where there is one to be shown, otherwise all that were given. */
  show(spot, scene) {
    const value = gridValue(spot.answer)
    if (spot.row !== undefined) return showNumber(value[spot.row], scene)
    const rows = spot.question.rows(scene, spot.answers).filter((row) => Object.hasOwn(value, row.value))
    return rows.map((row) => `${row.label} — ${showNumber(value[row.value], scene)}`).join(', ')
  },
}

/** The rows of a grid that still want an answer: never given, or opened again. */
export function openRows(question: Grid, scene: Scene, answers: Readonly<Record<string, Answer>>): Option[] {
  const answer = answers[question.id]
  const value = gridValue(answer)
  const rows = question.rows(scene, answers)
  if (answer?.skipped) return rows.filter((row) => answer.again?.includes(row.value))
  return rows.filter((row) => !Object.hasOwn(value, row.value) || answer?.again?.includes(row.value))
}

/** The rows that were given. */
export function gridValue(answer: Answer | undefined): Record<string, RowValue> {
  const value = answer?.value
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

function numbers(spot: Spot<Scale | Grid>, scene: Scene, value: (token: string) => string): ButtonGroup[] {
  const { from, to, noOpinion } = spot.question
  const scaleButtons = Array.from({ length: to - from + 1 }, (_, i) => ({
    label: String(from + i),
    value: value(String(from + i)),
  }))
  const groups: ButtonGroup[] = [{ kind: 'scale', buttons: scaleButtons }]
  if (noOpinion)
    groups.push({
      kind: 'controls',
      buttons: [{ label: scene.t(`${spot.key}.noOpinion`), value: value(control.noOpinion) }],
    })
  return groups
}

function readNumber(
  spot: Spot<Scale | Grid>,
  scene: Scene,
  said: Said,
): { value: number | null } | { problem: string } {
  const { from, to, noOpinion } = spot.question
  const outside = { problem: scene.t('dialogue.outOfScale', { from, to }) }
  if ('contact' in said) return outside
  const none = 'token' in said ? said.token === control.noOpinion : saysNone(spot, scene, said.typed)
  if (none) return noOpinion ? { value: null } : outside
  const digits = 'token' in said ? said.token : (/^[\s+]*(\d+)[\s.!)]*$/.exec(said.typed)?.[1] ?? '')
  const number = /^\d{1,3}$/.test(digits) ? Number(digits) : Number.NaN
  return number >= from && number <= to ? { value: number } : outside
}

const saysNone = (spot: Spot<Scale | Grid>, scene: Scene, typed: string) =>
  isWord(typed, 'none', scene.t) ||
  (spot.question.noOpinion === true && plain(typed) === plain(scene.t(`${spot.key}.noOpinion`)))

const showNumber = (value: unknown, scene: Scene) =>
  typeof value === 'number' ? String(value) : scene.t('dialogue.noOpinion')
