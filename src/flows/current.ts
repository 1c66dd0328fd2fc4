/** What the chat is about right now. It follows from the state: there is no "current step" to be kept. */
import { cardOf } from './card.ts'
import type { Message } from './conversation.ts'
import { place } from './engine.ts'
import type { Place } from './engine.ts'
import { consented, walkOf } from '../domain/known.ts'
import type { Known, Walk } from '../domain/known.ts'
import { menuCard } from './menu.ts'
import { onboarding } from './onboarding.ts'
import type { Dialogue, Scene } from './question.ts'

export interface Current {
  dialogue: Dialogue
  walk: Walk
  place: Place
}

/** The consent question is the live card of a chat that has given none. */
export const consentSpot = 'onboarding.personalData'

/** The dialogue that is going on: a side one before the one it interrupted; undefined when the menu is all there is. */
export function currentOf(known: Known, scene: Scene): Current | undefined {
  if (last?.scene === scene && last.known === known) return last.current
  const current = findCurrent(known, scene)
  last = { scene, known, current }
  return current
}

/** A turn asks this many times of the same state; what is asked never changes. */
let last: { scene: Scene; known: Known; current: Current | undefined } | undefined

function findCurrent(known: Known, scene: Scene): Current | undefined {
  if (!consented(known)) return known.chat.liveFrom === consentSpot ? atConsent(scene) : undefined
  const open = known.walks
    .filter((walk) => walk.status === 'open' && scene.dialogues[walk.name])
    .toSorted((a, b) => b.changedAt - a.changedAt)
  const isSide = (walk: Walk) => scene.dialogues[walk.name]?.side === true
  for (const walk of [...open.filter(isSide), ...open.filter((one) => !isSide(one))]) {
    const current = currentIn(walk, scene)
    if (current) return current
  }
  return undefined
}

/** Where a walk stands, or undefined when it is complete. */
function currentIn(walk: Walk, scene: Scene): Current | undefined {
  const dialogue = scene.dialogues[walk.name]
  const at = dialogue && place(dialogue, scene, walk.answers)
  return dialogue && at && { dialogue, walk, place: at }
}

/** Onboarding before the first consent: nothing is kept, so the walk is made anew every time. */
function atConsent(scene: Scene): Current {
  const walk: Walk = {
    name: onboarding.name,
    run: 1,
    version: onboarding.version,
    status: 'open',
    answers: {},
    startedAt: scene.now,
    changedAt: scene.now,
  }
  return { dialogue: onboarding, walk, place: place(onboarding, scene, {}) as Place }
}

/** The walk that a pressed button belongs to: the open one, or a paused one that this press takes up again. */
export function pressedWalk(known: Known, scene: Scene, name: string): Current | undefined {
  if (!consented(known)) return name === onboarding.name ? atConsent(scene) : undefined
  const walk = walkOf(known, name)
  return walk?.status === 'open' || walk?.status === 'paused' ? currentIn(walk, scene) : undefined
}

export interface Shown {
  problem?: string | undefined
  /** A word about the answer, above the next question. */
  note?: string | undefined
  page?: number | undefined
  /** Stands in the place of the question or the menu until something is pressed on it. */
  card?: Message | undefined
}

/** The live card: the current question, or the menu. */
export function liveCard(known: Known, scene: Scene, shown: Shown = {}): Message {
  if (shown.card) return shown.card
  const current = currentOf(known, scene)
  if (!current) return menuCard(known, scene, shown.problem)
  return cardOf(current.dialogue, scene, current.walk.answers, current.place, {
    ...shown,
    from: trailStart(known, current.dialogue),
  })
}

/** The place that a message begins with, as `Chat.liveFrom` keeps it. */
export const spotName = (current: Current | undefined): string | undefined =>
  current && `${current.dialogue.name}.${current.place.question.id}`

/** The question of this dialogue that the live message began with. */
export function trailStart(known: Known, dialogue: Dialogue): string | undefined {
  const [name, question] = known.chat.liveFrom?.split('.') ?? []
  return name === dialogue.name ? question : undefined
}
