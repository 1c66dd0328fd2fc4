import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/storage/database.ts'
import type { Prisma } from '../../src/storage/generated/client.ts'
import { undoForMs } from '../../src/storage/recorded-visit.ts'
import { createVisitors } from '../../src/storage/visitors.ts'
import { createVisits } from '../../src/storage/visits.ts'
import { freshDatabase } from './fresh-database.ts'
import { silent } from './talk.ts'

const database = await openDatabase({ ...(await freshDatabase()), log: silent })
const { prisma } = database
const hourMs = 3600_000
const dayMs = 24 * hourMs
const start = Date.UTC(2026, 10, 20, 9)
let clockMs = start
const survey = { everyDays: 90, afterVisitHours: 3 }
const named = (id: string) => ({ id, name: { ru: id } })
const salon = {
  survey: { ...survey, eveningAt: '19:00' },
  timeZone: 'Asia/Vladivostok',
  lines: [
    {
      ...named('nails'),
      services: [
        { ...named('manicure'), priceKopecks: 130_000 },
        { ...named('gel'), priceKopecks: 220_000 },
      ],
    },
    { ...named('hair'), services: [{ ...named('cut'), priceKopecks: 190_000 }] },
  ],
  masters: [
    { ...named('olga'), lines: ['nails'] },
    { ...named('inna'), lines: ['hair'] },
    { ...named('vera'), lines: ['hair'] },
  ],
}
const visits = createVisits({ prisma, salon, now: () => clockMs })
const visitors = createVisitors({ prisma, now: () => clockMs })
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
      visit: {
        id: Number(visit.id),
        clientId: anna,
        clientName: 'Анна',
        line: 'nails',
        service: 'manicure',
        kopecks: 130_000,
        master: 'olga',
        at: new Date(start),
        asked: 'will',
        promptId: String(prompt.id),
      },
      fresh: true,
    })
    expect(visit).toMatchObject({ line: 'nails', at: new Date(start), timeKnown: true, recordedBy: ira })
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
    expect(await record()).toMatchObject({ ok: true, visit: { asked } })
    expect(await prisma.visit.count()).toBe(1)
    expect((await prisma.prompt.count()) - prompts).toBe(asked === 'will' ? 1 : 0)
  })

  test('a client who can’t be written to is not asked', async () => {
    const clientId = await client({}, false)
    expect(await record({ clientId })).toMatchObject({ ok: true, visit: { asked: 'unreachable' } })
    expect(await prisma.prompt.count()).toBe(0)
  })

  test('nobody is there to visit without consent, or after being forgotten', async () => {
    const clientId = await client({ personalDataConsentAt: null })
    expect(await record({ clientId })).toEqual({ ok: false, reason: 'gone' })
    expect(await record({ clientId: 999_999 })).toEqual({ ok: false, reason: 'gone' })
    expect(await prisma.visit.count()).toBe(0)
  })

  test('two lines on one day are two visits and one question', async () => {
    expect(await record()).toMatchObject({ visit: { asked: 'will' } })
    expect(await record({ line: 'hair' })).toMatchObject({ visit: { asked: 'recently' }, fresh: true })
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
    return recorded.visit.id
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
    expect(await record({ line: 'hair' })).toMatchObject({ ok: true, visit: { asked: 'will' }, fresh: true })
  })

  test('the press that recorded it does not bring it back', async () => {
    const updateKey = nextKey()
    const recorded = await record({ updateKey })
    if (recorded.ok) await visits.undo(recorded.visit.id)
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

describe('correcting', () => {
  const recorded = async (line = 'nails') => {
    const result = await record({ line })
    if (!result.ok) throw new Error(result.reason)
    return result.visit.id
  }
  const change = (
    visitId: number,
    what: Parameters<typeof visits.change>[0]['change'],
    updateKey = nextKey(),
  ) => visits.change({ visitId, change: what, updateKey })
  const prompt = () => prisma.prompt.findFirstOrThrow()
  const dayAgo = (days: number) =>
    Temporal.Instant.fromEpochMilliseconds(clockMs)
      .toZonedDateTimeISO(salon.timeZone)
      .toPlainDate()
      .subtract({ days })
      .toString()

  test.each([
    ['with another service comes its price', { service: 'gel' }, { service: 'gel', kopecks: 220_000 }],
    ['an amount', { kopecks: 150_050 }, { service: 'manicure', kopecks: 150_050 }],
    ['a master who is not known', { master: null }, { service: 'manicure', master: null }],
    [
      'with another line comes what is usual there',
      { line: 'hair' },
      { line: 'hair', service: 'cut', kopecks: 190_000, master: null },
    ],
  ])('%s', async (_, what, said) => {
    const id = await recorded()
    const changed = await change(id, what)
    expect(changed).toMatchObject({ visit: { id, asked: 'will' } })
    const row = await prisma.visit.findFirstOrThrow()
    expect({ ...row, kopecks: Number(row.kopecks) }).toMatchObject(said)
    expect(await visits.recorded(id)).toEqual(changed)
    expect(await prisma.visit.count()).toBe(1)
  })

  test('an amount that was typed does not follow the service', async () => {
    const id = await recorded()
    await change(id, { kopecks: 99_000 })
    expect(await change(id, { service: 'gel' })).toMatchObject({ visit: { service: 'gel', kopecks: 99_000 } })
  })

  test('the question is about the line as it was corrected', async () => {
    const id = await recorded()
    await change(id, { line: 'hair' })
    expect(await prisma.prompt.count()).toBe(1)
    expect((await prompt()).about).toBe(BigInt(id))
    expect(await prisma.visit.findFirst()).toMatchObject({ line: 'hair' })
  })

  test('of another day only the day is known: its noon by the salon’s clock', async () => {
    const id = await recorded()
    expect(await change(id, { day: dayAgo(1) })).toMatchObject({
      visit: { at: new Date(Date.UTC(2026, 10, 19, 2)), dayOnly: true, asked: 'will' },
    })
    expect(await change(id, { day: dayAgo(0) })).toMatchObject({ visit: { at: new Date(start) } })
    expect(await prisma.visit.findFirst()).toMatchObject({ timeKnown: true })
  })

  test('a day long ago calls the question off; a nearer one plans it again, for the same hour', async () => {
    const id = await recorded()
    const { dueAt } = await prompt()
    expect(await change(id, { day: dayAgo(3) })).toMatchObject({ visit: { asked: 'longAgo' } })
    expect(await prompt()).toMatchObject({ state: 'cancelled' })
    const back = await change(id, { day: dayAgo(2) })
    expect(back).toMatchObject({ visit: { asked: 'will', promptId: String((await prompt()).id) } })
    expect(await prompt()).toMatchObject({ state: 'waiting', dueAt })
  })

  test('what was asked meanwhile is not asked again', async () => {
    const id = await recorded()
    await prisma.prompt.updateMany({ data: { state: 'sent', changedAt: new Date(clockMs) } })
    await change(id, { day: dayAgo(3) })
    expect(await change(id, { day: dayAgo(0) })).toMatchObject({ visit: { asked: 'will' } })
    expect(await prisma.prompt.findMany()).toMatchObject([{ state: 'sent' }])
  })

  test('a press that comes again changes nothing any more', async () => {
    const id = await recorded()
    const key = nextKey()
    await change(id, { service: 'gel' }, key)
    await change(id, { service: 'manicure' })
    expect(await change(id, { service: 'gel' }, key)).toMatchObject({ visit: { service: 'manicure' } })
  })

  test('after ten minutes it is too late, and what was taken back is gone', async () => {
    const id = await recorded()
    clockMs += undoForMs
    expect(await change(id, { kopecks: 1 })).toEqual({ ok: false, reason: 'late' })
    expect(await visits.recorded(id)).toEqual({ ok: false, reason: 'late' })
    clockMs = start
    await visits.undo(id)
    expect(await change(id, { kopecks: 1 })).toEqual({ ok: false, reason: 'gone' })
    expect(await prisma.visit.count()).toBe(0)
  })

  test('a visit of a file can be neither changed nor taken back here', async () => {
    const id = await recorded()
    const file = await prisma.import.create({ data: { state: 'done', fileName: 'v.csv', columns: {} } })
    await prisma.visit.updateMany({ data: { importId: file.id } })
    expect(await change(id, { kopecks: 1 })).toEqual({ ok: false, reason: 'imported' })
    expect(await visits.undo(id)).toEqual({ ok: false, reason: 'imported' })
    expect(await prisma.visit.findMany()).toMatchObject([{ kopecks: 130_000n }])
  })

  test('one that was put on yesterday is no obstacle to today’s', async () => {
    await change(await recorded(), { day: dayAgo(1) })
    expect(await record()).toMatchObject({ ok: true, fresh: true })
    expect(await prisma.visit.count()).toBe(2)
  })

  test('of two admins at once each changes their part', async () => {
    const id = await recorded()
    await Promise.all([change(id, { service: 'gel' }), change(id, { master: null })])
    expect(await prisma.visit.findFirst()).toMatchObject({ service: 'gel', kopecks: 220_000n, master: null })
  })

  test('the next visit is taken to be as the last ones were', async () => {
    await change(await recorded(), { service: 'gel' })
    clockMs += dayMs
    expect(await record()).toMatchObject({ visit: { service: 'gel', kopecks: 220_000, master: 'olga' } })
  })
})

describe('somebody who is not known yet', () => {
  const maria = { name: 'Мария', phone: '+79161234567' }

  test('is in the books from then on, comes, and is not asked', async () => {
    const added = await visitors.add(maria)
    expect(added).toEqual({ clientId: expect.any(Number) as number, known: false })
    expect(await record({ clientId: added.clientId })).toMatchObject({
      visit: { clientName: 'Мария', asked: 'notInBot' },
    })
    expect(await prisma.prompt.count()).toBe(0)
    expect(await prisma.client.findUnique({ where: { id: added.clientId } })).toMatchObject({
      bookPhone: maria.phone,
      bookedAt: new Date(start),
      phone: null,
      personalDataConsentAt: null,
    })
  })

  test('is who has confirmed this phone, or is in the books by it; a typed one says nothing', async () => {
    await prisma.client.update({ where: { id: anna }, data: { phone: maria.phone } })
    const added = await visitors.add(maria)
    expect(added.clientId).not.toBe(anna)
    expect(await visitors.add({ ...maria, name: 'Маша' })).toEqual({ ...added, known: true })
    await prisma.client.update({ where: { id: anna }, data: { confirmedPhone: maria.phone } })
    expect(await visitors.add(maria)).toEqual({ clientId: anna, known: true })
  })

  test('is one client when two admins add them at once', async () => {
    const both = await Promise.all([visitors.add(maria), visitors.add(maria)])
    expect(new Set(both.map((one) => one.clientId)).size).toBe(1)
    expect(await prisma.client.count({ where: { bookPhone: maria.phone } })).toBe(1)
  })

  test('goes with the visit that they were written down for', async () => {
    const { clientId } = await visitors.add(maria)
    const first = await record({ clientId })
    const second = await record({ clientId, line: 'hair' })
    if (!first.ok || !second.ok) throw new Error('not recorded')
    expect(await visits.undo(first.visit.id)).toEqual({ ok: true, clientId, line: 'nails' })
    expect(await visits.undo(second.visit.id)).toEqual({
      ok: true,
      clientId,
      line: 'hair',
      visitorGone: true,
    })
    expect(await prisma.client.count({ where: { id: clientId } })).toBe(0)
  })

  test('stays when they were in the books before', async () => {
    const { clientId } = await visitors.add(maria)
    clockMs += undoForMs
    const recorded = await record({ clientId })
    const undone = await visits.undo(recorded.ok ? recorded.visit.id : 0)
    expect(undone).toEqual({ ok: true, clientId, line: 'nails' })
    expect(await prisma.client.count({ where: { id: clientId } })).toBe(1)
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
    service: 'manicure',
    kopecks: 130_000,
    master: 'olga',
    at: new Date(start + 3 * dayMs),
  })
})
