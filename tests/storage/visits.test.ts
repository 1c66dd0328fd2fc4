import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/storage/database.ts'
import type { Prisma } from '../../src/storage/generated/client.ts'
import { createVisits, undoForMs } from '../../src/storage/visits.ts'
import { freshDatabase } from './fresh-database.ts'
import { silent } from './talk.ts'

const database = await openDatabase({ ...(await freshDatabase()), log: silent })
const { prisma } = database
const hourMs = 3600_000
const dayMs = 24 * hourMs
const start = Date.UTC(2026, 10, 20, 9)
let clockMs = start
const survey = { everyDays: 90, afterVisitHours: 3 }
const visits = createVisits({ prisma, survey, now: () => clockMs })
let updates = 0
const nextKey = () => `ad:1:${(updates += 1)}`
let ira: number
let anna: number

beforeEach(async () => {
  clockMs = start
  await prisma.$executeRaw`TRUNCATE "Staff", "SeenUpdate", "Client" CASCADE`
  ira = await hire('Ира', 501)
  anna = await client()
})
afterAll(() => database.close())

const hire = async (name: string, telegramId: number) =>
  (await prisma.staff.create({ data: { name, telegramId, role: 'admin', language: 'ru' } })).id

async function client(data: Omit<Prisma.ClientCreateInput, 'chats'> = {}, reachable = true): Promise<number> {
  const chat = { platform: 'telegram' as const, externalId: (updates += 1), language: 'ru', reachable }
  const row = { name: 'Анна', personalDataConsentAt: new Date(start), ...data, chats: { create: chat } }
  return Number((await prisma.client.create({ data: row })).id)
}

const record = (wish: Partial<Parameters<typeof visits.record>[0]> = {}) =>
  visits.record({
    clientId: anna,
    line: 'nails',
    by: ira,
    updateKey: nextKey(),
    at: new Date(clockMs),
    ...wish,
  })

const addWalk = (name: string, daysAgo: number, status = 'finished') =>
  prisma.dialogue.create({
    data: {
      clientId: anna,
      name,
      run: 1,
      version: 1,
      status,
      answers: {},
      startedAt: new Date(start - daysAgo * dayMs - hourMs),
      changedAt: new Date(start - daysAgo * dayMs),
    },
  })

const addPrompt = (kind: string, state: string, daysAgo: number) =>
  prisma.prompt.create({
    data: {
      clientId: anna,
      kind,
      about: 1_000_000,
      number: 1,
      source: 'visit',
      state,
      dueAt: new Date(start - daysAgo * dayMs),
      changedAt: new Date(start - daysAgo * dayMs),
    },
  })

describe('recording', () => {
  test('writes the visit down, and plans the question for some hours later', async () => {
    const recorded = await record()
    const visit = await prisma.visit.findFirstOrThrow()
    const prompt = await prisma.prompt.findFirstOrThrow()
    expect(recorded).toEqual({
      ok: true,
      visitId: Number(visit.id),
      clientName: 'Анна',
      asked: 'will',
      promptId: String(prompt.id),
      fresh: true,
    })
    expect(visit).toMatchObject({ line: 'nails', at: new Date(start), recordedBy: ira })
    expect(prompt).toMatchObject({
      kind: 'visit',
      about: visit.id,
      number: 1,
      source: 'visit',
      state: 'waiting',
      dueAt: new Date(start + 3 * hourMs),
    })
  })

  test.each([
    ['a survey finished 89 days ago', () => addWalk('survey', 89), 'recently'],
    [
      'a survey in the middle of which they stopped 89 days ago',
      () => addWalk('survey', 89, 'open'),
      'recently',
    ],
    ['a survey 91 days ago', () => addWalk('survey', 91), 'will'],
    ['a short form 89 days ago', () => addWalk('visit', 89), 'recently'],
    ['a short form 91 days ago', () => addWalk('visit', 91), 'will'],
    ['an onboarding today', () => addWalk('onboarding', 0), 'will'],
    ['a question that waits to be asked', () => addPrompt('visit', 'waiting', -1), 'recently'],
    ['a question that is being asked', () => addPrompt('visit', 'sending', 0), 'recently'],
    [
      'a question that was asked 89 days ago and not answered',
      () => addPrompt('visit', 'sent', 89),
      'recently',
    ],
    ['a question that was asked 91 days ago', () => addPrompt('visit', 'sent', 91), 'will'],
    ['a question that was taken back', () => addPrompt('visit', 'cancelled', 1), 'will'],
    ['a question that the messenger refused', () => addPrompt('visit', 'refused', 1), 'will'],
    ['an invitation to the survey', () => addPrompt('invite', 'sent', 1), 'will'],
  ] as const)('after %s', async (_, before, asked) => {
    await before()
    const prompts = await prisma.prompt.count()
    expect(await record()).toMatchObject({ ok: true, asked })
    expect(await prisma.visit.count()).toBe(1)
    expect((await prisma.prompt.count()) - prompts).toBe(asked === 'will' ? 1 : 0)
  })

  test('a client who can’t be written to is not asked', async () => {
    const clientId = await client({}, false)
    expect(await record({ clientId })).toMatchObject({ ok: true, asked: 'unreachable' })
    expect(await prisma.prompt.count()).toBe(0)
  })

  test('nobody is there to visit without consent, or after being forgotten', async () => {
    const clientId = await client({ personalDataConsentAt: null })
    expect(await record({ clientId })).toEqual({ ok: false, reason: 'gone' })
    expect(await record({ clientId: 999_999 })).toEqual({ ok: false, reason: 'gone' })
    expect(await prisma.visit.count()).toBe(0)
  })

  test('two lines on one day are two visits and one question', async () => {
    expect(await record()).toMatchObject({ asked: 'will' })
    expect(await record({ line: 'hair' })).toMatchObject({ asked: 'recently', fresh: true })
    expect(await prisma.visit.count()).toBe(2)
    expect(await prisma.prompt.count()).toBe(1)
  })
})

