/** When it is computed again, on real queues (BullMQ) and a real PostgreSQL; what is computed is told in tests/storage/values.test.ts. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { LogEntry } from '../../src/domain/event-log.ts'
import { createQueues } from '../../src/jobs/queues.ts'
import { createRecomputeJobs, type RecomputeJob, type RecomputeJobs } from '../../src/jobs/recompute.ts'
import { openDatabase } from '../../src/storage/database.ts'
import type { Recomputed } from '../../src/storage/values.ts'
import { waitingForValues } from '../../src/storage/values/waiting.ts'
import { freshDatabase } from '../storage/fresh-database.ts'
import { silent } from '../storage/talk.ts'

const today = 20_000
const figures = { nights: 1, day: today, visitors: 1, clients: 1, rows: 2, moves: 0, warnings: 0, fitted: 0 }

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await sleep(10)
}

/** A salon's processes on one database. Computing takes the notes, as the real thing does. */
async function open({ day, answers = [] }: { day?: number; answers?: Recomputed['state'][] } = {}) {
  const { connectionString } = await freshDatabase()
  const { prisma, pool, close } = await openDatabase({ connectionString, log: silent })
  const computed: number[] = []
  const logged: LogEntry[] = []
  const note = (entry: LogEntry) => void logged.push(entry)
  const processes: { jobs: RecomputeJobs; queues: { close(options: object): Promise<void> } }[] = []
  if (day !== undefined)
    await prisma.setting.create({ data: { name: 'valueMark', value: JSON.stringify({ day }) } })
  onTestFinished(async () => {
    for (const { jobs, queues } of processes) {
      jobs.stop()
      await queues.close({ patienceMs: 1000 })
    }
    await close()
  })

  const start = async (): Promise<RecomputeJobs> => {
    const queues = createQueues<{ recompute: RecomputeJob }>({ connectionString, log: silent })
    const jobs = createRecomputeJobs({
      queues,
      waiting: () => waitingForValues(pool),
      async recompute() {
        if (answers.shift() === 'busy') return { state: 'busy' }
        const { count } = await prisma.staleVisitor.deleteMany()
        computed.push(count)
        return { state: 'done', ...figures }
      },
      today: () => today,
      timeZone: 'Europe/Moscow',
      log: { debug: note, info: note, warn: note, error: note },
      lookEveryMs: 50,
    })
    processes.push({ jobs, queues })
    return jobs
  }
  const visits = (count: number) =>
    prisma.staleVisitor.createMany({ data: Array.from({ length: count }, () => ({ clientId: 1 })) })
  return { start, visits, computed, logged }
}

test('what was missed while the program was off is computed at the start, once', async () => {
  const { start, computed, logged } = await open({ day: today - 1 })
  await Promise.all([(await start()).work(), (await start()).work()])
  await until(() => computed.length > 0)
  await sleep(300)
  expect(computed).toEqual([0])
  expect(logged).toContainEqual({ event: 'recompute.done', ...figures })
})

test('nothing is computed where nothing was missed and nobody came', async () => {
  const { start, computed } = await open({ day: today })
  await (await start()).work()
  await sleep(300)
  expect(computed).toEqual([])
})

test('visits are computed once they have come to an end, once for all processes', async () => {
  const { start, visits, computed } = await open({ day: today })
  await Promise.all([(await start()).work(), (await start()).work()])
  await visits(500)
  await until(() => computed.length > 0)
  await sleep(300)
  expect(computed).toEqual([500])
  await visits(1)
  await until(() => computed.length > 1)
  expect(computed).toEqual([500, 1])
})

test('visits that come and come are not waited for for ever', async () => {
  const { start, visits, computed } = await open({ day: today })
  await (await start()).work()
  let coming = true
  const import_ = (async () => {
    while (coming) {
      await visits(3)
      await sleep(5)
    }
  })()
  await until(() => computed.length > 0)
  coming = false
  await import_
  expect(computed[0]).toBeGreaterThan(0)
})

test('where another process is at it, it is asked again later', async () => {
  const { start, visits, computed } = await open({ day: today, answers: ['busy'] })
  await (await start()).work()
  await visits(2)
  await until(() => computed.length > 0)
  expect(computed).toEqual([2])
})

test('a clock that was put on waits for it, whoever is at it', async () => {
  const { start, computed } = await open({ day: today, answers: ['busy', 'busy'] })
  await (await start()).run()
  expect(computed).toEqual([0])
})
