import type { Chat, Mark, Person, ShownMessage } from '../messenger.ts'
import { shownButtons } from './keyboard.ts'
import type { VkKeyboard } from './keyboard.ts'

/** A message as VK keeps it. */
export interface VkMessage {
  id: number
  conversationMessageId: number
  /** Sent by the community. */
  out: boolean
  dateMs: number
  editedMs?: number
  text: string
  /** "0" for what a person sends. */
  randomId: string
  payload?: string
  /** Inline keyboard; the other kind belongs to the conversation. */
  keyboard?: VkKeyboard
  attachments: VkAttachment[]
  geo?: object
  ref?: string
  refSource?: string
}

/** As it stands in `attachments`, with what the page needs to show it. */
export interface VkAttachment {
  type: string
  value: object
  /** On messages from a person. */
  kind?: NonNullable<ShownMessage['attachment']>
  /** On messages from the community. */
  picture?: NonNullable<ShownMessage['picture']>
  file?: NonNullable<ShownMessage['file']>
}

/** One person's dialogue with the community. */
export interface Conversation {
  person: Person
  messages: VkMessage[]
  shown: ShownMessage[]
  lastConversationMessageId: number
  started: boolean
  blocked: boolean
  /** The person wrote first, or allowed messages; `blocked` goes before it. */
  allowed: boolean
  /** Put up by a test: error 900 or 902 instead of delivery. */
  restriction: 'blacklist' | 'privacy' | null
  keyboard?: VkKeyboard | undefined
  typingUntilMs: number
  /** From a vk.me link that the person opened and did not write after yet. */
  link?: { ref?: string; refSource?: string } | undefined
  /** What was sent within the last hour, by random_id: in the order of sending. */
  sent: Map<string, { id: number; conversationMessageId: number; atMs: number }>
  /** Up to which message of the person the community has read. */
  readUpTo: number
}

const keptMessages = 300

export function createConversation(person: Person, conversationStart: number): Conversation {
  return {
    person,
    messages: [],
    shown: [],
    lastConversationMessageId: conversationStart,
    started: false,
    blocked: false,
    allowed: false,
    restriction: null,
    typingUntilMs: 0,
    sent: new Map(),
    readUpTo: 0,
  }
}

/** Adds a message; of a long conversation only the last 300 to 350 are kept. */
export function addMessage(conversation: Conversation, message: VkMessage): ShownMessage {
  const shown = shownMessage(message)
  conversation.messages.push(message)
  conversation.shown.push(shown)
  if (conversation.messages.length >= keptMessages + 50) {
    conversation.messages.splice(0, 50)
    conversation.shown.splice(0, 50)
  }
  return shown
}

/** Looks from the end: what is edited or pressed is mostly near it. */
export const findMessage = (
  conversation: Conversation,
  by: { id?: number | undefined; conversationMessageId?: number | undefined },
): VkMessage | undefined =>
  conversation.messages.findLast(
    (message) => message.id === by.id || message.conversationMessageId === by.conversationMessageId,
  )

/** Messages are never changed, only replaced: what `save` gave out stays as it was. */
export function replaceMessage(conversation: Conversation, old: VkMessage, message: VkMessage): ShownMessage {
  const index = conversation.messages.lastIndexOf(old)
  const shown = shownMessage(message)
  conversation.messages[index] = message
  conversation.shown[index] = shown
  return shown
}

/** Takes the message out of the person's sight and out of the history. */
export function removeMessage(conversation: Conversation, message: VkMessage): void {
  const index = conversation.messages.indexOf(message)
  conversation.messages.splice(index, 1)
  conversation.shown.splice(index, 1)
}

/** The dialogue as the person sees it. */
export function shownChat(conversation: Conversation, botId: number, nowMs: number): Chat {
  return {
    platform: 'vk',
    botId,
    personId: conversation.person.id,
    messages: [...conversation.shown],
    keyboard: shownButtons(conversation.keyboard),
    typing: conversation.typingUntilMs > nowMs,
    blocked: conversation.blocked,
    started: conversation.started,
    commands: [],
  }
}

/** The page and `press` know messages by `id`. */
export function shownMessage(message: VkMessage): ShownMessage {
  const { text, marks } = readMentions(message.text)
  const shown: ShownMessage = {
    id: message.id,
    from: message.out ? 'bot' : 'person',
    text,
    marks,
    buttons: shownButtons(message.keyboard),
    sentAt: message.dateMs,
  }
  if (message.editedMs !== undefined) shown.editedAt = message.editedMs
  for (const { kind, picture, file } of message.attachments) {
    if (kind) shown.attachment = kind
    if (picture) shown.picture ??= picture
    if (file) shown.file ??= file
  }
  if (message.geo && !message.out) shown.attachment = 'location'
  return shown
}

/** VK's only markup in plain text: [id1|Anna], [club1|Salon], [https://vk.com/…|label]. */
function readMentions(raw: string): { text: string; marks: Mark[] } {
  if (!raw.includes('|')) return { text: raw, marks: [] }
  const marks: Mark[] = []
  let text = ''
  let end = 0
  for (const match of raw.matchAll(/\[((?:id|club|public)\d+|https:\/\/vk\.com\/[^\s|\]]*)\|([^\]]+)\]/g)) {
    const [whole, target, label] = match as unknown as [string, string, string]
    text += raw.slice(end, match.index)
    const link = target.startsWith('https:') ? target : `https://vk.com/${target}`
    marks.push({ kind: 'link', offset: text.length, length: label.length, link })
    text += label
    end = match.index + whole.length
  }
  return { text: text + raw.slice(end), marks }
}
