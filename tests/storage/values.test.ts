import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { clientRfm } from '../../src/domain/value/client-rfm.ts'
import { defaultValueSettings, schemeOf } from '../../src/domain/value/value-settings.ts'
import { createVisitTally } from '../../src/domain/value/visit-tally.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { recomputeValues, type RecomputeOptions } from '../../src/storage/values.ts'
import { waitingForValues } from '../../src/storage/values/waiting.ts'
import { freshDatabase } from './fresh-database.ts'
import { silent } from './talk.ts'

const { connectionString } = await freshDatabase()
const { prisma, pool, close } = await openDatabase({ connectionString, log: silent })
const client = new pg.Client({ connectionString })
await client.connect()
afterAll(async () => {
  await client.end()
  await close()
})

const dayMs = 24 * 3600_000
const timeZone = 'Asia/Yekaterinburg'
/** Noon of a day there, epoch milliseconds. */
const noon = (day: number) => day * dayMs + 7 * 3600_000
const today = 20_000
const salon = { value: defaultValueSettings, timeZone }

const recompute = (more: Partial<RecomputeOptions> = {}) =>
  recomputeValues(client, { salon, now: noon(today), sandbox: false, ...more })

beforeEach(async () => {
  await prisma.$executeRaw`TRUNCATE "Client", "Import", "StaleVisitor", "SegmentCount", "ValueModel" CASCADE`
  await prisma.$executeRaw`DELETE FROM "Setting"`
})

const person = async (demo = false) => Number((await prisma.client.create({ data: { demo } })).id)

interface Row {
  line?: string | null
  day: number
  kopecks?: number | null
  hour?: number
}

const visit = (clientId: number, { line = 'nails', day, kopecks = 100_000, hour = 7 }: Row) =>
  prisma.visit.create({ data: { clientId, line, kopecks, at: new Date(day * dayMs + hour * 3600_000) } })

const values = async () => {
  const rows = await prisma.clientValue.findMany({ orderBy: [{ clientId: 'asc' }, { line: 'asc' }] })
  return rows.map((row) => ({
    ...row,
    clientId: Number(row.clientId),
    kopecks: Number(row.kopecks),
    firstDayKopecks: Number(row.firstDayKopecks),
  }))
}

const moves = async () => {
  const rows = await prisma.segmentMove.findMany({
    orderBy: [{ day: 'asc' }, { clientId: 'asc' }, { line: 'asc' }],
  })
  return rows.map(({ id: _, clientId, ...row }) => ({ clientId: Number(clientId), ...row }))
}

const segmentOf = async (id: number, line = '') =>
  (await prisma.clientValue.findUnique({ where: { clientId_line: { clientId: id, line } } }))?.segment

