/** Evenly spaced sending, on a simulated clock: what any second sees, and how much of the rate is reached. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roomBeside, silenced, takePlace, takeSlots } from '../../src/domain/even-pace.ts'
import type { PaceState } from '../../src/domain/even-pace.ts'
import { createPaceGate } from '../../src/jobs/pace-gate.ts'
import type { TokenPace } from '../../src/storage/token-pace.ts'
import { createSimulatedClock } from '../bots/simulated-clock.ts'
import type { SimulatedClock } from '../bots/simulated-clock.ts'

/** The timetable as the database keeps it, on the simulated clock. */
function paceOn(clock: SimulatedClock): Pick<TokenPace, 'take' | 'silence'> {
  let state: PaceState | undefined
  return {
    async take(_token, { perSecond, count }) {
      const taken = takeSlots(state, { now: clock.now(), perSecond, count })
      state = taken.state
      return { firstInMs: taken.slots.firstAt - clock.now(), stepMs: taken.slots.stepMs, count }
    },
    async silence(_token, delayMs) {
      state = silenced(state, { now: clock.now(), delayMs })
    },
  }
}

/** Sends for `forMs` in several processes; `hiccup` is how long each one is busy after a message. */
async function sending({
  perSecond,
  processes = 1,
  forMs,
  hiccup = () => 0,
}: {
  perSecond: number
  processes?: number
  forMs: number
  hiccup?: (message: number) => number
}) {
  const clock = createSimulatedClock()
  const pace = paceOn(clock)
  const sentAt: number[] = []
  const stop = new AbortController()
  const gates = Array.from({ length: processes }, () =>
    createPaceGate({ pace, token: 'telegram', perSecond, ...clock }),
  )
  const sender = async (gate: (typeof gates)[number]) => {
    while (!stop.signal.aborted) {
      const slot = await gate.slot(stop.signal)
      if (!slot) return
      sentAt.push(clock.now())
      const busyMs = hiccup(sentAt.length)
      if (busyMs > 0) await new Promise<void>((resolve) => void clock.setTimer(resolve, busyMs))
    }
  }
  const senders = gates.map(sender)
  await clock.advance(forMs)
  stop.abort()
  return { sentAt, gates, clock, senders, mostInASecond: mostIn(sentAt, 1000) }
}

function mostIn(times: readonly number[], withinMs: number): number {
  let most = 0
  let from = 0
  for (const [index, time] of times.entries()) {
    while (time - (times[from] ?? 0) >= withinMs) from += 1
    most = Math.max(most, index - from + 1)
  }
  return most
}

describe.each([{ perSecond: 25 }, { perSecond: 18 }, { perSecond: 30 }, { perSecond: 3 }])(
  'at $perSecond a second',
  ({ perSecond }) => {
    const most = Math.floor(perSecond * 1.1)

    test('messages go out one by one, and at least 98 % of the rate is reached', async () => {
      const { sentAt, mostInASecond } = await sending({ perSecond, forMs: 20_000 })
      expect(sentAt.length).toBeGreaterThanOrEqual(0.98 * perSecond * 20)
      expect(mostInASecond).toBeLessThanOrEqual(most)
      const gaps = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0))
      expect(Math.min(...gaps)).toBeGreaterThan(0.9 * (1000 / perSecond) - 1)
    })

    test('two processes share one rate', async () => {
      const { sentAt, mostInASecond } = await sending({ perSecond, processes: 2, forMs: 10_000 })
      expect(sentAt.length).toBeGreaterThanOrEqual(0.98 * perSecond * 10)
      expect(mostInASecond).toBeLessThanOrEqual(most)
    })

    test('a long hiccup is not made up for by a burst, a short one is made up for', async () => {
      const long = await sending({
        perSecond,
        processes: 2,
        forMs: 10_000,
        hiccup: (message) => (message % 20 === 0 ? 1_500 : 0),
      })
      expect(long.mostInASecond).toBeLessThanOrEqual(most)
      const short = await sending({
        perSecond,
        forMs: 20_000,
        hiccup: (message) => (message % 10 === 0 ? 1000 / perSecond + 5 : 0),
      })
      expect(short.mostInASecond).toBeLessThanOrEqual(most)
      expect(short.sentAt.length).toBeGreaterThanOrEqual(0.98 * perSecond * 20)
    })
  },
)

test('no second sees more than the rate and a tenth, whatever holds the processes up', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(18, 25, 30),
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 30 }),
      async (perSecond, processes, busy) => {
        const { mostInASecond } = await sending({
          perSecond,
          processes,
          forMs: 4_000,
          hiccup: (message) => busy[message % busy.length] ?? 0,
        })
        expect(mostInASecond).toBeLessThanOrEqual(Math.floor(perSecond * 1.1))
      },
    ),
    { numRuns: 25 },
  )
})

