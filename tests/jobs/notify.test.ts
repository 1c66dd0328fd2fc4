/** The notify job on real queues (BullMQ) and a real PostgreSQL. */
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createNotify, type Notify, type NotifyJob } from '../../src/jobs/notify.ts'
import { createQueues, type JobQueue } from '../../src/jobs/queues.ts'
import { openDatabase, type Database } from '../../src/storage/database.ts'
import { createNotices, type NoticeStorage } from '../../src/storage/notices.ts'
import { freshDatabase } from '../storage/fresh-database.ts'

const log = { debug() {}, info() {}, warn() {}, error() {} }
let database: Database
let notices: NoticeStorage
let queue: JobQueue<NotifyJob>
let notify: Notify
let delivered: string[]

beforeEach(async () => {
  const { connectionString } = await freshDatabase()
  database = await openDatabase({ connectionString, log })
  const queues = createQueues<{ notify: NotifyJob; other: { id: number } }>({ connectionString, log })
  queue = queues.queue('notify')
  notices = createNotices(database)
  notify = createNotify({ queues, notices, log, retryDelayMs: 1 })
  delivered = []
  onTestFinished(async () => {
    await queues.close()
    await database.close()
  })
})

test('a notice is delivered', async () => {
  const id = await notice()
  await notify.enqueue([id])
  await notify.work(deliver)
  await until(() => delivered.length > 0)
  expect(delivered).toEqual([id])
})

test('a notice that is queued twice has one job', async () => {
  const id = await notice()
  await notify.enqueue([id, id])
  await notify.enqueue([id])
  expect(await queue.counts()).toMatchObject({ waiting: 1, delayed: 0 })
})

test('a delivery that fails is tried again', async () => {
  const id = await notice()
  await notify.enqueue([id])
  let tries = 0
  await notify.work(async (noticeId) => {
    tries += 1
    if (tries < 3) throw new Error('Telegram is away')
    await deliver(noticeId)
  })
  await until(() => delivered.length > 0)
  expect({ tries, delivered }).toEqual({ tries: 3, delivered: [id] })
})

test('a job lost in a crash is found by the sweep', async () => {
  const staffed = await hire()
  const lost = await notice()
  await notify.work((noticeId) => deliver(noticeId, staffed))
  await until(() => delivered.length > 0)
  expect(delivered).toEqual([lost])
  expect(await notices.waiting(10)).toEqual([])
})

test('a job that failed to the end is begun anew by the next sweep', async () => {
  const staffed = await hire()
  const id = await notice()
  let isAway = true
  await notify.work(async (noticeId) => {
    if (isAway) throw new Error('Telegram is away')
    await deliver(noticeId, staffed)
  })
  await until(async () => (await queue.counts()).failed === 1)
  isAway = false
  await notify.sweep()
  await until(() => delivered.length > 0)
  expect(delivered).toEqual([id])
})

test('while there is nobody to tell, the sweep queues nothing; then everything that waited', async () => {
  const ids = [await notice(), await notice()]
  const staffed: number[] = []
  await notify.work((noticeId) => deliver(noticeId, staffed[0]))
  await notify.enqueue(ids)
  // Delivered is a moment before done.
  await until(async () => delivered.length === 2 && (await queue.counts()).active === 0)
  delivered = []
  await notify.sweep()
  await expect.poll(() => queue.counts()).toMatchObject({ waiting: 0, active: 0 })
  expect(delivered).toEqual([])
  staffed.push(await hire())
  await notify.sweep()
  await until(() => delivered.length === 2)
  expect(delivered.toSorted()).toEqual(ids.toSorted())
  expect(await notices.waiting(10)).toEqual([])
})

test('a sweep while a notice is being delivered does not deliver it twice', async () => {
  const staffed = await hire()
  const id = await notice()
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  let begun = 0
  await notify.work(async (noticeId) => {
    begun += 1
    await released
    await deliver(noticeId, staffed)
  })
  await until(() => begun === 1)
  await notify.sweep()
  // The delayed one is the next sweep of the timetable, whose first may still be under way.
  await expect.poll(() => queue.counts()).toMatchObject({ waiting: 0, delayed: 1, active: 1 })
  release()
  await until(async () => (await queue.counts()).active === 0)
  expect({ begun, delivered }).toEqual({ begun: 1, delivered: [id] })
})

test('a queue that is away costs a warning, not the answer to the client', async () => {
  const warned: unknown[] = []
  const nowhere = 'postgresql://nobody@127.0.0.1:1/nothing'
  const away = createQueues<{ notify: NotifyJob }>({ connectionString: nowhere, log })
  const lame = createNotify({
    queues: away,
    notices,
    log: { ...log, warn: (entry) => void warned.push(entry) },
  })
  await lame.enqueue(['1', '2'])
  expect(warned).toEqual([
    expect.objectContaining({ event: 'notify.notQueued', notices: 2, code: 'ECONNREFUSED' }),
  ])
})

async function deliver(noticeId: string, staffId?: number): Promise<void> {
  if (staffId !== undefined) await notices.told(noticeId, staffId)
  await notices.close(noticeId)
  delivered.push(noticeId)
}

async function notice(): Promise<string> {
  const data = { kind: 'message', platform: 'vk', externalId: 1, text: 'привет' } as const
  const { id } = await database.prisma.notice.create({ data })
  return String(id)
}

async function hire(): Promise<number> {
  const data = { telegramId: 1, role: 'owner', name: 'Ольга', language: 'ru' } as const
  const { id } = await database.prisma.staff.create({ data })
  return id
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(5)
}
