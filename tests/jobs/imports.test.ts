/** The import job on real queues (BullMQ) and a real PostgreSQL. */
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createImportJobs, type ImportDoor, type ImportJob, type ImportJobs } from '../../src/jobs/imports.ts'
import { createQueues, type Queues } from '../../src/jobs/queues.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { createImports, type ImportStorage } from '../../src/storage/imports.ts'
import { freshDatabase } from '../storage/fresh-database.ts'

const log = { debug() {}, info() {}, warn() {}, error() {} }
let imports: ImportStorage
let jobs: ImportJobs
let queues: Queues<{ import: ImportJob }>
let clockMs: number
let done: number[]

beforeEach(async () => {
  const { connectionString } = await freshDatabase()
  const database = await openDatabase({ connectionString, log })
  clockMs = Date.now()
  imports = createImports({ ...database, now: () => clockMs })
  queues = createQueues({ connectionString, log })
  jobs = createImportJobs({ queues, imports, log, retryDelayMs: 1 })
  done = []
  onTestFinished(async () => {
    await queues.close()
    await database.close()
  })
})

/** Does what it is given, after `before`. */
const door = (before: (id: number, signal: AbortSignal) => unknown = () => {}): ImportDoor => ({
  async run({ id }, signal) {
    try {
      await before(id, signal)
    } catch (error) {
      await imports.release(id)
      throw error
    }
    if (signal.aborted) {
      await imports.release(id)
      return 'later'
    }
    await imports.end(id, 'done')
    done.push(id)
    return 'ended'
  },
  giveUp: ({ id }) => imports.end(id, 'failed'),
})

async function started(): Promise<number> {
  const file = { fileName: 'v.csv', fileId: `BQAC${Math.random()}`, columns: {} }
  const id = await imports.open({ state: 'asking', ...file })
  await imports.start(id)
  return id
}

const stateOf = async (id: number) => (await imports.byId(id))?.state

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10)
}

test('an import that was started is done, once, however often it is queued', async () => {
  const id = await started()
  await Promise.all([jobs.enqueue(id), jobs.enqueue(id)])
  await jobs.work(door())
  await jobs.enqueue(id)
  await until(() => done.length > 0)
  await until(async () => (await queues.queue('import').counts()).active === 0)
  expect(done).toEqual([id])
})

test('one that fails for a passing reason is tried again', async () => {
  const id = await started()
  let tries = 0
  await jobs.work(
    door(() => {
      tries += 1
      if (tries < 3) throw new Error('Telegram is away')
    }),
  )
  await jobs.enqueue(id)
  await until(() => done.length > 0)
  expect([tries, await stateOf(id)]).toEqual([3, 'done'])
})

test('one that fails all the time is given up, and not begun again', async () => {
  const id = await started()
  await jobs.work(
    door(() => {
      throw new Error('Telegram is away')
    }),
  )
  await jobs.enqueue(id)
  await until(async () => (await stateOf(id)) === 'failed')
  clockMs += 120_000
  await jobs.sweep()
  expect((await queues.queue('import').counts()).waiting).toBe(0)
})

test('a job that was lost before it was queued is found by the sweep', async () => {
  const id = await started()
  clockMs += 31_000
  await jobs.work(door())
  await until(() => done.length > 0)
  expect(done).toEqual([id])
})

test('what a dead process has left behind is taken over when it was silent for long enough', async () => {
  const id = await started()
  expect(await imports.claim(id)).toBeDefined()
  await jobs.work(door())
  await jobs.enqueue(id)
  await until(async () => (await queues.queue('import').counts()).delayed === 1)
  expect(await stateOf(id)).toBe('running')
  clockMs += 31_000
  await jobs.sweep()
  await until(() => done.length > 0)
  expect(done).toEqual([id])
})

test('a process that ends gives its import back, and another goes on', async () => {
  const id = await started()
  const begun = Promise.withResolvers<void>()
  await jobs.work(
    door(async (_, signal) => {
      begun.resolve()
      while (!signal.aborted) await sleep(5)
    }),
  )
  await jobs.enqueue(id)
  await begun.promise
  await queues.close()
  expect([await stateOf(id), done]).toEqual(['waiting', []])
})
