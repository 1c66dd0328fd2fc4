import type { InlineKeyboardButton, KeyboardButton, Message, User } from 'grammy/types'
import type { BotProfile, MessengerEvent, Person, ShownMessage } from '../messenger.ts'
import type { Files } from './files.ts'
import type { Limits, Rates } from './rates.ts'
import type { UpdateQueue } from './update-queue.ts'
import type { WebhookSender, WebhookSettings } from './webhook-sender.ts'

/** A message as it is kept. Messages are never changed in place: updates on their way hold them. */
export interface StoredMessage {
  /** As the Bot API shows it; `reply_markup` only when inline. */
  api: Message
  from: 'bot' | 'person'
  /** Sent with a reply keyboard, its removal or a forced reply: such a message can't be edited. */
  fixed: boolean
  sentAtMs: number
  editedAtMs?: number
  attachment?: NonNullable<ShownMessage['attachment']>
}

/** One private chat of a bot with a person. */
export interface ChatState {
  person: Person
  user: User
  api: Message['chat']
  /** In the order of their ids; the oldest are forgotten. */
  messages: StoredMessage[]
  keyboard: { rows: KeyboardButton[][]; oneTime: boolean; messageId: number } | undefined
  typingUntilMs: number
  typingTimer: NodeJS.Timeout | undefined
  blocked: boolean
  started: boolean
  pinnedMessageId: number | undefined
}

/** A press of an inline button that waits for its answer. */
export interface CallbackState {
  personId: number
  messageId: number
  pressedAtMs: number
}

/** Texts of a bot's profile by language code ('' = all other languages). */
export type Localized = Record<string, string>

export interface BotState {
  profile: BotProfile
  token: string
  user: User
  chats: Map<number, ChatState>
  queue: UpdateQueue
  rates: Rates
  nextMessageId: number
  callbackCount: number
  callbacks: Map<string, CallbackState>
  webhook: { settings: WebhookSettings; sender: WebhookSender } | undefined
  webhookSetAtMs: number
  loggedOut: boolean
  /** By scope and language, see `commandsKey`. */
  commands: Record<string, { command: string; description: string }[]>
  names: Localized
  descriptions: Localized
  shortDescriptions: Localized
  /** By person id; '' = the default. */
  menuButtons: Record<string, unknown>
}

/** What all methods share. */
export interface World {
  bots: BotState[]
  people: Map<number, Person>
  files: Files
  limits: Limits | null
  /** How many of the latest messages a chat keeps. */
  messagesKept: number
  callbackLifeMs: number
  /** What people see of a message is worked out only when somebody listens. */
  isWatched(): boolean
  emit(event: MessengerEvent): void
  /** What stands on messages, epoch milliseconds. */
  now(): number
  /** For what lasts: not moved when time is skipped. */
  realNow(): number
  random(): number
  openWebhook(bot: BotState, settings: WebhookSettings): WebhookSender
}

export type InlineRows = InlineKeyboardButton[][]
