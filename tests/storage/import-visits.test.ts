import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { VisitRecord } from '../../src/domain/visit-file/visit-record.ts'
import { openDatabase } from '../../src/storage/database.ts'
import type { Prisma } from '../../src/storage/generated/client.ts'
import { recordsAtOnce, writeVisits } from '../../src/storage/import-visits.ts'
import { freshDatabase } from './fresh-database.ts'
import { silent } from './talk.ts'

const { connectionString } = await freshDatabase()
const database = await openDatabase({ connectionString, log: silent })
const { prisma, pool } = database
afterAll(() => database.close())

const now = Date.UTC(2026, 10, 20, 9)
const anna = { externalId: 'K-1', phone: '+79161234567', name: 'Анна' }
let importId: number
const empty = async () => {
  await prisma.$executeRaw`TRUNCATE "Client", "Visit", "Import", "Staff", "StaleVisitor" CASCADE`
  importId = (await prisma.import.create({ data: { state: 'running', fileName: 'v.csv', columns: {} } })).id
}
beforeEach(empty)

/** So many o'clock in Moscow on a day of November. */
const at = (day: number, hour = 14) => Date.UTC(2026, 10, day, hour - 3)

let rows = 1
const record = (parts: Partial<VisitRecord> = {}): VisitRecord => ({
  row: (rows += 1),
  client: anna,
  at: at(1),
  timeKnown: true,
  line: 'hair',
  service: 'cut',
  kopecks: 200_000,
  ...parts,
})

/** The same without what is named. */
const without = (one: VisitRecord, ...names: (keyof VisitRecord)[]): VisitRecord =>
  Object.fromEntries(Object.entries(one).filter(([name]) => !names.includes(name as never))) as never

const write = (...records: VisitRecord[]) =>
  writeVisits(pool, records, { importId, timeZone: 'Europe/Moscow', now })

/** "1 added, 2 unchanged": what became of them. */
const fate = async (...records: VisitRecord[]) => {
  const { notes: _, refused, ...tally } = await write(...records)
  const counts = Object.entries({ ...tally, refused: refused.length })
  expect(counts.reduce((sum, [, count]) => sum + count, 0)).toBe(records.length)
  return counts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')
}

const clients = () => prisma.client.findMany({ orderBy: { id: 'asc' } })
const visits = () => prisma.visit.findMany({ orderBy: { id: 'asc' } })
const addClient = (data: Prisma.ClientCreateInput) => prisma.client.create({ data })
const byHand = async (data: { day: number; hour?: number; line?: string; recordedBy?: number }) => {
  const { day, hour = 18, ...row } = data
  const { id: clientId } = (await clients())[0]!
  return prisma.visit.create({ data: { clientId, at: new Date(at(day, hour)), ...row } })
}

