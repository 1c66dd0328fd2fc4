/** What an update leads to, before it is put into words; and the decisions that many things people do share. */
import type { Message, RichText } from './conversation.ts'
import { consentSpot, currentOf } from './current.ts'
import { closed } from './engine.ts'
import { walkOf, withWalk } from '../domain/known.ts'
import type { Fact, Known, Walk } from '../domain/known.ts'
import type { Prompted } from '../domain/prompt.ts'
import type { Scene } from './question.ts'
import { isPressedLive } from './reply.ts'
import type { Before, Spoken } from './reply.ts'
import { rich } from './rich.ts'

export interface Decision {
  known: Known
  facts?: Fact[]
  spoken: Spoken
  /** The reply needs everything that is kept about the person. */
  wantsData?: boolean
  /** The reply shows the person's gifts (true), or the coupon of this message of an offer. */
  wantsCoupons?: boolean | { delivery: string }
  silent?: boolean
  /** What became of a message on our side. */
  prompted?: Prompted
}

/** A button of a question that is not the current one: the current one is shown. */
export const stale = ({ known, scene }: Before): Decision => ({
  known,
  spoken: { toast: scene.t('dialogue.stale') },
})

/** What was written goes to the salon's people. */
export function passedOn({ known, scene }: Before, text: string, sentence = 'human.passed'): Decision {
  const current = currentOf(known, scene)
  const menu = { label: scene.t('menu.standing'), value: 'menu.go=menu' }
  return {
    known,
    facts: [messageNotice(text)],
    spoken: {
      say: [
        {
          text: rich(scene.t(sentence)),
          groups: current ? [] : [{ kind: 'controls', buttons: [menu] }],
        },
      ],
      quiet: !current,
    },
  }
}

/** Nothing is kept of someone who declined: not even that they did. */
export const declined = ({ known, scene }: Before): Decision => ({
  known: atMenu(known),
  spoken: { say: [plainly(scene.t('onboarding.declined'))] },
})

/** Somebody who has given no consent is asked for it. */
export const atConsentCard = (known: Known): Known => ({
  ...known,
  chat: { ...known.chat, liveFrom: consentSpot },
})

/** Somebody who has given no consent is not asked for it now. */
export function atMenu(known: Known): Known {
  const { liveFrom: _, ...chat } = known.chat
  return { ...known, chat }
}

/** Side dialogues are dropped when the person does something else, or is asked something else. */
export function withoutSide(known: Known, scene: Scene): Known {
  const dropped = known.walks.filter((walk) => walk.status === 'open' && scene.dialogues[walk.name]?.side)
  return dropped.reduce(
    (left, walk) => withWalk(left, { ...walk, status: 'stopped', changedAt: scene.now }),
    known,
  )
}

/** Leaves a dialogue in the middle: it can be taken up again, but corrections are over and what was there stays. */
export function putOff(known: Known, walk: Walk, scene: Scene): Known {
  const corrected = walk.name === 'onboarding' && known.client.onboardedAt !== undefined
  return withWalk(
    known,
    corrected ? settled(walk, scene) : { ...walk, status: 'paused', changedAt: scene.now },
  )
}

function settled(walk: Walk, scene: Scene): Walk {
  const answers = Object.entries(walk.answers).map(([id, answer]) => [id, closed(answer)] as const)
  const last = scene.dialogues[walk.name]?.questions.at(-1)
  return {
    ...walk,
    status: 'finished',
    changedAt: scene.now,
    answers: {
      ...Object.fromEntries(answers),
      ...(last?.kind === 'summary' ? { [last.id]: { value: true } } : {}),
    },
  }
}

/** All that is open waits in the menu. */
export const allPutOff = (known: Known, scene: Scene): Known =>
  known.walks
    .filter((walk) => walk.status === 'open')
    .reduce((left, walk) => putOff(left, walk, scene), known)

/** The onboarding goes on where it was put off. */
export function resumed(known: Known, scene: Scene): Known {
  const walk = walkOf(known, 'onboarding') ?? begun(scene)
  return walk.status === 'paused' ? withWalk(known, { ...walk, status: 'open', changedAt: scene.now }) : known
}

/** The onboarding of somebody who agreed in another way than by its first question. */
const begun = ({ now }: Scene): Walk => ({
  name: 'onboarding',
  run: 1,
  version: 1,
  status: 'paused',
  answers: { personalData: { value: true } },
  startedAt: now,
  changedAt: now,
})

/** What the pressed message becomes, when it is the live one. */
export const closingPressed = (before: Before, text: string): { closing?: RichText } =>
  isPressedLive(before) ? { closing: rich(text) } : {}

export const plainly = (text: string): Message => ({ text: rich(text), groups: [] })

export const messageNotice = (text: string): Fact => ({ kind: 'notice', what: 'message', text })
