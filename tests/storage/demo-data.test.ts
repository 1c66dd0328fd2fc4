import { randomInt } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { couponCode } from '../../src/domain/coupon.ts'
import { demoSalon } from '../../src/domain/demo-salon.ts'
import { createDemoData } from '../../src/storage/demo-data.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { now, usual, weekMs } from '../domain/demo/salons.ts'
import { freshDatabase } from './fresh-database.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const demo = demoSalon(usual)
const database = await openDatabase({ ...(await freshDatabase()), log: silent })
const { prisma } = database
const data = createDemoData({ prisma, drawCode: () => couponCode(randomInt) })
const simulate = (until: { until: number }) => demoSalon({ ...usual, ...until })

beforeEach(async () => {
  await prisma.client.deleteMany()
  await prisma.setting.deleteMany({ where: { name: 'demoData' } })
})
afterAll(() => database.close())

/** Somebody real, with a bit of everything that hangs on a client. */
async function addAnna(): Promise<bigint> {
  const at = new Date(now)
  const { id } = await prisma.client.create({
    data: {
      name: 'Анна',
      personalDataConsentAt: at,
      chats: { create: { platform: 'telegram', externalId: 7, language: 'ru' } },
      visits: { create: { line: 'nails', at } },
      dialogues: {
        create: {
          name: 'survey',
          run: 1,
          version: 1,
          status: 'open',
          answers: {},
          startedAt: at,
          changedAt: at,
        },
      },
    },
  })
  return id
}

const counts = async () => ({
  clients: await prisma.client.count(),
  visits: await prisma.visit.count(),
  walks: await prisma.dialogue.count(),
  prompts: await prisma.prompt.count(),
  followUps: await prisma.followUp.count(),
  coupons: await prisma.coupon.count(),
})

const countsOf = ({ clients, former }: typeof demo) => ({
  clients: clients.length + former.length,
  visits: [
    ...clients.flatMap(({ visits, books }) => [...visits, ...books]),
    ...former.flatMap(({ books }) => books),
  ].length,
  walks: clients.flatMap((one) => one.walks).length,
  prompts: clients.flatMap((one) => one.prompts).length,
  followUps: clients.flatMap((one) => one.followUps).length,
  coupons: clients.filter((one) => one.coupon).length,
})

describe('the demo is written', () => {
  test('in full, and nobody behind it can be written to or has agreed to anything', async () => {
    await data.insert(demo, 'sandbox')
    expect(await counts()).toEqual(countsOf(demo))
    expect(await data.state()).toEqual({ state: 'there', seed: usual.seed, now, until: now, by: 'sandbox' })
    expect(await prisma.client.count({ where: { demo: true, personalDataConsentAt: { not: null } } })).toBe(
      300,
    )
    expect(await prisma.client.count({ where: { demo: true, bookedAt: { not: null }, phone: null } })).toBe(
      240,
    )
    expect(await prisma.chat.count()).toBe(0)
    expect(await prisma.consent.count()).toBe(0)
    expect(await prisma.notice.count()).toBe(0)
    expect(await prisma.client.count({ where: { advertisingConsentAt: { not: null } } })).toBe(0)
    expect(await prisma.prompt.count({ where: { state: { not: 'sent' } } })).toBe(0)
  })

  test('as it was simulated', async () => {
    await data.insert(demo, 'sandbox')
    const client = demo.clients.find((one) => one.coupon?.redeemedAt && one.birthday && one.sex)!
    const row = await prisma.client.findFirstOrThrow({
      where: { phone: client.phone },
      include: { visits: { orderBy: { at: 'asc' } }, dialogues: true, coupons: true },
    })
    expect(row).toMatchObject({
      name: client.name,
      demo: true,
      confirmedPhone: null,
      birthDay: client.birthday!.day,
      birthMonth: client.birthday!.month,
      sex: client.sex,
      lines: client.lines,
      createdAt: new Date(client.createdAt),
      personalDataConsentAt: new Date(client.createdAt),
      onboardedAt: new Date(client.createdAt),
    })
    const written = row.visits.map(({ line, at, timeKnown, service, master, kopecks }) => ({
      line,
      at: at.getTime(),
      timeKnown,
      service,
      master,
      kopecks: Number(kopecks),
    }))
    const known = client.visits.map((visit) => ({ ...visit, timeKnown: true }))
    expect(new Set(written)).toEqual(new Set([...known, ...client.books]))
    const walks = row.dialogues.map(({ startedAt, changedAt, clientId: _, ...walk }) => ({
      ...walk,
      startedAt: startedAt.getTime(),
      changedAt: changedAt.getTime(),
    }))
    expect(new Set(walks)).toEqual(new Set(client.walks))
    expect(row.coupons).toMatchObject([
      { redeemedAt: new Date(client.coupon!.redeemedAt!), redeemedBy: null },
    ])
  })

  test('with the prompts about the visits that they asked about', async () => {
    await data.insert(demo, 'sandbox')
    const prompts = await prisma.prompt.findMany({ where: { kind: 'visit' } })
    const visits = new Map((await prisma.visit.findMany()).map((visit) => [visit.id, visit]))
    for (const { about, clientId, dueAt } of prompts) {
      const visit = visits.get(about)
      expect(visit?.clientId).toBe(clientId)
      expect(visit!.at < dueAt).toBe(true)
    }
  })

  test('once: the second time is refused and changes nothing', async () => {
    await data.insert(demo, 'sandbox')
    await expect(data.insert(demo, 'sandbox')).rejects.toMatchObject({ key: 'demo.alreadyThere' })
    expect(await counts()).toEqual(countsOf(demo))
  })

  test('once by two processes at the same moment', async () => {
    const outcomes = await Promise.allSettled([data.insert(demo, 'sandbox'), data.insert(demo, 'sandbox')])
    expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await counts()).toEqual(countsOf(demo))
  })
})