test('"too many requests" silences every process as long as it says, and they come back at half the rate', async () => {
  const run = await sending({ perSecond: 25, processes: 2, forMs: 2_000 })
  // The senders of `sending` have stopped: these go on with the same gates.
  const { clock, gates } = run
  const told = clock.now()
  await gates[0]?.silence(5_000)
  const sentAt: number[] = []
  const stop = new AbortController()
  for (const gate of gates)
    void (async () => {
      while (await gate.slot(stop.signal)) sentAt.push(clock.now())
    })()
  await clock.advance(10_000)
  const inSecond = (second: number) =>
    sentAt.filter((at) => at >= told + second * 1000 && at < told + (second + 1) * 1000).length
  // Slots that the other process had taken before it could hear of it: an eighth of a second's.
  expect(sentAt.filter((at) => at < told + 5_000).length).toBeLessThanOrEqual(3)
  expect(inSecond(5)).toBeGreaterThanOrEqual(12)
  expect(inSecond(5)).toBeLessThanOrEqual(14)
  await clock.advance(60_000)
  expect(inSecond(68)).toBeGreaterThanOrEqual(24)
  stop.abort()
})

test('what is told while it is quiet already makes it longer, not slower', () => {
  const first = silenced({ nextSlotAt: 0, share: 1 }, { now: 0, delayMs: 1_000 })
  const second = silenced(first, { now: 500, delayMs: 3_000 })
  const shorter = silenced(second, { now: 600, delayMs: 1_000 })
  expect([first.share, second.share, shorter.share]).toEqual([0.5, 0.5, 0.5])
  expect(shorter.pausedUntil).toBe(3_500)
  expect(silenced(shorter, { now: 3_500, delayMs: 1_000 }).share).toBe(0.25)
})

describe("a dialogue's call in another process", () => {
  const open = () => ({ nextSlotAt: 10_000, share: 1, askedAt: 9_900 }) satisfies PaceState
  const wish = { now: 10_000, perSecond: 25, beside: 2 }

  test('goes at once as long as there is room beside the slots, then in the place of the next slot', () => {
    let state: PaceState = open()
    const at: number[] = []
    for (let call = 0; call < 4; call += 1) {
      const place = takePlace(state, wish)
      state = place.state
      at.push(place.at)
    }
    const { firstAt, stepMs } = takeSlots(state, { ...wish, count: 1 }).slots
    expect(at).toEqual([10_000, 10_000, 10_000, 10_000 + stepMs])
    expect(firstAt).toBe(10_000 + 2 * stepMs)
  })

  test('finds room again a second later, and waits for it rather than take a slot when it is near', () => {
    const full = { ...open(), beside: [9_000, 9_001] }
    expect(takePlace(full, { ...wish, now: 10_021 }).at).toBe(10_021)
    const near = takePlace(full, { ...wish, now: 9_950 })
    expect(near).toMatchObject({ at: 10_020, state: { nextSlotAt: 10_000, beside: [9_000, 9_001, 10_020] } })
    // Who comes after that one finds the place of the other.
    expect(takePlace(near.state, { ...wish, now: 9_950 }).at).toBe(10_021)
    expect(takePlace(full, { ...wish, now: 9_919 }).at).toBe(10_000)
  })

  test('waits for the end of a pause', () => {
    const paused = silenced(open(), { now: 10_000, delayMs: 3_000 })
    expect(takePlace(paused, wish).at).toBe(13_000)
    expect(takeSlots(paused, { ...wish, count: 1 }).slots.firstAt).toBe(13_000)
  })

  test('does not look like a broadcast, of which others have to hear first', () => {
    const idle: PaceState = { nextSlotAt: 0, share: 1, beside: [9_999, 10_000] }
    const after = takePlace(idle, { ...wish, now: 10_010 }).state
    expect(after.askedAt).toBeUndefined()
    expect(takeSlots(idle, { ...wish, count: 1, noticeMs: 600 }).slots.firstAt).toBe(10_600)
    expect(takeSlots(open(), { ...wish, count: 1, noticeMs: 600 }).slots.firstAt).toBe(10_000)
  })

  test.each([
    [30, 25, 4],
    [30, 20, 9],
    [1000, 500, 480],
    [20, 18, 1],
    [20, 20, 0],
  ])('of %i a second, %i of them for a broadcast, %i have room beside it', (limit, broadcast, room) => {
    expect(roomBeside(limit, broadcast)).toBe(room)
  })
})
