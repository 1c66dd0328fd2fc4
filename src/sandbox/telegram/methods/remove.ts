import { badRequest } from '../api-error.ts'
import { integerArgument, messageIdsArgument, textArgument } from '../arguments.ts'
import { chatArgument, checkWritable, findMessage } from '../chat-state.ts'
import type { ChatState, StoredMessage } from '../state.ts'
import type { Call, Method } from './method.ts'
import { setKeyboard } from './post-message.ts'

/** In a private chat a bot may delete its own messages and the person's, for this long. */
const DELETE_MAX_AGE_MS = 48 * 3_600_000

export const deleteMessage: Method = (call) => {
  if (textArgument(call.args, 'chat_id') === '') throw badRequest('Chat identifier is not specified')
  const messageId = integerArgument(call.args, 'message_id', { min: 0 })
  if (messageId === 0) throw badRequest('Message identifier is not specified')
  const chat = chatArgument(call.world, call.bot, call.args)
  const message = findMessage(chat, messageId)
  if (!message) throw badRequest('message to delete not found')
  checkDeletable(call, message)
  remove(call, chat, message)
  return true
}

/** Numbers that are not there are passed over; one message that is too old stops all. */
export const deleteMessages: Method = (call) => {
  const ids = messageIdsArgument(call.args, 'message_ids', 100)
  const chat = chatArgument(call.world, call.bot, call.args)
  const messages = ids.flatMap((id) => findMessage(chat, id) ?? [])
  for (const message of messages) checkDeletable(call, message)
  for (const message of messages) remove(call, chat, message)
  return true
}

function checkDeletable({ world }: Call, message: StoredMessage): void {
  if (world.now() - message.sentAtMs > DELETE_MAX_AGE_MS)
    throw badRequest("Message can't be deleted for everyone")
}

function remove({ world, bot }: Call, chat: ChatState, message: StoredMessage): void {
  const messageId = message.api.message_id
  chat.messages = chat.messages.filter((other) => other !== message)
  if (chat.pinnedMessageId === messageId) chat.pinnedMessageId = undefined
  world.emit({ botId: bot.profile.id, personId: chat.person.id, type: 'delete', messageId })
  // The keyboard under the input field goes with the message that brought it.
  if (chat.keyboard?.messageId === messageId) setKeyboard(world, bot, chat, undefined)
}

export const pinChatMessage: Method = (call) => {
  const chat = chatArgument(call.world, call.bot, call.args)
  const messageId = integerArgument(call.args, 'message_id', { min: 0 })
  if (!findMessage(chat, messageId)) throw badRequest('message to pin not found')
  checkWritable(chat)
  chat.pinnedMessageId = messageId
  return true
}

export const unpinChatMessage: Method = (call) => {
  const chat = chatArgument(call.world, call.bot, call.args)
  const messageId = integerArgument(call.args, 'message_id', { min: 0 })
  if (chat.pinnedMessageId === undefined || (messageId !== 0 && chat.pinnedMessageId !== messageId)) {
    throw badRequest('message to unpin not found')
  }
  chat.pinnedMessageId = undefined
  return true
}

export const unpinAllChatMessages: Method = (call) => {
  chatArgument(call.world, call.bot, call.args).pinnedMessageId = undefined
  return true
}
