import { Agent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { BotEvent } from './events.ts'

/** Brings events to one server of the bot, and brings them again until it says "ok". */
export interface CallbackDelivery {
  push(event: BotEvent): void
  /** What is not delivered yet, in the order of the peers' first waiting events. */
  pending(): BotEvent[]
  /** Sends one notification outside of the queues. */
  post(body: string): Promise<CallbackAnswer>
  close(): void
}

export interface CallbackAnswer {
  status: number
  body: string
  retryAfterSeconds: number
}

const timeoutMs = 10_000
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
  const { protocol, hostname, port, pathname, search } = new URL(url)
  const secure = protocol === 'https:'
  const agent = new (secure ? HttpsAgent : Agent)({ keepAlive: true, maxSockets: 128, timeout: timeoutMs })
  const target = {
    agent,
    method: 'POST',
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    path: pathname + search,
  }
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
    post,
    close() {
      closed = true
      for (const timer of timers) clearTimeout(timer)
      agent.destroy()
    },
  }

  function deliver(event: BotEvent, repetition: number): void {
    const headers = repetition === 0 ? {} : { 'X-Retry-Counter': String(repetition) }
    post(prefix() + event.tail, headers).then(
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

  function repeat(event: BotEvent, repetition: number, answer?: CallbackAnswer): void {
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

  function post(body: string, headers: Record<string, string> = {}): Promise<CallbackAnswer> {
    return new Promise((resolve, reject) => {
      const call = (secure ? httpsRequest : httpRequest)({
        ...target,
        headers: {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
          'User-Agent': 'Mozilla/5.0 (compatible; vkRobot; +http://vk.com)',
          ...headers,
        },
      })
      call.on('timeout', () => call.destroy(new Error(`no answer within ${timeoutMs} ms`)))
      call.on('error', reject)
      call.on('response', (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text = (text + chunk).slice(0, 1000)))
        response.on('error', reject)
        response.on('end', () => {
          const retryAfterSeconds = Number(response.headers['retry-after']) || 0
          resolve({ status: response.statusCode ?? 0, body: text, retryAfterSeconds })
        })
      })
      call.end(body)
    })
  }
}

/**
 * How long to wait before an event is brought again.
 * @param repetition how often it was brought again already
 * @param answer what the server said, when it said anything
 * @returns milliseconds: what a 410, 429 or 503 asked for, or twice as long with each time
 */
export function repetitionPauseMs(retryDelayMs: number, repetition: number, answer?: CallbackAnswer): number {
  if (answer && pausingStatuses.has(answer.status) && answer.retryAfterSeconds > 0) {
    return Math.min(answer.retryAfterSeconds, maxRetryAfterSeconds) * 1000
  }
  return retryDelayMs * 2 ** Math.min(repetition, maxDoublings)
}
