/** One timetable of slots on a real PostgreSQL, for several processes. What a server sees of it: bench/broadcast.ts. */
import { expect, onTestFinished, test } from 'vitest'
import { createPlaces } from '../../src/jobs/places.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { createTokenPace } from '../../src/storage/token-pace.ts'
import { freshDatabase } from './fresh-database.ts'
import { silent } from './talk.ts'

async function open({ processes }: { processes: number }) {
  const { connectionString } = await freshDatabase()
  const databases = await Promise.all(
    Array.from({ length: processes }, () => openDatabase({ connectionString, log: silent })),
  )
  onTestFinished(async () => void (await Promise.all(databases.map((one) => one.close()))))
  for (const { prisma } of databases) await prisma.run.create({ data: { role: 'all' } })
  return databases.map(({ pool }) => createTokenPace({ pool }))
}

test('several processes never get the same slot', async () => {
  const paces = await open({ processes: 3 })
  const wish = { perSecond: 25, count: 3 }
  const take = async (index: number) => paces[index % 3]?.take('telegram', wish)
  const startedAt = performance.now()
  const first = await take(0)
  await Promise.all(Array.from({ length: 60 }, (_, index) => take(index)))
  const last = await take(0)
  // 61 x 3 slots of 39.6 ms lie between the first and the last one, less what has gone by meanwhile. That is measured from before the
  // first was asked for until after the last answer, so it is never too short; three slots given away twice would be missing as a whole.
  const between = (last?.firstInMs ?? 0) + performance.now() - startedAt - (first?.firstInMs ?? 0)
  expect(between).toBeGreaterThan(61 * 3 * 39.6 - 1)
})

test('a pause that one process was told of holds for all, and each token has its own', async () => {
  const [one, two] = await open({ processes: 2 })
  await one?.silence('telegram', 60_000)
  const wish = { perSecond: 25, count: 1 }
  expect((await two?.take('telegram', wish))?.firstInMs).toBeGreaterThan(50_000)
  // Half the rate: twice the distance.
  expect((await two?.take('telegram', wish))?.stepMs).toBeCloseTo(79.2)
  expect(await two?.take('vk', { perSecond: 20, count: 1 })).toMatchObject({ stepMs: 49.5 })
  expect((await two?.take('vk', { perSecond: 20, count: 1 }))?.firstInMs).toBeLessThan(100)
})

test('a dialogue asks for its place while a broadcast goes out in whichever process, and only where there are several', async () => {
  const [one, two] = await open({ processes: 2 })
  if (!one || !two) throw new Error('Two were asked for')
  const places = createPlaces({
    pace: two,
    rates: { telegram: { limit: 30, broadcast: 25 }, vk: { limit: 20, broadcast: 18 } },
    isShared: true,
    onTrouble: (error) => expect.fail(String(error)),
  })
  onTestFinished(() => places.stop())
  await expect.poll(() => places.noticeMs()).toBeGreaterThan(0)
  expect(places.admit('telegram')).toBeUndefined()
  await one.take('telegram', { perSecond: 25, count: 1 })
  expect(await two.look()).toEqual({ busy: ['telegram'], alone: false })
  await expect.poll(() => places.admit('telegram') instanceof Promise).toBe(true)
  expect(places.admit('vk')).toBeUndefined()
})

test('there is room for some calls beside the slots, and then they take slots', async () => {
  const [pace] = await open({ processes: 1 })
  // Forty seconds of them.
  await pace?.take('telegram', { perSecond: 25, count: 1000 })
  const place = () => pace?.place('telegram', { perSecond: 25, beside: 2 })
  expect([await place(), await place()]).toEqual([0, 0])
  expect(await place()).toBeGreaterThan(20_000)
})
