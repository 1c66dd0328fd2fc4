import type { Message } from 'grammy/types'
import type { Messenger, ShownMessage } from '../messenger.ts'
import { appendMessage, chatOf, findMessage } from './chat-state.ts'
import { fileContent } from './file-content.ts'
import { findEntities } from './find-entities.ts'
import { checkedPhoto, mimeType } from './input-file.ts'
import { freshCallback } from './methods/respond.ts'
import { emitMessage, setKeyboard, takeMessageId } from './methods/post-message.ts'
import type { Content } from './methods/post-message.ts'
import { sampleFile } from './sample-files.ts'
import { shownKeyboard } from './shown-message.ts'
import type { BotState, ChatState, StoredMessage, World } from './state.ts'

type Actions = Pick<
  Messenger,
  | 'start'
  | 'sendText'
  | 'press'
  | 'pressKeyboard'
  | 'sendContact'
  | 'sendAttachment'
  | 'sendDocument'
  | 'sendPhoto'
  | 'block'
  | 'unblock'
>

/** What a Telegram client sends in one message at most; longer input is cut into several. */
const TYPED_MAX_LENGTH = 4096
const CAPTION_MAX_LENGTH = 1024

/**
 * What people do, and the updates that it makes.
 * @param barePhones contacts come without "+", as some of Telegram's clients send them
 */
