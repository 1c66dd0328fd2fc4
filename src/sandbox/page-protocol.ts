/** What the page and its server say to each other. Types only: the browser's files read them through JSDoc. */
import type { Language } from '../domain/salon.ts'
import type { BotProfile, Chat, MessengerEvent, Person, Platform } from './messenger.ts'
import type { SkipName } from './skip-targets.ts'

/** The three phones, in the order they stand on the page. */
export type PhoneName = 'telegram' | 'vk' | 'admin'

export interface Phone {
  platform: Platform
  bot: BotProfile
}

/** The sandbox's clock. */
export interface ShownClock {
  /** How far it is ahead of the machine's, milliseconds. */
  offsetMs: number
  /** The salon's zone: times are shown in it. IANA name. */
  timeZone: string
  /** Where one can skip to, epoch milliseconds. Where an hour leads changes all the time: that is reckoned on the page. */
  targets: Record<Exclude<SkipName, 'hour'>, number>
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
  clock: ShownClock
}

export type PageEvent =
  | { type: 'state'; state: PageState }
  /** Somebody is new: everybody, and the chats of the new ones. */
  | { type: 'people'; people: Record<Platform, Person[]>; chats: Chat[] }
  | { type: 'adminLink'; link?: string }
  /** Time was skipped, or a skip leads elsewhere by now. */
  | { type: 'clock'; clock: ShownClock }
  | ({ platform: Platform } & Exclude<MessengerEvent, { type: 'commands' }>)
  | { platform: Platform; botId: number; personId: number; type: 'commands'; commands: Chat['commands'] }
