import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/storage/database.ts'
import { answerFollowUp, createFollowUps, openFollowUp } from '../../src/storage/follow-ups.ts'
import { freshDatabase } from './fresh-database.ts'
import { silent } from './talk.ts'

const database = await openDatabase({ ...(await freshDatabase()), log: silent })
const { prisma } = database
const hourMs = 3600_000
const start = Date.UTC(2026, 10, 20, 9)
let clockMs = start
const followUps = createFollowUps({ prisma, now: () => clockMs })
let updates = 0
const nextKey = () => `ad:1:${(updates += 1)}`
let ira: number

beforeEach(async () => {
  clockMs = start
  await prisma.$executeRaw`TRUNCATE "Staff", "SeenUpdate", "Client" CASCADE`
  ira = await hire('Ира', 501)
})
afterAll(() => database.close())

const hire = async (name: string, telegramId: number) =>
  (await prisma.staff.create({ data: { name, telegramId, role: 'admin', language: 'ru' } })).id

/** A client with a survey (run 1) in which these answers were given. */
async function client(name: string, answers: object = {}): Promise<bigint> {
  const at = new Date(start)
  const walk = {
    name: 'survey',
    run: 1,
    version: 1,
    status: 'open',
    answers: answers as never,
    startedAt: at,
    changedAt: at,
  }
  const row = { name, phone: '+79161234567', dialogues: { create: walk } }
  const chat = { platform: 'vk' as const, externalId: 1000 + updates, language: 'ru' }
  updates += 1
  return (await prisma.client.create({ data: { ...row, chats: { create: chat } } })).id
}

const open = (clientId: bigint, hoursAgo = 0) =>
  prisma.$transaction((tx) =>
    openFollowUp(tx, { clientId, dialogue: 'survey', run: 1, at: new Date(start - hoursAgo * hourMs) }),
  )
const answer = (clientId: bigint, callWanted: boolean) =>
  prisma.$transaction((tx) => answerFollowUp(tx, { clientId, dialogue: 'survey', run: 1, callWanted }))
const names = async () =>
  (await followUps.waiting({ offset: 0, limit: 10 })).followUps.map((one) => one.client.name)

describe('noting an unhappy client', () => {
  test('twice in one walk is one follow-up, from the first time on', async () => {
    const anna = await client('Анна')
    const id = await open(anna, 2)
    expect(await open(anna, 1)).toBe(id)
    expect(await prisma.followUp.findMany()).toMatchObject([{ createdAt: new Date(start - 2 * hourMs) }])
  })

  test('comes with who it is, what they scored and what they wrote', async () => {
    const recommend = { value: { nails: 3, hair: null }, scale: { from: 1, to: 10 } }
    const anna = await client('Анна', { recommend, suggestions: { value: 'Долго ждала' } })
    const id = Number(await open(anna))
    expect(await followUps.byId(id)).toEqual({
      id,
      client: {
        id: Number(anna),
        name: 'Анна',
        phone: '+79161234567',
        phoneConfirmed: false,
        chats: [{ platform: 'vk', externalId: expect.any(Number) as number, reachable: true }],
      },
      createdAt: new Date(start),
      scores: [expect.objectContaining({ line: 'nails', value: 3, scale: { from: 1, to: 10 } })],
      reasons: [],
      words: 'Долго ждала',
    })
    expect(await followUps.ofClient(Number(anna))).toMatchObject([{ id }])
    expect(await followUps.byId(id + 1)).toBeUndefined()
  })
})

test('whoever was never asked for a name is called as in their messenger', async () => {
  const anna = await client('')
  await prisma.client.update({ where: { id: anna }, data: { name: null } })
  const id = Number(await open(anna))
  expect((await followUps.byId(id))?.client).not.toHaveProperty('name')
  await prisma.chat.updateMany({ where: { clientId: anna }, data: { profileName: 'Аня' } })
  expect((await followUps.byId(id))?.client.name).toBe('Аня')
  await prisma.client.update({ where: { id: anna }, data: { name: 'Анна' } })
  expect((await followUps.byId(id))?.client.name).toBe('Анна')
})

