import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/storage/database.ts'
import type { Prisma } from '../../src/storage/generated/client.ts'
import { createInvitations, type Audience } from '../../src/storage/invitations.ts'
import { freshDatabase } from './fresh-database.ts'
import { silent } from './talk.ts'

const database = await openDatabase({ ...(await freshDatabase()), log: silent })
const { prisma } = database
const dayMs = 24 * 3600_000
const start = Date.UTC(2026, 10, 20, 9)
const daysAgo = (days: number) => new Date(start - days * dayMs)
const invitations = createInvitations({ prisma, everyDays: 90, now: () => start })
let numbers = 0
const nextKey = () => `ad:1:${(numbers += 1)}`
const all: Audience = { kind: 'all' }
const nobody = {
  notInBot: 0,
  noConsent: 0,
  unreachable: 0,
  askedRecently: 0,
  declinedRecently: 0,
  invited: 0,
}

beforeEach(async () => {
  await prisma.$executeRaw`TRUNCATE "SeenUpdate", "Client" CASCADE`
})
afterAll(() => database.close())

async function client(
  data: Omit<Prisma.ClientCreateInput, 'chats'> = {},
  chats: boolean[] = [true],
): Promise<bigint> {
  const create = chats.map((reachable) => ({
    platform: 'telegram' as const,
    externalId: (numbers += 1),
    language: 'ru',
    reachable,
  }))
  const row = { personalDataConsentAt: daysAgo(400), ...data, chats: { create } }
  return (await prisma.client.create({ data: row })).id
}

interface Walk {
  run?: number
  status?: string
  days: number
  answers?: object
}
const walked = async (name: string, ...walks: Walk[]): Promise<bigint> => {
  const clientId = await client()
  await prisma.dialogue.createMany({
    data: walks.map(({ run = 1, status = 'finished', days, answers = {} }) => {
      const at = { startedAt: daysAgo(days + 1), changedAt: daysAgo(days) }
      return { clientId, name, run, version: 1, status, answers, ...at }
    }),
  })
  return clientId
}

const prompted = async (about: number, state: string, days: number, number = 1): Promise<bigint> => {
  const clientId = await client()
  const at = { dueAt: daysAgo(days), changedAt: daysAgo(days) }
  await prisma.prompt.create({
    data: { clientId, kind: 'invite', about, number, source: 'onboarding', state, ...at },
  })
  return clientId
}

const said = (word: string, days: number) =>
  walked('invite', { days, answers: { origin: { value: 'prompt' }, when: { value: word } } })

