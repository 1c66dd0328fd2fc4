import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLimiter } from '../../src/bots/limiter.ts'
import type { Held, LimiterOptions, Priority } from '../../src/bots/limiter.ts'
import { createSimulatedClock } from './simulated-clock.ts'

interface Start {
  chat: number
  nth: number
  at: number
  priority: Priority
  held: Held
}

function setUp(options: Omit<LimiterOptions, 'now' | 'setTimer'>) {
  const clock = createSimulatedClock()
  const limiter = createLimiter({ ...options, now: clock.now, setTimer: clock.setTimer })
  const starts: Start[] = []
  let nth = 0
  const call = (chat: number, priority: Priority = 'dialogue', held: Held = 'byAll') => {
    const mine = (nth += 1)
    return limiter.run(
      chat,
      async () => void starts.push({ chat, nth: mine, at: clock.now(), priority, held }),
      {
        priority,
        held,
      },
    )
  }
  return { clock, limiter, starts, call }
}

const arrivals = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 300 }),
    chat: fc.integer({ min: 1, max: 4 }),
    priority: fc.constantFrom<Priority>('dialogue', 'broadcast'),
    held: fc.constantFrom<Held>('byAll', 'byAll', 'byWindow'),
    pauseMs: fc.option(fc.integer({ min: 1, max: 3000 }), { freq: 12, nil: 0 }),
  }),
  { maxLength: 80 },
)
const rates = fc.record({
  perSecond: fc.integer({ min: 1, max: 12 }),
  perChat: fc.option(
    fc.record({ burst: fc.integer({ min: 1, max: 4 }), perSecond: fc.integer({ min: 1, max: 5 }) }),
    { nil: undefined },
  ),
})

describe('whatever comes in', () => {
  test('no sliding window of 1.02 s holds more starts than the rate, no chat outruns its pace, none starts in a pause', () =>
    fc.assert(
      fc.asyncProperty(rates, arrivals, async ({ perSecond, perChat }, incoming) => {
        const { clock, limiter, starts, call } = setUp({ perSecond, ...(perChat ? { perChat } : {}) })
        const pauses: { from: number; until: number }[] = []
        for (const { afterMs, chat, priority, held, pauseMs } of incoming) {
          await clock.advance(afterMs)
          if (pauseMs > 0) {
            limiter.pause(pauseMs)
            pauses.push({ from: clock.now(), until: clock.now() + pauseMs })
          }
          void call(chat, priority, held)
        }
        await clock.runOut(1_000_000)
        expect(starts).toHaveLength(incoming.length)
        for (const [index, { at }] of starts.entries()) {
          expect(
            starts.slice(0, index + 1).filter((other) => at - other.at < 1020).length,
          ).toBeLessThanOrEqual(perSecond)
          expect(pauses.some(({ from, until }) => at > from && at < until)).toBe(false)
        }
        for (const chat of [1, 2, 3, 4])
          expectPace(
            starts.filter((start) => start.chat === chat && start.held === 'byAll'),
            perChat,
          )
      }),
      { numRuns: 60 },
    ))

  test('the calls of one chat and priority start in the order they came', () =>
    fc.assert(
      fc.asyncProperty(rates, arrivals, async ({ perSecond, perChat }, incoming) => {
        const { clock, starts, call } = setUp({ perSecond, ...(perChat ? { perChat } : {}) })
        for (const { afterMs, chat, priority, held } of incoming) {
          await clock.advance(afterMs)
          void call(chat, priority, held)
        }
        await clock.runOut(1_000_000)
        for (const chat of [1, 2, 3, 4]) {
          for (const name of ['dialogue', 'broadcast', 'byWindow']) {
            const lane = starts.filter(
              ({ chat: of, priority, held }) =>
                of === chat && (held === 'byWindow' ? held : priority) === name,
            )
            expect(lane.map(({ nth }) => nth)).toEqual(lane.map(({ nth }) => nth).toSorted((a, b) => a - b))
          }
        }
      }),
      { numRuns: 60 },
    ))
})

