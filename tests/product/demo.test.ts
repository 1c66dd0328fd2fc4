/** The demo salon in the whole program: it comes by itself in the sandbox, lives by its clock, and never gets into a live salon. */
import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { couponCode } from '../../src/domain/coupon.ts'
import { createLog } from '../../src/log.ts'
import { startProduct } from '../../src/main.ts'
import type { Product } from '../../src/main.ts'
import { readSettings } from '../../src/settings.ts'
import { createDemoData } from '../../src/storage/demo-data.ts'
import { openDatabase } from '../../src/storage/database.ts'
import type { Database } from '../../src/storage/database.ts'
import { demoSalon } from '../../src/domain/demo-salon.ts'
import { dayMs, now, usual } from '../domain/demo/salons.ts'
import { freshDatabase } from '../storage/fresh-database.ts'
import { openMessengers, startProgram, temporaryFolder } from './product.ts'
import type { Messengers } from './product.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let messengers: Messengers
let database: Database
let connectionString: string

beforeAll(async () => {
  folder = await temporaryFolder()
  messengers = await openMessengers()
})
beforeEach(async () => {
  await database?.close()
  connectionString = (await freshDatabase()).connectionString
  database = await openDatabase({ connectionString, log: silent })
})
afterAll(async () => {
  await database.close()
  await messengers.close()
  await folder.remove()
})

const dataOf = ({ prisma }: Database) => createDemoData({ prisma, drawCode: () => couponCode(randomInt) })

const demoClients = () => database.prisma.client.count({ where: { demo: true } })

async function startSandbox() {
  const env = { DATABASE_URL: connectionString, DATA_DIR: folder.folder, PORT: '0' }
  const settings = readSettings({ cwd: folder.folder, env })
  return startProduct({ settings, role: 'all', log: createLog({ level: 'silent' }) })
}

async function skipToMonday({ url }: Product): Promise<void> {
  const headers = { 'Content-Type': 'application/json', 'X-Otklik-Page': '1' }
  const body = JSON.stringify({ act: 'skip', to: 'monday' })
  const skipped = await fetch(`${url}/act`, { method: 'POST', headers, body })
  expect(await skipped.json()).toEqual({ ok: true })
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** Long enough for what would be made in the background to be there. */
async function restarted(): Promise<void> {
  const product = await startSandbox()
  await new Promise((resolve) => setImmediate(resolve))
  // It waits for what is under way.
  await product.stop()
}

describe('in the sandbox', () => {
  test('the demo comes by itself, and lives on when time is skipped', async () => {
    const product = await startSandbox()
    await until(async () => (await demoClients()) === 540)
    const visits = await database.prisma.visit.count()
    // The first Monday may be a closed night away, the second is a week later.
    await skipToMonday(product)
    await skipToMonday(product)
    expect(await database.prisma.visit.count()).toBeGreaterThan(visits)
    const last = await database.prisma.visit.findFirst({ orderBy: { at: 'desc' } })
    expect(last!.at.getTime()).toBeGreaterThan(Date.now())
    await product.stop()
  })

  test('what was taken away stays away', async () => {
    await dataOf(database).insert(demoSalon(usual), 'sandbox')
    await dataOf(database).remove()
    await restarted()
    expect(await demoClients()).toBe(0)
  })

  test('nothing is mixed in where somebody has clients', async () => {
    await database.prisma.client.create({ data: { name: 'Анна', personalDataConsentAt: new Date() } })
    await restarted()
    expect(await demoClients()).toBe(0)
  })
})

describe('a salon that goes live', () => {
  const goLive = async () => {
    const env = { DATABASE_URL: connectionString }
    const program = await startProgram({ messengers, dataDir: folder.folder, env })
    return () => program.stop()
  }

  test('leaves the demo of its sandbox behind', async () => {
    await dataOf(database).insert(demoSalon(usual), 'sandbox')
    const stop = await goLive()
    expect(await demoClients()).toBe(0)
    expect(await stop()).toBe(0)
  })

  test('keeps the demo that a person made, as it is', async () => {
    await dataOf(database).insert(demoSalon({ ...usual, now: now - dayMs }), 'person')
    const visits = await database.prisma.visit.count()
    const stop = await goLive()
    expect(await demoClients()).toBe(540)
    expect(await stop()).toBe(0)
    expect(await database.prisma.visit.count()).toBe(visits)
  })
})
