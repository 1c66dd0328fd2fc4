import { expect, test } from 'vitest'
import { createClock } from '../../src/sandbox/clock.ts'

const start = Date.UTC(2026, 10, 25, 11, 5)
const hour = 3600_000

/** A clock over a machine whose time the test moves. */
function clockAt(offsetMs?: number) {
  let realMs = start
  const clock = createClock({
    realNow: () => realMs,
    ...(offsetMs === undefined ? {} : { saved: { offsetMs } }),
  })
  return { clock, pass: (ms: number) => (realMs += ms) }
}

test('nothing skipped, it shows the machine’s time', () => {
  const { clock, pass } = clockAt()
  pass(1500)
  expect(clock.now()).toBe(start + 1500)
  expect(clock.offsetMs()).toBe(0)
})

test('after a skip time runs on from there', async () => {
  const { clock, pass } = clockAt()
  await clock.skipTo(start + 5 * hour)
  expect(clock.now()).toBe(start + 5 * hour)
  pass(20)
  expect(clock.now()).toBe(start + 5 * hour + 20)
  await clock.skipTo(start + 6 * hour)
  expect(clock.offsetMs()).toBe(6 * hour - 20)
})

test.each([
  ['the past', -1],
  ['the very moment', 0],
])('%s can’t be skipped to', async (_, ahead) => {
  const { clock } = clockAt()
  await clock.skipTo(start + hour)
  await expect(clock.skipTo(start + hour + ahead)).rejects.toThrow('Time only goes forward')
  expect(clock.now()).toBe(start + hour)
})

test('what was saved goes on in the next run, through JSON', async () => {
  const { clock } = clockAt()
  await clock.skipTo(start + 24 * hour)
  const saved = JSON.parse(JSON.stringify(clock.save())) as { offsetMs: number }
  expect(clockAt(saved.offsetMs).clock.now()).toBe(start + 24 * hour)
})

test('a file that says less than nothing does not put the clock back', () => {
  expect(clockAt(-hour).clock.now()).toBe(start)
})

test('everybody who listens is waited for, one after another, and sees the new time', async () => {
  const { clock } = clockAt()
  const heard: string[] = []
  const hear = (name: string) => async () => {
    heard.push(`${name} begins at +${(clock.now() - start) / hour} h`)
    await new Promise((resolve) => setImmediate(resolve))
    heard.push(`${name} is done`)
  }
  clock.onSkip(hear('first'))
  const stop = clock.onSkip(hear('second'))
  await clock.skipTo(start + hour)
  const once = ['first begins at +1 h', 'first is done', 'second begins at +1 h', 'second is done']
  expect(heard).toEqual(once)
  stop()
  await clock.skipTo(start + 2 * hour)
  expect(heard).toEqual([...once, 'first begins at +2 h', 'first is done'])
})

test('one who fails is reported, keeps nobody else from it, and does not put the clock back', async () => {
  const { clock } = clockAt()
  let called = 0
  clock.onSkip(() => {
    throw new Error('no digest')
  })
  clock.onSkip(() => Promise.reject(new Error('no reminder')))
  clock.onSkip(() => (called += 1))
  await expect(clock.skipTo(start + hour)).rejects.toThrow('no digest; no reminder')
  expect(called).toBe(1)
  expect(clock.now()).toBe(start + hour)
  await expect(clock.skipTo(start + 2 * hour)).rejects.toThrow('no digest')
})

test('a second skip moves the clock at once, but what it makes due waits for the first', async () => {
  const { clock } = clockAt()
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  const heard: number[] = []
  clock.onSkip(async () => {
    await held
    heard.push((clock.now() - start) / hour)
  })
  const both = [clock.skipTo(start + hour), clock.skipTo(start + 2 * hour)]
  expect(clock.now()).toBe(start + 2 * hour)
  expect(heard).toEqual([])
  release()
  await Promise.all(both)
  expect(heard).toEqual([2, 2])
})
