import { ApiError } from './api-error.ts'
import { createInOrder } from './in-order.ts'
import type { Log } from './log.ts'
import type { Polling } from './poll-telegram.ts'
import { createRedelivery, waited } from './redelivery.ts'
import type { Redelivery } from './redelivery.ts'

/** One event, the same by Long Poll and by Callback API. */
export interface VkUpdate {
  type: string
  group_id: number
  /** The same for every delivery of one event. */
  event_id?: string
  object: Record<string, unknown>
}

export interface LongPollServer {
  server: string
  key: string
  ts: string
}

/** Where the reading of events stands, kept over a restart. */
export interface Cursor {
  load(): Promise<string | undefined>
  save(ts: string): Promise<void>
}

export interface PollVkOptions {
  /** groups.getLongPollServer; rejects with an `ApiError`. */
  getServer: () => Promise<LongPollServer>
  /** GETs a URL and returns the parsed answer; rejects when none came. */
  ask: (url: string, signal: AbortSignal) => Promise<unknown>
  /** Resolves when everything the event causes is committed, rejects when nothing is: then it is tried again. */
  handle: (update: VkUpdate) => Promise<void>
  /** Events with the same key are handled one after another, others side by side. */
  keyOf: (update: VkUpdate) => number | string
  log: Log
  /** Absent: events that come while nobody polls are not asked for after a restart. */
  cursor?: Cursor
  redelivery?: Redelivery
}

type Answer = { ts: string | number; updates: VkUpdate[] } | { failed: number; ts?: string | number }

const waitSeconds = 25
/** More events in hand than this: the next are fetched when some are done. */
const maxInHand = 2_000
/** The cursor is saved at most so often: what comes twice after a crash changes nothing. */
const saveEveryMs = 1_000
const backOffMs = [300, 1_000, 3_000, 10_000]

/**
 * Bots Long Poll that loses nothing: `failed: 2` renews the key and keeps the place (vk-io skips to the newest event
 * there), `failed: 1` takes the place it is told, only `failed: 3` starts anew. VK keeps no account of what was read, so
 * reading goes on while events are in hand; the saved cursor moves only past events that are committed.
 */
export function pollVk({ getServer, ask, handle, keyOf, log, cursor, ...options }: PollVkOptions): Polling {
  const { redelivery = createRedelivery({ log }) } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const inOrder = createInOrder()
  const committed = createCommitted(cursor, log)
  let inHand = 0
  let goOn: () => void = () => undefined
  const done = loop()
  done.catch(() => undefined)

  return {
    done,
    async stop() {
      stopping.abort()
      redelivery.stop()
      goOn()
      await done.catch(() => undefined)
      await inOrder.idle()
      await committed.close()
    },
  }

  async function loop(): Promise<void> {
    let failures = 0
    let place: LongPollServer | undefined
    let ts = await savedTs()
    while (!signal.aborted) {
      try {
        place ??= await getServer()
        ts ??= await begin(place.ts)
        const answer = (await ask(pollUrl(place, ts), signal)) as Answer
        failures = 0
        if ('failed' in answer) {
          log.info({ event: 'poll.renewed', failed: answer.failed })
          if (answer.failed !== 1) place = undefined
          // 1: the history has moved on. 2: only the key is old. 3 and unknown ones: the place is lost as well.
          if (answer.failed !== 2) ts = answer.failed === 1 ? String(answer.ts) : undefined
          continue
        }
        ts = String(answer.ts)
        dispatch(answer.updates, ts)
        while (inHand > maxInHand && !signal.aborted) await new Promise<void>((resolve) => (goOn = resolve))
      } catch (error) {
        if (signal.aborted) return
        failures += 1
        // The server may be gone for good: another one is asked for, the place is kept.
        if (failures > 1) place = undefined
        await waited(waitAfter(error, failures, log), signal)
      }
    }
  }

  /** The very first place is kept at once: what is written before the first answer must not be lost to a crash. */
  async function begin(ts: string): Promise<string> {
    await cursor?.save(ts).catch(() => log.warn({ event: 'poll.cursor', trouble: 'not saved' }))
    return ts
  }

  async function savedTs(): Promise<string | undefined> {
    return cursor?.load().catch(() => {
      log.warn({ event: 'poll.cursor', trouble: 'not loaded' })
      return undefined
    })
  }

  function dispatch(updates: VkUpdate[], ts: string): void {
    const batch = committed.open(ts, updates.length)
    for (const update of updates) {
      inHand += 1
      void inOrder
        .run(keyOf(update), () => redelivery.deliver(update.event_id ?? update.type, () => handle(update)))
        .then((outcome) => {
          inHand -= 1
          if (outcome !== 'stopped') batch.settled()
          goOn()
        })
    }
  }
}

function pollUrl({ server, key }: LongPollServer, ts: string): string {
  const url = new URL(server)
  for (const [name, value] of Object.entries({ act: 'a_check', key, ts, wait: String(waitSeconds) })) {
    url.searchParams.set(name, value)
  }
  return url.href
}

interface Batch {
  ts: string
  left: number
}

/** Moves the cursor past a batch when it and all earlier ones are committed. */
function createCommitted(cursor: Cursor | undefined, log: Log) {
  const batches: Batch[] = []
  let unsaved: string | undefined
  let saving: Promise<void> | undefined
  const closing = new AbortController()

  return {
    open(ts: string, count: number): { settled(): void } {
      const batch = { ts, left: count }
      batches.push(batch)
      advance()
      return {
        settled() {
          batch.left -= 1
          advance()
        },
      }
    },
    async close(): Promise<void> {
      closing.abort()
      await saving
    },
  }

  function advance(): void {
    while (batches[0]?.left === 0) unsaved = batches.shift()?.ts
    if (cursor && unsaved !== undefined) saving ??= save(cursor)
  }

  async function save(to: Cursor): Promise<void> {
    await waited(saveEveryMs, closing.signal)
    while (unsaved !== undefined) {
      const ts = unsaved
      unsaved = undefined
      await to.save(ts).catch(() => log.warn({ event: 'poll.cursor', trouble: 'not saved' }))
      await waited(saveEveryMs, closing.signal)
    }
    saving = undefined
  }
}

/** @returns how long to wait before asking again; throws when asking again makes no sense */
function waitAfter(error: unknown, failures: number, log: Log): number {
  const code = error instanceof ApiError ? error.code : undefined
  if (code === 5 || code === 15 || code === 27) {
    const advice =
      'make a new key in the community: Manage, API usage, with the right to manage the community'
    throw new Error(`VK does not let this token read the community's events: ${advice}`, { cause: error })
  }
  const delayMs = backOffMs[Math.min(failures, backOffMs.length) - 1] ?? 0
  log.warn({ event: 'poll.failed', code, failures, delayMs })
  return delayMs
}
