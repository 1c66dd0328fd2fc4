import type { Language } from '../domain/salon.ts'
import type { Messenger } from './messenger.ts'

/** What the page is about. */
export interface PageOptions {
  telegram: Messenger
  vk: Messenger
  /** The Telegram bot that clients talk to. */
  clientBotId: number
  /** The Telegram bot that the salon's people talk to. */
  adminBotId: number
  /** The salon's VK community. */
  groupId: number
  /** What the page can be read in; the first is the fallback. */
  languages: Language[]
  /** Telegram people who stand first in the admin's phone. */
  staffIds?: number[]
  /** The owner's one-time link; undefined once there is an admin. */
  adminLink?: () => string | undefined
}
