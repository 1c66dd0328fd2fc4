/** The card of a question: what was answered above it, the question, its hint, its buttons. */
import type { Button, ButtonGroup, Message, RichText } from './conversation.ts'
import { placeBefore } from './engine.ts'
import { applies, isInTheMaking, isReopened, kindOf, showAnswer, spotOf } from './spot.ts'
import type { Place } from './engine.ts'
import type { Spot } from './kinds/kind.ts'
import { rowLines } from './kinds/grid.ts'
import type { Answers } from '../domain/answer.ts'
import type { Dialogue, Question, Scene } from './question.ts'
import { rich } from './rich.ts'
import type { Part } from './rich.ts'
import { buttonValue, control } from './value.ts'

export interface CardOptions {
  /** The question that this message began with: the answers given since then stand above the current one. */
  from?: string | undefined
  /** Said first: what was wrong with the last answer. */
  problem?: string | undefined
  /** Said first, too: a word about the last answer. */
  note?: string | undefined
  page?: number | undefined
}

/** Puts the question at `at`. */
export function cardOf(
  dialogue: Dialogue,
  scene: Scene,
  answers: Answers,
  at: Place,
  options: CardOptions = {},
): Message {
  const spot = spotOf(dialogue, answers, at, options.page)
  const value = (token: string) =>
    buttonValue({
      dialogue: dialogue.name,
      question: at.question.id,
      token,
      ...(at.row === undefined ? {} : { row: at.row }),
    })
  const face = kindOf(dialogue, at.question).face(spot, scene, value)
  const controls = controlsOf(dialogue, scene, spot, at, value)
  const groups = joined([
    ...face.groups,
    extraOf(at.question, scene),
    { kind: 'controls', buttons: controls },
  ])
  const hints = [face.hint, typedInstead(groups, scene)].filter((one) => one !== undefined)
  return {
    text: rich(
      ...trail(dialogue, scene, answers, at, options.from),
      ...firstPart(options.note),
      ...firstPart(options.problem),
      ...questionText(dialogue, scene, spot, face.text, hints.join('\n') || undefined),
    ),
    groups,
    ...(face.askPhone ? { askPhone: { ...face.askPhone, typed: controls.map((one) => one.label) } } : {}),
  }
}

/** What an answered question leaves behind in the chat: itself with its answer, no buttons. */
export function closedCard(
  dialogue: Dialogue,
  scene: Scene,
  answers: Answers,
  question: Question,
  from?: string,
): RichText {
  if (question.keep) return keptCard(dialogue, scene, answers, question)
  if (question.kind === 'text' && question.several) return rich(scene.t('dialogue.noted'))
  if (dialogue.side && question.kind === 'text') return askedCard(dialogue, scene, answers, question)
  return rich(
    ...trail(dialogue, scene, answers, { question }, from),
    ...answerLine(dialogue, scene, answers, question),
  )
}

/** A question that stays in the chat as it was asked (a consent), with its answer under it. */
function keptCard(dialogue: Dialogue, scene: Scene, answers: Answers, question: Question): RichText {
  const asked = questionText(dialogue, scene, spotOf(dialogue, answers, { question }), undefined, undefined)
  return rich(...asked, '\n\n✓ ', { bold: showAnswer(dialogue, scene, answers, question) })
}

/** A question whose answer is the person's own message right under it. */
export const askedCard = (dialogue: Dialogue, scene: Scene, answers: Answers, question: Question): RichText =>
  rich(...questionText(dialogue, scene, spotOf(dialogue, answers, { question }), undefined, undefined))

/** "✓ Имя: Анна": one answered question. */
function answerLine(dialogue: Dialogue, scene: Scene, answers: Answers, question: Question): Part[] {
  return [
    `✓ ${scene.t(`${dialogue.name}.${question.id}.short`)}: `,
    { bold: showAnswer(dialogue, scene, answers, question) },
  ]
}

function trail(
  dialogue: Dialogue,
  scene: Scene,
  answers: Answers,
  at: Place,
  from: string | undefined,
): Part[] {
  if (dialogue.compact || answers[at.question.id]?.edited) return []
  const first = dialogue.questions.findIndex((one) => one.id === from)
  const last = dialogue.questions.indexOf(at.question)
  if (first < 0 || first >= last || at.question.kind === 'summary') return []
  const shown = dialogue.questions
    .slice(first, last)
    .filter((one) => !one.keep && applies(one, scene, answers) && answers[one.id])
  const lines = shown.flatMap((question) => [...answerLine(dialogue, scene, answers, question), '\n'])
  return lines.length > 0 ? [...lines, '\n'] : []
}

const firstPart = (said: string | undefined): Part[] => (said === undefined ? [] : [`${said}\n\n`])

