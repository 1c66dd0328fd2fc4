import { tooManyRequests } from './api-error.ts'

/**
 * Telegram's published free limits are soft: "about 30 messages a second" over all chats, and in one chat "avoid more
 * than one a second; short bursts may go over". The sizes of the bursts are not published.
 */
export interface Limits {
  /** Messages of one bot in any sliding second: new ones, copies, and edits. */
  perSecond: number
  /** New messages in one chat: how fast the allowance grows back ... */
  perChatPerSecond: number
  /** ... and how many may come at once after a rest. Our guess, on the strict side of what bots report. */
  perChatBurst: number
  /** setWebhook with a URL again within this time is refused (real server: 1 s). */
  setWebhookIntervalMs: number
  /**
   * A poll that repeats the previous offset this soon is held as if its timeout were this long, and a second 409
   * within this time is delayed by it (real server: 3 s for both).
   */
  repeatedPollHoldMs: number
}

export const DEFAULT_LIMITS: Limits = {
  perSecond: 30,
  perChatPerSecond: 1,
  perChatBurst: 20,
  setWebhookIntervalMs: 1000,
  repeatedPollHoldMs: 3000,
}

export interface Rates {
  /**
   * Counts messages about to be sent, or refuses them all.
   * @param chat of new messages; undefined for an edit, which counts for the bot only
   * @throws ApiError 429 with the whole seconds to wait
   */
  take(count: number, chat?: object): void
}

/** The limiter of one bot; without limits it lets everything pass. */
export function createRates({ limits, now }: { limits: Limits | null; now: () => number }): Rates {
  if (limits === null) return { take: () => undefined }
  const { perSecond, perChatPerSecond, perChatBurst } = limits
  /** When the last `perSecond` messages were sent, oldest first. */
  const sentAtMs: number[] = []
  const buckets = new WeakMap<object, { tokens: number; atMs: number }>()

  return {
    take(count, chat) {
      const atMs = now()
      while ((sentAtMs[0] ?? atMs) <= atMs - 1000) sentAtMs.shift()
      const over = sentAtMs.length + count - perSecond
      // An album larger than the whole limit is let through when nothing else was sent.
      const blocking = over > 0 ? sentAtMs[Math.min(over, sentAtMs.length) - 1] : undefined
      if (blocking !== undefined) throw tooManyRequests(wholeSeconds((blocking + 1000 - atMs) / 1000))
      if (chat) takeFromChat(chat, Math.min(count, perChatBurst), atMs)
      for (let index = 0; index < count; index += 1) sentAtMs.push(atMs)
    },
  }

  function takeFromChat(chat: object, count: number, atMs: number): void {
    const bucket = buckets.get(chat) ?? { tokens: perChatBurst, atMs }
    const grown = bucket.tokens + ((atMs - bucket.atMs) / 1000) * perChatPerSecond
    const tokens = Math.min(grown, perChatBurst)
    buckets.set(chat, { tokens: tokens >= count ? tokens - count : tokens, atMs })
    if (tokens < count) throw tooManyRequests(wholeSeconds((count - tokens) / perChatPerSecond))
  }
}

function wholeSeconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds))
}