/** In any stretch of time a chat gets at most its burst and what its pace adds meanwhile. */
function expectPace(starts: Start[], perChat: { burst: number; perSecond: number } | undefined): void {
  if (!perChat) return
  for (const [index, { at }] of starts.entries()) {
    for (const [earlier, { at: since }] of starts.slice(0, index).entries()) {
      const allowed = perChat.burst + ((at - since) / 1000) * perChat.perSecond
      expect(index - earlier + 1).toBeLessThanOrEqual(allowed + 1e-6)
    }
  }
}

test('a free call starts at once and sets no timer', async () => {
  const { clock, starts, call } = setUp({ perSecond: 30, perChat: { burst: 3, perSecond: 1 } })
  await Promise.all([call(1), call(2), call(1)])
  expect(starts.map(({ at }) => at)).toEqual([0, 0, 0])
  expect(clock.timersSet).toBe(0)
})

test('over the rate the rest waits for the window to slide, and the rate is used up to 98 %', async () => {
  const { clock, starts, call } = setUp({ perSecond: 30 })
  for (let chat = 0; chat < 3000; chat += 1) void call(chat, 'broadcast')
  await clock.runOut(1_000_000)
  const last = starts.at(-1)!
  expect(starts).toHaveLength(3000)
  expect((3000 - 30) / (last.at / 1000)).toBeGreaterThan(30 * 0.98)
})

test('dialogues go before a waiting broadcast', async () => {
  const { clock, starts, call } = setUp({ perSecond: 2 })
  for (const chat of [1, 2, 3, 4, 5]) void call(chat, 'broadcast')
  void call(6)
  await clock.runOut(10_000)
  expect(starts.map(({ chat }) => chat)).toEqual([1, 2, 6, 3, 4, 5])
})

test('a chat that waits for its own pace holds up nobody else', async () => {
  const { clock, starts, call } = setUp({ perSecond: 30, perChat: { burst: 1, perSecond: 1 } })
  for (let times = 0; times < 3; times += 1) void call(1)
  void call(2)
  await clock.runOut(10_000)
  expect(starts.map(({ chat, at }) => [chat, at])).toEqual([
    [1, 0],
    [2, 0],
    [1, 1000],
    [1, 2000],
  ])
})

test("an edit takes a place in the window, and neither takes of its chat's pace nor waits for it", async () => {
  const { clock, starts, call } = setUp({ perSecond: 3, perChat: { burst: 1, perSecond: 1 } })
  void call(1)
  void call(1)
  for (let times = 0; times < 3; times += 1) void call(1, 'dialogue', 'byWindow')
  await clock.runOut(10_000)
  expect(starts.map(({ held, at }) => [held, at])).toEqual([
    ['byAll', 0],
    ['byWindow', 0],
    ['byWindow', 0],
    ['byWindow', 1020],
    ['byAll', 1020],
  ])
})

test('calls that are held by a pause alone are not held by the rate', async () => {
  const { clock, limiter, starts, call } = setUp({ perSecond: 1 })
  void call(1)
  void call(1, 'dialogue', 'byPause')
  await clock.advance(0)
  expect(starts).toHaveLength(2)
  limiter.pause(5000)
  void call(1, 'dialogue', 'byPause')
  await clock.advance(4999)
  expect(starts).toHaveLength(2)
  expect(limiter.paused).toBe(true)
  await clock.advance(1)
  expect(starts).toHaveLength(3)
  expect(limiter.paused).toBe(false)
})

test('a claimed place counts like a call, and there is none while others wait or the token pauses', async () => {
  const { clock, limiter, starts, call } = setUp({ perSecond: 2 })
  expect([limiter.claim(), limiter.claim(), limiter.claim()]).toEqual([true, true, false])
  void call(1)
  await clock.advance(1019)
  expect(starts).toHaveLength(0)
  await clock.advance(1)
  expect(starts).toHaveLength(1)
  limiter.pause(5000)
  await clock.advance(3000)
  expect(limiter.claim()).toBe(false)
  await clock.advance(2000)
  expect(limiter.claim()).toBe(true)
})

