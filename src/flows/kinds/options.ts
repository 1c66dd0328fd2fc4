/** Choosing from a list: one (choice, confirm) or several (choices). Long lists are shown in pages. */
import { named } from '../../domain/salon.ts'
import type { Named } from '../../domain/salon.ts'
import type { Button, ButtonGroup } from '../conversation.ts'
import type { Choice, Choices, Confirm, Option, Scene, Translate } from '../question.ts'
import { isWord, matchOption, matchOptions } from '../typed.ts'
import { control } from '../value.ts'
import { given, problem } from './kind.ts'
import type { Kind, Reading, Said, Spot } from './kind.ts'
import { listGroups, pageOf, readPage } from './pages.ts'

/** Options with labels from the locales: "<dialogue>.<question>.options.<value>". */
export const listed = (key: string, values: readonly string[]) => {
  // Looked at many times an update, and always the same in one language.
  const said = new WeakMap<Translate, Option[]>()
  return ({ t }: Scene): Option[] => {
    const options = said.get(t) ?? values.map((value) => ({ value, label: t(`${key}.options.${value}`) }))
    said.set(t, options)
    return options
  }
}

/** Options named by the salon's own settings. */
export const namedOptions = (items: readonly { id: string; name: Named }[], scene: Scene): Option[] =>
  items.map((item) => ({ value: item.id, label: named(item.name, scene.language) }))

export const choiceKind: Kind<Choice> = {
  face: (spot, scene, value) => ({
    groups: listGroups(spot, scene, value, { make: (option) => asButton(option, value) }),
  }),
  read({ question, answers }, scene, said) {
    const reading = readOne(question.options(scene, answers), scene, said)
    const meant = !reading.ok && 'typed' in said ? question.means?.(said.typed) : undefined
    return meant === undefined ? reading : given(meant)
  },
  show: (spot, scene) => labelOf(spot.question.options(scene, spot.answers), spot.answer?.value) ?? '',
}

export const confirmKind: Kind<Confirm> = {
  face: (spot, scene, value) => ({
    groups: [optionGroup(yesNo(spot, scene), value)],
  }),
  read(spot, scene, said) {
    const typed = 'typed' in said ? said.typed : ''
    if (isWord(typed, 'agree', scene.t)) return given(true)
    // Whoever types the very words of a button means it.
    const reading = readOne(yesNo(spot, scene), scene, said)
    if (reading.ok) return 'answer' in reading ? given(reading.answer.value === 'yes') : reading
    if (isWord(typed, 'yes', scene.t))
      return spot.question.explicit ? problem(scene.t(`${spot.key}.unclear`)) : given(true)
    return isWord(typed, 'no', scene.t) ? given(false) : reading
  },
  show: (spot, scene) => scene.t(`${spot.key}.${spot.answer?.value === true ? 'yes' : 'no'}`),
}

export const choicesKind: Kind<Choices> = {
  face(spot, scene, value) {
    const picked = pickedOf(spot, scene)
    const toggle = (option: Option): Button => {
      const button = asButton(option, value)
      return picked.includes(option.value)
        ? { ...button, label: `✓ ${button.label}`, color: 'positive' }
        : button
    }
    const done = { label: scene.t('dialogue.done'), value: value(control.done), color: 'primary' } as const
    return {
      groups: listGroups(spot, scene, value, { make: toggle, done: picked.length > 0 ? done : undefined }),
    }
  },
  read(spot, scene, said) {
    const options = spot.question.options(scene, spot.answers)
    if ('contact' in said) return problem(scene.t('dialogue.choose'))
    if ('typed' in said) return readSeveral(spot, options, scene, said.typed)
    if (said.token === control.done) return complete(pickedOf(spot, scene), scene)
    return readToken(said.token, options, scene, (value) => ({
      ok: true,
      answer: { value: toggled(pickedOf(spot, scene), value, options), open: true },
      page: pageOf(spot, scene, value),
    }))
  },
  show(spot, scene) {
    const options = spot.question.options(scene, spot.answers)
    return pickedOf(spot, scene)
      .map((value) => labelOf(options, value))
      .join(', ')
  },
}

/** The ticked options of a list that are (still) there, in its order. */
export function pickedOf({ question, answer, answers }: Spot, scene: Scene): string[] {
  const value = answer?.value
  if (question.kind !== 'choices' || !Array.isArray(value) || value.length === 0) return []
  return inOrder(value, question.options(scene, answers))
}

/** The options as buttons, one or two a row. */
export const optionGroup = (options: readonly Option[], value: (token: string) => string): ButtonGroup => ({
  kind: 'options',
  buttons: options.map((option) => asButton(option, value)),
})

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

/** The one option that was pressed or typed. */
export function readOne(options: Option[], scene: Scene, said: Said): Reading {
  if ('contact' in said) return problem(scene.t('dialogue.choose'))
  if ('token' in said) return readToken(said.token, options, scene, given)
  const means = (one: Option) => one.means !== undefined && isWord(said.typed, one.means, scene.t)
  const option = matchOption(said.typed, options) ?? options.find(means)
  return option ? given(option.value) : problem(scene.t('dialogue.choose'))
}

function readSeveral(spot: Spot<Choices>, options: Option[], scene: Scene, typed: string): Reading {
  const picked = pickedOf(spot, scene)
  const done = isWord(typed, 'done', scene.t)
  if (done && picked.length > 0) return given(picked)
  // "Всё" is "that's all" beside ticks and "all of them" without.
  if (isWord(typed, 'all', scene.t)) return given(options.map((option) => option.value))
  if (done) return problem(scene.t('dialogue.chooseOne'))
  const found = matchOptions(typed, options)
  if (!found) return problem(scene.t('dialogue.choose'))
  // Words beside ticks add to them; words alone are the whole answer.
  if (picked.length === 0) return given(inOrder(found, options))
  return {
    ok: true,
    answer: { value: inOrder([...picked, ...found], options), open: true },
    page: pageOf(spot, scene, found[0] ?? ''),
  }
}

const complete = (picked: string[], scene: Scene): Reading =>
  picked.length > 0 ? given(picked) : problem(scene.t('dialogue.chooseOne'))

function readToken(
  token: string,
  options: Option[],
  scene: Scene,
  take: (value: string) => Reading,
): Reading {
  const page = readPage(token)
  if (page !== undefined) return { ok: true, page }
  return options.some((option) => option.value === token) ? take(token) : problem(scene.t('dialogue.gone'))
}

const toggled = (picked: string[], value: string, options: Option[]) =>
  inOrder(picked.includes(value) ? picked.filter((one) => one !== value) : [...picked, value], options)

const inOrder = (values: string[], options: Option[]) =>
  options.map((option) => option.value).filter((value) => values.includes(value))

/** What an option is called; undefined when it is not (any more) among them. */
export const labelOf = (options: readonly Option[], value: unknown): string | undefined =>
  options.find((option) => option.value === value)?.label