describe('totals and codes', () => {
  const anyRow = fc.record({
    client: fc.nat(5),
    line: fc.constantFrom('nails', 'hair', null),
    // Also on a later day than today: not yet.
    day: fc.integer({ min: today - 40, max: today + 3 }),
    kopecks: fc.oneof(fc.integer({ min: -90_000, max: 900_000 }), fc.constant(null), fc.constant(0)),
    // Before 5 in the morning here it is still yesterday in London, after 19 in London it is tomorrow here.
    hour: fc.integer({ min: 0, max: 23 }),
  })
  type AnyRow = typeof anyRow extends fc.Arbitrary<infer One> ? One : never
  const lineOf = (line: string | null) => (line === null ? -1 : ['nails', 'hair'].indexOf(line))
  const dayHere = ({ day, hour }: AnyRow) => (hour >= 19 ? day + 1 : day)

  /** What the pure functions make of the rows, as rows of ClientValue. */
  function expected(rows: readonly AnyRow[], ids: readonly number[], until: number) {
    const tally = createVisitTally()
    const counted = rows.filter((row) => dayHere(row) <= until)
    for (const row of counted) tally.add(row.client, lineOf(row.line), dayHere(row), row.kopecks ?? 0)
    const rfms = clientRfm(
      counted.map((row) => ({
        client: String(row.client),
        ...(row.line !== null && { line: row.line }),
        day: dayHere(row),
        kopecks: row.kopecks ?? 0,
      })),
      until,
      schemeOf(salon.value),
    )
    const { overall, lines } = tally.totals()
    const groups = [
      ['', overall],
      ['nails', lines[0]],
      ['hair', lines[1]],
    ] as const
    return groups
      .flatMap(([line, totals]) =>
        Array.from(totals?.client ?? [], (number, at) => {
          const own = rfms.get(String(number))
          const { code, segment } = (line === '' ? own?.overall : own?.lines.get(line)) ?? {}
          return {
            clientId: ids[number],
            line,
            firstDay: totals?.firstDay[at],
            lastDay: totals?.lastDay[at],
            visits: totals?.visits[at],
            kopecks: totals?.kopecks[at],
            firstDayKopecks: totals?.firstDayKopecks[at],
            code,
            segment,
          }
        }),
      )
      .sort((one, other) => (one.clientId ?? 0) - (other.clientId ?? 0) || (one.line < other.line ? -1 : 1))
  }

  const write = (rows: readonly AnyRow[], ids: readonly number[]) =>
    prisma.visit.createMany({
      data: rows.map(({ client: number, line, day, kopecks, hour }) => ({
        clientId: ids[number] ?? 0,
        line,
        kopecks,
        at: new Date(day * dayMs + hour * 3600_000),
      })),
    })

  test('are what the pure functions say, at first, after changes, and the days after', async () => {
    const anySalon = fc.tuple(
      fc.array(anyRow, { maxLength: 25 }),
      fc.array(anyRow, { maxLength: 8 }),
      fc.nat(6),
    )
    await fc.assert(
      fc.asyncProperty(anySalon, async ([first, later, away]) => {
        await prisma.$executeRaw`TRUNCATE "Client" CASCADE`
        await prisma.$executeRaw`DELETE FROM "Setting"`
        const people = await prisma.client.createManyAndReturn({
          data: Array.from({ length: 6 }, () => ({})),
        })
        const ids = people.map(({ id }) => Number(id)).sort((one, other) => one - other)
        await write(first, ids)
        await recompute()
        expect(await values()).toEqual(expected(first, ids, today))
        // Who is away has nothing left; the others have come again.
        await prisma.visit.deleteMany({ where: { clientId: ids[away] ?? 0 } })
        await write(later, ids)
        const rows = [...first.filter((row) => row.client !== away), ...later]
        await recompute()
        expect(await values()).toEqual(expected(rows, ids, today))
        await recompute({ now: noon(today + 5) })
        expect(await values()).toEqual(expected(rows, ids, today + 5))
      }),
      { numRuns: 12 },
    )
  })

  test('change nothing that has not changed', async () => {
    const [anna, vera] = [await person(), await person()]
    await visit(anna, { day: today - 30 })
    await visit(vera, { day: today - 3, kopecks: 300_000 })
    await recompute()
    const before = await client.query('SELECT xmin, * FROM "ClientValue" ORDER BY 2, 3')
    await visit(anna, { day: today - 30, kopecks: null })
    expect(await recompute()).toMatchObject({ state: 'done', visitors: 1, rows: 0, moves: 0 })
    const after = await client.query('SELECT xmin, * FROM "ClientValue" ORDER BY 2, 3')
    expect(after.rows).toEqual(before.rows)
  })

  test('follow the scheme when it is another one, and nobody has moved for that', async () => {
    const [anna, vera] = [await person(), await person()]
    await visit(anna, { day: today - 30 })
    await visit(vera, { day: today - 3, kopecks: 300_000 })
    await recompute()
    expect(await segmentOf(vera)).toBe('new')
    await recompute({ salon: { ...salon, value: { ...salon.value, segments: { LLH: 'valuable' } } } })
    expect(await segmentOf(vera)).toBe('valuable')
    await recompute({ salon: { ...salon, value: { ...salon.value, scheme: 'quintiles' } } })
    expect(await prisma.clientValue.findFirst({ where: { clientId: vera } })).toMatchObject({ code: '515' })
    expect(await prisma.setting.findUnique({ where: { name: 'segmentScheme' } })).toMatchObject({
      value: 'quintiles',
    })
    expect(await moves()).toEqual([])
  })
})

