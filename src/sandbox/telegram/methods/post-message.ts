import type { Message } from 'grammy/types'
import type { ShownMessage } from '../../messenger.ts'
import { badRequest } from '../api-error.ts'
import { booleanArgument, integerArgument, jsonArgument } from '../arguments.ts'
import { appendMessage, findMessage } from '../chat-state.ts'
import { booleanField, isObject, requiredIntegerField } from '../json-object.ts'
import type { ReplyMarkup } from '../reply-markup.ts'
import { shownKeyboard, shownMessage } from '../shown-message.ts'
import type { BotState, ChatState, StoredMessage, World } from '../state.ts'
import type { Call } from './method.ts'

/** What a message holds beside its number, sender, chat and date. */
export type Content = Partial<Message>

/**
 * Puts a bot's message into the chat, as far as the rates allow.
 * @throws ApiError 429
 */
export function postMessage(call: Call, chat: ChatState, content: Content, markup?: ReplyMarkup): Message {
  call.bot.rates.take(1, chat)
  return addBotMessage(call, chat, content, markup)
}

/** As `postMessage`, the rates being already counted (albums). */
export function addBotMessage(
  { world, bot, args }: Call,
  chat: ChatState,
  content: Content,
  markup?: ReplyMarkup,
): Message {
  const sentAtMs = world.now()
  const api: Message = {
    message_id: takeMessageId(bot),
    from: bot.user,
    chat: chat.api,
    date: Math.floor(sentAtMs / 1000),
    ...replyOf(args, chat),
    ...content,
    ...(booleanArgument(args, 'protect_content') ? { has_protected_content: true as const } : {}),
    ...(markup?.kind === 'inline' ? { reply_markup: { inline_keyboard: markup.rows } } : {}),
  }
  const fixed = markup !== undefined && markup.kind !== 'inline'
  const stored: StoredMessage = { api, from: 'bot', fixed, sentAtMs }
  appendMessage(world, chat, stored)
  stopTyping(world, bot, chat)
  emitMessage(world, bot, chat, 'message', stored)
  changeKeyboard(world, bot, chat, markup, api.message_id)
  return api
}

export function takeMessageId(bot: BotState): number {
  const id = bot.nextMessageId
  bot.nextMessageId += 1
  return id
}

/** Tells listeners of a new or changed message. */
export function emitMessage(
  world: World,
  bot: BotState,
  chat: ChatState,
  type: 'message' | 'edit',
  stored: StoredMessage,
): void {
  if (!world.isWatched()) return
  const message: ShownMessage = shownMessage(stored, world.files)
  world.emit({ botId: bot.profile.id, personId: chat.person.id, type, message })
}

/** Shows or takes away the keyboard under the input field. */
export function setKeyboard(
  world: World,
  bot: BotState,
  chat: ChatState,
  keyboard: ChatState['keyboard'],
): void {
  chat.keyboard = keyboard
  world.emit({
    botId: bot.profile.id,
    personId: chat.person.id,
    type: 'keyboard',
    keyboard: shownKeyboard(chat),
  })
}

function changeKeyboard(
  world: World,
  bot: BotState,
  chat: ChatState,
  markup: ReplyMarkup | undefined,
  messageId: number,
): void {
  if (markup?.kind === 'keyboard') {
    setKeyboard(world, bot, chat, { rows: markup.rows, oneTime: markup.oneTime, messageId })
  } else if (markup !== undefined && markup.kind !== 'inline' && chat.keyboard) {
    setKeyboard(world, bot, chat, undefined)
  }
}

export function stopTyping(world: World, bot: BotState, chat: ChatState): void {
  if (chat.typingUntilMs === 0) return
  chat.typingUntilMs = 0
  clearTimeout(chat.typingTimer)
  world.emit({ botId: bot.profile.id, personId: chat.person.id, type: 'typing', typing: false })
}

function replyOf(args: Call['args'], chat: ChatState): Content {
  const parameters = jsonArgument(args, 'reply_parameters', 'reply parameters')
  if (parameters !== undefined && !isObject(parameters))
    throw badRequest('Object expected as reply parameters')
  const messageId = parameters
    ? requiredIntegerField(parameters, 'message_id')
    : integerArgument(args, 'reply_to_message_id')
  if (messageId === 0) return {}
  const message = findMessage(chat, messageId)
  if (message) {
    // The message inside holds no further reply.
    const { reply_to_message: _, ...inner } = message.api
    return { reply_to_message: inner as NonNullable<Message['reply_to_message']> }
  }
  const optional = parameters
    ? booleanField(parameters, 'allow_sending_without_reply')
    : booleanArgument(args, 'allow_sending_without_reply')
  if (!optional) throw badRequest('message to be replied not found')
  return {}
}
