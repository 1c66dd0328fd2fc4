/** Clients whom only the salon's books know, and how they meet their chat. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { readClientQuery } from '../../src/storage/client-query.ts'
import { createClients } from '../../src/storage/clients.ts'
import { writeVisits } from '../../src/storage/import-visits.ts'
import { createInvitations } from '../../src/storage/invitations.ts'
import type { Prisma } from '../../src/storage/generated/client.ts'
import { meetMissed } from '../../src/storage/meet-books.ts'
import { mergeClients } from '../../src/storage/merge.ts'
import { openProcess, words } from './talk.ts'

const shared = await openProcess()
const { prisma } = shared
const day = (number: number) => new Date(Date.UTC(2026, 9, number, 9))
const phone = '+79123456789'
let file: number
let process: typeof shared

beforeEach(async () => {
  // Whom the process remembers is gone with the tables.
  await process?.close()
  process = await openProcess({ connectionString: shared.url })
  await prisma.$executeRaw`TRUNCATE "Client", "Staff", "SeenUpdate", "Import", "StaleVisitor" CASCADE`
  file = (await prisma.import.create({ data: { state: 'done', fileName: 'visits.csv', columns: {} } })).id
})
afterAll(async () => {
  await process.close()
  await shared.close()
})

type Booked = Omit<Prisma.VisitUncheckedCreateInput, 'clientId'>

/** Somebody in the books, with these visits. */
async function book(data: Prisma.ClientCreateInput, ...visits: Booked[]): Promise<bigint> {
  const { id } = await prisma.client.create({ data: { bookedAt: day(1), createdAt: day(1), ...data } })
  await prisma.visit.createMany({ data: visits.map((visit) => ({ clientId: id, importId: file, ...visit })) })
  return id
}

/** Meets the bot in Telegram and shares the own contact. */
async function meets(id: number, ownPhone = phone): Promise<ReturnType<typeof process.chat>> {
  const chat = process.chat('telegram', id)
  await chat.says('/start', 'да', 'нет', 'Аня')
  await chat.act({ kind: 'contact', phone: ownPhone.slice(1), own: true })
  return chat
}

const visitsOf = async (clientId: bigint | undefined) =>
  (await prisma.visit.findMany({ where: { clientId: clientId ?? -1n }, orderBy: { at: 'asc' } })).map(
    ({ at, service, kopecks }) => [at.getUTCDate(), service, Number(kopecks)],
  )