describe('nothing is lost', () => {
  test('a visit that is written while it computes is counted by the next one', async () => {
    const anna = await person()
    const writer = new pg.Client({ connectionString })
    await writer.connect()
    await writer.query('BEGIN')
    await writer.query(`INSERT INTO "Visit" ("clientId", line, at) VALUES ($1, 'nails', $2)`, [
      anna,
      new Date(noon(today)),
    ])
    await recompute()
    expect(await values()).toEqual([])
    await writer.query('COMMIT')
    await writer.end()
    expect(await waitingForValues(pool)).toEqual({ note: expect.any(String) as string, day: today })
    await recompute()
    expect(await values()).toHaveLength(2)
    expect(await waitingForValues(pool)).toEqual({ day: today })
  })

  test('who is stopped in the middle has done nothing, and the next one does it', async () => {
    const anna = await person()
    await visit(anna, { day: today })
    const stopped = recompute({
      onPart(part) {
        if (part === 'write') throw new Error('the machine was switched off')
      },
    })
    await expect(stopped).rejects.toThrow('switched off')
    expect(await values()).toEqual([])
    expect(await waitingForValues(pool)).toEqual({ note: expect.any(String) as string })
    await recompute()
    expect(await values()).toHaveLength(2)
  })

  test('one at a time: who comes while another is at it is told so', async () => {
    const other = new pg.Client({ connectionString })
    await other.connect()
    await other.query('SELECT pg_advisory_lock($1)', [0x6f746b76])
    expect(await recompute()).toEqual({ state: 'busy' })
    await other.end()
    while ((await recompute()).state === 'busy') await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await waitingForValues(pool)).toEqual({ day: today })
  })

  test('a forgotten client is gone from everything that is counted', async () => {
    const [anna, vera] = [await person(), await person()]
    await visit(anna, { day: today })
    await visit(vera, { day: today, kopecks: 500_000 })
    await recompute()
    await prisma.client.delete({ where: { id: anna } })
    await recompute()
    expect((await values()).map(({ clientId }) => clientId)).toEqual([vera, vera])
    const counts = await prisma.segmentCount.aggregate({
      where: { line: '' },
      _sum: { clients: true, kopecks: true },
    })
    expect(counts._sum).toEqual({ clients: 1, kopecks: 500_000n })
  })
})