describe('the list', () => {
  test('begins with who wants a call; then whoever has waited longest', async () => {
    const [anna, boris, vera, gleb] = [
      await client('Анна'),
      await client('Борис'),
      await client('Вера'),
      await client('Глеб'),
    ]
    await open(anna, 1)
    await open(boris, 5)
    await open(vera, 3)
    await open(gleb, 2)
    await answer(gleb, true)
    await answer(boris, false)
    expect(await names()).toEqual(['Глеб', 'Борис', 'Вера', 'Анна'])
    const page = await followUps.waiting({ offset: 1, limit: 2 })
    expect(page.total).toBe(4)
    expect(page.followUps.map((one) => one.callWanted)).toEqual([false, undefined])
  })

  test('leaves out who was spoken to', async () => {
    const id = Number(await open(await client('Анна')))
    await followUps.handle({ id, by: ira, updateKey: nextKey() })
    expect(await followUps.waiting({ offset: 0, limit: 10 })).toEqual({ total: 0, followUps: [] })
    expect(await followUps.count()).toBe(0)
  })
})

describe('handling', () => {
  test('is done once; the second is told who did it and when', async () => {
    const id = Number(await open(await client('Анна')))
    const handled = { at: new Date(start), by: 'Ира' }
    expect(await followUps.handle({ id, by: ira, updateKey: nextKey() })).toMatchObject({
      ok: true,
      followUp: { handled },
    })
    clockMs += hourMs
    const by = await hire('Kate', 502)
    expect(await followUps.handle({ id, by, updateKey: nextKey() })).toMatchObject({
      ok: false,
      reason: 'handled',
      followUp: { handled },
    })
  })

  test('of two admins at once exactly one did it', async () => {
    const kate = await hire('Kate', 502)
    const id = Number(await open(await client('Анна')))
    for (let round = 0; round < 10; round += 1) {
      await prisma.followUp.updateMany({ data: { handledAt: null, handledBy: null } })
      const results = await Promise.all(
        [ira, kate].map((by) => followUps.handle({ id, by, updateKey: nextKey() })),
      )
      expect(results.map((one) => (one.ok ? 'ok' : one.reason)).sort()).toEqual(['handled', 'ok'])
    }
  })

  test('a redelivered press changes nothing, not even after the client asked for a call again', async () => {
    const anna = await client('Анна')
    const id = Number(await open(anna))
    const press = { id, by: ira, updateKey: nextKey() }
    await followUps.handle(press)
    await answer(anna, true)
    expect(await followUps.handle(press)).toMatchObject({ ok: false, reason: 'repeated' })
    expect(await followUps.count()).toBe(1)
  })

  test('nobody is left to speak to once the client was forgotten', async () => {
    const anna = await client('Анна')
    const id = Number(await open(anna))
    await prisma.client.delete({ where: { id: anna } })
    expect(await followUps.handle({ id, by: ira, updateKey: nextKey() })).toEqual({
      ok: false,
      reason: 'gone',
    })
  })
})

describe('the answer to "may we call you?"', () => {
  test.each([
    ['yes, while it waits', false, true, true],
    ['no, while it waits', false, false, true],
    ['yes, after it was dealt with: it waits again', true, true, true],
    ['no, after it was dealt with', true, false, false],
  ])('%s', async (_, handledBefore, callWanted, waits) => {
    const anna = await client('Анна')
    const id = await open(anna)
    if (handledBefore) await followUps.handle({ id: Number(id), by: ira, updateKey: nextKey() })
    expect(await answer(anna, callWanted)).toBe(id)
    const found = await followUps.byId(Number(id))
    expect(found?.callWanted).toBe(callWanted)
    expect(found?.handled === undefined).toBe(waits)
  })

  test('the same yes once more does not undo what was done since', async () => {
    const anna = await client('Анна')
    const id = Number(await open(anna))
    await answer(anna, true)
    await followUps.handle({ id, by: ira, updateKey: nextKey() })
    await answer(anna, true)
    expect((await followUps.byId(id))?.handled).toEqual({ at: new Date(start), by: 'Ира' })
  })

  test('of a client who was not unhappy is nobody’s', async () => {
    expect(await answer(await client('Анна'), true)).toBeUndefined()
  })
})

test('a period tells how fast each was answered, its end not included', async () => {
  const [anna, boris, vera] = [await client('Анна'), await client('Борис'), await client('Вера')]
  const id = Number(await open(anna, 5))
  await followUps.handle({ id, by: ira, updateKey: nextKey() })
  await open(boris, 3)
  await answer(boris, true)
  await open(vera, 1)
  const period = { from: new Date(start - 5 * hourMs), until: new Date(start - hourMs) }
  expect(await followUps.all(period)).toEqual([
    { clientId: Number(anna), createdAt: new Date(start - 5 * hourMs), handledAt: new Date(start) },
    { clientId: Number(boris), createdAt: new Date(start - 3 * hourMs), callWanted: true },
  ])
})
