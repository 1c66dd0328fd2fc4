import { ApiError } from './api-error.ts'
import { createInOrder } from './in-order.ts'
import type { Log } from './log.ts'
import { createRedelivery, waited } from './redelivery.ts'
import type { Redelivery } from './redelivery.ts'

/** What getUpdates is asked for; the rest (allowed_updates) is the caller's. */
export interface PollParams {
  offset: number
  limit: number
  /** Seconds. */
  timeout: number
}

export interface PollTelegramOptions<U extends { update_id: number }> {
  /** Asks the Bot API; rejects with an `ApiError` when it refused or could not be reached. */
  getUpdates: (params: PollParams, signal: AbortSignal) => Promise<U[]>
  /** Resolves when everything the update causes is committed, rejects when nothing is: then it is tried again. */
  handle: (update: U) => Promise<void>
  /** Updates with the same key are handled one after another, others side by side. */
  keyOf: (update: U) => number | string
  log: Log
  /** How long getUpdates may wait for news. */
  timeoutSeconds?: number
  redelivery?: Redelivery
}

export interface Polling {
  /** Ends with `stop`; rejects when polling makes no sense any more (401: the token is wrong). */
  readonly done: Promise<void>
  /** Stops asking at once, lets the updates in hand finish, and confirms them. */
  stop(): Promise<void>
}

/** While updates are in hand, how long they may take before the next are fetched alongside. */
const overlapMs = 25
/** Asking with the same offset twice within half a second makes the server answer one update at a time. */
const sameOffsetMs = 600
/** Waits after failed polls; the last one repeats. */
const backOffMs = [300, 1_000, 3_000, 10_000]

/**
 * Polls for updates so that people don't wait for each other: updates of different keys are handled side by side, those of
 * one key in order. An update is confirmed (the offset moves past it) only after `handle` resolved. While one is slow, the
 * next are fetched with an offset that doesn't confirm it, and those known already are dropped from the answer.
 * Knows no library: `getUpdates` may be grammY's, Telegraf's, or anybody's.
 */
export function pollTelegram<U extends { update_id: number }>({
  getUpdates,
  handle,
  keyOf,
  log,
  timeoutSeconds = 30,
  redelivery = createRedelivery({ log }),
}: PollTelegramOptions<U>): Polling {
  const stopping = new AbortController()
  const inOrder = createInOrder()
  const inHand = new Set<number>()
  /** Handled, but not confirmed yet because an earlier one is still in hand. */
  const handled = new Set<number>()
  let nextId = 0
  let confirmed = 0
  let tell: () => void = () => undefined
  const done = loop()
  // Whoever is interested has `done`; without it a wrong token must not crash the process as an unhandled rejection.
  done.catch(() => undefined)

  return {
    done,
    async stop() {
      stopping.abort()
      redelivery.stop()
      await done.catch(() => undefined)
      await inOrder.idle()
      await confirm()
    },
  }

  async function loop(): Promise<void> {
    let failures = 0
    while (!stopping.signal.aborted) {
      const sentOffset = offset()
      const startedAt = performance.now()
      try {
        const updates = await getUpdates(
          { offset: sentOffset, limit: 100, timeout: timeoutSeconds },
          stopping.signal,
        )
        failures = 0
        confirmed = sentOffset
        dispatch(updates)
      } catch (error) {
        if (stopping.signal.aborted) return
        await waited(waitAfter(error, (failures += 1), log), stopping.signal)
        continue
      }
      await inHandSettles(() => inHand.size === 0, overlapMs)
      const untilMs = sameOffsetMs - (performance.now() - startedAt)
      await inHandSettles(() => inHand.size === 0 || offset() !== sentOffset, untilMs)
    }
  }

  function dispatch(updates: U[]): void {
    for (const id of handled) if (id < confirmed) handled.delete(id)
    // Of this answer only: after a week of silence the numbers may begin anew, lower than before.
    if (updates.length > 0) nextId = Math.max(...updates.map(({ update_id }) => update_id)) + 1
    for (const update of updates) {
      const id = update.update_id
      if (inHand.has(id) || handled.has(id)) continue
      inHand.add(id)
      void inOrder
        .run(keyOf(update), () => redelivery.deliver(id, () => handle(update)))
        .then((outcome) => settle(id, outcome))
    }
  }

  function settle(id: number, outcome: 'taken' | 'skipped' | 'stopped'): void {
    // A stopped update stays in hand: it is never confirmed and comes again after the restart.
    if (outcome === 'stopped') return
    inHand.delete(id)
    handled.add(id)
    tell()
  }

  /** The lowest update that is not committed yet, or the one after the last. */
  function offset(): number {
    let lowest = nextId
    for (const id of inHand) if (id < lowest) lowest = id
    return lowest
  }

  function inHandSettles(condition: () => boolean, atMostMs: number): Promise<void> {
    if (condition() || atMostMs <= 0 || stopping.signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        stopping.signal.removeEventListener('abort', end)
        tell = () => undefined
        resolve()
      }
      const timer = setTimeout(end, atMostMs)
      stopping.signal.addEventListener('abort', end)
      tell = () => condition() && end()
    })
  }

  /** What was committed last need not come again after a restart; if this fails, it comes again and changes nothing. */
  async function confirm(): Promise<void> {
    if (offset() === confirmed) return
    const params = { offset: offset(), limit: 1, timeout: 0 }
    await getUpdates(params, AbortSignal.timeout(2_000)).catch(() => log.debug({ event: 'poll.unconfirmed' }))
  }
}

/** @returns how long to wait before asking again; throws when asking again makes no sense */
function waitAfter(error: unknown, failures: number, log: Log): number {
  const refusal = error instanceof ApiError ? error : undefined
  const delayMs = backOffMs[Math.min(failures, backOffMs.length) - 1] ?? 0
  switch (refusal?.code) {
    case 401:
    case 404:
      throw new Error('Telegram does not know this bot token: copy it again from @BotFather', {
        cause: error,
      })
    case 409:
      log.error({
        event: 'poll.conflict',
        advice: 'another process polls with this token, or a webhook is set',
      })
      return Math.max(delayMs, 3_000)
    case 429:
      return refusal.retryAfterMs ?? delayMs
    default:
      log.warn({ event: 'poll.failed', code: refusal?.code, failures, delayMs })
      return delayMs
  }
}