test('a shorter pause does not cut a longer one', async () => {
  const { clock, limiter, starts, call } = setUp({ perSecond: 10 })
  limiter.pause(5000)
  limiter.pause(10)
  void call(1)
  await clock.advance(4999)
  expect(starts).toHaveLength(0)
  await clock.advance(1)
  expect(starts).toHaveLength(1)
})

test('a call that fails tells its caller and the next goes on', async () => {
  const limiter = createLimiter({ perSecond: 10 })
  await expect(limiter.run(1, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
  expect(await limiter.run(1, async () => 'sent')).toBe('sent')
  expect(limiter.stats()).toMatchObject({ started: 2, running: 0 })
})

test('who has given up when their turn comes takes no place from those who still want one', async () => {
  const { clock, limiter, starts, call } = setUp({ perSecond: 2 })
  void call(1)
  void call(2)
  const late = [3, 4, 5].map((chat) =>
    limiter.run(chat, () => Promise.resolve(), { giveUp: () => new Error(`too late for ${chat}`) }),
  )
  const given = Promise.allSettled(late)
  void call(6)
  void call(7)
  await clock.advance(1_020)
  expect(starts.map(({ chat, at }) => [chat, at])).toEqual([
    [1, 0],
    [2, 0],
    [6, 1_020],
    [7, 1_020],
  ])
  expect((await given).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(await limiter.drain(0)).toBe(true)
})

test('drain waits for what runs and what waits, and gives up after its time', async () => {
  const { clock, limiter, call } = setUp({ perSecond: 1 })
  void call(1)
  void call(2)
  expect(limiter.stats().waiting).toEqual({ dialogue: 1, broadcast: 0 })
  const early = limiter.drain(500)
  const late = limiter.drain(5000)
  await clock.advance(500)
  expect(await early).toBe(false)
  await clock.advance(5000)
  expect(await late).toBe(true)
  expect(await limiter.drain(0)).toBe(true)
})

test('a rate that makes no sense is refused with advice', () => {
  expect(() => createLimiter({ perSecond: 0 })).toThrow('whole number of calls a second')
  expect(() => createLimiter({ perSecond: 1.5 })).toThrow('got 1.5')
})

test('the order of real calls is kept with the real clock too', async () => {
  const limiter = createLimiter({ perSecond: 2 })
  const order: number[] = []
  await Promise.all([1, 2, 3, 4].map((nth) => limiter.run(7, async () => void order.push(nth))))
  expect(order).toEqual([1, 2, 3, 4])
})

test('who waits to be admitted is not forgotten when all is to be ended', async () => {
  const { promise: admitted, resolve: admit } = Promise.withResolvers<void>()
  const { clock, limiter, starts, call } = setUp({ perSecond: 30, admit: () => admitted })
  void call(1)
  const emptied = limiter.drain(1000)
  expect(limiter.stats().waiting.dialogue).toBe(1)
  admit()
  await clock.advance(0)
  expect(starts).toHaveLength(1)
  expect(await emptied).toBe(true)
})

describe('where several calls travel in one request', () => {
  const shared = (perRequest: number) => {
    const { clock, limiter, starts } = setUp({ perSecond: 4, perRequest })
    const call = (chat: number, priority: Priority = 'dialogue', shares = true) =>
      void limiter.run(
        chat,
        async () => void starts.push({ chat, nth: chat, at: clock.now(), priority, held: 'byAll' }),
        { priority, shares },
      )
    return { clock, limiter, starts, call }
  }

  test('while a broadcast goes out, a dialogue goes with its next call and takes no place of its own', async () => {
    const { clock, starts, call } = shared(3)
    call(1, 'broadcast')
    await clock.advance(10)
    call(2)
    call(3)
    await clock.advance(40)
    expect(starts.map(({ chat }) => chat)).toEqual([1])
    call(4, 'broadcast')
    await clock.advance(50)
    call(5, 'broadcast')
    call(6, 'broadcast')
    await clock.advance(0)
    // Four places in all: who rode along took none.
    expect(starts.map(({ chat, at }) => [chat, at])).toEqual([
      [1, 0],
      [4, 50],
      [2, 50],
      [3, 50],
      [5, 100],
      [6, 100],
    ])
  })

  test('when the broadcast has ended, who waited for it goes alone, together', async () => {
    const { clock, starts, call } = shared(3)
    call(1, 'broadcast')
    await clock.advance(50)
    for (const chat of [2, 3, 4, 5]) call(chat)
    await clock.runOut(10_000)
    expect(starts.map(({ chat, at }) => [chat, at])).toEqual([
      [1, 0],
      [2, 250],
      [3, 250],
      [4, 250],
      [5, 250],
    ])
  })

  test('without a broadcast a free call starts at once, and who has to wait shares the next place', async () => {
    const { clock, limiter, starts, call } = shared(3)
    for (const chat of [1, 2, 3, 4, 5, 6, 7, 8]) call(chat)
    await clock.advance(0)
    expect(starts.map(({ chat }) => chat)).toEqual([1, 2, 3, 4])
    expect(limiter.stats().waiting.dialogue).toBeGreaterThanOrEqual(4)
    await clock.runOut(10_000)
    expect(starts.slice(4).map(({ chat, at }) => [chat, at])).toEqual([
      [5, 1020],
      [6, 1020],
      [7, 1020],
      [8, 1020],
    ])
    expect(limiter.stats()).toMatchObject({ running: 0, waiting: { dialogue: 0, broadcast: 0 } })
  })

  test('whatever comes in, no window holds more requests than the rate, and nothing starts in a pause', () =>
    fc.assert(
      fc.asyncProperty(rates, sharers, async ({ perSecond }, incoming) => {
        const perRequest = 3
        const { clock, limiter, starts } = setUp({ perSecond, perRequest })
        const pauses: { from: number; until: number }[] = []
        for (const [nth, { afterMs, chat, priority, pauseMs, shares }] of incoming.entries()) {
          await clock.advance(afterMs)
          if (pauseMs > 0) {
            limiter.pause(pauseMs)
            pauses.push({ from: clock.now(), until: clock.now() + pauseMs })
          }
          const start = () => starts.push({ chat, nth, at: clock.now(), priority, held: 'byAll' })
          void limiter.run(chat, async () => void start(), { priority, shares })
        }
        await clock.runOut(1_000_000)
        expect(starts).toHaveLength(incoming.length)
        expect(starts.some(({ at }) => pauses.some(({ from, until }) => at > from && at < until))).toBe(false)
        const moments = [...new Set(starts.map(({ at }) => at))]
        for (const moment of moments) {
          const requests = moments
            .filter((at) => at <= moment && moment - at < 1020)
            .map((at) => requestsAt(starts, incoming, at, perRequest))
          expect(requests.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(perSecond)
        }
      }),
      { numRuns: 60 },
    ))
})

const sharers = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 120 }),
    chat: fc.integer({ min: 1, max: 4 }),
    priority: fc.constantFrom<Priority>('dialogue', 'broadcast'),
    pauseMs: fc.option(fc.integer({ min: 1, max: 3000 }), { freq: 12, nil: 0 }),
    shares: fc.boolean(),
  }),
  { maxLength: 80 },
)

/** Those of a moment that share go together, the others alone. */
function requestsAt(
  starts: readonly Start[],
  incoming: readonly { shares: boolean }[],
  moment: number,
  perRequest: number,
): number {
  const then = starts.filter(({ at }) => at === moment)
  const sharing = then.filter(({ nth }) => incoming[nth]?.shares).length
  return then.length - sharing + Math.ceil(sharing / perRequest)
}
