/** What comes by itself in the whole program, as its time comes: the owner's digest, and reminders of a survey left in the middle. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDemoData } from '../../src/storage/demo-data.ts'
import { openDatabase } from '../../src/storage/database.ts'
import type { Database } from '../../src/storage/database.ts'
import { freshDatabase } from '../storage/fresh-database.ts'
import { temporaryFolder } from './product.ts'
import { sandboxOn, type Sandbox } from './sandbox.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let database: Database
let sandbox: Sandbox

beforeAll(async () => {
  folder = await temporaryFolder()
  const { connectionString } = await freshDatabase()
  const silent = { debug() {}, info() {}, warn() {}, error() {} }
  database = await openDatabase({ connectionString, log: silent })
  // Nobody but the people of this test.
  await createDemoData({ ...database, drawCode: () => '' }).remove()
  sandbox = sandboxOn({ connectionString, ...folder })
  await sandbox.start()
  const owner = sandbox.at('admin')
  await owner.start((await sandbox.shown()).adminLink?.split('start=')[1])
  await owner.hears('Теперь вы владелец этого бота')
})
afterAll(async () => {
  await database.close()
  await sandbox.stop()
  await folder.remove()
})

const digests = async () =>
  (await sandbox.at('admin').messages()).filter(({ text, picture }) => picture && text.startsWith('Неделя '))
const deliveries = async () =>
  (await database.prisma.digestDelivery.findMany()).map((delivery) => delivery.state)
/** How many have gone out to those who write there. */
const remindersOn = (platform: 'telegram' | 'vk') =>
  database.prisma.prompt.count({
    where: { kind: 'remind', state: 'sent', client: { chats: { some: { platform } } } },
  })

/** Until everything that is due has been said, or never will be. */
async function promptsSettled(): Promise<void> {
  const now = new Date(await sandbox.now())
  const open = { OR: [{ state: 'waiting', dueAt: { lte: now } }, { state: 'sending' }] }
  while ((await database.prisma.prompt.count({ where: open })) > 0)
    await new Promise((resolve) => setTimeout(resolve, 20))
}

test('on Monday at nine the owner gets one digest', async () => {
  await sandbox.skip('monday')
  expect(await digests()).toHaveLength(1)
  expect(await deliveries()).toEqual(['sent'])
})

test('a restart sends no second one', async () => {
  await sandbox.stop()
  await sandbox.start()
  expect(await digests()).toHaveLength(1)
  expect(await deliveries()).toEqual(['sent'])
})

describe('who stops in the survey', () => {
  test.each(['telegram', 'vk'] as const)('is asked nothing more that day: %s', async (name) => {
    const client = sandbox.at(name)
    await client.start('survey')
    // In VK a link by itself says nothing.
    if (name === 'vk') await client.start()
    await client.press('Да, согласие даю')
    await client.hears('1 из 17')
    await client.press('Да')
    await client.hears('2 из 17')
    expect(await remindersOn(name)).toBe(0)
  })

  test('is reminded the next day, and may say that it is enough', async () => {
    await sandbox.skip('tomorrow')
    for (const name of ['telegram', 'vk'] as const) await sandbox.at(name).hears('Продолжим?')
    await sandbox.at('telegram').press('Не сейчас, спасибо')
    await sandbox.at('telegram').hears('больше не напоминаем')
  })

  test('after "not now, thanks" there is none, and two at most for anybody', async () => {
    for (let day = 0; day < 5; day++) {
      await sandbox.skip('tomorrow')
      await promptsSettled()
    }
    expect(await remindersOn('telegram')).toBe(1)
    expect(await remindersOn('vk')).toBe(2)
    expect(await database.prisma.prompt.count({ where: { state: 'waiting' } })).toBe(0)
  })
})

test('the next week’s digest comes once, too, and is not late because its hour was skipped', async () => {
  // From Sunday to Monday at ten.
  await sandbox.skip('tomorrow')
  const [, second, ...more] = await digests()
  expect(more).toEqual([])
  expect(second?.text).not.toContain('Пришла позже')
  expect(await deliveries()).toEqual(['sent', 'sent'])
})
