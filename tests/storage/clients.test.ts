import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readClientQuery } from '../../src/storage/client-query.ts'
import { createClients } from '../../src/storage/clients.ts'
import { openDatabase, type Database } from '../../src/storage/database.ts'
import type { Prisma } from '../../src/storage/generated/client.ts'
import { freshDatabase } from './fresh-database.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const database: Database = await openDatabase({ ...(await freshDatabase()), log: silent })
const { prisma } = database
const clients = createClients({ prisma, timeZone: 'Asia/Yekaterinburg' })
const day = (number: number) => new Date(Date.UTC(2026, 10, number, 9))

/** One after another, the next day each; all have consented unless told otherwise. */
const people: Omit<Prisma.ClientCreateInput, 'createdAt'>[] = [
  { name: 'Анна Петрова', phone: '+79161234567' },
  { name: 'анна', confirmedPhone: '+79167654321', phone: '+79167654321' },
  { name: 'Алёна О’Нил', phone: '+79210004567' },
  { name: 'Zoe 100%', phone: '+4915199988877' },
  { name: 'Анна без согласия', phone: '+79169994567', personalDataConsentAt: null },
  { name: 'Ольга' },
]
let ids: Record<string, number>

beforeAll(async () => {
  ids = {}
  for (const [index, person] of people.entries()) {
    const createdAt = day(index + 1)
    const row = await prisma.client.create({
      data: { personalDataConsentAt: createdAt, ...person, createdAt },
    })
    ids[person.name ?? ''] = Number(row.id)
  }
})
afterAll(() => database.close())

const namesOf = (page: { clients: { name?: string }[] }) => page.clients.map((client) => client.name ?? '')
const find = async (text: string) =>
  namesOf(await clients.search({ query: readClientQuery(text), offset: 0, limit: 10 })).sort()

describe('the list', () => {
  test('shows the newest first and leaves out who has not consented', async () => {
    const page = await clients.page({ offset: 0, limit: 10 })
    expect(namesOf(page)).toEqual(['Ольга', 'Zoe 100%', 'Алёна О’Нил', 'анна', 'Анна Петрова'])
    expect(page.total).toBe(5)
  })

  test('turns its pages', async () => {
    const page = await clients.page({ offset: 2, limit: 2 })
    expect(namesOf(page)).toEqual(['Алёна О’Нил', 'анна'])
    expect(page.total).toBe(5)
  })

  test('can begin at a day', async () => {
    expect(namesOf(await clients.page({ offset: 0, limit: 10, since: day(4) }))).toEqual([
      'Ольга',
      'Zoe 100%',
    ])
    expect(await clients.count(day(4))).toBe(2)
  })
})

describe('the search', () => {
  test.each([
    ['a name in any case', 'АННА', ['Анна Петрова', 'анна']],
    ['a part of a name', 'петр', ['Анна Петрова']],
    ['words in any order', 'петрова анна', ['Анна Петрова']],
    ['е for ё', 'алена', ['Алёна О’Нил']],
    ['ё for е', 'пётрова', ['Анна Петрова']],
    ['an apostrophe', "о'нил", ['Алёна О’Нил']],
    ['the last four digits', '4567', ['Алёна О’Нил', 'Анна Петрова']],
    ['digits from the middle', '916 765', ['анна']],
    ['a Russian number with 8', '8 (916) 123-45-67', ['Анна Петрова']],
    ['the beginning of one', '8916', ['Анна Петрова', 'анна']],
    ['an international number', '+49 151 99988877', ['Zoe 100%']],
    ['a name with digits', 'анна 4567', ['Анна Петрова']],
    ['a percent sign, which means nothing', '%', []],
    ['a single digit, which says too little', '7', []],
    ['nothing that is there', 'Вероника', []],
    ['a pattern, which is read as words', 'анна.*петрова|ольга', []],
  ])('finds by %s: %s', async (_, typed, expected) => {
    expect(await find(typed)).toEqual(expected.sort())
  })

  test('says how many there are even on a page behind the last', async () => {
    const page = await clients.search({ query: readClientQuery('анна'), offset: 8, limit: 8 })
    expect(page).toEqual({ total: 2, clients: [] })
  })
})