describe('who gets an invitation', () => {
  test.each([
    ['a client who was never asked', () => client(), 'willGet'],
    ['a client who answered 91 days ago', () => walked('survey', { days: 91 }), 'willGet'],
    ['a client who answered 89 days ago', () => walked('survey', { days: 89 }), 'askedRecently'],
    [
      'one who ended early 89 days ago',
      () => walked('survey', { days: 89, status: 'stopped' }),
      'askedRecently',
    ],
    [
      'one who left off in the middle yesterday',
      () => walked('survey', { days: 1, status: 'paused' }),
      'askedRecently',
    ],
    [
      'one who left off in the middle long ago',
      () => walked('survey', { days: 400, status: 'open' }),
      'willGet',
    ],
    [
      'one of whose surveys is old and one is not',
      () => walked('survey', { days: 400 }, { run: 2, days: 10 }),
      'askedRecently',
    ],
    ['one who answered the short form yesterday', () => walked('visit', { days: 1 }), 'willGet'],
    ['one who said no 89 days ago', () => said('no', 89), 'declinedRecently'],
    ['one who said no 91 days ago', () => said('no', 91), 'willGet'],
    ['one who said "in the evening"', () => said('evening', 1), 'willGet'],
    ['one whose invitation is on its way', () => prompted(1, 'waiting', 100), 'invited'],
    ['one who got an invitation 89 days ago and did nothing', () => prompted(1, 'sent', 89), 'invited'],
    ['one of whom it is not known whether it came', () => prompted(1, 'unknown', 89), 'invited'],
    ['one who ignored an invitation 91 days ago', () => prompted(1, 'sent', 91), 'willGet'],
    ['one whose invitation the messenger refused', () => prompted(1, 'refused', 1), 'willGet'],
    ['one whose invitation was taken back', () => prompted(1, 'cancelled', 1), 'willGet'],
    ['one with an invitation to another survey', () => prompted(2, 'sent', 1), 'willGet'],
    ['a client with one closed chat and an open one', () => client({}, [false, true]), 'willGet'],
    ['a client with closed chats', () => client({}, [false, false]), 'unreachable'],
    ['a client without a chat', () => client({}, []), 'unreachable'],
    ['a guest without consent', () => client({ personalDataConsentAt: null }), 'noConsent'],
    [
      'a guest without consent and with closed chats',
      () => client({ personalDataConsentAt: null }, [false]),
      'noConsent',
    ],
  ] as const)('%s: %s', async (_, make, lot) => {
    await make()
    const count =
      lot === 'willGet' ? { willGet: 1, notNow: nobody } : { willGet: 0, notNow: { ...nobody, [lot]: 1 } }
    expect(await invitations.count(all)).toEqual(count)
    const before = await prisma.prompt.count()
    const invited = await invitations.invite({ audience: all, updateKey: nextKey() })
    expect(invited).toMatchObject({ ok: true, count })
    expect((await prisma.prompt.count()) - before).toBe(count.willGet)
  })

  test('an invented client is nobody’s audience, and can’t be written to alone either', async () => {
    const id = Number(await client({ demo: true, lines: ['nails'] }))
    expect(await invitations.count(all)).toEqual({ willGet: 0, notNow: nobody })
    expect(await invitations.count({ kind: 'line', line: 'nails' })).toEqual({ willGet: 0, notNow: nobody })
    expect(await invitations.count({ kind: 'client', id })).toEqual({
      willGet: 0,
      notNow: { ...nobody, notInBot: 1 },
    })
  })
})

describe('an invitation', () => {
  test('is about the survey that would come next, due now', async () => {
    const fresh = await client()
    const old = await walked('survey', { days: 400 }, { run: 2, days: 200 })
    const invited = await invitations.invite({ audience: all, updateKey: nextKey() })
    const rows = await prisma.prompt.findMany({ orderBy: { id: 'asc' } })
    const same = {
      kind: 'invite',
      number: 1,
      source: 'admin',
      state: 'waiting',
      dueAt: new Date(start),
      changedAt: new Date(start),
      createdAt: new Date(start),
    }
    expect(rows).toMatchObject([
      { ...same, clientId: fresh, about: 1n },
      { ...same, clientId: old, about: 3n },
    ])
    expect(invited).toMatchObject({ promptIds: rows.map((row) => String(row.id)) })
  })

  test('after one that was ignored long ago has the next odd number: the even ones are for promised evenings', async () => {
    const clientId = await prompted(1, 'sent', 92)
    const evening = { kind: 'invite', about: 1, number: 2, source: 'onboarding', state: 'sent' }
    await prisma.prompt.create({
      data: { clientId, ...evening, dueAt: daysAgo(91), changedAt: daysAgo(91) },
    })
    await invitations.invite({ audience: all, updateKey: nextKey() })
    expect(await prisma.prompt.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
      { number: 1, state: 'sent' },
      { number: 2, state: 'sent' },
      { number: 3, state: 'waiting' },
    ])
  })

  test('is written once however often the press comes', async () => {
    await client()
    const updateKey = nextKey()
    await invitations.invite({ audience: all, updateKey })
    await prisma.prompt.deleteMany()
    expect(await invitations.invite({ audience: all, updateKey })).toEqual({ ok: false, reason: 'repeated' })
    expect(await prisma.prompt.count()).toBe(0)
  })

  test('is written once when two admins press at the same moment', async () => {
    for (let i = 0; i < 20; i += 1) await client()
    const results = await Promise.all(
      Array.from({ length: 4 }, () => invitations.invite({ audience: all, updateKey: nextKey() })),
    )
    const ids = results.flatMap((one) => (one.ok ? one.promptIds : []))
    expect(ids).toHaveLength(20)
    expect(await prisma.prompt.count()).toBe(20)
    expect(results.map((one) => (one.ok ? one.count.willGet : 0)).reduce((sum, one) => sum + one)).toBe(20)
  })
})

