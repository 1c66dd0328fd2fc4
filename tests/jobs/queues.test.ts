import { randomUUID } from 'node:crypto'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import pg from 'pg'
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { AdviceError } from '../../src/domain/advice-error.ts'
import { createQueues } from '../../src/jobs/queues.ts'
import { freshDatabase } from '../storage/fresh-database.ts'
import type { EventLog, LogEntry } from '../../src/domain/event-log.ts'
import type { JobRun, Queues } from '../../src/jobs/queues.ts'

type Jobs = { deliver: { deliveryId: number }; remind: { clientId: string; at: number[] } }

let entries: LogEntry[]

// A list for each test: a worker that is being closed may still have something to say.
const recorder = (): EventLog => {
  const own: LogEntry[] = []
  entries = own
  const note = (entry: LogEntry) => void own.push(entry)
  return { debug: note, info: note, warn: note, error: note }
}

let connectionString: string
beforeAll(async () => {
  ;({ connectionString } = await freshDatabase('empty'))
})

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await sleep(10)
}

const redisUrl = process.env['TEST_REDIS_URL']
const stores = [
  { store: 'PostgreSQL', redisUrl: undefined },
  ...(redisUrl ? [{ store: 'Redis', redisUrl }] : []),
]

describe.for(stores)('on $store', ({ redisUrl: url }) => {
  let prefix: string
  let log: EventLog

  // Every test has queues of its own: in a database of its own, or under keys of its own.
  const open = async (): Promise<Queues<Jobs>> => {
    prefix = `test-${randomUUID()}`
    log = recorder()
    ;({ connectionString } = await freshDatabase('empty'))
    return another()
  }
  const another = (): Queues<Jobs> => {
    const queues = createQueues<Jobs>({ connectionString, redisUrl: url, log, prefix })
    const keys = `${prefix}:*`
    onTestFinished(async () => {
      await queues.close({ patienceMs: 0 })
      if (url !== undefined) await removeKeys(url, keys)
    })
    return queues
  }

  test('a job is done once, with the data that it was given', async () => {
    const queues = await open()
    const done: JobRun<Jobs['remind']>[] = []
    await queues.worker('remind', async (run) => void done.push(run))
    const id = await queues.queue('remind').add({ clientId: 'c-17', at: [9, 18] })

    await until(() => done.length > 0)
    expect(done).toMatchObject([{ id, data: { clientId: 'c-17', at: [9, 18] }, attempt: 1 }])
    await until(async () => (await queues.queue('remind').counts()).active === 0)
    expect(await queues.queue('remind').counts()).toEqual({ waiting: 0, delayed: 0, active: 0, failed: 0 })
  })

  test('jobs added in one go come in order', async () => {
    const queues = await open()
    const done: number[] = []
    const numbers = Array.from({ length: 100 }, (_, index) => index)
    await queues.queue('deliver').addMany(numbers.map((deliveryId) => ({ data: { deliveryId } })))
    await queues.worker('deliver', async ({ data }) => void done.push(data.deliveryId))

    await until(() => done.length === 100)
    expect(done).toEqual(numbers)
  })

  test('the same id added twice is one job, also when it is done already', async () => {
    const queues = await open()
    const done: number[] = []
    await queues.queue('deliver').add({ deliveryId: 1 }, { id: 'delivery-1' })
    await queues.queue('deliver').add({ deliveryId: 1 }, { id: 'delivery-1' })
    await queues.worker('deliver', async ({ data }) => void done.push(data.deliveryId))
    await until(() => done.includes(1))
    await queues.queue('deliver').add({ deliveryId: 1 }, { id: 'delivery-1' })
    await queues.queue('deliver').add({ deliveryId: 2 })

    await until(() => done.includes(2))
    expect(done).toEqual([1, 2])
  })

  test('a failed job is tried again until its attempts are used up', async () => {
    const queues = await open()
    const attempts: number[] = []
    await queues.worker('deliver', async ({ attempt }) => {
      attempts.push(attempt)
      throw new Error('the messenger is away')
    })
    await queues.queue('deliver').add({ deliveryId: 1 }, { attempts: 3, backoffMs: 1 })

    await until(async () => (await queues.queue('deliver').counts()).failed === 1)
    expect(attempts).toEqual([1, 2, 3])
  })

  test('a failure is logged by ids and place, and what it said is kept nowhere', async () => {
    const queues = await open()
    await queues.worker('deliver', async () => {
      throw Object.assign(new TypeError('no delivery for +79161234567'), { code: 'P2025' })
    })
    const jobId = await queues.queue('deliver').add({ deliveryId: 1 }, { attempts: 1 })

    await until(() => entries.some(({ event }) => event === 'job.failed'))
    const logged = entries.find(({ event }) => event === 'job.failed')
    expect(logged).toMatchObject({ queue: 'deliver', jobId, attemptsLeft: 0, error: 'TypeError P2025' })
    expect(JSON.stringify(logged?.['at'])).toContain('queues.test.ts')
    await until(async () => (await queues.queue('deliver').counts()).failed === 1)
    expect(JSON.stringify(entries) + (await everythingStored())).not.toContain('79161234567')
  })

  const everythingStored = async (): Promise<string> => {
    if (url === undefined) return JSON.stringify(await rows('SELECT to_jsonb(job) AS job FROM bullmq.job'))
    const redis = new Redis(url)
    const keys = await redis.keys(`${prefix}:deliver:*`)
    const hashes = await Promise.all(keys.map((key) => redis.hgetall(key).catch(() => ({}))))
    await redis.quit()
    expect(hashes.some((hash) => 'failedReason' in hash)).toBe(true)
    return JSON.stringify(hashes)
  }

  test('a job put off comes again, and that costs no attempt', async () => {
    const queues = await open()
    const attempts: number[] = []
    await queues.worker('deliver', async ({ attempt }) => {
      attempts.push(attempt)
      return attempts.length < 4 ? { putOffMs: 5 } : undefined
    })
    await queues.queue('deliver').add({ deliveryId: 1 }, { attempts: 2 })

    await until(() => attempts.length === 4)
    expect(attempts).toEqual([1, 1, 1, 1])
    expect(entries.filter(({ event }) => event === 'job.failed')).toEqual([])
  })

  test('a delayed job waits, and can be taken out meanwhile', async () => {
    const queues = await open()
    const queue = queues.queue('deliver')
    const id = await queue.add({ deliveryId: 1 }, { delayMs: 3_600_000 })

    expect(await queue.counts()).toMatchObject({ delayed: 1, waiting: 0 })
    await queue.remove(id)
    await queue.remove(id)
    expect(await queue.counts()).toMatchObject({ delayed: 0 })
  })

  test('a job on a timetable comes again and again', async () => {
    const queues = await open()
    const done: number[] = []
    await queues.worker('deliver', async ({ data }) => void done.push(data.deliveryId))
    await queues.queue('deliver').schedule('often', { everyMs: 20 }, { deliveryId: 7 })

    await until(() => done.length >= 3)
    expect(done.slice(0, 3)).toEqual([7, 7, 7])
  })

  test('a timetable set by several processes is one timetable', async () => {
    const queues = await open()
    const daily = { pattern: '0 9 * * *', timeZone: 'Europe/Moscow' }
    for (const process of [queues, another(), another()]) {
      await process.queue('deliver').schedule('digest', daily, { deliveryId: 0 })
    }

    expect(await queues.queue('deliver').counts()).toMatchObject({ delayed: 1, waiting: 0 })
  })

  test('a timetable follows the clock of its time zone, and can be taken back', async () => {
    const queues = await open()
    const queue = queues.queue('deliver')
    await queue.schedule('digest', { pattern: '0 9 * * *', timeZone: 'Asia/Vladivostok' }, { deliveryId: 0 })

    const due = Temporal.Instant.fromEpochMilliseconds(await dueAtMs()).toZonedDateTimeISO('Asia/Vladivostok')
    expect(due.toPlainTime().toString()).toBe('09:00:00')
    expect(await queue.counts()).toMatchObject({ delayed: 1 })

    await queue.unschedule('digest')
    expect(await queue.counts()).toMatchObject({ delayed: 0 })
  })

  const dueAtMs = async (): Promise<number> => {
    if (url === undefined) {
      const [row] = await rows<{ at: string }>('SELECT next_run_ms AS at FROM bullmq.scheduler')
      return Number(row?.at)
    }
    const redis = new Redis(url)
    const score = await redis.zscore(`${prefix}:deliver:repeat`, 'digest')
    await redis.quit()
    return Number(score)
  }

  test('closing waits for the job in hand, tells it to hurry, and takes no other', async () => {
    const queues = await open()
    const done: number[] = []
    let begun = false
    await queues.worker('deliver', async ({ data, signal }) => {
      begun = true
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      await sleep(100)
      done.push(data.deliveryId)
    })
    await queues.queue('deliver').addMany([{ data: { deliveryId: 1 } }, { data: { deliveryId: 2 } }])
    await until(() => begun)
    await queues.close()

    expect(done).toEqual([1])
    const next = another()
    expect(await next.queue('deliver').counts()).toMatchObject({ waiting: 1, active: 0, failed: 0 })
  })

  test('a job that does not end in time is left to another process', async () => {
    const queues = await open()
    let begun = false
    await queues.worker(
      'deliver',
      () => {
        begun = true
        return new Promise<void>(() => {})
      },
      { lockDurationMs: 400 },
    )
    await queues.queue('deliver').add({ deliveryId: 1 })
    await until(() => begun)
    await queues.close({ patienceMs: 50 })
    expect(entries).toContainEqual({ event: 'queue.jobsLeftRunning', patienceMs: 50 })

    const done: number[] = []
    const next = another()
    await next.worker('deliver', async ({ data }) => void done.push(data.deliveryId), { lockDurationMs: 400 })
    await until(() => done.length > 0)
    expect(done).toEqual([1])
  })

  test('a text in a job is refused', async () => {
    const queues = await open()
    const text = { clientId: 'Приходите завтра к семи', at: [] }

    await expect(queues.queue('remind').add(text)).rejects.toThrow('"clientId"')
    await expect(queues.queue('remind').addMany([{ data: text }])).rejects.toThrow('"clientId"')
    await expect(queues.queue('remind').schedule('daily', { everyMs: 1 }, text)).rejects.toThrow('"clientId"')
  })

  test('the store can be asked whether it is there', async () => {
    await expect((await open()).ping()).resolves.toBeUndefined()
  })
})

