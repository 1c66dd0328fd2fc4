import { leadingInteger } from './arguments.ts'
import { createHttpPoster } from './http-poster.ts'
import type { PendingUpdate, UpdateQueue } from './update-queue.ts'

export interface WebhookSettings {
  url: string
  secretToken: string
  maxConnections: number
  /** Told back by getWebhookInfo; connections are made as the URL says. */
  ipAddress?: string
  hasCertificate: boolean
}

export interface WebhookSender {
  lastError(): { date: number; message: string } | undefined
  /**
   * Stops sending; what is not confirmed stays in the queue. Requests on their way may still be confirmed, unless
   * `cut`.
   */
  close(options?: { cut: boolean }): void
}

/** As on the real server: the doubling delay ends at a random 60 to 120 s, Retry-After is believed up to an hour. */
const RETRY_MAX_MS = 60_000
const RETRY_AFTER_MAX_SECONDS = 3600
/** A webhook that answers 410 for this long is removed. */
const GONE_MAX_MS = 23 * 3_600_000

interface Attempt {
  failures: number
}

/**
 * Delivers a bot's updates to its webhook: in order within a lane, up to `maxConnections` lanes at a time. An update is
 * confirmed by any 2xx; anything else is retried (at once, then after 2, 4, 8 ... `retryMs`) until it expires.
 *
 * @param laneOf updates of one lane wait for each other
 * @param onResponse gets the body of a 2xx answer: it may hold a method call
 * @param onGone the address answered 410 for 23 hours
 */
export function createWebhookSender({
  settings,
  queue,
  laneOf,
  onResponse,
  onGone,
  retryMs,
  now,
  random,
}: {
  settings: WebhookSettings
  queue: UpdateQueue
  laneOf: (update: PendingUpdate) => string
  onResponse: (contentType: string, body: Buffer) => void
  onGone: () => void
  retryMs: number
  now: () => number
  random: () => number
}): WebhookSender {
  const poster = createHttpPoster(settings.url, headersOf(settings))
  const lanes = new Map<string, PendingUpdate[]>()
  const attempts = new WeakMap<PendingUpdate, Attempt>()
  const timers = new Set<NodeJS.Timeout>()
  let ready: string[] = []
  let active = 0
  let closed = false
  let goneSinceMs: number | undefined
  let lastError: { date: number; message: string } | undefined

  for (const update of queue.pending()) enqueue(update)
  queue.listen((update) => {
    enqueue(update)
    pump()
  })
  pump()

  return {
    lastError: () => lastError,
    close({ cut } = { cut: false }) {
      closed = true
      queue.listen(undefined)
      for (const timer of timers) clearTimeout(timer)
      if (cut || active === 0) poster.close()
    },
  }

  function enqueue(update: PendingUpdate): void {
    const key = laneOf(update)
    const lane = lanes.get(key)
    if (lane) lane.push(update)
    else {
      lanes.set(key, [update])
      ready.push(key)
    }
  }

  function pump(): void {
    let taken = 0
    while (!closed && active < settings.maxConnections && taken < ready.length) {
      const key = ready[taken]
      taken += 1
      const update = key === undefined ? undefined : lanes.get(key)?.[0]
      if (key === undefined || !update) continue
      if (update.expiresAtMs <= now()) {
        next(key, update)
        continue
      }
      active += 1
      send(update, (error, retryAfterSeconds = 0) => {
        active -= 1
        if (closed) return finishClosed(update, error)
        if (error === undefined) next(key, update)
        else retry(key, update, error, retryAfterSeconds)
        pump()
      })
    }
    if (taken > 0) ready = ready.slice(taken)
  }

  function finishClosed(update: PendingUpdate, error: string | undefined): void {
    if (error === undefined) queue.drop(update)
    if (active === 0) poster.close()
  }

  function next(key: string, update: PendingUpdate): void {
    queue.drop(update)
    const lane = lanes.get(key)
    lane?.shift()
    if (lane && lane.length > 0) ready.push(key)
    else lanes.delete(key)
  }

  function retry(key: string, update: PendingUpdate, error: string, retryAfterSeconds: number): void {
    lastError = { date: Math.floor(now() / 1000), message: error }
    const attempt = attempts.get(update) ?? { failures: 0 }
    attempts.set(update, attempt)
    attempt.failures += 1
    const doubledMs = attempt.failures === 1 ? 0 : retryMs * 2 ** (attempt.failures - 1)
    const delayMs =
      retryAfterSeconds > 0 ? retryAfterSeconds * 1000 : Math.min(doubledMs, RETRY_MAX_MS * (1 + random()))
    if (now() + delayMs > update.expiresAtMs) return next(key, update)
    const timer = setTimeout(() => {
      timers.delete(timer)
      ready.push(key)
      pump()
    }, delayMs)
    timers.add(timer)
  }

  function send(update: PendingUpdate, done: (error?: string, retryAfterSeconds?: number) => void): void {
    poster.post(update.json, (failure, answer) => {
      if (!answer) return done(failure ? connectionError(failure) : 'Webhook connection closed')
      const { status, reason, headers, body } = answer
      watchGone(status)
      if (status >= 200 && status <= 299) {
        if (body.length > 0) onResponse(headers['content-type'] ?? '', body)
        return done()
      }
      const seconds = leadingInteger(headers['retry-after'] ?? '')
      done(
        `Wrong response from the webhook: ${status} ${reason}`,
        Math.min(Math.max(seconds, 0), RETRY_AFTER_MAX_SECONDS),
      )
    })
  }

  function watchGone(status: number): void {
    if (status !== 410) goneSinceMs = undefined
    else if (goneSinceMs === undefined) goneSinceMs = now()
    else if (now() - goneSinceMs > GONE_MAX_MS) onGone()
  }
}

function headersOf({ url, secretToken }: WebhookSettings): Record<string, string> {
  const { username, password } = new URL(url)
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return {
    'Content-Type': 'application/json',
    Connection: 'keep-alive',
    ...(secretToken === '' ? {} : { 'X-Telegram-Bot-Api-Secret-Token': secretToken }),
    ...(username === '' ? {} : { Authorization: `Basic ${Buffer.from(login).toString('base64')}` }),
  }
}

function connectionError(error: Error & { code?: string }): string {
  if (error.code === 'ECONNREFUSED') return 'Connection refused'
  if (error.code === 'ETIMEDOUT') return 'Connection timed out'
  return error.message === 'Read timeout expired' ? error.message : 'Webhook connection closed'
}