describe('the demo is taken away', () => {
  test('with all that belongs to it, and nothing else', async () => {
    const anna = await addAnna()
    await data.insert(demo, 'sandbox')
    expect(await data.remove()).toBe(540)
    expect(await counts()).toEqual({ clients: 1, visits: 1, walks: 1, prompts: 0, followUps: 0, coupons: 0 })
    expect(await prisma.client.findUnique({ where: { id: anna } })).not.toBeNull()
    expect(await data.state()).toEqual({ state: 'removed' })
  })

  test('and may come back', async () => {
    await data.insert(demo, 'sandbox')
    await data.remove()
    await data.insert(demo, 'sandbox')
    expect(await counts()).toEqual(countsOf(demo))
  })

  test('where there is none, too', async () => {
    expect(await data.remove()).toBe(0)
    expect(await data.state()).toEqual({ state: 'removed' })
  })
})

describe('the demo goes on', () => {
  test('day by day to the same rows as in one go', async () => {
    const end = now + 3 * weekMs
    await data.insert(demo, 'sandbox')
    const kept = await prisma.client.findFirstOrThrow({ where: { demo: true }, orderBy: { id: 'asc' } })
    for (let until = now; until <= end; until += weekMs / 7) await data.goOn(until, simulate)
    const later = simulate({ until: end })
    expect(await counts()).toEqual(countsOf(later))
    expect(await data.state()).toEqual({ state: 'there', seed: usual.seed, now, until: end, by: 'sandbox' })
    expect(await prisma.client.findUnique({ where: { id: kept.id } })).not.toBeNull()
    const byPhone = new Map(later.clients.map((client) => [client.phone, client]))
    const rows = await prisma.client.findMany({
      where: { bookedAt: null },
      include: { dialogues: true, followUps: true, coupons: true },
    })
    for (const { phone, dialogues, followUps, coupons } of rows) {
      const client = byPhone.get(phone!)!
      const states = dialogues.map(({ name, run, status, answers }) => ({ name, run, status, answers }))
      expect(new Set(states)).toEqual(
        new Set(client.walks.map(({ name, run, status, answers }) => ({ name, run, status, answers }))),
      )
      expect(new Set(followUps.map((one) => one.handledAt?.getTime()))).toEqual(
        new Set(client.followUps.map((one) => one.handledAt)),
      )
      expect(coupons[0]?.redeemedAt?.getTime()).toBe(client.coupon?.redeemedAt)
    }
  })

  test('without undoing what somebody did meanwhile', async () => {
    await data.insert(demo, 'sandbox')
    const waiting = await prisma.followUp.findFirstOrThrow({ where: { handledAt: null } })
    const handledAt = new Date(now + 1000)
    await prisma.followUp.update({ where: { id: waiting.id }, data: { handledAt } })
    await prisma.visit.create({ data: { clientId: waiting.clientId, line: 'nails', at: handledAt } })
    await data.goOn(now + weekMs, simulate)
    const after = await prisma.followUp.findUniqueOrThrow({ where: { id: waiting.id } })
    expect(after.handledAt).toEqual(handledAt)
  })

  test('not where there is none, where it was taken away, or back in time', async () => {
    expect(await data.goOn(now, simulate)).toBe(false)
    await data.insert(demo, 'sandbox')
    expect(await data.goOn(now - 1, simulate)).toBe(false)
    await data.remove()
    expect(await data.goOn(now + weekMs, simulate)).toBe(false)
    expect(await prisma.client.count()).toBe(0)
  })
})

test('somebody of the salon’s own books is a real client', async () => {
  await prisma.client.create({ data: { bookedAt: new Date(), bookPhone: '+79161234567' } })
  expect(await data.hasRealClients()).toBe(true)
})

test('real clients are those who have agreed and are not of the demo', async () => {
  await data.insert(demo, 'sandbox')
  await prisma.client.create({ data: {} })
  expect(await data.hasRealClients()).toBe(false)
  await addAnna()
  expect(await data.hasRealClients()).toBe(true)
})