describe('who moved, and why', () => {
  /** Vera comes often and pays much, Anna once, the others are in between. */
  async function threeClients() {
    const [anna, vera, olga] = [await person(), await person(), await person()]
    await visit(anna, { day: today - 20, kopecks: 250_000 })
    for (const day of [today - 60, today - 30, today - 10]) await visit(vera, { day, kopecks: 300_000 })
    await visit(olga, { day: today - 80, kopecks: 100_000 })
    return { anna, vera, olga }
  }

  test('nobody when they are divided for the first time; then who came, from where and to where', async () => {
    const { anna } = await threeClients()
    await recompute()
    expect(await moves()).toEqual([])
    const before = await segmentOf(anna)
    await visit(anna, { day: today, kopecks: 900_000 })
    await recompute()
    const own = (await moves()).filter((move) => move.clientId === anna && move.line === '')
    expect(own).toEqual([
      {
        clientId: anna,
        line: '',
        day: today,
        from: before,
        fromCode: 'LLL',
        to: 'new',
        toCode: 'LLH',
        reason: 'came',
      },
    ])
  })

  test('a newcomer, from nowhere', async () => {
    await threeClients()
    await recompute()
    const nina = await person()
    await visit(nina, { day: today, line: 'hair', kopecks: 900_000 })
    await recompute()
    expect((await moves()).filter(({ clientId }) => clientId === nina)).toMatchObject([
      { line: '', from: null, fromCode: null, to: 'new', reason: 'came' },
      { line: 'hair', from: null, to: 'noValue', reason: 'came' },
    ])
  })

  test('who has not come, and whom the others have left behind', async () => {
    const [anna, vera, olga] = [await person(), await person(), await person()]
    await visit(anna, { day: today - 1, kopecks: 250_000 })
    for (const day of [today - 60, today - 30, today - 10]) await visit(vera, { day, kopecks: 300_000 })
    await visit(olga, { day: today - 20, kopecks: 100_000 })
    await recompute()
    // On average they are away for 31 / 3 days: Vera, 10 days, is below it.
    expect(await segmentOf(vera)).toBe('valuable')
    // A day later she is above it, and above the mean of that day, 32 / 3, as well.
    await visit(anna, { day: today + 1, kopecks: 100 })
    await recompute({ now: noon(today + 1) })
    const ofVera = async () =>
      (await moves()).filter(({ clientId, line }) => clientId === vera && line === '').at(-1)
    expect(await ofVera()).toMatchObject({
      from: 'valuable',
      fromCode: 'LHH',
      to: 'new',
      toCode: 'HHH',
      reason: 'away',
    })
    // Somebody who pays a fortune raises the mean over what she has paid.
    await visit(olga, { day: today - 20, kopecks: 90_000_000 })
    await recompute({ now: noon(today + 2) })
    expect(await ofVera()).toMatchObject({ from: 'new', to: 'vulnerable', toCode: 'HHL', reason: 'others' })
  })

  test('one move a day: who is back where they were has not moved', async () => {
    const { anna } = await threeClients()
    await recompute()
    const { id } = await visit(anna, { day: today, kopecks: 900_000 })
    await recompute()
    expect((await moves()).filter(({ line }) => line === '')).toHaveLength(1)
    await prisma.visit.delete({ where: { id } })
    await recompute()
    expect((await moves()).filter(({ line }) => line === '')).toEqual([])
  })

  test('nights that were missed are made up for, each with its own moves', async () => {
    const { anna } = await threeClients()
    await recompute()
    await visit(anna, { day: today + 2, kopecks: 900_000 })
    expect(await recompute({ now: noon(today + 4) })).toMatchObject({ nights: 4, day: today + 4 })
    expect((await moves()).filter(({ clientId, line }) => clientId === anna && line === '')).toMatchObject([
      { day: today + 2, reason: 'came' },
    ])
    const days = await prisma.segmentCount.findMany({ distinct: ['day'], orderBy: { day: 'asc' } })
    expect(days.map(({ day }) => day)).toEqual([0, 1, 2, 3, 4].map((later) => today + later))
  })
})

describe('counts', () => {
  test('add up to the clients and what they have paid, every day anew', async () => {
    const [anna, vera] = [await person(), await person()]
    await visit(anna, { day: today - 3, kopecks: 200_000 })
    await visit(vera, { day: today - 30, line: null, kopecks: 300_000 })
    await visit(vera, { day: today - 29, line: null, kopecks: -100_000 })
    await recompute()
    const sums = await prisma.segmentCount.groupBy({
      by: ['line', 'scheme'],
      _sum: { clients: true, kopecks: true },
      orderBy: { line: 'asc' },
    })
    expect(sums).toEqual([
      { line: '', scheme: 'halves', _sum: { clients: 2, kopecks: 400_000n } },
      { line: 'nails', scheme: 'halves', _sum: { clients: 1, kopecks: 200_000n } },
    ])
  })

  test('are kept for sixty days, then for the ends of months; moves for four hundred days', async () => {
    const anna = await person()
    await visit(anna, { day: today - 3 })
    // 2024-10-04 is day 20,000; so these are the last three days of July and the first of August.
    const old = [-67, -66, -65, -64, -63, -59, -1].map((ago) => today + ago)
    await prisma.segmentCount.createMany({
      data: old.map((day) => ({ day, line: '', scheme: 'halves', segment: 'new', clients: 1, kopecks: 1 })),
    })
    const move = { clientId: anna, line: '', to: 'new', toCode: 'LLH', reason: 'came' }
    await prisma.segmentMove.createMany({ data: [401, 400].map((ago) => ({ ...move, day: today - ago })) })
    await recompute()
    const kept = await prisma.segmentCount.findMany({ distinct: ['day'], orderBy: { day: 'asc' } })
    expect(kept.map(({ day }) => day - today)).toEqual([-65, -63, -59, -1, 0])
    expect((await moves()).map(({ day }) => day - today)).toEqual([-400])
  })
})

