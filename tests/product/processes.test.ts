/** A chain's set-up: one process takes updates, another does the jobs; the queues in PostgreSQL, and in Redis where there is one. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../storage/fresh-database.ts'
import { adminBot, clientBot, openMessengers, phoneOf, startProgram, temporaryFolder } from './product.ts'
import type { Messengers, Started } from './product.ts'

const redisUrl = process.env['TEST_REDIS_URL']
const stores = [
  ['PostgreSQL', {}],
  ...(redisUrl === undefined ? [] : [['Redis', { REDIS_URL: redisUrl }] as const]),
] as const

describe.each(stores)('with queues in %s', (_, env) => {
  let messengers: Messengers
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let web: Started
  let worker: Started

  beforeAll(async () => {
    messengers = await openMessengers()
    folder = await temporaryFolder()
    const { connectionString } = await freshDatabase()
    const options = { messengers, dataDir: folder.folder, env: { ...env, DATABASE_URL: connectionString } }
    // Both migrate and set their timetables at the same moment.
    ;[web, worker] = await Promise.all([
      startProgram({ ...options, role: 'web' }),
      startProgram({ ...options, role: 'worker' }),
    ])
  })
  afterAll(async () => {
    expect(await Promise.all([web.stop(), worker.stop()])).toEqual([0, 0])
    await messengers.close()
    await folder.remove()
  })

  test('what a client writes reaches the owner through the worker, once', async () => {
    const owner = phoneOf(messengers.telegram, adminBot, 8)
    owner.start(await owner.until(() => /start=([\w-]+)/.exec(web.printed())?.[1], 'the link for the owner'))
    await owner.sees('владелец')
    const anna = phoneOf(messengers.telegram, clientBot)
    anna.says('Можно записаться на завтра?')
    await anna.sees('передали салону')
    await owner.sees('Можно записаться на завтра?')
    const notices = owner.messages().filter((one) => one.text.includes('Можно записаться на завтра?'))
    expect(notices).toHaveLength(1)
  })

  test('only the web process takes updates: the worker does without them', () => {
    // A port may have these figures, too.
    expect(worker.printed()).not.toMatch(/\b409\b/)
    expect(worker.printed()).toContain('"role":"worker"')
  })
})
