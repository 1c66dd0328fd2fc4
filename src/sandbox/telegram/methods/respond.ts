import { badRequest } from '../api-error.ts'
import { booleanArgument, textArgument } from '../arguments.ts'
import { writableChat } from '../chat-state.ts'
import type { BotState, World } from '../state.ts'
import type { Method } from './method.ts'
import { stopTyping } from './post-message.ts'

const TOAST_MAX_LENGTH = 200
const TYPING_MS = 5000

const ACTIONS = new Set(
  (
    'typing upload_photo record_video upload_video record_voice upload_voice record_audio upload_audio ' +
    'upload_document choose_sticker find_location pick_up_location record_video_note upload_video_note cancel'
  ).split(' '),
)

export const answerCallbackQuery: Method = ({ world, bot, args }) => {
  const id = textArgument(args, 'callback_query_id')
  const callback = freshCallback(world, bot, id)
  const text = textArgument(args, 'text')
  if (!callback) throw badRequest('query is too old and response timeout expired or query ID is invalid')
  if (text.length > TOAST_MAX_LENGTH) throw badRequest('MESSAGE_TOO_LONG')
  const url = textArgument(args, 'url')
  // Beside games only a link to the bot itself will do.
  if (url !== '' && !new RegExp(`^https?://t\\.me/${bot.profile.username}\\?`, 'i').test(url)) {
    throw badRequest('URL_INVALID')
  }
  bot.callbacks.delete(id)
  const place = { botId: bot.profile.id, personId: callback.personId }
  world.emit({ ...place, type: 'answered', messageId: callback.messageId })
  if (text !== '') world.emit({ ...place, type: 'toast', text, alert: booleanArgument(args, 'show_alert') })
  return true
}

/** A press that is still to be answered. Forgets those that are too old. */
export function freshCallback(world: World, bot: BotState, id: string) {
  const bornAfterMs = world.realNow() - world.callbackLifeMs
  for (const [key, { pressedAtMs }] of bot.callbacks) {
    if (pressedAtMs > bornAfterMs) break
    bot.callbacks.delete(key)
  }
  return bot.callbacks.get(id)
}

export const sendChatAction: Method = ({ world, bot, args }) => {
  const action = textArgument(args, 'action').toLowerCase()
  if (!ACTIONS.has(action)) throw badRequest('Wrong parameter action in request')
  const chat = writableChat(world, bot, args)
  if (action === 'cancel') {
    stopTyping(world, bot, chat)
    return true
  }
  const wasTyping = chat.typingUntilMs > 0
  chat.typingUntilMs = world.realNow() + TYPING_MS
  clearTimeout(chat.typingTimer)
  chat.typingTimer = setTimeout(() => stopTyping(world, bot, chat), TYPING_MS).unref()
  if (!wasTyping)
    world.emit({ botId: bot.profile.id, personId: chat.person.id, type: 'typing', typing: true })
  return true
}
