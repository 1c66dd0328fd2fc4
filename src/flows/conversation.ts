/**
 * The contract between the platforms and the dialogues: what comes in (`Incoming`), what goes out (`Reply`).
 * Neither side knows more of the other. Every sentence in a `Reply` is already in the person's language.
 */
import type { Platform } from '../domain/platform.ts'
import type { PromptName } from '../domain/prompt.ts'
import type { Language } from '../domain/salon.ts'

/** What a person did, told the same way whatever the platform. */
export type Input =
  /** Pressed Start, opened a link, or sent /start. */
  | { kind: 'start' }
  /** Pressed one of our buttons; `value` is the button's value as we made it. */
  | { kind: 'press'; value: string }
  | { kind: 'text'; text: string }
  /** A slash command without the slash and without the bot's name: "menu", "forget". */
  | { kind: 'command'; name: string }
  /** Telegram's contact button; `own` only when the platform says that the contact is the sender's. */
  | { kind: 'contact'; phone: string; own: boolean }
  | { kind: 'attachment'; what: Attachment; caption?: string }
  /** The person has blocked the bot, or forbidden its messages. */
  | { kind: 'blocked' }
  | { kind: 'unblocked' }
  /** Not the person's doing: the time has come to say something on our side. */
  | { kind: 'prompt'; prompt: PromptName; line?: string }

export const attachments = ['photo', 'sticker', 'voice', 'video', 'location', 'document', 'other'] as const
export type Attachment = (typeof attachments)[number]

/** One update of a platform. */
export interface Incoming {
  /** The same for every delivery of the same update: "tg:<bot>:<update_id>", "vk:<group>:<event_id>". */
  key: string
  platform: Platform
  /** Telegram's chat id, VK's peer id. */
  externalId: number
  /** When it was taken, epoch milliseconds. */
  at: number
  input: Input
  /** The message whose button was pressed (Telegram message_id, VK conversation_message_id). */
  messageId?: number
  /** What the platform says of the person with every update; used only as an offer, kept only after consent. */
  profile?: { firstName?: string; lastName?: string; language?: string }
  /** What the opened link said. */
  link?: { source: string; detail?: string }
  /** VK: whether the person's app knows callback buttons (client_info.button_actions). */
  callbackButtons?: boolean
}

/** Text with stretches in bold, in UTF-16 units. Platforms without bold show the text alone. */
export interface RichText {
  text: string
  bold: { offset: number; length: number }[]
}

export interface Button {
  label: string
  /** At most 64 bytes: "<dialogue>.<question>[.<row>]=<token>". */
  value: string
  color?: 'primary' | 'positive' | 'negative'
  /** Opens this instead of sending `value`. */
  link?: string
}

/**
 * Buttons that belong together. `scale`: short labels side by side (1-7 is one row in Telegram, two in VK; 1-10 is two rows
 * of five on both). `options`: answers, one or two a row by the length of their labels. `controls`: back, skip, not now...;
 * where a platform has no room for them they are left out from the last one on: all of them can be typed.
 */
export interface ButtonGroup {
  kind: 'scale' | 'options' | 'controls'
  buttons: Button[]
}

/**
 * What a picture shows: data and ready words, never bytes; `language` is for the words that the picture adds.
 * `coupon`: the code is ten letters and digits, `until` the last day, "31 декабря 2026 г.".
 */
export type Picture = { kind: 'coupon'; language: Language; code: string; title: string; until: string }

export interface Message {
  text: RichText
  groups: ButtonGroup[]
  /** Telegram: shows the contact button with this label, and `typed` as plain buttons under it. VK: not shown. */
  askPhone?: { label: string; typed: string[] }
  /** The contact button of an earlier message must go (Telegram: remove_keyboard; such a message carries no groups). */
  removeKeyboard?: boolean
  /** VK: the buttons that stay under the input field from this message on ("☰ Меню"); Telegram has its own menu. */
  standing?: Button[]
  /** Drawn and sent above the text; rides on messages without an afterlife only. */
  picture?: Picture
  /** A picture of the salon's own: by its name on the platform, or the file that gets one there. Without it nothing is said. */
  photo?: string | { name: string; content: Uint8Array }
  /** Sent as a file; the name is ASCII. */
  file?: { name: string; content: string }
}

/** What to show after an update was committed. In this order: close, say, live. */
export interface Reply {
  /** The earlier live message becomes this text and loses its buttons. */
  close?: { messageId: number; text: RichText }
  /** New messages without an afterlife. */
  say: Message[]
  /** The message with the current question: an edit of `into`, or a new one. */
  live?: { message: Message; into?: number }
  /** A short answer to the press itself (Telegram: answerCallbackQuery; VK: snackbar, at most 90 characters). */
  toast?: string
}

/** What a platform's adapter calls. */
export interface Conversation {
  /**
   * Takes one update: resolves when everything it caused is committed. The updates of one chat are taken one at a time in
   * the order of the calls. A redelivered update changes nothing; its reply shows the current question again.
   * Rejects when nothing was committed: then the platform must deliver the update again.
   */
  take(incoming: Incoming): Promise<Reply>
  /** The live message of a chat is this one (a hint, kept with the next commit). */
  shown(chat: { platform: Platform; externalId: number }, messageId: number): void
  /** The platform refused a message for good: blocked (403, 901), account deleted. */
  unreachable(chat: { platform: Platform; externalId: number }): Promise<void>
}
