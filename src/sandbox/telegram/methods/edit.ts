import type { Message } from 'grammy/types'
import { badRequest } from '../api-error.ts'
import { integerArgument, textArgument } from '../arguments.ts'
import { chatArgument, checkWritable, findMessage, replaceMessage } from '../chat-state.ts'
import { inlineKeyboardArgument } from '../reply-markup.ts'
import type { ChatState, InlineRows, StoredMessage } from '../state.ts'
import type { Call, Method } from './method.ts'
import { emitMessage } from './post-message.ts'
import type { Content } from './post-message.ts'
import { captionContent, textContent } from './send.ts'

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

export const editMessageText: Method = (call) => {
  const { text, entities } = textContent(call, 'MESSAGE_TOO_LONG')
  const rows = inlineKeyboardArgument(call.args)
  const { chat, message } = editableMessage(call)
  if (message.api.text === undefined) throw badRequest('There is no text in the message to edit')
  return apply(call, chat, message, { text, entities }, rows)
}

export const editMessageCaption: Method = (call) => {
  const { caption, caption_entities } = captionContent(call)
  const rows = inlineKeyboardArgument(call.args)
  const { chat, message } = editableMessage(call)
  if (message.api.text !== undefined) throw badRequest('There is no caption in the message to edit')
  return apply(call, chat, message, { caption, caption_entities }, rows)
}

export const editMessageReplyMarkup: Method = (call) => {
  const rows = inlineKeyboardArgument(call.args)
  const { chat, message } = editableMessage(call)
  return apply(call, chat, message, {}, rows)
}

/**
 * The message that `chat_id` and `message_id` name, if the bot may edit it: it is the bot's own, not forwarded, and
 * was sent without a reply keyboard.
 */
function editableMessage({ world, bot, args }: Call): { chat: ChatState; message: StoredMessage } {
  const messageId = integerArgument(args, 'message_id', { min: 0 })
  if (textArgument(args, 'chat_id') === '' && messageId === 0) {
    if (textArgument(args, 'inline_message_id') === '')
      throw badRequest('Message identifier is not specified')
    throw badRequest('MESSAGE_ID_INVALID')
  }
  const chat = chatArgument(world, bot, args)
  const message = findMessage(chat, messageId)
  if (!message) throw badRequest('message to edit not found')
  if (message.from !== 'bot' || message.fixed || message.api.forward_origin)
    throw badRequest("Message can't be edited")
  return { chat, message }
}

type Changes = {
  [Field in 'text' | 'entities' | 'caption' | 'caption_entities']?: Content[Field] | undefined
}

function apply(
  { world, bot }: Call,
  chat: ChatState,
  message: StoredMessage,
  changes: Changes,
  rows: InlineRows | undefined,
): Message {
  if (isSame(message.api, changes, rows)) throw badRequest(NOT_MODIFIED)
  checkWritable(chat)
  bot.rates.take(1)
  const editedAtMs = world.now()
  const { reply_markup: _, ...rest } = message.api
  const api: Message = { ...rest, edit_date: Math.floor(editedAtMs / 1000) }
  Object.assign(api, changes, rows ? { reply_markup: { inline_keyboard: rows } } : {})
  const edited: StoredMessage = { ...message, api, editedAtMs }
  replaceMessage(chat, message, edited)
  emitMessage(world, bot, chat, 'edit', edited)
  return api
}

function isSame(api: Message, changes: Changes, rows: InlineRows | undefined): boolean {
  for (const field of ['text', 'caption'] as const) {
    if (field in changes && changes[field] !== api[field]) return false
  }
  for (const field of ['entities', 'caption_entities'] as const) {
    if (field in changes && JSON.stringify(changes[field]) !== JSON.stringify(api[field])) return false
  }
  return JSON.stringify(rows) === JSON.stringify(api.reply_markup?.inline_keyboard)
}
