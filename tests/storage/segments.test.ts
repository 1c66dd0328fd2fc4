import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createClientWorth } from '../../src/storage/client-worth.ts'
import { openDatabase, type Database } from '../../src/storage/database.ts'
import { createSegments, type SegmentStorage } from '../../src/storage/segments.ts'
import { freshDatabase } from './fresh-database.ts'
import { addCounts, addValues, forgetSegments, today, type Valued } from './valued-clients.ts'

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const usual: Valued = { first: 400, last: 9, visits: 12, roubles: 100, code: 'LHH', segment: 'valuable' }

let database: Database
let segments: SegmentStorage
beforeAll(async () => {
  database = await openDatabase({ ...(await freshDatabase()), log })
  segments = createSegments(database)
})
beforeEach(async () => {
  await database.prisma.$executeRaw`TRUNCATE "Client" CASCADE`
  await forgetSegments(database.prisma)
})
afterAll(() => database.close())

async function addClient(name: string | null, ...rows: Valued[]): Promise<number> {
  const id = Number((await database.prisma.client.create({ data: { name } })).id)
  await addValues(database.prisma, id, ...rows)
  return id
}

const tableOf = async () => {
  const found = await segments.overview()
  return found?.groups.map(({ line, segments: figures }) => [
    line,
    figures.map(({ clients, change }) => (change === undefined ? clients : [clients, change])),
  ])
}

describe('the table', () => {
  test('is not there before anything was computed, nor when nobody has come', async () => {
    expect(await segments.overview()).toBeUndefined()
    await addCounts(database.prisma, {}, { valuable: [0, 0] })
    expect(await segments.overview()).toBeUndefined()
  })

  test('is the last day computed, overall first, then the lines by their size', async () => {
    await addCounts(database.prisma, { daysAgo: 1 }, { valuable: [9, 9], noValue: [1, 1] })
    await addCounts(database.prisma, { daysAgo: 1, line: 'hair' }, { new: [2, 2] })
    await addCounts(database.prisma, { daysAgo: 1, line: 'nails' }, { new: [8, 8] })
    expect(await tableOf()).toEqual([
      ['', [9, 0, 0, 1]],
      ['nails', [0, 8, 0, 0]],
      ['hair', [0, 2, 0, 0]],
    ])
    expect(await segments.overview()).toMatchObject({ day: today - 1, scheme: 'halves', demo: false })
  })

  test('is compared with the latest day that is a month back', async () => {
    for (const [daysAgo, clients] of [
      [60, 1],
      [31, 2],
      [29, 3],
      [0, 4],
    ] as const)
      await addCounts(database.prisma, { daysAgo }, { valuable: [clients, 0] })
    expect(await segments.overview()).toMatchObject({ before: today - 31 })
    expect(await tableOf()).toEqual([
      [
        '',
        [
          [4, 2],
          [0, 0],
          [0, 0],
          [0, 0],
        ],
      ],
    ])
  })

  test('of less than a month is compared with its first day', async () => {
    for (const [daysAgo, clients] of [
      [20, 7],
      [10, 3],
      [0, 4],
    ] as const)
      await addCounts(database.prisma, { daysAgo }, { valuable: [clients, 0] })
    expect(await segments.overview()).toMatchObject({ before: today - 20 })
    expect(await tableOf()).toEqual([
      [
        '',
        [
          [4, -3],
          [0, 0],
          [0, 0],
          [0, 0],
        ],
      ],
    ])
  })

  test('knows nothing of another scheme than the one in use', async () => {
    await addCounts(database.prisma, { daysAgo: 40 }, { valuable: [5, 0] })
    await database.prisma.setting.create({ data: { name: 'segmentScheme', value: 'quintiles' } })
    expect(await segments.overview()).toBeUndefined()
    await addCounts(database.prisma, { scheme: 'quintiles' }, { champions: [5, 100] })
    const found = await segments.overview()
    expect(found?.groups[0]?.segments).toHaveLength(11)
    expect(found).not.toHaveProperty('before')
  })

  test('says that clients are invented where the demo is there and was counted', async () => {
    await addCounts(database.prisma, {}, { valuable: [5, 0] })
    const { setting } = database.prisma
    const demo = async () => (await segments.overview())?.demo
    await setting.create({ data: { name: 'demoData', value: '{"seed":1}' } })
    expect(await demo()).toBe(true)
    await setting.create({ data: { name: 'valueMark', value: '{"realOnly":true}' } })
    expect(await demo()).toBe(false)
    await setting.updateMany({ where: { name: 'valueMark' }, data: { value: '{"realOnly":false}' } })
    expect(await demo()).toBe(true)
    await setting.updateMany({ where: { name: 'demoData' }, data: { value: 'removed' } })
    expect(await demo()).toBe(false)
  })

  test('counts the warnings and what would be lost, and says what the forecasts rest on', async () => {
    await addCounts(database.prisma, {}, { valuable: [5, 0] })
    for (const atStakeKopecks of [100, 250]) {
      const clientId = await addClient('Анна')
      const warning = { clientId, kind: 'overdue', daysAway: 90, since: today, atStakeKopecks }
      await database.prisma.earlyWarning.create({ data: warning })
    }
    const model = { line: '', day: today, models: { kind: 'models' }, clients: 5, repeatClients: 4 }
    await database.prisma.valueModel.create({ data: model })
    expect(await segments.overview()).toMatchObject({
      warnings: { clients: 2, kopecks: 350 },
      model: { clients: 5, repeatClients: 4 },
    })
  })
})

