/** Numbers on a scale: the buttons, what is typed, and what the ends mean. What `scale` and `grid` share. */
import type { Scale as Ends } from '../../domain/answer.ts'
import type { Button, ButtonGroup } from '../conversation.ts'
import type { Question, Scene } from '../question.ts'
import { isWord, plain } from '../typed.ts'
import { control } from '../value.ts'
import { readPage } from './pages.ts'
import type { Said, Spot } from './kind.ts'

export interface Numbers extends Ends {
  noOpinion?: boolean
}

export type ReadNumber = { value: number | null } | { page: number } | { problem: string }

/** The numbers side by side, then "can't say". */
export function numberGroups(
  spot: Spot,
  scene: Scene,
  numbers: Numbers,
  value: (token: string) => string,
): ButtonGroup[] {
  const groups: ButtonGroup[] = [{ kind: 'scale', buttons: numberButtons(spot, scene, numbers, value) }]
  if (numbers.noOpinion)
    groups.push({
      kind: 'controls',
      buttons: [{ label: scene.t(`${spot.key}.noOpinion`), value: value(control.noOpinion) }],
    })
  return groups
}

/** "1 — очень плохо, 7 — отлично" */
export const endsOf = (spot: Spot<Question>, { t }: Scene, { from, to }: Ends): string =>
  t('dialogue.ends', { from, to, low: t(`${spot.key}.low`), high: t(`${spot.key}.high`) })

/** What was pressed or typed, as a number on the scale; null is "can't say". */
export function readNumber(spot: Spot, scene: Scene, numbers: Numbers, said: Said): ReadNumber {
  const { from, to, noOpinion } = numbers
  const outside = { problem: scene.t('dialogue.outOfScale', { from, to }) }
  if ('contact' in said) return outside
  const page = 'token' in said ? readPage(said.token) : undefined
  if (page !== undefined) return { page }
  const none =
    'token' in said ? said.token === control.noOpinion : saysNone(spot, scene, noOpinion, said.typed)
  if (none) return noOpinion ? { value: null } : outside
  const digits = 'token' in said ? said.token : (/^[\s+]*(\d+)[\s.!)]*$/.exec(said.typed)?.[1] ?? '')
  const number = /^\d{1,3}$/.test(digits) ? Number(digits) : Number.NaN
  return number >= from && number <= to ? { value: number } : outside
}

export const showNumber = (value: unknown, scene: Scene): string =>
  typeof value === 'number' ? String(value) : scene.t('dialogue.noOpinion')

/**
 * All numbers, or as many from the top as the platform has room for and a button that leads to the few below: 0-10 are
 * eleven, and a message of VK's has ten buttons. Most answers are high.
 */
function numberButtons(
  spot: Spot,
  scene: Scene,
  { from, to }: Numbers,
  value: (token: string) => string,
): Button[] {
  const button = (number: number): Button => ({ label: String(number), value: value(String(number)) })
  const all = Array.from({ length: to - from + 1 }, (_, i) => button(from + i))
  if (all.length <= scene.room) return all
  const below = all.length - scene.room + 1
  const turn = (page: number, low: number, high: number): Button => ({
    label: `${low}–${high}`,
    value: value(`${control.page}${page}`),
  })
  return spot.page % 2 === 1
    ? [...all.slice(0, below), turn(0, from + below, to)]
    : [turn(1, from, from + below - 1), ...all.slice(below)]
}

const saysNone = (spot: Spot, scene: Scene, offered: boolean | undefined, typed: string) =>
  isWord(typed, 'none', scene.t) ||
  (offered === true && plain(typed) === plain(scene.t(`${spot.key}.noOpinion`)))
