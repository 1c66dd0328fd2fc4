import { afterAll, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../src/storage/database.ts'
import { weekOfSegments } from '../../src/storage/moved.ts'
import { freshDatabase } from './fresh-database.ts'
import { silent } from './talk.ts'

const { prisma, close } = await openDatabase({ ...(await freshDatabase()), log: silent })
afterAll(close)

const monday = 20_003
const week = { from: monday - 7, until: monday }

beforeEach(async () => {
  await prisma.$executeRaw`TRUNCATE "Client", "SegmentCount" CASCADE`
})

const computed = (day: number) =>
  prisma.segmentCount.create({
    data: { day, line: '', scheme: 'halves', segment: 'new', clients: 1, kopecks: 1 },
  })

/** A client who has paid so much, with moves: day, from, to, and a line that is not overall. */
async function client(
  kopecks: number,
  ...moves: [day: number, from: string | null, to: string, line?: string][]
) {
  const { id } = await prisma.client.create({ data: {} })
  const totals = { firstDay: 1, lastDay: 2, visits: 1, firstDayKopecks: 1, code: 'LLH', segment: 'new' }
  await prisma.clientValue.create({ data: { clientId: id, line: '', kopecks, ...totals } })
  for (const [day, from, to, line = ''] of moves)
    await prisma.segmentMove.create({
      data: { clientId: id, line, day, from, to, toCode: 'LLH', reason: 'came' },
    })
  return id
}

test('nothing is known of a week before the first recompute', async () => {
  await computed(monday)
  expect(await weekOfSegments(prisma, week)).toBeUndefined()
})

test('who moved in the week, overall, each once from the first place to the last', async () => {
  await computed(monday - 30)
  await client(100, [monday - 7, 'new', 'valuable'])
  await client(200, [monday - 6, 'new', 'vulnerable'], [monday - 1, 'vulnerable', 'valuable'])
  // Back again, a newcomer, another week, and a line alone.
  await client(400, [monday - 6, 'new', 'valuable'], [monday - 5, 'valuable', 'new'])
  await client(800, [monday - 4, null, 'new'], [monday - 3, 'new', 'valuable'])
  await client(1600, [monday - 8, 'new', 'valuable'], [monday, 'new', 'valuable'])
  await client(3200, [monday - 4, 'new', 'valuable', 'nails'])
  await client(6400, [monday - 4, 'valuable', 'noValue'])
  expect(await weekOfSegments(prisma, week)).toEqual({
    transitions: [
      { from: 'new', to: 'valuable', clients: 2, kopecks: 300 },
      { from: 'valuable', to: 'noValue', clients: 1, kopecks: 6400 },
    ],
    warned: { clients: 0, kopecks: 0 },
  })
})

test('who is slipping away since then, but not who was when it was computed for the first time', async () => {
  await computed(monday - 5)
  for (const [since, atStakeKopecks] of [
    [-5, 1],
    [-4, 10],
    [-1, 100],
    [0, 1000],
  ] as const)
    await prisma.earlyWarning.create({
      data: {
        clientId: await client(1),
        kind: 'overdue',
        daysAway: 30,
        atStakeKopecks,
        since: monday + since,
      },
    })
  expect(await weekOfSegments(prisma, week)).toMatchObject({ warned: { clients: 2, kopecks: 110 } })
})