describe('a chat that confirms the phone of somebody in the books', () => {
  test('is theirs: visits and the books’ numbers come along, what the person said stays', async () => {
    const booked = await book(
      { name: 'Анна Петрова', bookPhone: phone, externalId: '0042' },
      { at: day(3), line: 'nails', service: 'gel', kopecks: 220_000n },
      { at: day(9), line: 'hair', kopecks: 190_000n, externalId: 'v-2' },
    )
    await prisma.staleVisitor.deleteMany()
    await meets(1)
    const clients = await prisma.client.findMany()
    expect(clients).toMatchObject([
      {
        name: 'Аня',
        confirmedPhone: phone,
        bookPhone: phone,
        externalId: '0042',
        bookedAt: day(1),
      },
    ])
    expect(clients[0]?.id).not.toBe(booked)
    expect(await visitsOf(clients[0]?.id)).toEqual([
      [3, 'gel', 220_000],
      [9, null, 190_000],
    ])
    const stale = (await prisma.staleVisitor.findMany()).map((one) => one.clientId)
    expect(new Set(stale)).toEqual(new Set([booked, clients[0]?.id]))
  })

  test('learns the name that it was not told', async () => {
    await book({ name: 'Анна Петрова', bookPhone: phone })
    const { id } = await prisma.client.create({ data: {} })
    const other = await prisma.client.findFirstOrThrow({ where: { bookPhone: phone } })
    await prisma.$transaction((tx) => mergeClients(tx, other.id, id))
    expect(await prisma.client.findMany()).toMatchObject([{ id, name: 'Анна Петрова' }])
  })

  test('loses what was computed of the one that goes: it is computed anew', async () => {
    const booked = await book({ bookPhone: phone }, { at: day(3), kopecks: 1n })
    const value = { firstDay: 1, lastDay: 1, visits: 1, kopecks: 1n, firstDayKopecks: 1n }
    await prisma.clientValue.create({
      data: { clientId: booked, line: '', code: 'LLL', segment: 'noValue', ...value },
    })
    await meets(1)
    expect(await prisma.clientValue.count()).toBe(0)
  })

  test('a typed phone opens nothing', async () => {
    await book({ bookPhone: phone }, { at: day(3), kopecks: 1n })
    const chat = process.chat('telegram', 1)
    await chat.says('/start', 'да', 'нет', 'Аня', '8 912 345-67-89')
    expect(await prisma.client.count()).toBe(2)
    expect(words(await chat.says('мои данные'))).not.toContain('Визиты')
  })

  test('neither does somebody else’s contact', async () => {
    await book({ bookPhone: phone }, { at: day(3), kopecks: 1n })
    const chat = process.chat('telegram', 1)
    await chat.says('/start', 'да', 'нет', 'Аня')
    await chat.act({ kind: 'contact', phone: phone.slice(1), own: false })
    expect(await prisma.client.count()).toBe(2)
  })

  test('in VK, by the code that came back: also of somebody who was written down after the phone was confirmed', async () => {
    await meets(1)
    const vk = process.chat('vk', 2)
    await vk.says('/start', 'да', 'нет', 'Анюта', '8 912 345-67-89')
    await book({ bookPhone: phone, externalId: '7' }, { at: day(3), kopecks: 5n })
    expect(words(await vk.says('123456'))).toContain('Узнали вас')
    const [client, ...others] = await prisma.client.findMany({ include: { chats: true } })
    expect(others).toEqual([])
    expect(client).toMatchObject({ name: 'Аня', externalId: '7', bookPhone: phone })
    expect(client?.chats).toHaveLength(2)
    expect(await visitsOf(client?.id)).toHaveLength(1)
  })

  test('a visit of a client known before joins by the confirmed phone: nothing is left to be met', async () => {
    await meets(1)
    const { id } = await prisma.client.findFirstOrThrow()
    await prisma.client.update({ where: { id }, data: { bookedAt: day(2), bookPhone: phone } })
    await prisma.visit.create({ data: { clientId: id, at: day(2), importId: file, kopecks: 3n } })
    await process.chat('telegram', 1).act({ kind: 'contact', phone: phone.slice(1), own: true })
    expect(await prisma.client.count()).toBe(1)
    expect(await visitsOf(id)).toEqual([[2, null, 3]])
  })

  test('a number that has changed hands does not bring the former owner’s visits', async () => {
    await book({ bookPhone: phone }, { at: day(3), kopecks: 1n })
    await meets(1)
    const former = await prisma.client.findFirstOrThrow()
    const newOwner = await meets(2)
    expect(await prisma.client.count()).toBe(2)
    expect(await visitsOf(former.id)).toHaveLength(1)
    expect(words(await newOwner.says('мои данные'))).not.toContain('Визиты')
  })

  test('when two chats confirm it at once, the visits are somewhere once', async () => {
    await book({ bookPhone: phone }, { at: day(3), kopecks: 1n })
    const chats = [process.chat('telegram', 1), process.chat('telegram', 2)]
    for (const chat of chats) await chat.says('/start', 'да', 'нет', 'Аня')
    const contact = { kind: 'contact', phone: phone.slice(1), own: true } as const
    await Promise.allSettled(chats.map((chat) => chat.act(contact)))
    expect(await prisma.visit.count()).toBe(1)
    expect(await prisma.client.count({ where: { chats: { none: {} } } })).toBe(0)
  })
})