/** A way to Redis that can be cut. */
const breakable = async (url: string) => {
  const { hostname, port } = new URL(url)
  const open = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    const there = net.connect(Number(port || 6379), hostname)
    for (const one of [socket, there]) {
      open.add(one)
      one.on('error', () => {}).on('close', () => [socket, there].forEach((end) => end.destroy()))
    }
    socket.pipe(there).pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = server.address() as net.AddressInfo
  const breakConnections = () => open.forEach((one) => one.destroy())
  return {
    url: `redis://127.0.0.1:${at.port}`,
    breakConnections,
    close: () => new Promise((resolve) => (breakConnections(), server.close(resolve))),
  }
}

const removeKeys = async (url: string, pattern: string): Promise<void> => {
  const redis = new Redis(url)
  const keys = await redis.keys(pattern)
  if (keys.length > 0) await redis.unlink(...keys)
  await redis.quit()
}

const rows = async <Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const result = await client.query<Row>(sql)
  await client.end()
  return result.rows
}

test('queues that nobody used cost no connection', async () => {
  const queues = createQueues<Jobs>({
    connectionString: 'postgresql://nobody@127.0.0.1:1/nowhere',
    log: recorder(),
  })
  queues.queue('deliver')

  await expect(queues.close()).resolves.toBeUndefined()
})