describe('an audience', () => {
  test('of a line: whoever is interested in it, or came for it within a year', async () => {
    const visited = async (line: string, days: number) => {
      const clientId = await client()
      await prisma.visit.create({ data: { clientId, line, at: daysAgo(days) } })
      return clientId
    }
    const nails = [await client({ lines: ['hair', 'nails'] }), await visited('nails', 364)]
    await client({ lines: ['hair'] })
    await visited('nails', 366)
    await visited('hair', 1)
    const audience: Audience = { kind: 'line', line: 'nails' }
    expect(await invitations.count(audience)).toEqual({ willGet: 2, notNow: nobody })
    await invitations.invite({ audience, updateKey: nextKey() })
    expect((await prisma.prompt.findMany()).map((row) => row.clientId)).toEqual(nails)
  })

  test('of a segment: whoever is in it now, over all lines or in one', async () => {
    const valued = async (line: string, segment: string, changes: Parameters<typeof client>[0] = {}) => {
      const clientId = await client(changes)
      const days = { firstDay: 20_000, lastDay: 20_700, visits: 9 }
      const money = { kopecks: 900_000n, firstDayKopecks: 100_000n }
      await prisma.clientValue.create({ data: { clientId, line, segment, code: 'LHH', ...days, ...money } })
      return clientId
    }
    const anna = await valued('', 'valuable')
    await valued('', 'new')
    const vera = await valued('nails', 'valuable')
    await valued('', 'valuable', { demo: true })
    await valued('', 'valuable', { personalDataConsentAt: null, bookedAt: daysAgo(5) })
    const of = (line: string): Audience => ({ kind: 'segment', line, segment: 'valuable' })
    expect(await invitations.count(of(''))).toEqual({ willGet: 1, notNow: { ...nobody, notInBot: 2 } })
    await invitations.invite({ audience: of(''), updateKey: nextKey() })
    await invitations.invite({ audience: of('nails'), updateKey: nextKey() })
    expect((await prisma.prompt.findMany()).map((row) => row.clientId)).toEqual([anna, vera])
  })

  test('of one client is that client', async () => {
    await client()
    const boris = await client()
    const audience: Audience = { kind: 'client', id: Number(boris) }
    await invitations.invite({ audience, updateKey: nextKey() })
    expect((await prisma.prompt.findMany()).map((row) => row.clientId)).toEqual([boris])
    expect(await invitations.count(audience)).toEqual({ willGet: 0, notNow: { ...nobody, invited: 1 } })
  })
})

test('the funnel counts what began since a day: people who were invited, not how often, and no reminders', async () => {
  await said('no', 10)
  await said('evening', 40)
  await walked('survey', { days: 5 })
  await walked('survey', { days: 5, status: 'open' })
  await walked('survey', { days: 40 }, { run: 2, days: 2, status: 'stopped' })
  await walked('visit', { days: 2 })
  expect(await invitations.funnel(daysAgo(30))).toEqual({ invited: 1, started: 3, finished: 1 })
  const origin = (value: string) => ({ origin: { value } })
  await walked('invite', { days: 9, answers: origin('reminder') })
  await walked(
    'invite',
    { days: 9, answers: origin('prompt') },
    { run: 2, days: 8, answers: origin('evening') },
  )
  expect(await invitations.funnel(daysAgo(30))).toEqual({ invited: 2, started: 3, finished: 1 })
  expect(await invitations.funnel(daysAgo(0))).toEqual({ invited: 0, started: 0, finished: 0 })
})
