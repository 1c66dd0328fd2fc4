/**
 * What a person sees in a messenger and can do there. Both stand-ins (Telegram, VK) offer it;
 * the page, the tests and the load driver use nothing else of them.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'

export type Platform = 'telegram' | 'vk'

/** A person of the sandbox; the same person may own a Telegram and a VK account (two records, same phone). */
export interface Person {
  id: number
  firstName: string
  lastName?: string
  /** Telegram only, without "@". */
  username?: string
  /** What Telegram reports as language_code. */
  language: 'ru' | 'en'
  /** E.164 with "+": what Telegram's contact button shares. */
  phone?: string
  /** VK profile, as users.get gives it: 1 female, 2 male, 0 not told. */
  sex?: 0 | 1 | 2
  /** VK profile: "D.M" or "D.M.YYYY"; absent when hidden. */
  birthDate?: string
  city?: string
}

export interface BotProfile {
  id: number
  name: string
  /** Telegram username / VK short name, without "@". */
  username: string
}

export interface ShownButton {
  label: string
  kind: 'callback' | 'text' | 'contact' | 'location' | 'link'
  color?: 'primary' | 'secondary' | 'success' | 'danger'
  link?: string
}

/** A stretch of the text with a look of its own; offset and length in UTF-16 units. */
export interface Mark {
  kind: 'bold' | 'italic' | 'underline' | 'strikethrough' | 'code' | 'pre' | 'link' | 'quote' | 'spoiler'
  offset: number
  length: number
  link?: string
}

export interface ShownMessage {
  id: number
  from: 'bot' | 'person'
  text: string
  marks: Mark[]
  buttons: ShownButton[][]
  /** URL paths on the stand-in's own server. */
  picture?: { path: string; name: string }
  file?: { path: string; name: string; sizeBytes: number }
  /** What a person sent that is not text. */
  attachment?: 'photo' | 'sticker' | 'voice' | 'video' | 'location' | 'document' | 'contact'
  /** Epoch milliseconds. */
  sentAt: number
  editedAt?: number
}

export interface Chat {
  platform: Platform
  botId: number
  personId: number
  messages: ShownMessage[]
  /** The keyboard under the input field (Telegram: reply keyboard; VK: default keyboard). */
  keyboard: ShownButton[][]
  /** The bot showed "typing..." within the last 5 s. */
  typing: boolean
  /** The person has blocked the bot (Telegram) or forbidden its messages (VK). */
  blocked: boolean
  /** The person pressed Start or wrote at least once. */
  started: boolean
  /** Telegram: the bot's commands for this person, for the "Menu" button. */
  commands: { command: string; description: string }[]
}

export type MessengerEvent = { botId: number; personId: number } & (
  | { type: 'message'; message: ShownMessage }
  | { type: 'edit'; message: ShownMessage }
  | { type: 'delete'; messageId: number }
  | { type: 'keyboard'; keyboard: ShownButton[][] }
  /** The answer to a press: a toast, or an alert that the person must close. */
  | { type: 'toast'; text: string; alert: boolean }
  /** The press was answered (with or without a text): the button stops spinning. */
  | { type: 'answered'; messageId: number }
  | { type: 'typing'; typing: boolean }
  | { type: 'blocked'; blocked: boolean }
  | { type: 'commands' }
)

export interface Messenger {
  readonly platform: Platform
  bots(): BotProfile[]
  people(): Person[]
  addPerson(person: Person): void
  chat(botId: number, personId: number): Chat
  /**
   * Presses Start, or opens a deep link. Telegram: t.me/bot?start=payload. VK: vk.me/group?ref=payload&ref_source=source:
   * such a link by itself sends nothing, it goes along with what the person says next (a text, or `start` without link).
   */
  start(botId: number, personId: number, link?: { payload?: string; source?: string }): void
  sendText(botId: number, personId: number, text: string): void
  /** Presses the button at (row, column) of a message. Throws when there is no such button. */
  press(botId: number, personId: number, messageId: number, row: number, column: number): void
  /** Presses the button at (row, column) of the keyboard under the input field. */
  pressKeyboard(botId: number, personId: number, row: number, column: number): void
  /** Shares a contact: the person's own, or anybody's (`other`). Telegram only; VK throws. */
  sendContact(
    botId: number,
    personId: number,
    other?: { phone: string; firstName: string; userId?: number },
  ): void
  sendAttachment(
    botId: number,
    personId: number,
    kind: 'photo' | 'sticker' | 'voice' | 'video' | 'location' | 'document',
  ): void
  /** Sends a file of the person's own. Telegram only; VK throws. */
  sendDocument(botId: number, personId: number, file: { name: string; bytes: Buffer }): void
  /**
   * Sends a picture of the person's own as a photo, with words under it if there are any. Telegram only; VK throws. Throws when
   * Telegram would not take it for a photo.
   */
  sendPhoto(botId: number, personId: number, photo: { name: string; bytes: Buffer; caption?: string }): void
  block(botId: number, personId: number): void
  unblock(botId: number, personId: number): void
  /** Listens to all that a person would see. Returns the way to stop listening. */
  subscribe(listener: (event: MessengerEvent) => void): () => void
  /** Everything worth keeping over a restart, as JSON; give it back as the `saved` option. */
  save(): unknown
  /** Serves this platform's API (and uploads, files, long poll). False: the path is not this platform's. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  readonly faults: Faults
  close(): void
}

/** A trouble that the stand-in makes on demand. Rules are tried in the order they were added; the first that fits acts. */
export type Fault = {
  /** API method, case-insensitive; absent: any method except polling. */
  method?: string
  /** Only for this chat / peer. */
  chatId?: number
  /** How many calls it hits; absent: until cleared. */
  times?: number
} & (
  | { kind: 'tooManyRequests'; retryAfterSeconds: number }
  | { kind: 'forbidden' }
  | { kind: 'serverError'; status?: number }
  /** The connection is cut: before the call took effect, or after it. */
  | { kind: 'disconnect'; effect: 'before' | 'after' }
  | { kind: 'slow'; delayMs: number; effect: 'before' | 'after' }
)

export interface Faults {
  add(fault: Fault): void
  /** Every update is delivered `copies` times from now on (1 = normal). */
  duplicate(copies: number): void
  /** Holds updates back and delivers them in the order that `order` returns (indices), once `count` have come. */
  reorder(count: number, order: (indices: number[]) => number[]): void
  clear(): void
}
