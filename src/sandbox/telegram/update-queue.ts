import { type ApiError, conflict, errorBody } from './api-error.ts'
import type { Limits } from './rates.ts'

/** The kinds of updates that a private chat with a person can bring. */
export type UpdateKind = 'message' | 'callback_query' | 'my_chat_member'

/** An update as it waits: written out once, at its creation. */
export interface PendingUpdate {
  id: number
  kind: UpdateKind
  personId: number
  json: string
  expiresAtMs: number
}

/** What getUpdates is asked. `offset` 0 = not given. */
export interface Poll {
  offset: number
  limit: number
  timeoutSeconds: number
}

/** Answers a call: HTTP status, JSON body, perhaps the header Retry-After. */
export type Reply = (status: number, body: string, retryAfterSeconds?: number) => void

export interface UpdateQueue {
  /** Creates an update, unless the bot does not want its kind. */
  add(kind: UpdateKind, personId: number, content: object): void
  /**
   * getUpdates: confirms what is below the offset and answers at once, or when an update comes, or after the timeout.
   * @returns the way to forget the poll when its connection is gone
   */
  poll(poll: Poll, reply: Reply): () => void
  /** A poll is waiting. */
  isPolled(): boolean
  /** Ends a waiting poll with 409 (another poll, setWebhook) or another error. */
  abortPoll(error: ApiError): void
  /** Who wants to know of every new update: the webhook. */
  listen(listener: ((update: PendingUpdate) => void) | undefined): void
  pending(): PendingUpdate[]
  drop(update: PendingUpdate): void
  clear(): void
  allow(kinds: string[]): void
  readonly allowed: string[] | undefined
  save(): SavedQueue
  /** Forgets a waiting poll without an answer. */
  close(): void
}

export interface SavedQueue {
  nextId: number
  updates: PendingUpdate[]
  allowed?: string[]
}

/** How long the real server keeps an update that nobody fetches. */
const LIFE_MS: Record<UpdateKind, number> = {
  message: 86_400_000,
  my_chat_member: 86_400_000,
  callback_query: 150_000,
}

/** An offset further ahead than this is not believed and confirms nothing. */
const OFFSET_AHEAD_MAX = 10

const TAKEN_OVER = conflict(
  'terminated by other getUpdates request; make sure that only one bot instance is running',
)

interface Waiting {
  poll: Poll
  reply: Reply
  timer: NodeJS.Timeout
  waking: boolean
}

/**
 * One bot's updates.
 * @param firstId update_id of the first update; must be above any id given before
 * @param lane puts every update through the faults (copies, another order) and calls back
 */
export function createUpdateQueue({
  firstId,
  now,
  limits,
  lane,
  saved,
}: {
  firstId: number
  now: () => number
  limits: Limits | null
  lane: (deliver: (update: PendingUpdate) => void) => (update: PendingUpdate) => void
  saved?: SavedQueue
}): UpdateQueue {
  const updates = new Set<PendingUpdate>(saved?.updates)
  let nextId = saved?.nextId ?? firstId
  let allowed = saved?.allowed
  let shuffled = false
  let lastId = 0
  let waiting: Waiting | undefined
  let listener: ((update: PendingUpdate) => void) | undefined
  let previousPoll: { offset: number; atMs: number } | undefined
  let lastConflictMs = -Infinity
  const deliver = lane((update) => {
    const copy = updates.has(update) ? { ...update } : update
    shuffled ||= copy.id < lastId
    lastId = copy.id
    updates.add(copy)
    if (listener) listener(copy)
    else wake()
  })

  return {
    add(kind, personId, content) {
      if (allowed && !allowed.includes(kind)) return
      const id = nextId
      nextId += 1
      const json = `{"update_id":${id},"${kind}":${JSON.stringify(content)}}`
      deliver({ id, kind, personId, json, expiresAtMs: now() + LIFE_MS[kind] })
    },
    poll(asked, reply) {
      const poll = tamed(asked)
      confirm(poll.offset)
      const batch = take(poll.limit)
      if (batch.length > 0 || poll.timeoutSeconds === 0) {
        reply(200, body(batch))
        return () => undefined
      }
      endWaiting(TAKEN_OVER)
      const timer = setTimeout(() => answer(), poll.timeoutSeconds * 1000)
      const mine: Waiting = { poll, reply, timer, waking: false }
      waiting = mine
      return () => {
        clearTimeout(timer)
        if (waiting === mine) waiting = undefined
      }
    },
    isPolled: () => waiting !== undefined,
    abortPoll: endWaiting,
    listen: (next) => (listener = next),
    pending() {
      dropExpired()
      return [...updates]
    },
    drop: (update) => void updates.delete(update),
    clear: () => updates.clear(),
    allow: (kinds) => (allowed = kinds.length > 0 ? kinds : undefined),
    get allowed() {
      return allowed
    },
    save() {
      dropExpired()
      return { nextId, updates: [...updates], ...(allowed ? { allowed } : {}) }
    },
    close() {
      clearTimeout(waiting?.timer)
      waiting = undefined
    },
  }

  /** A loop that asks the same again and again without waiting gets little and slowly. */
  function tamed(poll: Poll): Poll {
    const atMs = now()
    const sinceMs = previousPoll?.offset === poll.offset ? atMs - previousPoll.atMs : Infinity
    previousPoll = { offset: poll.offset, atMs }
    if (!limits || limits.repeatedPollHoldMs === 0) return poll
    const holdSeconds = limits.repeatedPollHoldMs / 1000
    const timeoutSeconds =
      sinceMs < limits.repeatedPollHoldMs ? Math.max(poll.timeoutSeconds, holdSeconds) : poll.timeoutSeconds
    return { ...poll, timeoutSeconds, limit: sinceMs < 500 ? 1 : poll.limit }
  }

  function confirm(offset: number): void {
    if (offset < 0) {
      const surplus = updates.size + offset
      for (const update of [...updates].slice(0, Math.max(0, surplus))) updates.delete(update)
      return
    }
    if (offset > nextId + OFFSET_AHEAD_MAX) return
    for (const update of updates) {
      if (update.id < offset) updates.delete(update)
      else if (!shuffled) break
    }
    if (updates.size === 0) shuffled = false
  }

  function take(limit: number): PendingUpdate[] {
    const batch: PendingUpdate[] = []
    const atMs = now()
    for (const update of updates) {
      if (update.expiresAtMs <= atMs) updates.delete(update)
      else batch.push(update)
      if (batch.length === limit) break
    }
    return batch
  }

  function dropExpired(): void {
    const atMs = now()
    for (const update of updates) if (update.expiresAtMs <= atMs) updates.delete(update)
  }

  /** As the real server, waits a moment, so that updates that come together are answered together. */
  function wake(): void {
    if (!waiting || waiting.waking) return
    waiting.waking = true
    setImmediate(answer)
  }

  function answer(): void {
    if (!waiting) return
    const { poll, reply, timer } = waiting
    waiting = undefined
    clearTimeout(timer)
    reply(200, body(take(poll.limit)))
  }

  function endWaiting(error: ApiError): void {
    if (!waiting) return
    const { reply, timer } = waiting
    waiting = undefined
    clearTimeout(timer)
    const text = errorBody(error)
    const holdMs = limits?.repeatedPollHoldMs ?? 0
    if (now() - lastConflictMs < holdMs) setTimeout(() => reply(error.code, text), holdMs)
    else {
      lastConflictMs = now()
      reply(error.code, text)
    }
  }
}

function body(batch: PendingUpdate[]): string {
  return `{"ok":true,"result":[${batch.map((update) => update.json).join(',')}]}`
}
