import { pino } from 'pino'
import { expect, test } from 'vitest'
import { ApiError } from '../../src/bots/api-error.ts'
import { pollTelegram } from '../../src/bots/poll-telegram.ts'
import type { Polling, PollParams } from '../../src/bots/poll-telegram.ts'
import { createRedelivery } from '../../src/bots/redelivery.ts'

interface Update {
  update_id: number
  chat: number
}

/** The Bot API's queue: an offset confirms what is below it, an empty queue answers when something comes. */
function createQueue() {
  let waiting: Update[] = []
  const asked: PollParams[] = []
  const troubles: Error[] = []
  let news = Promise.withResolvers<void>()
  return {
    asked,
    troubles,
    get unconfirmed() {
      return waiting.map(({ update_id }) => update_id)
    },
    push(...updates: Update[]) {
      waiting.push(...updates)
      news.resolve()
      news = Promise.withResolvers()
    },
    async getUpdates(params: PollParams, signal: AbortSignal): Promise<Update[]> {
      asked.push(params)
      const trouble = troubles.shift()
      if (trouble) throw trouble
      waiting = waiting.filter(({ update_id }) => update_id >= params.offset)
      const cut = new Promise<void>((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')))
      })
      cut.catch(() => undefined)
      if (waiting.length === 0 && params.timeout > 0) await Promise.race([news.promise, cut])
      return waiting.slice(0, params.limit)
    },
  }
}

const log = pino({ level: 'silent' })
const update = (update_id: number, chat: number): Update => ({ update_id, chat })

async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}

function poll(
  queue: ReturnType<typeof createQueue>,
  handle: (update: Update) => Promise<void>,
  delaysMs = [5, 10],
): Polling {
  return pollTelegram({
    getUpdates: queue.getUpdates,
    handle,
    keyOf: ({ chat }) => chat,
    log,
    redelivery: createRedelivery({ log, delaysMs }),
  })
}

test('people are handled side by side, the updates of one in order', async () => {
  const queue = createQueue()
  const gate = Promise.withResolvers<void>()
  const handled: number[] = []
  const polling = poll(queue, async ({ update_id, chat }) => {
    if (chat === 1) await gate.promise
    handled.push(update_id)
  })
  queue.push(update(10, 1), update(11, 1), update(12, 2))
  await eventually(() => handled.includes(12))
  expect(handled).toEqual([12])
  gate.resolve()
  await eventually(() => handled.length === 3)
  expect(handled).toEqual([12, 10, 11])
  await polling.stop()
  expect(queue.unconfirmed).toEqual([])
})

test('an update is confirmed only after it is committed, and a slow one does not keep others waiting', async () => {
  const queue = createQueue()
  const gate = Promise.withResolvers<void>()
  const handled: number[] = []
  const polling = poll(queue, async ({ update_id, chat }) => {
    if (chat === 1) await gate.promise
    handled.push(update_id)
  })
  queue.push(update(10, 1), update(11, 2))
  await eventually(() => handled.includes(11))
  queue.push(update(12, 2))
  await eventually(() => handled.includes(12))
  expect(queue.unconfirmed).toEqual([10, 11, 12])
  expect(Math.max(...queue.asked.map(({ offset }) => offset))).toBeLessThanOrEqual(10)
  gate.resolve()
  await eventually(() => queue.unconfirmed.length === 0)
  expect(handled).toEqual([11, 12, 10])
  await polling.stop()
})

test('an update that fails is tried again before the next of its chat, and handled once', async () => {
  const queue = createQueue()
  const log: string[] = []
  let failures = 2
  const polling = poll(queue, async ({ update_id }) => {
    if (update_id === 10 && failures > 0) {
      failures -= 1
      log.push('failed 10')
      throw new Error('the database is away')
    }
    log.push(`handled ${update_id}`)
  })
  queue.push(update(10, 1), update(11, 1))
  await eventually(() => queue.unconfirmed.length === 0)
  expect(log).toEqual(['failed 10', 'failed 10', 'handled 10', 'handled 11'])
  await polling.stop()
})

