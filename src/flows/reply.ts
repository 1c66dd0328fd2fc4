/** From a turn to what is said: which message is edited, which is new, what the old ones become. */
import { closedCard } from './card.ts'
import type { Incoming, Message, Reply, RichText } from './conversation.ts'
import { currentOf, liveCard, spotName, trailStart } from './current.ts'
import type { Current, Shown } from './current.ts'
import type { Known } from '../domain/known.ts'
import { standingMenu } from './menu.ts'
import type { Answers } from '../domain/answer.ts'
import type { Question, Scene } from './question.ts'
import { rich } from './rich.ts'

/** What a turn wants to be said, beside the current question that always follows. */
export interface Spoken extends Shown {
  say?: Message[]
  toast?: string | undefined
  /** The question that this turn has dealt with, and the answers after it. */
  dealt?: { question: Question; answers: Answers } | undefined
  /** What the former live message becomes, when not its own text. */
  closing?: RichText | undefined
  /** Nothing is shown after what is said: neither question nor menu. */
  quiet?: boolean | undefined
}

export interface Before {
  known: Known
  scene: Scene
  incoming: Incoming
}

/** Whether the pressed message itself becomes the next question. */
export function isInPlace(
  { known, incoming }: Before,
  spoken: Spoken,
  next: Scene,
  nextKnown: Known,
): boolean {
  const { messageId } = incoming
  const live = known.chat.liveMessageId
  if (messageId === undefined || (live !== undefined && live !== messageId)) return false
  if (spoken.quiet || (spoken.say ?? []).length > 0 || spoken.dealt?.question.keep) return false
  return !(next.contactButton && currentOf(nextKnown, next)?.place.question.kind === 'phone')
}

/** The chat's hint about its live message after this turn. */
export function liveAfter(
  before: Before,
  spoken: Spoken,
  next: Scene,
  nextKnown: Known,
): { liveMessageId?: number; liveFrom?: string } {
  const current = currentOf(nextKnown, next)
  const inPlace = isInPlace(before, spoken, next, nextKnown)
  const from =
    inPlace && sameDialogue(before, current)
      ? (before.known.chat.liveFrom ?? spotName(current))
      : spotName(current)
  return {
    ...(inPlace && before.incoming.messageId !== undefined
      ? { liveMessageId: before.incoming.messageId }
      : {}),
    ...(from === undefined || spoken.quiet ? {} : { liveFrom: from }),
  }
}

/** Puts it all together, once the turn is committed. */
export function replyOf(before: Before, spoken: Spoken, known: Known, scene: Scene): Reply {
  const toast = spoken.toast === undefined ? {} : { toast: spoken.toast }
  if (isInPlace(before, spoken, scene, known) && before.incoming.messageId !== undefined)
    return {
      say: [],
      live: { message: liveCard(known, scene, spoken), into: before.incoming.messageId },
      ...toast,
    }
  const phoneLine = phoneGone(before, spoken)
  const say = [...(phoneLine ? [phoneLine] : []), ...(spoken.say ?? [])]
  return {
    ...closeOf(before, spoken, phoneLine !== undefined),
    say: withStanding(say, scene),
    ...(spoken.quiet ? {} : { live: { message: liveCard(known, scene, spoken) } }),
    ...toast,
  }
}

function closeOf(before: Before, spoken: Spoken, phoneShown: boolean): Pick<Reply, 'close'> {
  const messageId = before.known.chat.liveMessageId ?? before.incoming.messageId
  if (messageId === undefined || phoneShown || spoken.quiet) return {}
  return { close: { messageId, text: spoken.closing ?? closingText(before, spoken) } }
}

function closingText({ known, scene }: Before, spoken: Spoken): RichText {
  const current = currentOf(known, scene)
  if (current && spoken.dealt && spoken.dealt.question.kind !== 'summary')
    return closedCard(
      current.dialogue,
      scene,
      spoken.dealt.answers,
      spoken.dealt.question,
      trailStart(known, current),
    )
  return liveCard(known, scene).text
}

/** Telegram's contact button stays under the input field until a message takes it away. */
function phoneGone({ known, scene }: Before, spoken: Spoken): Message | undefined {
  const current = currentOf(known, scene)
  if (!scene.contactButton || current?.place.question.kind !== 'phone') return undefined
  if (spoken.problem !== undefined && !spoken.dealt) return undefined
  const text =
    spoken.dealt?.question.kind === 'phone'
      ? closedCard(current.dialogue, scene, spoken.dealt.answers, spoken.dealt.question)
      : rich(scene.t('dialogue.phone.later'))
  return { text, groups: [], removeKeyboard: true }
}

/** VK's standing button rides on the first message that has no buttons of its own. */
function withStanding(say: Message[], scene: Scene): Message[] {
  if (scene.contactButton) return say
  const at = say.findIndex((one) => one.groups.length === 0)
  return say.map((one, i) => (i === at ? { ...one, standing: standingMenu(scene) } : one))
}

const sameDialogue = ({ known, scene }: Before, current: Current | undefined) =>
  current !== undefined && currentOf(known, scene)?.dialogue.name === current.dialogue.name