describe('one visit is one visit', () => {
  test('however often its update is delivered', async () => {
    const updateKey = nextKey()
    const first = await record({ updateKey })
    expect(await record({ updateKey })).toEqual({ ...first, fresh: false })
    clockMs += undoForMs
    expect(await record({ updateKey })).toEqual({ ok: false, reason: 'repeated' })
    expect(await prisma.visit.count()).toBe(1)
  })

  test('however often somebody taps, whoever it is', async () => {
    const kate = await hire('Kate', 502)
    const first = await record()
    expect(await record()).toEqual({ ...first, fresh: false })
    expect(await record({ by: kate })).toEqual({ ...first, fresh: false })
    expect(await prisma.visit.count()).toBe(1)
  })

  test('when two admins press at the same moment', async () => {
    const kate = await hire('Kate', 502)
    for (let round = 0; round < 10; round += 1) {
      await prisma.visit.deleteMany()
      const results = await Promise.all([record(), record({ by: kate })])
      expect(results.map((one) => one.ok && one.fresh).filter(Boolean)).toHaveLength(1)
      expect(await prisma.visit.count()).toBe(1)
    }
    expect(await prisma.prompt.count()).toBe(1)
  })

  test('and the next one when some time has passed', async () => {
    await record()
    clockMs += undoForMs
    expect(await record()).toMatchObject({ fresh: true })
    expect(await prisma.visit.count()).toBe(2)
  })
})

describe('taking back', () => {
  const recordId = async () => {
    const recorded = await record()
    if (!recorded.ok) throw new Error(recorded.reason)
    return recorded.visitId
  }

  test('the visit goes, and the client is not asked', async () => {
    const id = await recordId()
    clockMs += undoForMs - 1
    expect(await visits.undo(id)).toEqual({ ok: true, clientId: anna, line: 'nails' })
    expect(await prisma.visit.count()).toBe(0)
    expect(await prisma.prompt.findMany()).toMatchObject([
      { state: 'cancelled', changedAt: new Date(clockMs) },
    ])
  })

  test('then the visit can be recorded rightly, and the client is asked', async () => {
    await visits.undo(await recordId())
    expect(await record({ line: 'hair' })).toMatchObject({ ok: true, asked: 'will', fresh: true })
  })

  test('the press that recorded it does not bring it back', async () => {
    const updateKey = nextKey()
    const recorded = await record({ updateKey })
    if (recorded.ok) await visits.undo(recorded.visitId)
    expect(await record({ updateKey })).toEqual({ ok: false, reason: 'repeated' })
    expect(await prisma.visit.count()).toBe(0)
  })

  test('a second time there is nothing left to take back', async () => {
    const id = await recordId()
    await visits.undo(id)
    expect(await visits.undo(id)).toEqual({ ok: false, reason: 'gone' })
  })

  test('after ten minutes it is too late', async () => {
    const id = await recordId()
    clockMs += undoForMs
    expect(await visits.undo(id)).toEqual({ ok: false, reason: 'late' })
    expect(await prisma.prompt.findMany()).toMatchObject([{ state: 'waiting' }])
  })

  test('a question that was asked meanwhile stays asked', async () => {
    const id = await recordId()
    await prisma.prompt.updateMany({ data: { state: 'sent' } })
    expect(await visits.undo(id)).toMatchObject({ ok: true })
    expect(await prisma.prompt.findMany()).toMatchObject([{ state: 'sent' }])
  })
})

test('the last visits stand first, with who recorded them while they are among the staff', async () => {
  await record()
  for (const [line, days] of [
    ['hair', 1],
    ['nails', 2],
    ['nails', 3],
  ] as const) {
    clockMs = start + days * dayMs
    await record({ line })
  }
  const last = await visits.ofClient(anna, 3)
  expect(last.map((one) => [one.line, one.by])).toEqual([
    ['nails', 'Ира'],
    ['nails', 'Ира'],
    ['hair', 'Ира'],
  ])
  await prisma.staff.deleteMany()
  expect((await visits.ofClient(anna, 1))[0]).toEqual({
    id: expect.any(Number) as number,
    line: 'nails',
    at: new Date(start + 3 * dayMs),
  })
})
