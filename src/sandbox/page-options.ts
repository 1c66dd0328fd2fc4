import type { Language } from '../domain/salon.ts'
import type { Clock } from './clock.ts'
import type { Messenger } from './messenger.ts'
import type { SalonHours } from './skip-targets.ts'

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
  /** What the page shows the time of, and lets one put on. */
  clock: Clock
  hours: SalonHours
  /** What the page can be read in; the first is the fallback. */
  languages: Language[]
  /** Telegram people who stand first in the admin's phone. */
  staffIds?: number[]
  /** The owner's one-time link; undefined once there is an admin. */
  adminLink?: () => string | undefined
}
