import type { User } from 'grammy/types'
import type { Person } from '../messenger.ts'
import { badRequest, forbidden } from './api-error.ts'
import { leadingInteger, textArgument } from './arguments.ts'
import type { Arguments } from './arguments.ts'
import type { BotState, ChatState, StoredMessage, World } from './state.ts'

/** The chat of a bot with a person, made on the first use. Undefined when there is no such person. */
export function chatOf(world: World, bot: BotState, personId: number): ChatState | undefined {
  const known = bot.chats.get(personId)
  if (known) return known
  const person = world.people.get(personId)
  if (!person) return undefined
  const chat: ChatState = {
    person,
    user: userOf(person),
    api: apiChat(person),
    messages: [],
    keyboard: undefined,
    typingUntilMs: 0,
    typingTimer: undefined,
    blocked: false,
    started: false,
    pinnedMessageId: undefined,
  }
  bot.chats.set(personId, chat)
  return chat
}

/**
 * The chat that the parameter `chat_id` names.
 * @throws ApiError 400 when it is empty, or nobody has this number
 */
export function chatArgument(world: World, bot: BotState, args: Arguments, name = 'chat_id'): ChatState {
  const value = args.values[name]
  const id = typeof value === 'number' ? value : leadingInteger(textArgument(args, name))
  if (value === undefined || value === '') throw badRequest('chat_id is empty')
  const chat = chatOf(world, bot, id)
  if (!chat) throw badRequest('chat not found')
  return chat
}

/**
 * As `chatArgument`, and the bot may write there.
 * @throws ApiError 403 before the person's first message, and while the person blocks the bot
 */
export function writableChat(world: World, bot: BotState, args: Arguments): ChatState {
  const chat = chatArgument(world, bot, args)
  checkWritable(chat)
  return chat
}

export function checkWritable(chat: ChatState): void {
  if (!chat.started) throw forbidden("bot can't initiate conversation with a user")
  if (chat.blocked) throw forbidden('bot was blocked by the user')
}

/** Looks from the end: what bots touch is nearly always among the last. */
export function findMessage(chat: ChatState, messageId: number): StoredMessage | undefined {
  return chat.messages.findLast((message) => message.api.message_id === messageId)
}

/** Puts the message at the end; now and then forgets the oldest. */
export function appendMessage(world: World, chat: ChatState, message: StoredMessage): void {
  chat.messages.push(message)
  // In lots, because cutting the head of an array moves the rest.
  const surplus = chat.messages.length - world.messagesKept
  if (surplus > 50) chat.messages.splice(0, surplus)
}

/** Replaces a message by its new version, keeping its place. */
export function replaceMessage(chat: ChatState, old: StoredMessage, next: StoredMessage): void {
  chat.messages[chat.messages.lastIndexOf(old)] = next
}

/** Adopts the person's new name, language, and so on. */
export function refreshPerson(chat: ChatState, person: Person): void {
  Object.assign(chat, { person, user: userOf(person), api: apiChat(person) })
}

function userOf(person: Person): User {
  return { id: person.id, is_bot: false, ...nameOf(person), language_code: person.language }
}

function apiChat(person: Person): ChatState['api'] {
  return { id: person.id, ...nameOf(person), type: 'private' }
}

function nameOf(person: Person): { first_name: string; last_name?: string; username?: string } {
  return {
    first_name: person.firstName,
    ...(person.lastName === undefined ? {} : { last_name: person.lastName }),
    ...(person.username === undefined ? {} : { username: person.username }),
  }
}