describe('a file that is imported again', () => {
  test('adds nothing and touches nothing: no client, no note for the recompute', async () => {
    const file = [1, 2, 3].map((day) => record({ at: at(day) }))
    expect(await fate(...file)).toBe('3 added')
    await prisma.$executeRaw`TRUNCATE "StaleVisitor"`
    const before = await clients()
    expect(await fate(...file)).toBe('3 unchanged')
    expect(await prisma.staleVisitor.count()).toBe(0)
    expect(await clients()).toEqual(before)
  })

  test('corrected: what has a number is changed whatever has changed', async () => {
    await write(record({ externalId: 'V-1' }), record({ externalId: 'V-2', at: at(2) }))
    const corrected = { at: at(3), service: 'colour', line: 'nails', kopecks: 1, master: 'maria' }
    expect(await fate(record({ externalId: 'V-1', ...corrected }))).toBe('1 updated')
    expect(await visits()).toMatchObject([
      { externalId: 'V-1', ...corrected, at: new Date(at(3)), kopecks: 1n },
      { externalId: 'V-2', at: new Date(at(2)) },
    ])
  })

  test('corrected: what has none is known by client, time and service', async () => {
    await write(record(), record({ service: 'colour' }))
    expect(await fate(record({ kopecks: 250_000, master: 'maria' }))).toBe('1 updated')
    expect(await visits()).toMatchObject([
      { service: 'cut', kopecks: 250_000n, master: 'maria' },
      { service: 'colour', kopecks: 200_000n },
    ])
  })

  test('leaves a note for the recompute about those who have changed, and them only', async () => {
    const maria = { phone: '+79160000002' }
    await write(record(), record({ client: maria }))
    await prisma.$executeRaw`TRUNCATE "StaleVisitor"`
    await write(record({ kopecks: 1 }), record({ client: maria }))
    expect(await prisma.staleVisitor.findMany()).toMatchObject([{ clientId: (await clients())[0]!.id }])
  })

  test('with numbers, which it did not have before: the same visits', async () => {
    await write(record(), record({ at: at(2) }))
    expect(await fate(record({ externalId: 'V-1' }), record({ externalId: 'V-2', at: at(2) }))).toBe(
      '2 updated',
    )
    expect(await visits()).toMatchObject([{ externalId: 'V-1' }, { externalId: 'V-2' }])
  })

  test('without numbers, which it had before: the same visits, and the numbers stay', async () => {
    await write(record({ externalId: 'V-1' }))
    expect(await fate(record())).toBe('1 unchanged')
    expect(await visits()).toMatchObject([{ externalId: 'V-1' }])
  })

  test('with fewer columns: what it does not tell stays as it was', async () => {
    await write(record({ externalId: 'V-1', master: 'maria' }))
    const bare = without(record({ externalId: 'V-1' }), 'line', 'service', 'kopecks')
    expect(await fate(bare)).toBe('1 unchanged')
  })

  test('with bare days: the time of day stays where it was known', async () => {
    await write(record({ externalId: 'V-1', at: at(1, 16) }))
    expect(await fate(record({ externalId: 'V-1', at: at(1, 12), timeKnown: false }))).toBe('1 unchanged')
    expect(await fate(record({ externalId: 'V-1', at: at(2, 12), timeKnown: false }))).toBe('1 updated')
    expect(await visits()).toMatchObject([{ at: new Date(at(2, 12)), timeKnown: false }])
  })

  test('with the visit under another client: it moves, and both are computed anew', async () => {
    await write(record({ externalId: 'V-1' }), record({ client: { externalId: 'K-2' }, at: at(2) }))
    await prisma.$executeRaw`TRUNCATE "StaleVisitor"`
    expect(await fate(record({ externalId: 'V-1', client: { externalId: 'K-2' } }))).toBe('1 updated')
    const [, second] = await clients()
    expect((await visits()).map(({ clientId }) => clientId)).toEqual([second!.id, second!.id])
    expect(await prisma.staleVisitor.count()).toBe(2)
  })
})

describe('rows about one visit', () => {
  test('in one file: the later one stands, and each is counted', async () => {
    expect(await fate(record(), record({ kopecks: 1 }), record({ kopecks: 2 }))).toBe('1 added, 2 repeated')
    expect(await visits()).toMatchObject([{ kopecks: 2n }])
  })

  test('a refund is another row, and is known again', async () => {
    const file = [record(), record({ kopecks: -200_000 })]
    expect(await fate(...file)).toBe('2 added')
    expect(await fate(...file)).toBe('2 unchanged')
  })

  test('hair and nails on one day are two, also where the books tell neither time nor service', async () => {
    const day = { at: at(1, 12), timeKnown: false }
    const file = ['hair', 'nails'].map((line) => without(record({ ...day, line }), 'service'))
    expect(await fate(...file)).toBe('2 added')
    expect(await fate(...file)).toBe('2 unchanged')
  })

  test('a line that was not known before is no other visit', async () => {
    await write(without(record(), 'line', 'service'))
    expect(await fate(without(record({ line: 'nails' }), 'service'))).toBe('1 updated')
    expect(await fate(without(record(), 'line', 'service'))).toBe('1 unchanged')
  })

  test('two numbers are two visits, whatever else agrees', async () => {
    expect(await fate(record({ externalId: 'V-1' }), record({ externalId: 'V-2' }))).toBe('2 added')
  })
})