describe('a file of the books', () => {
  const rows = [3, 9].map((number) => ({
    row: number,
    client: { externalId: '0042', phone, name: 'Анна Петрова' },
    at: day(number).getTime(),
    timeKnown: true,
    line: 'nails',
    service: 'gel',
    kopecks: 220_000,
  }))
  const write = () =>
    writeVisits(process.pool, rows, { importId: file, timeZone: 'Europe/Moscow', now: Date.now() })
  const oneAnna = async () => {
    const clients = await prisma.client.findMany({ include: { chats: true } })
    expect(clients).toMatchObject([{ bookPhone: phone, externalId: '0042', confirmedPhone: phone }])
    expect(clients[0]?.chats).toHaveLength(1)
    expect(await visitsOf(clients[0]?.id)).toHaveLength(2)
  }

  test('that came before the chat adds nothing when it comes again', async () => {
    expect(await write()).toMatchObject({ added: 2 })
    await meets(1)
    await oneAnna()
    expect(await write()).toMatchObject({ added: 0, unchanged: 2, refused: [] })
    await oneAnna()
  })

  test('that comes after the chat finds it by the phone that was confirmed', async () => {
    await meets(1)
    expect(await write()).toMatchObject({ added: 2 })
    await oneAnna()
  })

  test('that passed the chat by, each not seeing the other, is met at night', async () => {
    await meets(1)
    await book({ bookPhone: phone, externalId: '0042' }, { at: day(3) }, { at: day(9) })
    const former = await book({ bookPhone: '+79120000009' }, { at: day(3) })
    expect(await meetMissed(prisma)).toBe(1)
    expect(await prisma.client.count({ where: { id: former } })).toBe(1)
    await prisma.client.delete({ where: { id: former } })
    await oneAnna()
    expect(await meetMissed(prisma)).toBe(0)
  })

  test('that is being written while the chat confirms the phone is there once', async () => {
    const chat = process.chat('telegram', 1)
    await chat.says('/start', 'да', 'нет', 'Аня')
    const contact = { kind: 'contact', phone: phone.slice(1), own: true } as const
    await Promise.all([write(), chat.act(contact, { key: 'contact' })])
    // Whatever came first: the next proof of the phone brings together what passed each other by.
    await chat.act(contact)
    await write()
    await oneAnna()
  })
})

describe('the same rows of a file with both', () => {
  test('are one visit, and the one of who stays is kept', async () => {
    const row = { at: day(3), service: 'gel' }
    const from = await book(
      { bookPhone: phone },
      { ...row, kopecks: 200n },
      { ...row, kopecks: -200n },
      { ...row, at: day(4), kopecks: 7n },
      { ...row, kopecks: 9n, externalId: 'v-1' },
    )
    const into = await book({}, { ...row, kopecks: 100n })
    await prisma.$transaction((tx) => mergeClients(tx, from, into))
    expect(new Set((await visitsOf(into)).map((one) => one[2]))).toEqual(new Set([100, -200, 7, 9]))
    expect(await prisma.visit.count()).toBe(4)
  })

  test('without a service are known by their line: hair and nails on one day are two visits', async () => {
    const from = await book(
      {},
      { at: day(3), line: 'hair', kopecks: 1n },
      { at: day(3), line: 'nails', kopecks: 2n },
    )
    const into = await book({}, { at: day(3), line: 'nails', kopecks: 3n })
    await prisma.$transaction((tx) => mergeClients(tx, from, into))
    expect(new Set((await visitsOf(into)).map((one) => one[2]))).toEqual(new Set([1, 3]))
  })

  test('a visit that was recorded by hand is not a row of a file: it stays beside it', async () => {
    const from = await book({}, { at: day(3), service: 'gel', kopecks: 1n, importId: null })
    const into = await book({}, { at: day(3), service: 'gel', kopecks: 1n })
    await prisma.$transaction((tx) => mergeClients(tx, from, into))
    expect(await visitsOf(into)).toHaveLength(2)
  })
})

describe('two in the books who are one', () => {
  test.each([
    ['the number and phone of who stays are kept', '+79120000001', null, '+79120000001'],
    ['of two phones the one that is not confirmed anyway', phone, phone, '+79120000002'],
  ])('%s', async (_, bookPhone, confirmedPhone, kept) => {
    const into = await book({ bookPhone, confirmedPhone, externalId: '1' })
    const from = await book({ bookPhone: '+79120000002', externalId: '2', bookedAt: day(0) })
    await prisma.$transaction((tx) => mergeClients(tx, from, into))
    expect(await prisma.client.findMany()).toMatchObject([
      { id: into, bookPhone: kept, externalId: '1', bookedAt: day(0) },
    ])
  })
})