describe('who is in a segment', () => {
  const wish = { line: '', segment: 'valuable', limit: 2 } as const

  test('comes by what was paid; others and other lines are not among them', async () => {
    await addClient('Б', usual)
    await addClient('А', { ...usual, roubles: 300 }, { ...usual, line: 'hair', roubles: 1 })
    await addClient('В', { ...usual, segment: 'new' })
    const { total, items } = await segments.members({ ...wish, limit: 8, offset: 0 })
    expect(total).toBe(2)
    expect(items.map(({ name, kopecks, lastDay }) => [name, kopecks, today - lastDay])).toEqual([
      ['А', 30_000, 9],
      ['Б', 10_000, 9],
    ])
    expect((await segments.members({ ...wish, line: 'hair', offset: 0 })).items).toHaveLength(1)
  })

  test('is paged without anybody twice or left out, also where all have paid the same', async () => {
    for (let index = 0; index < 5; index++) await addClient(`К${index}`, usual)
    await addCounts(database.prisma, {}, { valuable: [7, 0] })
    const pages = await Promise.all([0, 2, 4].map((offset) => segments.members({ ...wish, offset })))
    const ids = pages.flatMap(({ items }) => items.map(({ id }) => id))
    expect(new Set(ids).size).toBe(5)
    // As many as were counted at night, until the end shows how many there are.
    expect(pages.map(({ total }) => total)).toEqual([7, 7, 5])
  })

  test('shows the name of the messenger where the client has told none, and marks the invented', async () => {
    const id = await addClient(null, usual)
    const chat = { platform: 'vk', externalId: 7, language: 'ru', profileName: 'Аня' } as const
    await database.prisma.client.update({ where: { id }, data: { demo: true, chats: { create: chat } } })
    expect((await segments.members({ ...wish, offset: 0 })).items).toMatchObject([
      { name: 'Аня', demo: true },
    ])
  })
})

describe('moves', () => {
  test('are the real ones of the time, by way, the newest first', async () => {
    const clientId = await addClient('Анна')
    const move = {
      clientId,
      line: '',
      day: today,
      from: 'new',
      fromCode: 'LLH',
      to: 'valuable',
      toCode: 'LHH',
      reason: 'came',
    }
    await database.prisma.segmentMove.createMany({
      data: [
        { ...move, day: today - 3 },
        { ...move, reason: 'others' },
        { ...move, from: null, fromCode: null },
        { ...move, line: 'hair' },
        { ...move, day: today - 40 },
        { ...move, from: 'valuable', to: 'noValue', reason: 'away' },
        { ...move, from: 'valuable', to: 'champions' },
      ],
    })
    const since = today - 30
    const up = await segments.moves({ line: '', way: 'up', since, offset: 0, limit: 8 })
    expect(up.map(({ day, reason }) => [today - day, reason])).toEqual([
      [0, 'others'],
      [3, 'came'],
    ])
    const down = await segments.moves({ line: '', way: 'down', since, offset: 0, limit: 8 })
    expect(down).toMatchObject([{ from: 'valuable', to: 'noValue', reason: 'away', name: 'Анна' }])
    expect(await segments.moveCounts('', since)).toEqual([
      { from: 'new', to: 'valuable', clients: 2 },
      { from: 'valuable', to: 'noValue', clients: 1 },
    ])
  })
})

describe('what one client is worth', () => {
  const worths = () => createClientWorth({ prisma: database.prisma, timeZone: 'Asia/Vladivostok' })
  const addVisit = (clientId: number, at: string, rest: object = {}) =>
    database.prisma.visit.create({ data: { clientId, at: new Date(at), ...rest } })

  test('is not there before they came', async () => {
    expect(await worths().ofClient(await addClient('Анна'))).toBeUndefined()
  })

  test('is told overall and by line, with the master of the most visits and the number of all clients', async () => {
    await addCounts(database.prisma, { daysAgo: 1 }, { valuable: [100, 0] })
    await addCounts(database.prisma, {}, { valuable: [5, 0], new: [6, 0] })
    await addCounts(database.prisma, { line: 'hair' }, { valuable: [5, 0] })
    const id = await addClient(
      'Анна',
      usual,
      { ...usual, line: 'hair', visits: 2 },
      { ...usual, line: 'nails', visits: 9 },
    )
    await addVisit(id, '2026-11-01T10:00Z', { master: 'maria' })
    await addVisit(id, '2026-11-02T10:00Z', { master: 'maria' })
    await addVisit(id, '2026-11-03T10:00Z', { master: 'anna' })
    const found = await worths().ofClient(id)
    expect(found).toMatchObject({
      scheme: 'halves',
      clients: 11,
      master: 'maria',
      overall: { visits: 12, kopecks: 10_000 },
    })
    expect(found?.lines.map(({ line }) => line)).toEqual(['nails', 'hair'])
    expect(found).not.toHaveProperty('warning')
  })

  test('visits are days of the salon’s zone, one for each line, less refunds', async () => {
    const id = await addClient('Анна')
    // 23:30 in Vladivostok, and half past midnight of the next day.
    await addVisit(id, '2026-11-01T13:30Z', { line: 'hair', kopecks: 5000 })
    await addVisit(id, '2026-11-01T12:30Z', { line: 'hair', kopecks: -1000 })
    await addVisit(id, '2026-11-01T14:30Z', { line: 'hair', kopecks: 700 })
    await addVisit(id, '2026-11-01T14:30Z', { service: 'cut' })
    const day = today - 19
    expect(await worths().visitsOf(id)).toEqual([
      { day, line: 'hair', kopecks: 4000 },
      { day: day + 1 },
      { day: day + 1, line: 'hair', kopecks: 700 },
    ])
  })
})
