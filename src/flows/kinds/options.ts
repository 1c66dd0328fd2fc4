/** Choosing from a list: one (choice, confirm) or several (choices). Long lists are shown in pages. */
import { named } from '../../domain/salon.ts'
import type { Named } from '../../domain/salon.ts'
import type { Button } from '../conversation.ts'
import type { Choice, Choices, Confirm, Option, Question, Scene } from '../question.ts'
import { isWord, matchOption, matchOptions } from '../typed.ts'
import { control } from '../value.ts'
import { given, problem } from './kind.ts'
import type { Kind, Reading, Said, Spot } from './kind.ts'

/** Options with labels from the locales: "<dialogue>.<question>.options.<value>". */
export const listed =
  (key: string, values: readonly string[]) =>
  (scene: Scene): Option[] =>
    values.map((value) => ({ value, label: scene.t(`${key}.options.${value}`) }))

/** Options named by the salon's own settings. */
export const namedOptions = (items: readonly { id: string; name: Named }[], scene: Scene): Option[] =>
  items.map((item) => ({ value: item.id, label: named(item.name, scene.language) }))

export const choiceKind: Kind<Choice> = {
  face: (spot, scene, value) => ({
    groups: [{ kind: 'options', buttons: paged(spot, scene, value, (option) => asButton(option, value)) }],
  }),
  read: (spot, scene, said) => readOne(spot, spot.question.options(scene, spot.answers), scene, said),
  show: (spot, scene) => showOne(spot, spot.question.options(scene, spot.answers)),
}

export const confirmKind: Kind<Confirm> = {
  face: (spot, scene, value) => ({
    groups: [{ kind: 'options', buttons: yesNo(spot, scene).map((option) => asButton(option, value)) }],
  }),
  read(spot, scene, said) {
    if ('typed' in said && isWord(said.typed, 'yes', scene.t)) return given(true)
    if ('typed' in said && isWord(said.typed, 'no', scene.t)) return given(false)
    const reading = readOne(spot, yesNo(spot, scene), scene, said)
    return reading.ok && 'answer' in reading ? given(reading.answer.value === 'yes') : reading
  },
  show: (spot, scene) => scene.t(`${spot.key}.${spot.answer?.value === true ? 'yes' : 'no'}`),
}

export const choicesKind: Kind<Choices> = {
  face(spot, scene, value) {
    const picked = pickedOf(spot)
    const toggle = (option: Option): Button => ({
      ...asButton({ ...option, label: `${picked.includes(option.value) ? '✓ ' : ''}${option.label}` }, value),
      ...(picked.includes(option.value) ? { color: 'positive' as const } : {}),
    })
    const buttons = paged(spot, scene, value, toggle)
    if (picked.length > 0)
      buttons.push({ label: scene.t('dialogue.done'), value: value(control.done), color: 'primary' })
    return { groups: [{ kind: 'options', buttons }] }
  },
  read(spot, scene, said) {
    const options = spot.question.options(scene, spot.answers)
    if ('contact' in said) return problem(scene.t('dialogue.choose'))
    if ('typed' in said) return readSeveral(spot, options, scene, said.typed)
    if (said.token === control.done)
      return pickedOf(spot).length > 0 ? given(pickedOf(spot)) : problem(scene.t('dialogue.chooseOne'))
    return readToken(said.token, options, scene, (value) => ({
      ok: true,
      answer: { value: toggled(pickedOf(spot), value, options), open: true },
    }))
  },
  show(spot, scene) {
    const options = spot.question.options(scene, spot.answers)
    return pickedOf(spot)
      .map((value) => options.find((option) => option.value === value)?.label ?? value)
      .join(', ')
  },
}

function yesNo(spot: Spot, scene: Scene): Option[] {
  return [
    { value: 'yes', label: scene.t(`${spot.key}.yes`), color: 'primary' },
    { value: 'no', label: scene.t(`${spot.key}.no`) },
  ]
}

const asButton = (option: Option, value: (token: string) => string): Button => ({
  label: option.label,
  value: value(option.value),
  ...(option.color ? { color: option.color } : {}),
})

function readOne(_spot: Spot, options: Option[], scene: Scene, said: Said): Reading {
  if ('contact' in said) return problem(scene.t('dialogue.choose'))
  if ('token' in said) return readToken(said.token, options, scene, given)
  const option = matchOption(said.typed, options)
  return option ? given(option.value) : problem(scene.t('dialogue.choose'))
}

function readSeveral(spot: Spot<Choices>, options: Option[], scene: Scene, typed: string): Reading {
  if (isWord(typed, 'done', scene.t) && pickedOf(spot).length > 0) return given(pickedOf(spot))
  if (isWord(typed, 'all', scene.t)) return given(options.map((option) => option.value))
  const found = matchOptions(typed, options)
  if (!found) return problem(scene.t('dialogue.choose'))
  const picked = pickedOf(spot)
  // Words beside ticks add to them; words alone are the whole answer.
  return picked.length === 0
    ? given(inOrder(found, options))
    : { ok: true, answer: { value: inOrder([...picked, ...found], options), open: true } }
}

function readToken(
  token: string,
  options: Option[],
  scene: Scene,
  take: (value: string) => Reading,
): Reading {
  if (token.startsWith(control.page)) return { ok: true, page: Number(token.slice(control.page.length)) || 0 }
  return options.some((option) => option.value === token) ? take(token) : problem(scene.t('dialogue.gone'))
}

const pickedOf = (spot: Spot): string[] => (Array.isArray(spot.answer?.value) ? spot.answer.value : [])

const toggled = (picked: string[], value: string, options: Option[]) =>
  inOrder(picked.includes(value) ? picked.filter((one) => one !== value) : [...picked, value], options)

const inOrder = (values: string[], options: Option[]) =>
  options.map((option) => option.value).filter((value) => values.includes(value))

function showOne(spot: Spot, options: Option[]): string {
  const value = String(spot.answer?.value ?? '')
  return options.find((option) => option.value === value)?.label ?? value
}

/** Room kept for done, back, skip and leave. */
const controlRoom = 4

/** As many options as fit beside the controls; when not all do, "‹" and "›" turn the pages. */
function paged(
  spot: Spot<Choice | Choices>,
  scene: Scene,
  value: (token: string) => string,
  make: (option: Option) => Button,
): Button[] {
  const options = spot.question.options(scene, spot.answers)
  const extra = spot.question.extra?.(scene).length ?? 0
  const fits = scene.room - controlsOf(spot.question) - extra
  if (options.length <= fits) return options.map(make)
  const size = fits - 2
  const pages = Math.ceil(options.length / size)
  const page = ((spot.page % pages) + pages) % pages
  const turn = (to: number, label: string): Button => ({
    label,
    value: value(`${control.page}${(to + pages) % pages}`),
  })
  return [
    ...options.slice(page * size, (page + 1) * size).map(make),
    turn(page - 1, '‹'),
    turn(page + 1, '›'),
  ]
}

const controlsOf = (question: Question) =>
  question.final ? 0 : question.kind === 'choices' ? controlRoom : controlRoom - 1
