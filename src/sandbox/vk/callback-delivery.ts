import type { BotEvent } from './events.ts'
import { createPostClient } from './post-client.ts'
import type { PostAnswer } from './post-client.ts'

/** Brings events to one server of the bot, and brings them again until it says "ok". */
export interface CallbackDelivery {
  push(event: BotEvent): void
  /** What is not delivered yet, in the order of the peers' first waiting events. */
  pending(): BotEvent[]
  /** Sends one notification outside of the queues. */
  post(body: string): Promise<PostAnswer>
  close(): void
}

const timeoutMs = 10_000
const headers =
  'Content-Type: application/json\r\nUser-Agent: Mozilla/5.0 (compatible; vkRobot; +http://vk.com)\r\n'
const maxDoublings = 6
/** VK waits less than three hours for whoever asks for a pause. */
const maxRetryAfterSeconds = 3 * 3600 - 1
const pausingStatuses = new Set([410, 429, 503])

/**
 * Events of one peer go one after another, those of different peers at the same time.
 * @param prefix goes before each event's tail: "{", version, secret
 * @param retryDelayMs pause before the first repetition; doubles with each one, up to 64 times
 * @param onRemove the server answered "remove": it wants no more events
 */
export function createCallbackDelivery({
  url,
  prefix,
  retryDelayMs,
  onRemove,
}: {
  url: string
  prefix: () => string
  retryDelayMs: number
  onRemove: () => unknown
}): CallbackDelivery {
  const client = createPostClient({ url: new URL(url), timeoutMs })
  const queues = new Map<number, BotEvent[]>()
  const timers = new Set<NodeJS.Timeout>()
  let closed = false

  return {
    push(event) {
      const queue = queues.get(event.peerId)
      if (queue) queue.push(event)
      else {
        queues.set(event.peerId, [event])
        deliver(event, 0)
      }
    },
    pending: () => [...queues.values()].flat(),
    post: (body) => client.post(body, headers),
    close() {
      closed = true
      for (const timer of timers) clearTimeout(timer)
      client.close()
    },
  }

  function deliver(event: BotEvent, repetition: number): void {
    const counter = repetition === 0 ? '' : `X-Retry-Counter: ${repetition}\r\n`
    client.post(prefix() + event.tail, headers + counter).then(
      (answer) => {
        const said = answer.status === 200 ? answer.body.trim() : ''
        if (said === 'ok') next(event.peerId)
        else if (said === 'remove') remove()
        else repeat(event, repetition, answer)
      },
      () => repeat(event, repetition),
    )
  }

  function next(peerId: number): void {
    const queue = queues.get(peerId) ?? []
    queue.shift()
    const [first] = queue
    if (!first) queues.delete(peerId)
    else if (!closed) deliver(first, 0)
  }

  function repeat(event: BotEvent, repetition: number, answer?: PostAnswer): void {
    if (closed) return
    const pauseMs = repetitionPauseMs(retryDelayMs, repetition, answer)
    const timer = setTimeout(() => {
      timers.delete(timer)
      deliver(event, repetition + 1)
    }, pauseMs)
    timers.add(timer)
  }

  function remove(): void {
    queues.clear()
    onRemove()
  }
}

/**
 * How long to wait before an event is brought again.
 * @param repetition how often it was brought again already
 * @param answer what the server said, when it said anything
 * @returns milliseconds: what a 410, 429 or 503 asked for, or twice as long with each time
 */
export function repetitionPauseMs(retryDelayMs: number, repetition: number, answer?: PostAnswer): number {
  if (answer && pausingStatuses.has(answer.status) && answer.retryAfterSeconds > 0) {
    return Math.min(answer.retryAfterSeconds, maxRetryAfterSeconds) * 1000
  }
  return retryDelayMs * 2 ** Math.min(repetition, maxDoublings)
}