describe('invented clients', () => {
  test('count in the sandbox beside who plays there, until a file of visits has come', async () => {
    const [invented, player, real] = [await person(true), await person(), await person()]
    await visit(invented, { day: today })
    await visit(player, { day: today })
    await recompute({ sandbox: true })
    expect((await values()).map(({ clientId }) => clientId)).toEqual([invented, invented, player, player])
    const file = await prisma.import.create({ data: { state: 'done', fileName: 'visits.csv', columns: {} } })
    await prisma.visit.create({ data: { clientId: real, importId: file.id, at: new Date(noon(today)) } })
    await recompute({ sandbox: true })
    expect(new Set((await values()).map(({ clientId }) => clientId))).toEqual(new Set([player, real]))
    expect(await moves()).toEqual([])
  })

  test('count in a live salon until somebody real has visits, and are never compared with them', async () => {
    const [invented, real] = [await person(true), await person()]
    await visit(invented, { day: today })
    await recompute()
    expect((await values()).map(({ clientId }) => clientId)).toEqual([invented, invented])
    await visit(real, { day: today })
    await recompute()
    expect((await values()).map(({ clientId }) => clientId)).toEqual([real, real])
  })
})

describe('models and warnings', () => {
  /** Regulars who came every `gap` days, `visits` times, the last time `away` days ago. */
  async function regular(gap: number, count: number, away: number, kopecks = 200_000) {
    const id = await person()
    for (let back = 0; back < count; back++) await visit(id, { day: today - away - back * gap, kopecks })
    return id
  }

  test('too little data is said with the numbers of today', async () => {
    await regular(10, 3, 2)
    await regular(10, 1, 2)
    await recompute()
    expect(await prisma.valueModel.findMany({ orderBy: { line: 'asc' } })).toMatchObject([
      {
        line: '',
        day: today,
        clients: 2,
        repeatClients: 1,
        models: { kind: 'tooLittleData', reason: 'fewRepeatClients' },
      },
      { line: 'nails', clients: 2, repeatClients: 1 },
    ])
    await regular(10, 2, 2)
    await recompute({ now: noon(today + 1) })
    expect(await prisma.valueModel.findFirst()).toMatchObject({
      day: today + 1,
      clients: 3,
      repeatClients: 2,
    })
  })

  test('a warning that goes on keeps the day since when it stands, and goes with the next visit', async () => {
    const late = await regular(20, 4, 35)
    const soon = await regular(20, 4, 29, 900_000)
    await regular(20, 4, 3)
    await recompute()
    const first = await prisma.earlyWarning.findMany()
    expect(first).toMatchObject([
      { clientId: BigInt(late), kind: 'overdue', usualDays: 20, daysAway: 35, aliveNow: null, since: today },
    ])
    // Four visits of 2,000 roubles, all within a year.
    expect(first[0]?.atStakeKopecks).toBe(800_000n)
    await recompute({ now: noon(today + 3) })
    expect(await prisma.earlyWarning.findMany({ orderBy: { atStakeKopecks: 'desc' } })).toMatchObject([
      { clientId: BigInt(soon), daysAway: 32, since: today + 2 },
      { clientId: BigInt(late), daysAway: 38, since: today },
    ])
    await visit(late, { day: today + 3 })
    await recompute({ now: noon(today + 3) })
    expect(await prisma.earlyWarning.findMany()).toMatchObject([{ clientId: BigInt(soon) }])
  })
})