export function createPersonActions({ world, barePhones }: { world: World; barePhones: boolean }): Actions {
  return {
    start(botId, personId, link) {
      const { bot, chat } = place(botId, personId)
      const payload = link?.payload ?? ''
      if (!/^[\w-]{0,64}$/.test(payload)) {
        throw new Error(`A deep link takes up to 64 of A-Z a-z 0-9 _ -, got "${payload}"`)
      }
      // The "Restart" button of a blocked bot unblocks it.
      if (chat.blocked) setBlocked(bot, chat, false)
      sendTyped(bot, chat, payload === '' ? '/start' : `/start ${payload}`)
    },
    sendText(botId, personId, text) {
      const { bot, chat } = openPlace(botId, personId)
      const typed = text.trim()
      if (typed === '') throw new Error('There is nothing to send: the text is empty')
      for (let at = 0; at < typed.length; at += TYPED_MAX_LENGTH) {
        sendTyped(bot, chat, typed.slice(at, at + TYPED_MAX_LENGTH))
      }
    },
    press(botId, personId, messageId, row, column) {
      const { bot, chat } = openPlace(botId, personId)
      const message = findMessage(chat, messageId)
      const button = message?.api.reply_markup?.inline_keyboard[row]?.[column]
      if (!message || !button)
        throw new Error(`Message ${messageId} has no button at row ${row}, column ${column}`)
      if ('callback_data' in button) pressCallback(bot, chat, message, button.callback_data)
    },
    pressKeyboard(botId, personId, row, column) {
      const { bot, chat } = openPlace(botId, personId)
      const shown = shownKeyboard(chat)[row]?.[column]
      if (!shown) throw new Error(`The keyboard has no button at row ${row}, column ${column}`)
      if (shown.kind === 'contact') shareContact(bot, chat, ownContact(chat))
      else if (shown.kind === 'location') sendLocation(bot, chat)
      else sendTyped(bot, chat, shown.label)
      if (chat.keyboard?.oneTime) setKeyboard(world, bot, chat, undefined)
    },
    sendContact(botId, personId, other) {
      const { bot, chat } = openPlace(botId, personId)
      if (!other) return shareContact(bot, chat, ownContact(chat))
      shareContact(bot, chat, {
        phone_number: phoneAsSent(other.phone),
        first_name: other.firstName,
        ...(other.userId === undefined ? {} : { user_id: other.userId }),
      })
    },
    sendAttachment(botId, personId, kind) {
      const { bot, chat } = openPlace(botId, personId)
      if (kind === 'location') return sendLocation(bot, chat)
      const file = world.files.add({ ...sampleFile(kind), botId })
      sendFromPerson(bot, chat, fileContent(file), kind)
    },
    sendDocument(botId, personId, { name, bytes }) {
      const { bot, chat } = openPlace(botId, personId)
      if (bytes.length === 0) throw new Error('There is nothing to send: the file is empty')
      const named = { kind: 'document', name, mimeType: mimeType(name) } as const
      const file = world.files.add({ ...named, botId, bytes, sizeBytes: bytes.length })
      sendFromPerson(bot, chat, fileContent(file), 'document')
    },
    sendPhoto(botId, personId, { name, bytes, caption = '' }) {
      const { bot, chat } = openPlace(botId, personId)
      const photo = checkedPhoto({ name, bytes })
      const file = world.files.add({ ...photo, botId, kind: 'photo', bytes, sizeBytes: bytes.length })
      const words = caption.trim().slice(0, CAPTION_MAX_LENGTH)
      sendFromPerson(bot, chat, { ...fileContent(file), ...(words !== '' && { caption: words }) }, 'photo')
    },
    block(botId, personId) {
      const { bot, chat } = place(botId, personId)
      if (!chat.started) throw new Error('Only a bot that has been started can be blocked')
      if (!chat.blocked) setBlocked(bot, chat, true)
    },
    unblock(botId, personId) {
      const { bot, chat } = place(botId, personId)
      if (chat.blocked) setBlocked(bot, chat, false)
    },
  }

  function place(botId: number, personId: number): { bot: BotState; chat: ChatState } {
    const bot = world.bots.find((candidate) => candidate.profile.id === botId)
    if (!bot) throw new Error(`There is no bot ${botId}`)
    const chat = chatOf(world, bot, personId)
    if (!chat) throw new Error(`There is no person ${personId}`)
    return { bot, chat }
  }

  /** Telegram's clients offer nothing but "Unblock" in a blocked chat. */
  function openPlace(botId: number, personId: number): { bot: BotState; chat: ChatState } {
    const found = place(botId, personId)
    if (found.chat.blocked) throw new Error('The bot is blocked: unblock it first')
    return found
  }

  function sendTyped(bot: BotState, chat: ChatState, text: string): void {
    const entities = findEntities(text)
    sendFromPerson(bot, chat, { text, ...(entities.length > 0 ? { entities } : {}) })
  }

  function ownContact({ person }: ChatState): NonNullable<Message['contact']> {
    if (person.phone === undefined) throw new Error(`Person ${person.id} has no phone to share`)
    return {
      phone_number: phoneAsSent(person.phone),
      first_name: person.firstName,
      ...(person.lastName === undefined ? {} : { last_name: person.lastName }),
      user_id: person.id,
    }
  }

  function phoneAsSent(phone: string): string {
    return barePhones ? phone.replace(/^\+/, '') : phone
  }

  function shareContact(bot: BotState, chat: ChatState, contact: NonNullable<Message['contact']>): void {
    sendFromPerson(bot, chat, { contact }, 'contact')
  }

  function sendLocation(bot: BotState, chat: ChatState): void {
    sendFromPerson(bot, chat, { location: { latitude: 55.752023, longitude: 37.617499 } }, 'location')
  }

  function sendFromPerson(
    bot: BotState,
    chat: ChatState,
    content: Content,
    attachment?: NonNullable<ShownMessage['attachment']>,
  ): void {
    chat.started = true
    const sentAtMs = world.now()
    const api: Message = {
      message_id: takeMessageId(bot),
      from: chat.user,
      chat: chat.api,
      date: Math.floor(sentAtMs / 1000),
      ...content,
    }
    const stored: StoredMessage = {
      api,
      from: 'person',
      fixed: false,
      sentAtMs,
      ...(attachment ? { attachment } : {}),
    }
    appendMessage(world, chat, stored)
    emitMessage(world, bot, chat, 'message', stored)
    bot.queue.add('message', chat.person.id, api)
  }

  function pressCallback(bot: BotState, chat: ChatState, message: StoredMessage, data: string): void {
    const pressedAtMs = world.realNow()
    freshCallback(world, bot, '')
    const id = takeCallbackId(bot, chat)
    bot.callbacks.set(id, { personId: chat.person.id, messageId: message.api.message_id, pressedAtMs })
    bot.queue.add('callback_query', chat.person.id, {
      id,
      from: chat.user,
      message: message.api,
      chat_instance: chatInstance(bot, chat),
      data,
    })
  }

  function setBlocked(bot: BotState, chat: ChatState, blocked: boolean): void {
    chat.blocked = blocked
    const kicked = { status: 'kicked', user: bot.user, until_date: 0 }
    const member = { status: 'member', user: bot.user }
    bot.queue.add('my_chat_member', chat.person.id, {
      chat: chat.api,
      from: chat.user,
      date: Math.floor(world.now() / 1000),
      old_chat_member: blocked ? member : kicked,
      new_chat_member: blocked ? kicked : member,
    })
    world.emit({ botId: bot.profile.id, personId: chat.person.id, type: 'blocked', blocked })
  }
}

/** The person's number in front, as in real ids; message numbers never repeat, so neither do these. */
function takeCallbackId(bot: BotState, chat: ChatState): string {
  bot.callbackCount += 1
  return `${chat.person.id}${String(bot.callbackCount).padStart(10, '0')}`
}

/** Real ones are 64-bit numbers that stay the same for a chat. */
function chatInstance(bot: BotState, chat: ChatState): string {
  return `-${bot.profile.id}${chat.person.id}`
}