test('five queues with workers share a handful of connections', async () => {
  ;({ connectionString } = await freshDatabase('empty'))
  const queues = createQueues<Record<string, { id: number }>>({ connectionString, log: recorder() })
  onTestFinished(() => queues.close())
  const names = ['a', 'b', 'c', 'd', 'e']
  let done = 0
  for (const name of names) await queues.worker(name, async () => void (done += 1))
  await Promise.all(names.map((name) => queues.queue(name).add({ id: 1 })))
  await until(() => done === names.length)

  const [row] = await rows<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  )
  expect(row?.count).toBeLessThanOrEqual(9)
})

test("workers go on after the database's connections were cut", async () => {
  ;({ connectionString } = await freshDatabase('empty'))
  const queues = createQueues<Jobs>({ connectionString, log: recorder() })
  onTestFinished(() => queues.close())
  const done: number[] = []
  await queues.worker('deliver', async ({ data }) => void done.push(data.deliveryId))
  await queues.queue('deliver').add({ deliveryId: 1 })
  await until(() => done.includes(1))
  await rows(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  )
  await until(() => entries.some(({ event }) => event === 'queue.connectionLost' || event === 'queue.error'))
  // The pool may still hold a connection that has not heard yet: whoever adds is refused, and adds again.
  await vi.waitFor(() => queues.queue('deliver').add({ deliveryId: 2 }), { timeout: 20_000 })

  await until(() => done.includes(2))
  expect(done).toEqual([1, 2])
})

test.runIf(redisUrl)('a Redis that comes back empty is given its timetables again', async () => {
  const redis = await breakable(redisUrl ?? '')
  const prefix = `test-${randomUUID()}`
  const queues = createQueues<Jobs>({ connectionString, redisUrl: redis.url, log: recorder(), prefix })
  onTestFinished(async () => {
    await queues.close({ patienceMs: 0 })
    await removeKeys(redisUrl ?? '', `${prefix}:*`)
    await redis.close()
  })
  let done = 0
  await queues.worker('deliver', async () => void (done += 1))
  await queues.queue('deliver').schedule('often', { everyMs: 100 }, { deliveryId: 7 })
  await until(() => done > 1)

  redis.breakConnections()
  await removeKeys(redisUrl ?? '', `${prefix}:*`)
  const before = done
  await until(() => done > before + 2)
})

test('a Redis that is not there is named, without its password', async () => {
  const queues = createQueues<Jobs>({
    connectionString,
    redisUrl: 'redis://me:secret@127.0.0.1:1',
    log: recorder(),
  })
  onTestFinished(() => queues.close())

  const error: unknown = await queues.ping().catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(AdviceError)
  expect(error).toMatchObject({ key: 'storage.redisDown', params: { host: '127.0.0.1:1' } })
  expect(String(error)).not.toContain('secret')
})
