/** From a turn to what is said: which message is edited, which is new, what the old ones become. */
import { askedCard, closedCard } from './card.ts'
import type { Incoming, Message, Reply, RichText } from './conversation.ts'
import { currentOf, liveCard, spotName, trailStart } from './current.ts'
import type { Current, Shown } from './current.ts'
import { walkOf } from '../domain/known.ts'
import type { Known } from '../domain/known.ts'
import { standingMenu } from './menu.ts'
import type { Answers } from '../domain/answer.ts'
import type { Dialogue, Question, Scene } from './question.ts'
import { rich } from './rich.ts'

/** What a turn wants to be said, beside the current question that always follows. */
export interface Spoken extends Shown {
  say?: Message[]
  toast?: string | undefined
  /** The question that this turn has dealt with, and the answers after it. */
  dealt?: { dialogue: Dialogue; question: Question; answers: Answers } | undefined
  /** What the former live message becomes, when not its own text. */
  closing?: RichText | undefined
  /** Nothing is shown after what is said: neither question nor menu. */
  quiet?: boolean | undefined
  /** What is shown comes as a new message, even where the pressed one could become it. */
  apart?: boolean | undefined
}

export interface Before {
  known: Known
  scene: Scene
  incoming: Incoming
}

/** Whether the pressed message is the live one, as far as we know. */
export function isPressedLive({ known, incoming }: Before): boolean {
  const { liveMessageId: live } = known.chat
  return incoming.messageId !== undefined && (live === undefined || live === incoming.messageId)
}

/** Whether the pressed message itself becomes the next question. */
function isInPlace(before: Before, spoken: Spoken, next: Scene, nextKnown: Known): boolean {
  if (!isPressedLive(before)) return false
  if (spoken.quiet || spoken.apart || (spoken.say ?? []).length > 0 || spoken.dealt?.question.keep)
    return false
  return spoken.card !== undefined || !asksByContactButton(currentOf(nextKnown, next), next)
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
  return {
    ...closeOf(before, spoken),
    say: withStanding(withoutContactButton(before, spoken, currentOf(known, scene)), scene),
    ...(spoken.quiet ? {} : { live: { message: liveCard(known, scene, spoken) } }),
    ...toast,
  }
}

function closeOf(before: Before, spoken: Spoken): Pick<Reply, 'close'> {
  const messageId = before.known.chat.liveMessageId ?? before.incoming.messageId
  if (messageId === undefined || spoken.quiet) return {}
  if (spoken.closing) return { close: { messageId, text: spoken.closing } }
  // Telegram edits no message that came with the contact button.
  if (asksByContactButton(currentOf(before.known, before.scene), before.scene)) return {}
  return { close: { messageId, text: closingText(before, spoken) } }
}

/** The former live message as it stays in the chat: with the answer, or as it was asked. */
function closingText(before: Before, { dealt }: Spoken): RichText {
  const { known, scene } = before
  const current = currentOf(known, scene)
  if (dealt && (current ? current.dialogue === dealt.dialogue : isPressedLive(before))) {
    const { dialogue, question, answers } = dealt
    if (question.kind === 'text' && question.several)
      return wasGathering(before, dealt)
        ? closedCard(dialogue, scene, answers, question)
        : askedCard(dialogue, scene, answers, question)
    // A list that is still being ticked, like the card of all answers, says it best itself.
    if (question.kind !== 'summary' && !answers[question.id]?.open)
      return closedCard(dialogue, scene, answers, question, trailStart(known, dialogue))
  }
  return current ? liveCard(known, scene).text : rich(`☰ ${scene.t('menu.menu')}`)
}

/** Whether the message that is closed now said "noted, go on" already. */
const wasGathering = ({ known }: Before, { dialogue, question }: NonNullable<Spoken['dealt']>): boolean =>
  walkOf(known, dialogue.name)?.answers[question.id]?.value !== undefined

/** Telegram's contact button stays under the input field until a message takes it away. */
function withoutContactButton(
  { known, scene }: Before,
  spoken: Spoken,
  next: Current | undefined,
): Message[] {
  const say = spoken.say ?? []
  const current = currentOf(known, scene)
  if (!current || !asksByContactButton(current, scene) || asksByContactButton(next, scene)) return say
  const [first, ...rest] = say
  if (spoken.dealt?.question.kind === 'phone') {
    const { dialogue, question, answers } = spoken.dealt
    const text = closedCard(dialogue, scene, answers, question)
    return [{ text, groups: [], removeKeyboard: true }, ...say]
  }
  if (first?.groups.length === 0) return [{ ...first, removeKeyboard: true }, ...rest]
  return [{ text: rich(scene.t('dialogue.phone.later')), groups: [], removeKeyboard: true }, ...say]
}

const asksByContactButton = (current: Current | undefined, { contactButton }: Scene): boolean =>
  contactButton && current?.place.question.kind === 'phone'

/** VK's standing button rides on the first message that has no buttons of its own. */
function withStanding(say: Message[], scene: Scene): Message[] {
  if (scene.contactButton) return say
  const at = say.findIndex((one) => one.groups.length === 0)
  return say.map((one, i) => (i === at ? { ...one, standing: standingMenu(scene) } : one))
}

const sameDialogue = ({ known, scene }: Before, current: Current | undefined) =>
  current !== undefined && currentOf(known, scene)?.dialogue.name === current.dialogue.name