function questionText(
  dialogue: Dialogue,
  scene: Scene,
  spot: Spot,
  own: RichText | undefined,
  hint: string | undefined,
): Part[] {
  if (own) return [...ownParts(own)]
  const { question, key, answers } = spot
  const parts: Part[] = [
    ...progressPart(dialogue, scene, spot),
    { bold: scene.t(`${key}.ask`, question.values?.(scene, answers)) },
  ]
  parts.push(...rowParts(spot, scene))
  const under = [
    question.hint ? scene.t(`${key}.hint`, question.values?.(scene, answers)) : undefined,
    hint,
    wasAnswered(dialogue, scene, spot),
  ]
  return [...parts, ...under.filter((one) => one !== undefined).map((one) => `\n${one}`)]
}

function* ownParts({ text, bold }: RichText): Iterable<Part> {
  let end = 0
  for (const { offset, length } of bold) {
    yield text.slice(end, offset)
    yield { bold: text.slice(offset, offset + length) }
    end = offset + length
  }
  yield text.slice(end)
}

function progressPart(dialogue: Dialogue, scene: Scene, spot: Spot): Part[] {
  if (!dialogue.progress || spot.question.final || spot.question.uncounted || spot.answer?.edited) return []
  // What is being ticked right now has no say yet in how many questions there will be.
  const { [spot.question.id]: _, ...answers } = spot.answers
  const counted = dialogue.questions.filter(
    (one) =>
      isCounted(one) && (one === spot.question || (!answers[one.id]?.known && applies(one, scene, answers))),
  )
  const number = counted.indexOf(spot.question) + 1
  return number === 0 ? [] : [`${scene.t('dialogue.progress', { number, of: counted.length })}\n`]
}

const isCounted = (question: Question): boolean =>
  question.kind !== 'summary' && !question.final && !question.uncounted

/** A grid's rows: those that were given with their answers, then the one that is asked. */
function rowParts(spot: Spot, scene: Scene): Part[] {
  const { question, answers, row } = spot
  if (question.kind !== 'grid') return []
  const above = rowLines({ ...spot, question }, scene).map(({ label, answer }) => `\n✓ ${label} — ${answer}`)
  const label = question.rows(scene, answers).find((one) => one.value === row)?.label
  return [...above, ...(label === undefined ? [] : ['\n▸ ', { bold: label }])]
}

function wasAnswered(dialogue: Dialogue, scene: Scene, spot: Spot): string | undefined {
  if (!isReopened(spot, scene)) return undefined
  return scene.t('dialogue.was', { answer: kindOf(dialogue, spot.question).show(spot, scene) })
}

function extraOf(question: Question, scene: Scene): ButtonGroup {
  const extra = question.extra?.(scene) ?? []
  return { kind: 'controls', buttons: extra.map((one) => ({ label: scene.t(one.label), value: one.value })) }
}

/** Keep, skip, back, leave: the most needed first, because a platform without room drops the last ones. */
function controlsOf(
  dialogue: Dialogue,
  scene: Scene,
  spot: Spot,
  at: Place,
  value: (token: string) => string,
): Button[] {
  const { question } = spot
  const controls: Button[] = []
  const add = (label: string, token: string) => controls.push({ label: scene.t(label), value: value(token) })
  const reopened = isReopened(spot, scene)
  if (reopened) add('dialogue.keep', control.keep)
  if (question.optional && !isInTheMaking(spot, scene))
    add(reopened ? 'dialogue.clear' : 'dialogue.skip', control.skip)
  // Out of a correction leads one way only: to the summary.
  if (spot.answer?.edited) return controls
  if (placeBefore(dialogue, scene, spot.answers, at)) add('dialogue.back', control.back)
  if (dialogue.leave && !question.final && question.kind !== 'summary')
    add(`dialogue.leave.${dialogue.leave}`, control.leave)
  return controls
}

/** What the platform has no room to show as buttons can be said in words: which words they are. */
function typedInstead(groups: readonly ButtonGroup[], { room, t }: Scene): string | undefined {
  const controls = groups.flatMap(({ kind, buttons }) => (kind === 'controls' ? buttons : []))
  const answers = groups.flatMap(({ buttons }) => buttons).length - controls.length
  const left = controls.slice(Math.max(0, room - answers))
  // Whoever wants to stop just stops.
  if (left.every((one) => one.value.endsWith(`=${control.leave}`))) return undefined
  const words = left.map(({ label }) =>
    t('dialogue.quoted', { word: label.replace(/^\P{L}+/u, '').toLowerCase() }),
  )
  return t('dialogue.inWords', { words: words.join(', ') })
}

/** Neighbouring groups of one kind become one; empty ones go. */
function joined(groups: ButtonGroup[]): ButtonGroup[] {
  const result: ButtonGroup[] = []
  for (const group of groups.filter((one) => one.buttons.length > 0)) {
    const last = result.at(-1)
    if (last?.kind === group.kind && group.kind === 'controls') last.buttons.push(...group.buttons)
    else result.push({ kind: group.kind, buttons: [...group.buttons] })
  }
  return result
}
