import { setTimeout as sleep } from 'node:timers/promises'
import { describeFailure, withoutText } from './job-failure.ts'
import { openQueueBackend } from './queue-backend.ts'
import type { Job, JobsOptions, Queue, Worker } from 'bullmq'
import type { EventLog } from '../domain/event-log.ts'
import type { Processor, QueueBackend } from './queue-backend.ts'
import { createTimetables } from './timetables.ts'
import type { Timetables } from './timetables.ts'

export interface QueuesOptions {
  /** The product's PostgreSQL; holds the queues when there is no `redisUrl`. */
  readonly connectionString: string
  /** redis:// or rediss://; the queues then live there. */
  readonly redisUrl?: string | undefined
  readonly log: EventLog
  /** Start of all keys in Redis, which several programs may share. Default `otklik`. */
  readonly prefix?: string
}

/** What a job carries: ids and numbers, alone or in lists, never texts or personal data. Checked when it is added. */
export type JobIds = Readonly<Record<string, JobId | readonly JobId[]>>
type JobId = string | number

export interface AddOptions {
  /** A job with the id of one that is queued, or was done within a day, is not added again. No colons. */
  readonly id?: string
  /** Not before so many milliseconds from now. */
  readonly delayMs?: number
  /** How often to try in all. Default 5. */
  readonly attempts?: number
  /** Pause before the second attempt; doubles each time. Default 1,000. */
  readonly backoffMs?: number
  /** 1 is the most urgent, 2,097,152 the least. A job without one goes before all that have one. */
  readonly priority?: number
}

/** When a repeated job is due: a cron pattern in a time zone (IANA name), or every so many milliseconds. */
export type Timetable = { readonly pattern: string; readonly timeZone: string } | { readonly everyMs: number }

export interface JobQueue<Data extends JobIds> {
  /** @returns the job's id */
  add(data: Data, options?: AddOptions): Promise<string>
  /** All in one round trip. @returns the ids, in order */
  addMany(jobs: readonly { readonly data: Data; readonly options?: AddOptions }[]): Promise<string[]>
  /** Sets or replaces the timetable `id`; any number of processes may set the same one, the job is due once. */
  schedule(id: string, timetable: Timetable, data: Data): Promise<void>
  unschedule(id: string): Promise<void>
  /** Takes a job out, unless it is being done. */
  remove(jobId: string): Promise<void>
  /** How many jobs there are of each state. */
  counts(): Promise<JobCounts>
}

export interface JobCounts {
  readonly waiting: number
  readonly delayed: number
  readonly active: number
  /** Those that have used up their attempts. */
  readonly failed: number
}

export interface JobRun<Data extends JobIds> {
  readonly id: string
  readonly data: Data
  /** 1 the first time. */
  readonly attempt: number
  /** Aborted when the process is about to end: a long job should then return `{ putOffMs: 0 }`. */
  readonly signal: AbortSignal
}

/**
 * Does a job. Throwing means: failed, try again while attempts are left. Returning `{ putOffMs }` means: not now, ask
 * me again then; that is no failure and costs no attempt.
 */
export type JobHandler<Data extends JobIds> = (
  run: JobRun<Data>,
) => Promise<void | { readonly putOffMs: number }>

export interface WorkerSettings {
  /** How many jobs at once in this process. Default 1. */
  readonly concurrency?: number
  /** A job whose process was silent for so long is given to another. Default 30,000. */
  readonly lockDurationMs?: number
}

export interface Queues<Jobs extends Record<string, JobIds>> {
  queue<Name extends keyof Jobs & string>(name: Name): JobQueue<Jobs[Name]>
  /**
   * Starts doing a queue's jobs. Resolves when it has begun to listen and never rejects: when the store can't be
   * reached yet, that is logged and tried again until it can.
   */
  worker<Name extends keyof Jobs & string>(
    name: Name,
    handler: JobHandler<Jobs[Name]>,
    settings?: WorkerSettings,
  ): Promise<void>
  /** Resolves when the store answers. @throws AdviceError `storage.redis…`, errors of `pg` */
  ping(): Promise<void>
  /**
   * Takes no more jobs, waits for those in hand, closes everything. What is still running after `patienceMs` (default
   * 10,000) is left to another process, which gets it when this one's lock has run out.
   */
  close(options?: { readonly patienceMs?: number }): Promise<void>
}