describe('a visit that was recorded by hand', () => {
  let recordedBy: number
  beforeEach(async () => {
    const person = { telegramId: 1, role: 'admin', name: 'Ира', language: 'ru' } as const
    recordedBy = (await prisma.staff.create({ data: person })).id
    await addClient({ externalId: 'K-1', name: 'Анна' })
  })

  test('is made complete by the row of that day and line, and stays known as recorded by hand', async () => {
    const hand = await byHand({ day: 1, line: 'hair', recordedBy })
    expect(await fate(record({ externalId: 'V-1', master: 'maria' }))).toBe('1 updated')
    expect(await visits()).toEqual([
      expect.objectContaining({
        id: hand.id,
        recordedBy,
        importId,
        externalId: 'V-1',
        line: 'hair',
        service: 'cut',
        master: 'maria',
        kopecks: 200_000n,
        at: new Date(at(1)),
        timeKnown: true,
      }),
    ])
    expect(await fate(record({ externalId: 'V-1', master: 'maria' }))).toBe('1 unchanged')
  })

  test.each([
    ['the line is not known to the one who recorded it', {}, record()],
    ['the line is not known to the books', { line: 'hair' }, without(record(), 'line')],
  ])('is the same where %s', async (_, parts, row) => {
    await byHand({ day: 1, ...parts, recordedBy })
    expect(await fate(row)).toBe('1 updated')
    expect(await visits()).toMatchObject([{ line: 'hair' }])
  })

  test.each([
    ['another day by the clocks of the salon', { day: 2, hour: 0 }, record({ at: at(1, 23) })],
    ['another line', { day: 1, line: 'nails' }, record()],
    ['a refund', { day: 1, line: 'hair' }, record({ kopecks: -1 })],
    ['another client', { day: 1, line: 'hair' }, record({ client: { externalId: 'K-2' } })],
  ])('is another one where the row is about %s', async (_, parts, row) => {
    await byHand({ ...parts, recordedBy })
    expect(await fate(row)).toBe('1 added')
  })

  test('is one visit: a second row of that day is another', async () => {
    await byHand({ day: 1, hour: 15, line: 'hair', recordedBy })
    await byHand({ day: 1, hour: 18, recordedBy })
    const file = [record({ at: at(1, 14) }), record({ at: at(1, 16) }), record({ at: at(1, 17) })]
    expect(await fate(...file)).toBe('1 added, 2 updated')
    expect((await visits()).map((visit) => [visit.recordedBy, visit.at.getTime()])).toEqual([
      [recordedBy, at(1, 14)],
      [recordedBy, at(1, 16)],
      [null, at(1, 17)],
    ])
    expect(await fate(...file)).toBe('3 unchanged')
  })

  test('keeps its question to the client, and its name, when the one who recorded it has left', async () => {
    const hand = await byHand({ day: 1, line: 'hair' })
    expect(await fate(record())).toBe('1 updated')
    expect((await visits())[0]!.id).toBe(hand.id)
  })
})

