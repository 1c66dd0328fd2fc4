import type { ServerResponse } from 'node:http'
import { parse as parseQuery } from 'node:querystring'
import type { Fault } from '../messenger.ts'
import type { Community, EventSettings } from './community.ts'
import type { EventSink } from './events.ts'
import { sendJson, sendText } from './http.ts'

/** Bots Long Poll: a history of numbered events, and the polls that wait for its next one. */
export interface LongPoll extends EventSink {
  /** What groups.getLongPollServer gives out. */
  position(): { key: string; ts: string }
  /** Answers `GET /whp/<group>?act=a_check&key&ts&wait`. */
  serve(response: ServerResponse, query: string): void
  /** The keys given out so far are answered `failed: 2` from now on. */
  expireKey(): void
  /** Forgets the events so far: a client that has not read them gets `failed: 1`. */
  loseHistory(): void
  /** Keys and numbers given out so far are answered `failed: 3` from now on. */
  loseServer(): void
  save(): SavedLongPoll
  close(): void
}

export interface SavedLongPoll {
  nextTs: number
  key: string
  events: NumberedEvent[]
}

interface NumberedEvent {
  ts: number
  json: string
}

interface Waiter {
  ts: number
  response: ServerResponse
  timer: NodeJS.Timeout
}

const keptEvents = 20_000
const maxUpdates = 1000
/** More than can happen between the last `save` and a crash: the numbers given out then must not come again. */
const restartGap = 100_000
const maxWaitSeconds = 90

export const longPollPrefix = '/whp/'
/** The polls' name in the faults' desk. */
export const longPollMethod = 'longpoll'

export function createLongPoll({
  ids,
  faults,
  settings,
  saved,
}: Pick<Community, 'ids' | 'faults'> & {
  settings: EventSettings
  saved?: SavedLongPoll | undefined
}): LongPoll {
  let events = [...(saved?.events ?? [])]
  // A client that has read all asks with the number of the next event.
  let nextTs = saved ? saved.nextTs + restartGap : ids.firstEvent()
  // Events before this number are gone.
  let oldestTs = events[0]?.ts ?? saved?.nextTs ?? nextTs
  let key = saved?.key ?? ids.token(40)
  let lostKeys = new Set<string>()
  let waiters: Waiter[] = []
  let flushing = false

  return {
    accepts: (type) => settings.enabled && settings.types.has(type),
    take(event) {
      events.push({ ts: nextTs, json: `{"v":"${settings.apiVersion}",${event.tail}` })
      nextTs += 1
      if (events.length > keptEvents * 1.1) dropOld(keptEvents)
      if (waiters.length === 0 || flushing) return
      flushing = true
      // What happens in the same turn goes out in one answer.
      setImmediate(flush)
    },
    position: () => ({ key, ts: String(nextTs) }),
    serve(response, query) {
      const fault = faults.take(longPollMethod)
      if (fault) serveFaulty(fault, response, query)
      else answer(response, query)
    },
    expireKey() {
      key = ids.token(40)
      endWaiting({ failed: 2 })
    },
    loseHistory() {
      dropOld(0)
      for (const waiter of waiters.filter(({ ts }) => ts < nextTs)) finish(waiter, outdated())
    },
    loseServer() {
      lostKeys = new Set([...lostKeys, key])
      key = ids.token(40)
      nextTs += 1000
      dropOld(0)
      endWaiting({ failed: 3 })
    },
    save: () => ({ nextTs, key, events: events.slice(-maxUpdates) }),
    close: () => endWaiting(undefined),
  }

  function answer(response: ServerResponse, query: string): void {
    const asked = parseQuery(query)
    if (lostKeys.has(String(asked['key']))) return sendJson(response, { failed: 3 })
    if (asked['key'] !== key) return sendJson(response, { failed: 2 })
    const ts = Number(asked['ts'])
    if (ts !== nextTs) return sendUpdates(response, ts)
    const waitSeconds = Math.min(Math.max(Number(asked['wait'] ?? 25) || 0, 0), maxWaitSeconds)
    const waiter: Waiter = {
      ts,
      response,
      timer: setTimeout(() => finish(waiter, { ts: String(nextTs), updates: [] }), waitSeconds * 1000),
    }
    waiters.push(waiter)
    response.once('close', () => drop(waiter))
  }

  /** The number is old or unknown; what is still kept can be had from `ts` on. */
  function outdated(): object {
    return { failed: 1, ts: oldestTs }
  }

  function dropOld(kept: number): void {
    events = events.slice(Math.max(events.length - kept, 0))
    oldestTs = events[0]?.ts ?? nextTs
  }

  function flush(): void {
    flushing = false
    const ready = waiters
    waiters = []
    for (const { timer, response, ts } of ready) {
      clearTimeout(timer)
      sendUpdates(response, ts)
    }
  }

  function sendUpdates(response: ServerResponse, ts: number): void {
    if (!Number.isInteger(ts) || ts < oldestTs || ts > nextTs) return sendJson(response, outdated())
    const updates = eventsFrom(events, ts)
    const next = updates.length < maxUpdates ? nextTs : (updates.at(-1)?.ts ?? nextTs) + 1
    const body = `{"ts":"${next}","updates":[${updates.map(({ json }) => json).join(',')}]}`
    sendText(response, body, 'application/json; charset=utf-8')
  }

  function finish(waiter: Waiter, body: object): void {
    drop(waiter)
    sendJson(waiter.response, body)
  }

  function drop(waiter: Waiter): void {
    clearTimeout(waiter.timer)
    waiters = waiters.filter((other) => other !== waiter)
  }

  function endWaiting(body: object | undefined): void {
    for (const waiter of waiters) {
      clearTimeout(waiter.timer)
      if (body) sendJson(waiter.response, body)
      else waiter.response.destroy()
    }
    waiters = []
  }

  function serveFaulty(fault: Fault, response: ServerResponse, query: string): void {
    switch (fault.kind) {
      case 'slow':
        setTimeout(() => answer(response, query), fault.delayMs)
        return
      case 'disconnect':
        response.destroy()
        return
      case 'serverError':
        return sendText(response, 'Bad Gateway', 'text/plain', fault.status ?? 502)
      case 'tooManyRequests':
        return sendText(response, 'Too Many Requests', 'text/plain', 429)
      case 'forbidden':
        return sendText(response, 'Forbidden', 'text/plain', 403)
    }
  }
}

/** Numbers grow, with a hole after each restart. */
function eventsFrom(events: NumberedEvent[], ts: number): NumberedEvent[] {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((events[middle]?.ts ?? Infinity) < ts) low = middle + 1
    else high = middle
  }
  return events.slice(low, low + maxUpdates)
}
