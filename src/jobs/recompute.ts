import type { EventLog } from '../domain/event-log.ts'
import type { Recomputed } from '../storage/values.ts'
import { describeFailure } from './job-failure.ts'
import type { JobHandler, JobQueue } from './queues.ts'

/** It needs no data: it looks for what has changed. */
export type RecomputeJob = Record<string, never>

/** What this job needs of the queues; `createQueues` gives it. */
export interface RecomputeQueues {
  queue(name: 'recompute'): Pick<JobQueue<RecomputeJob>, 'add' | 'schedule'>
  worker(name: 'recompute', handler: JobHandler<RecomputeJob>): Promise<void>
}

/** What waits for a recompute. */
export interface Waiting {
  /** The number of the last note of whose visits have changed; absent: there are none. */
  note?: string
  /** The day of the last recompute, in days since 1970-01-01; absent: there was none. */
  day?: number
}

export interface RecomputeOptions {
  queues: RecomputeQueues
  waiting: () => Promise<Waiting>
  /** Brings totals, segments, models and warnings up to date. Must not hold up this process. */
  recompute: () => Promise<Recomputed>
  /** Today, in days since 1970-01-01. */
  today: () => number
  timeZone: string
  log: EventLog
  /** How often is looked whether visits have changed. Default: every second. */
  lookEveryMs?: number
}

export interface RecomputeJobs {
  /** Recomputes and waits for it, also for one that another process is at: for a clock that was put on. */
  run(): Promise<void>
  /** Recomputes every night, what was missed at once, and what visits change within seconds. */
  work(): Promise<void>
  /** Looks no more. */
  stop(): void
}

/** Before the salon opens and after the night's clearing up has left the machine alone. */
const nightly = '30 3 * * *'
const busyMs = 1000
/** Visits that keep coming are not waited for for longer. */
const mostLooks = 20

/**
 * When totals, segments, models and warnings are computed: at night by a timetable of the salon's zone, once at the start when
 * the last night was missed, and whenever visits have changed, from wherever they came. That is seen by the notes of it: when the
 * last one has stood for a moment (an import is through), or after twenty looks at more and more of them, a job is added under
 * the note's number, which makes it one job for all processes.
 */
export function createRecomputeJobs({
  queues,
  waiting,
  recompute,
  today,
  timeZone,
  log,
  lookEveryMs = 1000,
}: RecomputeOptions): RecomputeJobs {
  const queue = queues.queue('recompute')
  let timer: NodeJS.Timeout | undefined
  let seen: string | undefined
  let added: string | undefined
  let looks = 0

  const once = async (): Promise<Recomputed> => {
    const outcome = await recompute()
    if (outcome.state === 'done') {
      const { state: _, ...figures } = outcome
      log.info({ event: 'recompute.done', ...figures })
    }
    return outcome
  }

  const look = async (): Promise<void> => {
    const { note } = await waiting()
    if (note === undefined || note === added) return void (seen = note)
    looks = note === seen ? mostLooks : looks + 1
    seen = note
    if (looks < mostLooks) return
    looks = 0
    await queue.add({}, { id: `note-${note}` })
    added = note
  }
  const lookAgain = (): void => {
    timer = setTimeout(() => {
      look()
        .catch((error: unknown) => log.warn({ event: 'recompute.notLooked', ...describeFailure(error) }))
        .finally(() => timer && lookAgain())
    }, lookEveryMs)
    timer.unref()
  }

  return {
    async run() {
      while ((await once()).state === 'busy') await new Promise((resolve) => setTimeout(resolve, busyMs))
    },
    async work() {
      await queues.worker('recompute', async () =>
        (await once()).state === 'busy' ? { putOffMs: busyMs } : undefined,
      )
      await queue.schedule('recompute-nightly', { pattern: nightly, timeZone }, {})
      const { day } = await waiting()
      if (day === undefined || day < today()) await queue.add({}, { id: `day-${today()}` })
      lookAgain()
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