describe('whose visit it is', () => {
  test('a new client stands in the books, without a chat and without a consent', async () => {
    await write(record())
    expect(await clients()).toMatchObject([
      {
        name: 'Анна',
        externalId: 'K-1',
        bookPhone: '+79161234567',
        bookedAt: new Date(now),
        phone: null,
        confirmedPhone: null,
        personalDataConsentAt: null,
        version: 0,
      },
    ])
    expect(await prisma.chat.count()).toBe(0)
  })

  test('one who has confirmed the phone is found, and gaps are filled, no more', async () => {
    const { id } = await addClient({ name: 'Анюта', phone: anna.phone, confirmedPhone: anna.phone })
    await write(record())
    const found = { id, name: 'Анюта', externalId: 'K-1', bookPhone: anna.phone, bookedAt: new Date(now) }
    expect(await clients()).toMatchObject([{ ...found, version: 1 }])
    await write(record({ at: at(2) }))
    expect(await clients()).toMatchObject([{ ...found, version: 1 }])
  })

  test('one who has merely typed the phone is somebody else', async () => {
    await addClient({ name: 'Обманщица', phone: anna.phone })
    await write(record())
    expect(await clients()).toMatchObject([
      { name: 'Обманщица', bookedAt: null, version: 0 },
      { name: 'Анна', bookPhone: anna.phone },
    ])
  })

  test('what was made up for the demo is nobody', async () => {
    await addClient({ demo: true, phone: anna.phone, confirmedPhone: anna.phone })
    await write(record())
    expect(await visits()).toMatchObject([{ clientId: (await clients())[1]!.id }])
  })

  test('the phone and the number meet, whichever was known first', async () => {
    await write(record({ client: { phone: anna.phone } }), record({ client: { externalId: 'K-2' } }))
    const [row1, row2] = [
      record({ at: at(2) }),
      record({ at: at(2), client: { ...anna, externalId: 'K-2', phone: '+79160000002' } }),
    ]
    await write(row1, row2)
    expect(await clients()).toMatchObject([
      { externalId: 'K-1', bookPhone: anna.phone },
      { externalId: 'K-2', bookPhone: '+79160000002' },
    ])
  })

  test('number and phone of two clients: the number wins, the phone stays, and a note says so once', async () => {
    await write(record(), record({ client: { externalId: 'K-2', name: 'Ольга' } }))
    const mixed = record({ at: at(2), client: { externalId: 'K-2', phone: anna.phone } })
    const { added, notes } = await write(mixed, { ...mixed, at: at(3) })
    expect(added).toBe(2)
    expect(notes).toEqual([
      { row: mixed.row, field: 'phone', value: anna.phone, reason: 'importBot.note.phoneOfAnother' },
    ])
    const [first, second] = await clients()
    expect([first!.bookPhone, second!.bookPhone]).toEqual([anna.phone, null])
    expect((await visits()).slice(2).map(({ clientId }) => clientId)).toEqual([second!.id, second!.id])
  })

  test('mother and daughter with one phone and two numbers are two clients', async () => {
    const daughter = { externalId: 'K-2', phone: anna.phone, name: 'Аня' }
    const { notes } = await write(record(), record({ client: daughter }))
    expect(await clients()).toMatchObject([{ name: 'Анна' }, { name: 'Аня', bookPhone: null }])
    expect(notes).toMatchObject([{ reason: 'importBot.note.phoneOfAnother' }])
  })

  test('who has confirmed a phone comes before who stands in the books with it', async () => {
    await write(record({ client: { phone: anna.phone, name: 'Из книги' } }))
    await addClient({ name: 'Из чата', confirmedPhone: anna.phone })
    await write(record({ at: at(2) }), record({ at: at(3), client: { phone: anna.phone } }))
    expect(await clients()).toMatchObject([
      { name: 'Из книги', externalId: null },
      { name: 'Из чата', externalId: 'K-1', bookPhone: null },
    ])
  })

  test('another phone than the one in the books is told, and replaces nothing', async () => {
    await write(record())
    const { notes } = await write(record({ client: { ...anna, phone: '+79160000009' } }))
    expect(notes).toMatchObject([{ value: '+79160000009', reason: 'importBot.note.anotherPhone' }])
    expect(await clients()).toMatchObject([{ bookPhone: anna.phone }])
  })
})

test.each([
  ['visitId', record({ externalId: 'V'.repeat(301) })],
  ['service', record({ service: 'я'.repeat(3000) })],
  ['clientId', record({ client: { externalId: 'K\0' } })],
])('what the database cannot hold is refused by itself: %s', async (field, bad) => {
  expect(await fate(bad, record())).toBe('1 added, 1 refused')
  expect((await write(bad)).refused).toMatchObject([
    { row: bad.row, field, reason: 'importBot.problem.tooLong' },
  ])
})

test('what goes alongside is written with the rows or not at all', async () => {
  const alongside = () => Promise.reject(new Error('taken over'))
  const options = { importId, timeZone: 'Europe/Moscow', now, alongside }
  await expect(writeVisits(pool, [record()], options)).rejects.toThrow('taken over')
  expect([await clients(), await visits()]).toEqual([[], []])
})

