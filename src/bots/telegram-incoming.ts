import type { CallbackQuery, ChatMemberUpdated, Contact, Message, Update, User } from 'grammy/types'
import type { Attachment, Incoming, Input } from '../flows/conversation.ts'

/** What the bot asks Telegram for. */
export const allowedUpdates = ['message', 'callback_query', 'my_chat_member'] as const

/** The person an update is about: one person's updates are handled in order. Groups and unknown kinds share the key 0. */
export function chatOf(update: Update): number {
  return update.message?.chat.id ?? update.callback_query?.from.id ?? update.my_chat_member?.chat.id ?? 0
}

/**
 * Tells an update in the dialogues' words.
 * @param at when it was taken, epoch milliseconds
 * @returns undefined for what the dialogues have no business with: groups, edits, service messages
 */
export function telegramIncoming(
  update: Update,
  { botId, at }: { botId: string; at: number },
): Incoming | undefined {
  const told = update.message
    ? fromMessage(update.message)
    : update.callback_query
      ? fromPress(update.callback_query)
      : update.my_chat_member && fromMember(update.my_chat_member)
  if (!told) return undefined
  return {
    key: `tg:${botId}:${update.update_id}`,
    platform: 'telegram',
    externalId: chatOf(update),
    at,
    ...told,
  }
}

type Told = Pick<Incoming, 'input' | 'messageId' | 'profile' | 'link'>

function fromMessage(message: Message): Told | undefined {
  if (message.chat.type !== 'private') return undefined
  const input = inputOf(message)
  if (!input) return undefined
  const payload = input.kind === 'start' ? /^\/\w+(?:@\w+)?\s+(\S+)/.exec(message.text ?? '')?.[1] : undefined
  return {
    input,
    ...profileOf(message.from),
    ...(payload === undefined ? {} : { link: { source: payload } }),
  }
}

function inputOf(message: Message): Input | undefined {
  const { text, contact, caption } = message
  if (text !== undefined) {
    const name = /^\/(\w+)(?:@\w+)?(?:\s|$)/.exec(text)?.[1]?.toLowerCase()
    if (name === 'start') return { kind: 'start' }
    return name === undefined ? { kind: 'text', text } : { kind: 'command', name }
  }
  if (contact) return contactInput(contact, message.from)
  const what = attachmentOf(message)
  return what && { kind: 'attachment', what, ...(caption === undefined ? {} : { caption }) }
}

/** Only the sender's own contact proves a number: anybody's can be forwarded. */
function contactInput(contact: Contact, from: User | undefined): Input {
  const digits = contact.phone_number
  const phone = digits.startsWith('+') ? digits : `+${digits}`
  return { kind: 'contact', phone, own: from !== undefined && contact.user_id === from.id }
}

/** In this order: an animation is a document as well. */
const attachmentFields: [keyof Message, Attachment][] = [
  ['photo', 'photo'],
  ['sticker', 'sticker'],
  ['voice', 'voice'],
  ['video_note', 'voice'],
  ['video', 'video'],
  ['animation', 'video'],
  ['venue', 'location'],
  ['location', 'location'],
  ['document', 'document'],
]

/** Nobody said anything here: Telegram notes what happened to the chat. */
const serviceFields: (keyof Message)[] = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'write_access_allowed',
  'chat_background_set',
  'connected_website',
  'boost_added',
]

function attachmentOf(message: Message): Attachment | undefined {
  if (serviceFields.some((field) => field in message)) return undefined
  return attachmentFields.find(([field]) => field in message)?.[1] ?? 'other'
}

function fromPress({ message, data, from }: CallbackQuery): Told | undefined {
  if (data === undefined || (message && message.chat.type !== 'private')) return undefined
  // Telegram gives date 0 for a message that the bot has no access to any more: it can't be edited.
  // A photo (an offer with a picture) can't become a question either: it has a caption and no text.
  const isEditable = message && message.date !== 0 && !('photo' in message)
  const messageId = isEditable ? { messageId: message.message_id } : {}
  return { input: { kind: 'press', value: data }, ...messageId, ...profileOf(from) }
}

function fromMember({ chat, from, new_chat_member: { status } }: ChatMemberUpdated): Told | undefined {
  if (chat.type !== 'private') return undefined
  if (status === 'kicked') return { input: { kind: 'blocked' }, ...profileOf(from) }
  return status === 'member' ? { input: { kind: 'unblocked' }, ...profileOf(from) } : undefined
}

function profileOf(from: User | undefined): Pick<Told, 'profile'> {
  if (!from) return {}
  return {
    profile: {
      firstName: from.first_name,
      ...(from.last_name === undefined ? {} : { lastName: from.last_name }),
      ...(from.language_code === undefined ? {} : { language: from.language_code }),
    },
  }
}
