/** What the whole program makes of skipped time, and what a restart leaves of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/storage/database.ts'
import type { Database } from '../../src/storage/database.ts'
import { freshDatabase } from '../storage/fresh-database.ts'
import { temporaryFolder } from './product.ts'
import { firstOn, sandboxOn, type Sandbox } from './sandbox.ts'

const hourMs = 3600_000

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let database: Database
let sandbox: Sandbox

beforeAll(async () => {
  folder = await temporaryFolder()
  const { connectionString } = await freshDatabase()
  sandbox = sandboxOn({ connectionString, ...folder })
  await sandbox.start()
  const silent = { debug() {}, info() {}, warn() {}, error() {} }
  database = await openDatabase({ connectionString, log: silent })
})
afterAll(async () => {
  await database.close()
  await sandbox.stop()
  await folder.remove()
})

test('a skipped day leaves the owner with a link that is good', async () => {
  const earlier = (await sandbox.shown()).adminLink
  await sandbox.skip('tomorrow')
  await sandbox.skip('tomorrow')
  const { adminLink } = await sandbox.shown()
  expect(adminLink).toMatch(/\?start=/)
  expect(adminLink).not.toBe(earlier)
  const olga = sandbox.at('admin')
  await olga.start(adminLink!.split('start=')[1])
  await olga.hears('Теперь вы владелец этого бота')
})

test('a client who comes after a skip is new then, and is answered then', async () => {
  const now = await sandbox.now()
  const anna = sandbox.at('telegram')
  await anna.start()
  expect((await anna.hears('Можно сохранить')).sentAt).toBeGreaterThanOrEqual(now)
  const [chat] = await database.prisma.chat.findMany({ where: { externalId: BigInt(firstOn.telegram) } })
  expect(chat?.createdAt.getTime()).toBeGreaterThanOrEqual(now)
  expect(chat?.lastSeenAt.getTime()).toBeGreaterThanOrEqual(now)
})

test('an answer given days after the question is taken, on both platforms', async () => {
  const [inTelegram, inVk] = [sandbox.at('telegram'), sandbox.at('vk')]
  await inVk.start()
  await inVk.hears('Можно сохранить')
  await sandbox.skip('monday')
  await sandbox.skip('tomorrow')
  for (const anna of [inTelegram, inVk]) {
    await anna.press('Да, согласие даю')
    await anna.hears('Присылать вам предложения')
  }
  // VK forbids to edit what is older than a day: there the question comes as a message of its own.
  const last = (await inVk.messages()).at(-1)
  expect(last?.text).toContain('Присылать вам предложения')
  expect(last!.sentAt).toBeGreaterThan((await sandbox.now()) - hourMs)
})

describe('after a restart', () => {
  test('time goes on from where it was, and so does the conversation', async () => {
    const before = await sandbox.shown()
    await sandbox.stop()
    await sandbox.start()
    expect((await sandbox.shown()).clock.offsetMs).toBe(before.clock.offsetMs)
    const anna = sandbox.at('telegram')
    await anna.press('Нет, не нужно')
    const answer = await anna.hears('Как к вам обращаться')
    expect(answer.sentAt).toBeGreaterThan(Date.now() + before.clock.offsetMs - hourMs)
  })
})