describe('to the staff somebody from the books', () => {
  const clients = createClients({ prisma, timeZone: 'Europe/Moscow' })
  const find = async (typed: string) =>
    (await clients.search({ query: readClientQuery(typed), offset: 0, limit: 9 })).clients.map(
      (one) => one.name,
    )

  test.each([
    ['by name', 'мария', true],
    ['by the last digits of the phone', '6789', true],
    ['by the phone as people write it', '8 (912) 345', true],
    ['by the number in the books', 'k-1024', true],
    ['by its last digits', '1024', true],
    ['not by somebody else’s number', 'k-1025', false],
  ])('is found %s', async (_, typed, found) => {
    await book({ name: 'Мария', bookPhone: phone, externalId: 'K-1024' })
    expect(await find(typed)).toEqual(found ? ['Мария'] : [])
  })

  test('stands in the list of all, behind those who met the bot, and is no newcomer', async () => {
    await book({ name: 'Мария', bookPhone: phone, createdAt: day(20) })
    await prisma.client.create({
      data: { name: 'Анна', personalDataConsentAt: day(2), createdAt: day(2) },
    })
    await prisma.client.create({ data: { name: 'Никто', createdAt: day(2) } })
    const page = await clients.page({ offset: 0, limit: 9 })
    expect(page.total).toBe(2)
    expect(page.clients.map(({ name, books }) => [name, books])).toEqual([
      ['Анна', undefined],
      ['Мария', { phone }],
    ])
    expect(await clients.count()).toBe(2)
    expect(await clients.count(day(1))).toBe(1)
    expect((await clients.page({ offset: 0, limit: 9, since: day(1) })).total).toBe(1)
  })

  test('has a card that says what the books know', async () => {
    const id = await book({ name: 'Мария', bookPhone: phone, externalId: 'K-1024' })
    expect(await clients.card(Number(id))).toMatchObject({
      name: 'Мария',
      books: { since: day(1), phone, externalId: 'K-1024' },
      chats: [],
      consents: {},
    })
  })

  test('is nobody to be invited, nor one of those left out', async () => {
    const id = await book({ name: 'Мария', bookPhone: phone, lines: ['nails'] })
    const invitations = createInvitations({ prisma, everyDays: 90 })
    for (const audience of [{ kind: 'all' }, { kind: 'line', line: 'nails' }] as const) {
      const { willGet, notNow } = await invitations.count(audience)
      expect([willGet, ...Object.values(notNow)].filter((people) => people > 0)).toEqual([])
    }
    expect(await invitations.count({ kind: 'client', id: Number(id) })).toMatchObject({
      willGet: 0,
      notNow: { notInBot: 1 },
    })
  })
})

describe('what the person sees of it', () => {
  test('the visits stand in "my data", and "forget me" erases them', async () => {
    await book(
      { bookPhone: phone, externalId: '42' },
      { at: day(3), line: 'nails', service: 'Педикюр', master: 'olga', kopecks: 240_050n },
      { at: day(9), line: 'hair' },
    )
    const somebody = await book(
      { name: 'Другая', bookPhone: '+79120000009' },
      { at: day(5), service: 'чужое' },
    )
    const chat = await meets(1)
    const seen = await chat.says('мои данные')
    expect(words(seen).replaceAll('\u00A0', ' ')).toContain(
      'Визиты\n9 октября: Волосы\n3 октября: Педикюр, Ольга, 2 400,50 ₽\n',
    )
    const file = JSON.parse(seen.say.find((one) => one.file)?.file?.content ?? '') as object
    expect(file).toMatchObject({
      profile: { bookPhone: phone, externalId: '42', bookedAt: day(1).toISOString() },
      visits: [{ line: 'hair' }, { line: 'nails', service: 'Педикюр', master: 'olga', kopecks: '240050' }],
    })
    expect(JSON.stringify(file)).not.toMatch(/чужое|Другая|importId/)
    await chat.act({ kind: 'command', name: 'forget' })
    await chat.says('да')
    expect((await prisma.client.findMany()).map((one) => one.id)).toEqual([somebody])
    expect(await prisma.visit.count()).toBe(1)
  })

  test('the survey does not ask since when they come: the books tell, and refunds are no visits', async () => {
    const yearMs = 365.25 * 24 * 3600_000
    await book(
      { bookPhone: phone },
      { at: new Date(Date.now() - 3 * yearMs), kopecks: 100n },
      { at: new Date(Date.now() - 6 * yearMs), kopecks: -100n },
    )
    const chat = await meets(1)
    await chat.act({ kind: 'command', name: 'survey' })
    await expect
      .poll(async () => (await prisma.dialogue.findFirst({ where: { name: 'survey' } }))?.answers)
      .toMatchObject({ tenure: { value: '2to5y', known: true } })
  })
})