test('a poison update is given up when others are committed, and its chat goes on', async () => {
  const queue = createQueue()
  const handled: number[] = []
  const polling = poll(queue, async ({ update_id }) => {
    if (update_id === 10) throw new Error('this one can never be handled')
    handled.push(update_id)
  })
  queue.push(update(10, 1), update(11, 1))
  await eventually(() => queue.asked.length > 0)
  for (let id = 12; queue.unconfirmed.includes(10); id += 1) {
    queue.push(update(id, 2))
    await eventually(() => handled.includes(id))
  }
  await eventually(() => handled.includes(11))
  await polling.stop()
  expect(queue.unconfirmed).toEqual([])
})

test('while nothing at all can be committed, no update is given up', async () => {
  const queue = createQueue()
  const handled: number[] = []
  let away = true
  let tries = 0
  const polling = poll(queue, async ({ update_id }) => {
    tries += 1
    if (away) throw new Error('the database is away')
    handled.push(update_id)
  })
  queue.push(update(10, 1), update(11, 2))
  await eventually(() => tries > 20)
  away = false
  await eventually(() => queue.unconfirmed.length === 0)
  expect(handled.toSorted((a, b) => a - b)).toEqual([10, 11])
  await polling.stop()
})

test('an update that comes twice in one answer is handled once', async () => {
  const queue = createQueue()
  const handled: number[] = []
  const polling = poll(queue, async ({ update_id }) => void handled.push(update_id))
  queue.push(update(10, 1), update(10, 1), update(11, 1))
  await eventually(() => queue.unconfirmed.length === 0)
  expect(handled).toEqual([10, 11])
  await polling.stop()
})

test('numbers out of order are all handled and confirmed without asking in circles', async () => {
  const queue = createQueue()
  const handled: number[] = []
  const polling = poll(queue, async ({ update_id }) => void handled.push(update_id))
  queue.push(update(12, 1), update(10, 1), update(11, 1))
  await eventually(() => queue.unconfirmed.length === 0)
  expect(handled).toEqual([12, 10, 11])
  const { length } = queue.asked
  queue.push(update(13, 1))
  await eventually(() => handled.length === 4)
  expect(queue.asked.length - length).toBeLessThan(5)
  await polling.stop()
})

test('stop leaves what could not be committed unconfirmed, so that it comes again', async () => {
  const queue = createQueue()
  const tried: number[] = []
  const polling = poll(
    queue,
    async ({ update_id }) => {
      tried.push(update_id)
      if (update_id === 11) throw new Error('the database is away')
    },
    [60_000],
  )
  queue.push(update(10, 1), update(11, 2), update(12, 2))
  await eventually(() => tried.includes(11) && tried.includes(10))
  await polling.stop()
  expect(queue.unconfirmed).toEqual([11, 12])
  expect(tried).not.toContain(12)
})

test('stop waits for the update in hand and confirms it', async () => {
  const queue = createQueue()
  const began = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const handled: number[] = []
  const polling = poll(queue, async ({ update_id }) => {
    began.resolve()
    await gate.promise
    handled.push(update_id)
  })
  queue.push(update(10, 1))
  await began.promise
  const stopped = polling.stop()
  gate.resolve()
  await stopped
  expect(handled).toEqual([10])
  expect(queue.unconfirmed).toEqual([])
})

test('a failed poll is repeated, and a 429 waits as long as it says', async () => {
  const queue = createQueue()
  const handled: number[] = []
  queue.troubles.push(
    new ApiError({ method: 'getUpdates', description: 'ECONNREFUSED', sent: false }),
    new ApiError({ method: 'getUpdates', code: 429, description: 'Too Many Requests', retryAfterMs: 20 }),
  )
  const polling = poll(queue, async ({ update_id }) => void handled.push(update_id))
  queue.push(update(10, 1))
  await eventually(() => handled.length === 1)
  expect(queue.asked.length).toBeGreaterThanOrEqual(3)
  await polling.stop()
})

test('a wrong token ends the polling with advice', async () => {
  const queue = createQueue()
  queue.troubles.push(new ApiError({ method: 'getUpdates', code: 401, description: 'Unauthorized' }))
  const polling = poll(queue, async () => undefined)
  await expect(polling.done).rejects.toThrow('@BotFather')
  await polling.stop()
})