const REOPEN_MS = 5000

/**
 * The product's queues: BullMQ on Redis when `redisUrl` is set, otherwise on PostgreSQL; everything else is the same
 * code. Costs nothing until a queue or worker is used: only then BullMQ is loaded and connected.
 *
 * `Jobs` names the queues and what their jobs carry: `createQueues<{ deliver: { deliveryId: number } }>({ … })`.
 */
export const createQueues = <Jobs extends Record<string, JobIds>>(options: QueuesOptions): Queues<Jobs> => {
  const { log } = options
  const closing = new AbortController()
  const queues = new Map<string, Queue>()
  const workers: Worker[] = []
  const timetables = createTimetables(log)
  let opening: Promise<QueueBackend> | undefined

  const openAnew = async (): Promise<QueueBackend> => {
    const backend = await openQueueBackend({ prefix: 'otklik', ...options })
    backend.onBack(() => void timetables.setAgain())
    return backend
  }
  const open = (): Promise<QueueBackend> => {
    opening ??= openAnew().catch((error: unknown) => {
      opening = undefined // the next use tries again
      throw error
    })
    return opening
  }
  const openQueue = async (name: string): Promise<Queue> => {
    const { createQueue } = await open()
    const queue = queues.get(name) ?? createQueue(name)
    if (!queues.has(name)) queue.on('error', errorReporter(name, log))
    queues.set(name, queue)
    return queue
  }
  const openPatiently = async (): Promise<QueueBackend | undefined> => {
    while (!closing.signal.aborted) {
      try {
        return await open()
      } catch (error) {
        log.error({ event: 'queue.unreachable', ...describeFailure(error) })
        await sleep(REOPEN_MS, undefined, { signal: closing.signal }).catch(() => {})
      }
    }
    return undefined
  }

  const close = async (patienceMs: number): Promise<void> => {
    closing.abort()
    await closeWorkers(workers, patienceMs, log)
    const backend = await opening?.catch(() => undefined)
    await Promise.all([...queues.values()].map((queue) => queue.close()))
    await backend?.close()
  }
  let closed: Promise<void> | undefined

  return {
    queue: (name) => jobQueue(name, () => openQueue(name), timetables),
    worker: async (name, handler, settings = {}) => {
      const backend = await openPatiently()
      if (!backend || closing.signal.aborted) return
      const worker = backend.createWorker(name, processorOf(handler, closing.signal), workerOptions(settings))
      workers.push(worker)
      report(worker, name, log)
      await worker.waitUntilReady().catch(errorReporter(name, log))
    },
    ping: async () => (await open()).ping(),
    close: ({ patienceMs = 10_000 } = {}) => (closed ??= close(patienceMs)),
  }
}

const SECONDS_A_DAY = 86_400

// Done jobs are kept for a day, so that the same id added twice is one job; failed ones for a month, to be looked at.
const jobOptions = (options: AddOptions = {}): JobsOptions => ({
  ...(options.id === undefined ? {} : { jobId: options.id }),
  ...(options.delayMs === undefined ? {} : { delay: options.delayMs }),
  ...(options.priority === undefined ? {} : { priority: options.priority }),
  attempts: options.attempts ?? 5,
  backoff: { type: 'exponential', delay: options.backoffMs ?? 1000 },
  removeOnComplete: { age: SECONDS_A_DAY },
  removeOnFail: { age: 30 * SECONDS_A_DAY },
})