describe('at the same time', () => {
  const people = Array.from({ length: 300 }, (_, index) => ({
    ...(index % 3 !== 0 && { externalId: `K-${index}` }),
    ...(index % 3 !== 1 && { phone: `+7916000${1000 + index}` }),
  }))
  const file = people.flatMap((client) => [1, 2].map((day) => record({ client, at: at(day) })))
  const inBatches = async (own: pg.Pool, records: VisitRecord[]) => {
    for (let from = 0; from < records.length; from += 50)
      await writeVisits(own, records.slice(from, from + 50), { importId, timeZone: 'Europe/Moscow', now })
  }

  test('two processes import one file, from both ends: everybody is there once', async () => {
    const other = new pg.Pool({ connectionString })
    await Promise.all([inBatches(pool, file), inBatches(other, file.toReversed()), inBatches(other, file)])
    await other.end()
    expect([await prisma.client.count(), await prisma.visit.count()]).toEqual([300, 600])
  })

  test('a client who turns up meanwhile with a phone of the file is that client', async () => {
    const rival = await pool.connect()
    await rival.query('BEGIN')
    await rival.query(`INSERT INTO "Client" ("name", "bookPhone") VALUES ('Быстрая', $1)`, [anna.phone])
    const writing = write(record())
    await rival.query('SELECT pg_sleep(0.1)')
    await rival.query('COMMIT')
    rival.release()
    expect((await writing).added).toBe(1)
    expect(await clients()).toMatchObject([{ name: 'Быстрая', externalId: 'K-1' }])
  })

  test('a client who changes meanwhile is looked at again', async () => {
    const { id } = await addClient({ confirmedPhone: anna.phone })
    const rival = await pool.connect()
    await rival.query('BEGIN')
    await rival.query(`UPDATE "Client" SET "name" = 'Анюта', "version" = "version" + 1 WHERE "id" = $1`, [id])
    const writing = write(record())
    await rival.query('SELECT pg_sleep(0.1)')
    await rival.query('COMMIT')
    rival.release()
    await writing
    expect(await clients()).toMatchObject([{ name: 'Анюта', externalId: 'K-1', version: 2 }])
  })

  test('a client who is forgotten meanwhile is a new one in the books', async () => {
    const { id } = await addClient({
      confirmedPhone: anna.phone,
      bookPhone: anna.phone,
      externalId: 'K-1',
      name: 'x',
      bookedAt: new Date(),
    })
    const rival = await pool.connect()
    await rival.query('BEGIN')
    await rival.query(`DELETE FROM "Client" WHERE "id" = $1`, [id])
    const writing = write(record())
    await rival.query('SELECT pg_sleep(0.1)')
    await rival.query('COMMIT')
    rival.release()
    expect((await writing).added).toBe(1)
    expect(await clients()).toMatchObject([{ name: 'Анна' }])
  })
})

/** What the table says, however it came there. */
const table = async () =>
  (await prisma.visit.findMany({ include: { client: { select: { externalId: true, bookPhone: true } } } }))
    .map(({ id: _, clientId: __, importId: ___, createdAt: ____, kopecks, ...visit }) =>
      JSON.stringify({ ...visit, kopecks: Number(kopecks) }),
    )
    .sort()

/** Rows of a salon's books: a client is known in one way or in both, a visit with or without a number. */
const books = fc
  .array(
    fc.record({
      who: fc.nat({ max: 5 }),
      visit: fc.nat({ max: 7 }),
      numbered: fc.boolean(),
      full: fc.boolean(),
      refund: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((all) =>
    all.map(({ who, visit, numbered, full, refund }) => {
      const both = { externalId: `K-${who}`, phone: `+7916000000${who}` }
      const half = who % 2 === 0 ? { externalId: both.externalId } : { phone: both.phone }
      const number = `V-${who}-${visit}-${refund}`
      return record({
        client: full ? both : half,
        at: at(1 + visit),
        kopecks: (refund ? -1 : 1) * (1000 + visit),
        ...(numbered && { externalId: number }),
      })
    }),
  )

test('however the rows are ordered and parted, and however often they come, the table is the same', async () => {
  const order = fc.tuple(books, fc.infiniteStream(fc.nat()), fc.integer({ min: 1, max: 30 }))
  await fc.assert(
    fc.asyncProperty(order, async ([file, dice, size]) => {
      await empty()
      await write(...file)
      const expected = await table()
      await empty()
      const shuffled = file
        .map((row) => ({ row, rank: dice.next().value as number }))
        .toSorted((a, b) => a.rank - b.rank)
        .map(({ row }) => row)
      for (let from = 0; from < file.length; from += size) await write(...shuffled.slice(from, from + size))
      expect(await table()).toEqual(expected)
      for (let from = 0; from < file.length; from += size) await write(...file.slice(from, from + size))
      expect(await table()).toEqual(expected)
    }),
    { numRuns: 40 },
  )
})

test('a thousand clients at once are written as they are', async () => {
  const file = Array.from({ length: recordsAtOnce }, (_, index) =>
    record({
      client: { externalId: `K-${index % 1000}` },
      at: at(1 + (index % 19)),
      service: `s${index % 7}`,
    }),
  )
  expect(await fate(...file)).toBe(`${recordsAtOnce} added`)
  expect(await prisma.client.count()).toBe(1000)
})
