/** What the page and its server say to each other. Types only: the browser's files read them through JSDoc. */
import type { Language } from '../domain/salon.ts'
import type { BotProfile, Chat, MessengerEvent, Person, Platform } from './messenger.ts'

/** The three phones, in the order they stand on the page. */
export type PhoneName = 'telegram' | 'vk' | 'admin'

export interface Phone {
  platform: Platform
  bot: BotProfile
}

/** Everything that the page shows; comes first on every connection, so a lost connection costs nothing. */
export interface PageState {
  languages: Language[]
  phones: Record<PhoneName, Phone>
  people: Record<Platform, Person[]>
  /** Telegram people who stand first in the admin's phone and last in the client's. */
  staffIds: number[]
  /** One for each person and bot of a platform, with the latest messages only. */
  chats: Chat[]
  /** The one-time link of the owner, while there is no admin yet. */
  adminLink?: string
}

export type PageEvent =
  | { type: 'state'; state: PageState }
  /** Somebody is new: everybody, and the chats of the new ones. */
  | { type: 'people'; people: Record<Platform, Person[]>; chats: Chat[] }
  | { type: 'adminLink'; link?: string }
  | ({ platform: Platform } & Exclude<MessengerEvent, { type: 'commands' }>)
  | { platform: Platform; botId: number; personId: number; type: 'commands'; commands: Chat['commands'] }