const jobQueue = <Data extends JobIds>(
  name: string,
  open: () => Promise<Queue>,
  timetables: Timetables,
): JobQueue<Data> => ({
  add: async (data, options) => idOf(await (await open()).add(name, idsOnly(data), jobOptions(options))),
  addMany: async (jobs) => {
    const entries = jobs.map(({ data, options }) => ({
      name,
      data: idsOnly(data),
      opts: jobOptions(options),
    }))
    return (await (await open()).addBulk(entries)).map(idOf)
  },
  schedule: async (id, timetable, data) => {
    const repeat =
      'everyMs' in timetable
        ? { every: timetable.everyMs }
        : { pattern: timetable.pattern, tz: timetable.timeZone }
    const job = { name, data: idsOnly(data), opts: jobOptions() }
    const set = async () => (await open()).upsertJobScheduler(id, repeat, job)
    await set()
    timetables.keep(`${name}/${id}`, set)
  },
  async unschedule(id) {
    timetables.drop(`${name}/${id}`)
    await (await open()).removeJobScheduler(id)
  },
  remove: async (jobId) => void (await (await open()).remove(jobId)),
  counts: async () => {
    const counts = await (await open()).getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'failed')
    const { waiting = 0, prioritized = 0, delayed = 0, active = 0, failed = 0 } = counts
    return { waiting: waiting + prioritized, delayed, active, failed }
  },
})

const idOf = ({ id }: Job): string => id ?? ''

const ID = /^[\w:.@-]{1,100}$/

// A text in a job would be stored where nobody looks when a client asks to be forgotten.
const idsOnly = <Data extends JobIds>(data: Data): Data => {
  const isId = (value: unknown) => typeof value === 'number' || (typeof value === 'string' && ID.test(value))
  for (const [key, value] of Object.entries(data)) {
    if (![value].flat().every(isId)) throw new Error(`A job carries ids only, and "${key}" is none`)
  }
  return data
}

const workerOptions = ({ concurrency = 1, lockDurationMs = 30_000 }: WorkerSettings) => ({
  concurrency,
  lockDuration: lockDurationMs,
  stalledInterval: lockDurationMs,
  // Each of our jobs may be begun again after its process died: what must not happen twice is guarded by the rows
  // that the ids name.
  maxStalledCount: 5,
})

const processorOf =
  <Data extends JobIds>(handler: JobHandler<Data>, signal: AbortSignal): Processor =>
  async (job, token) => {
    const attempt = job.attemptsMade + 1
    try {
      const outcome = await handler({ id: idOf(job), data: job.data as Data, attempt, signal })
      if (!outcome) return
      await job.moveToDelayed(Date.now() + outcome.putOffMs, token)
    } catch (error) {
      throw withoutText(error)
    }
    const { DelayedError } = await import('bullmq')
    throw new DelayedError()
  }

const errorReporter = (queue: string, log: EventLog) => (error: unknown) =>
  log.warn({ event: 'queue.error', queue, ...describeFailure(error) })

const report = (worker: Worker, queue: string, log: EventLog): void => {
  worker.on('failed', (job: Job | undefined, error) => {
    const attemptsLeft = job ? Math.max(0, (job.opts.attempts ?? 1) - job.attemptsMade) : 0
    // The text says no more than the error's kind: see `withoutText`.
    const { at } = describeFailure(error)
    const entry = { event: 'job.failed', queue, jobId: job?.id, attemptsLeft, error: error.message, at }
    if (attemptsLeft === 0) log.error(entry)
    else log.warn(entry)
  })
  worker.on('stalled', (jobId) => log.warn({ event: 'job.stalled', queue, jobId }))
  worker.on('error', errorReporter(queue, log))
}

const closeWorkers = async (workers: readonly Worker[], patienceMs: number, log: EventLog): Promise<void> => {
  const patience = new AbortController()
  const closed = Promise.all(workers.map((worker) => worker.close())).then(() => true)
  const waited = sleep(patienceMs, false, { signal: patience.signal }).catch(() => false)
  const inTime = await Promise.race([closed, waited])
  patience.abort()
  if (inTime) return
  log.warn({ event: 'queue.jobsLeftRunning', patienceMs })
  await Promise.all(workers.map((worker) => worker.disconnect()))
}
