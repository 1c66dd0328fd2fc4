import type { CallbackQuery, Document, Message, Update, User } from 'telegraf/types'
import type { Language } from '../../domain/salon.ts'
import type { Newcomer } from '../../storage/staff.ts'
import { readRoute, type Route } from './route.ts'
import { asideMark } from './screen.ts'

/** What somebody did in a private chat with this bot. */
export interface Incoming {
  /** "ad:<bot>:<update_id>" */
  key: string
  person: Newcomer
  act: Act
}

export type Act =
  | Press
  /** A slash command without the slash and the bot's name; `argument` is what follows it. */
  | { kind: 'command'; name: string; argument: string }
  | { kind: 'text'; text: string }
  /** A file; what it really is its content tells. */
  | { kind: 'document'; fileId: string; name: string; sizeBytes?: number; caption?: string }
  /** A picture that Telegram shows as one: its largest copy. */
  | { kind: 'photo'; fileId: string; caption?: string }
  /** Anything else: a sticker, a voice... */
  | { kind: 'other' }
  | { kind: 'blocked' }
  | { kind: 'unblocked' }

export interface Press {
  kind: 'press'
  /** Undefined: a button that this version does not know. */
  route?: Route
  queryId: string
  /** Undefined: the message is too old to be edited, or stays as it is. */
  messageId?: number
}

/**
 * Reads one update.
 * @returns undefined for what needs no answer: edited messages, service messages of Telegram, and everything in groups,
 *   where any word of this bot would be read by strangers
 */
export function readUpdate(
  update: Update,
  botId: number,
  languages: readonly Language[],
): Incoming | undefined {
  const found = find(update)
  if (!found || found.from.is_bot) return undefined
  return {
    key: `ad:${botId}:${update.update_id}`,
    person: toNewcomer(found.from, languages),
    act: found.act,
  }
}

/** Whose update it is: the updates of one person are taken in order. */
export const personOf = (update: Update): number => find(update)?.from.id ?? 0

function find(update: Update): { from: User; act: Act } | undefined {
  if ('callback_query' in update) {
    const query = update.callback_query
    return query.message?.chat.type === 'private' ? { from: query.from, act: readPress(query) } : undefined
  }
  if ('message' in update && update.message.chat.type === 'private') {
    const act = readMessage(update.message)
    return act && { from: update.message.from, act }
  }
  if ('my_chat_member' in update && update.my_chat_member.chat.type === 'private') {
    const { from, new_chat_member: now } = update.my_chat_member
    return { from, act: { kind: now.status === 'kicked' ? 'blocked' : 'unblocked' } }
  }
  return undefined
}

function readPress(query: CallbackQuery): Press {
  const data = 'data' in query ? query.data : ''
  const isAside = data.startsWith(asideMark)
  const route = readRoute(isAside ? data.slice(asideMark.length) : data)
  // An inaccessible message has the date 0.
  const messageId = !isAside && query.message?.date !== 0 ? query.message?.message_id : undefined
  return {
    kind: 'press',
    queryId: query.id,
    ...(route && { route }),
    ...(messageId !== undefined && { messageId }),
  }
}

function readMessage(message: Message): Act | undefined {
  // Whose is this number? A contact from the phone's address book asks just that.
  if ('contact' in message) return { kind: 'text', text: message.contact.phone_number }
  // An animation is a document, too, for old bots.
  if ('document' in message && !('animation' in message))
    return { ...readDocument(message.document), ...captionOf(message) }
  if ('photo' in message) return readPhoto(message)
  if (!('text' in message)) return isService(message) ? undefined : { kind: 'other' }
  const command = /^\/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+([\s\S]*))?$/.exec(message.text.trim())
  if (!command) return { kind: 'text', text: message.text }
  return { kind: 'command', name: (command[1] ?? '').toLowerCase(), argument: (command[2] ?? '').trim() }
}

const readDocument = ({ file_id, file_name, file_size }: Document): Act & { kind: 'document' } => ({
  kind: 'document',
  fileId: file_id,
  name: file_name ?? '',
  ...(file_size !== undefined && { sizeBytes: file_size }),
})

function readPhoto(message: Message.PhotoMessage): Act {
  const fileId = message.photo.at(-1)?.file_id
  return fileId === undefined ? { kind: 'other' } : { kind: 'photo', fileId, ...captionOf(message) }
}

const captionOf = ({ caption }: { caption?: string }) => (caption === undefined ? {} : { caption })

const serviceFields = ['pinned_message', 'message_auto_delete_timer_changed', 'write_access_allowed']

const isService = (message: Message): boolean => serviceFields.some((field) => field in message)

function toNewcomer(from: User, languages: readonly Language[]): Newcomer {
  const name = [from.first_name, from.last_name].filter((part) => part !== undefined && part !== '').join(' ')
  const spoken = from.language_code?.split('-')[0]
  const language = languages.find((known) => known === spoken) ?? languages[0] ?? 'ru'
  return { telegramId: from.id, name: name || String(from.id), language }
}
