/** Lists that are longer than a message has room for buttons. */
import type { Button, ButtonGroup } from '../conversation.ts'
import type { Choice, Choices, Grid, Option, Scene } from '../question.ts'
import { control } from '../value.ts'
import type { Spot } from './kind.ts'

/** A grid of words asks with a list of its own for each row. */
type List = Spot<Choice | Choices | Grid>

/**
 * As many options as fit beside the controls; when not all do, "‹" and "›" turn the pages.
 * @param done the button that ends ticking, when there is something ticked
 */
export function listGroups(
  spot: List,
  scene: Scene,
  value: (token: string) => string,
  { make, done }: { make: (option: Option) => Button; done?: Button | undefined },
): ButtonGroup[] {
  const options = listOf(spot, scene)
  const size = pageSize(spot, scene, options)
  const end = done ? [done] : []
  if (size === undefined)
    return [
      { kind: 'options', buttons: options.map(make) },
      { kind: 'options', buttons: end },
    ]
  const pages = Math.ceil(options.length / size)
  const page = spot.page % pages
  const turn = (to: number, label: string): Button => ({
    label,
    value: value(`${control.page}${to % pages}`),
  })
  const shown = options.slice(page * size, (page + 1) * size)
  return [
    { kind: 'options', buttons: shown.map(make) },
    // Side by side whatever the room, as the numbers of a scale are.
    { kind: 'scale', buttons: [turn(page + pages - 1, '‹'), ...end, turn(page + 1, '›')] },
  ]
}

/** The page that an option stands on. */
export function pageOf(spot: List, scene: Scene, value: string): number {
  const options = listOf(spot, scene)
  const size = pageSize(spot, scene, options) ?? options.length
  return Math.max(0, Math.floor(options.findIndex((option) => option.value === value) / size))
}

/** The page that a button turns to, or undefined when it doesn't. */
export function readPage(token: string): number | undefined {
  const digits = token.startsWith(control.page) ? token.slice(control.page.length) : ''
  return /^\d{1,3}$/.test(digits) ? Number(digits) : undefined
}

const listOf = ({ question, answers }: List, scene: Scene): Option[] =>
  question.kind === 'grid' ? (question.columns?.(scene, answers) ?? []) : question.options(scene, answers)

/** Room kept for done, skip, back and leave, or what of them there can be. */
const controlRoom = { choices: 4, choice: 3, grid: 3 }
/** "‹" and "›". */
const turners = 2
/** Two longer labels side by side can't be read on a phone: each takes a row. */
const longLabel = 22

/** Options on a page; undefined when all of them fit on one. */
function pageSize({ question }: List, scene: Scene, options: Option[]): number | undefined {
  const extra = question.extra?.(scene).length ?? 0
  const rows = Math.floor(scene.room / 2)
  if (options.some((option) => option.label.length > longLabel)) {
    const fits = rows - (question.kind === 'choices' ? 1 : 0)
    return options.length <= fits ? undefined : rows - 1
  }
  const fits = scene.room - (question.final ? 0 : controlRoom[question.kind]) - extra
  return options.length <= fits ? undefined : scene.room - controlRoom.choices - turners - extra
}