describe('the card', () => {
  test('tells all that is known', async () => {
    const id = ids['анна']!
    await prisma.client.update({
      where: { id },
      data: {
        birthDay: 29,
        birthMonth: 2,
        lines: ['hair'],
        master: 'any',
        convenientTimes: ['evening'],
        heardFrom: 'friends',
        sex: 'female',
        city: 'Казань',
        preferredPlatform: 'vk',
        onboardedAt: day(3),
        chats: {
          create: [
            {
              platform: 'telegram',
              externalId: 101,
              language: 'ru',
              source: 'spring',
              reachable: false,
              lastSeenAt: day(4),
              createdAt: day(2),
            },
            {
              platform: 'vk',
              externalId: 202,
              language: 'ru',
              source: 'post',
              sourceDetail: 'stories',
              lastSeenAt: day(5),
              createdAt: day(3),
            },
          ],
        },
      },
    })
    expect(await clients.card(id)).toEqual({
      id,
      name: 'анна',
      phone: '+79167654321',
      phoneConfirmed: true,
      birthday: { day: 29, month: 2 },
      sex: 'female',
      city: 'Казань',
      lines: ['hair'],
      master: 'any',
      convenientTimes: ['evening'],
      heardFrom: 'friends',
      preferredPlatform: 'vk',
      onboardedAt: day(3),
      createdAt: day(2),
      chats: [
        { platform: 'telegram', externalId: 101, reachable: false, source: 'spring' },
        { platform: 'vk', externalId: 202, reachable: true, source: 'post', sourceDetail: 'stories' },
      ],
      consents: { personalData: { granted: true, at: day(2) } },
      footprint: { eventsByHour: Array.from({ length: 24 }, () => 0), lastSeenAt: day(5) },
    })
  })

  test('tells since when a consent is given, and when it was withdrawn', async () => {
    const clientId = ids['Ольга']!
    await prisma.consentDocument.create({
      data: { hash: 'h', purpose: 'advertising', language: 'ru', text: 't' },
    })
    const word = {
      clientId,
      subject: 's',
      documentHash: 'h',
      platform: 'telegram',
      evidence: 'e',
      purpose: 'advertising',
    } as const
    await prisma.consent.create({ data: { ...word, granted: false, at: day(1) } })
    expect((await clients.card(clientId))?.consents, 'who said no has withdrawn nothing').toEqual({
      personalData: { granted: true, at: day(6) },
    })
    await prisma.consent.create({ data: { ...word, granted: true, at: day(1) } })
    await prisma.consent.create({ data: { ...word, granted: false, at: day(2) } })
    expect((await clients.card(clientId))?.consents).toEqual({
      personalData: { granted: true, at: day(6) },
      advertising: { granted: false, at: day(2) },
    })
    await prisma.client.update({ where: { id: clientId }, data: { advertisingConsentAt: day(7) } })
    expect((await clients.card(clientId))?.consents.advertising).toEqual({ granted: true, at: day(7) })
  })

  test('counts the hours of the footprint on the salon’s clock and takes the median of the answers', async () => {
    const clientId = ids['Zoe 100%']!
    const at = (hourUtc: number) => new Date(Date.UTC(2026, 10, 10, hourUtc, 30))
    const event = { clientId, platform: 'telegram' } as const
    await prisma.event.createMany({
      data: [
        { ...event, kind: 'answer', at: at(14), tookMs: 1000 },
        { ...event, kind: 'answer', at: at(14), tookMs: 9000 },
        { ...event, kind: 'press', at: at(20), tookMs: 3000 },
        { ...event, kind: 'start', at: at(20) },
        { ...event, kind: 'blocked', at: at(3) },
      ],
    })
    const footprint = (await clients.card(clientId))!.footprint
    expect(footprint.medianAnswerMs).toBe(3000)
    expect(Object.entries(footprint.eventsByHour).filter(([, events]) => events > 0)).toEqual([
      ['1', 2],
      ['19', 2],
    ])
  })

  test('stays closed for who has not consented and for who is not there', async () => {
    expect(await clients.card(ids['Анна без согласия']!)).toBeUndefined()
    expect(await clients.card(999_999)).toBeUndefined()
  })
})
