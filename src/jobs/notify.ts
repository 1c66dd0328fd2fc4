import { describeFailure } from './job-failure.ts'
import type { JobHandler, JobQueue } from './queues.ts'
import type { EventLog } from '../domain/event-log.ts'
import type { NoticeStorage } from '../storage/notices.ts'

/** Ids only: what the staff read is looked up at the moment of sending. `waiting` stands for all that wait. */
export type NotifyJob = { noticeId: string }

/** What this job needs of the queues; `createQueues` gives it. */
export interface NotifyQueues {
  queue(name: 'notify'): Pick<JobQueue<NotifyJob>, 'addMany' | 'remove' | 'schedule'>
  worker(name: 'notify', handler: JobHandler<NotifyJob>): Promise<void>
}

export interface Notify {
  /** Puts notices in the queue. Never rejects: what could not be queued is found by the next sweep. */
  enqueue(noticeIds: readonly string[]): Promise<void>
  /** Queues everything that waits. Call it when somebody joins the staff. */
  sweep(): Promise<void>
  /**
   * Delivers in this process, and sweeps now and every minute (once for all processes).
   * @param deliver sends one notice to all who have not had it; rejects for passing reasons
   */
  work(deliver: (noticeId: string) => Promise<void>): Promise<void>
}

const everythingWaiting: NotifyJob = { noticeId: 'waiting' }
const sweepEveryMs = 60_000
const sweepAtOnce = 500

/**
 * The job that brings notices to the staff. A notice is written in the transaction of what caused it, its job afterwards:
 * the job may be lost in a crash, the notice may not. So the sweep queues every notice that still waits for delivery.
 * @param retryDelayMs before the second attempt; doubles with each
 */
export function createNotify({
  queues,
  notices,
  log,
  retryDelayMs = 2_000,
}: {
  queues: NotifyQueues
  notices: Pick<NoticeStorage, 'waiting'>
  log: EventLog
  retryDelayMs?: number
}): Notify {
  const queue = queues.queue('notify')

  const add = (noticeIds: readonly string[]): Promise<unknown> =>
    queue.addMany(
      noticeIds.map((noticeId) => ({
        data: { noticeId },
        options: { id: jobIdOf(noticeId), backoffMs: retryDelayMs },
      })),
    )

  const sweep = async (): Promise<void> => {
    const noticeIds = await notices.waiting(sweepAtOnce)
    // A job that ended without success (it failed to the end, or there was nobody to tell) still holds the notice's id.
    // One that is at work right now can't be removed: then adding changes nothing, and nobody is told twice.
    for (const noticeId of noticeIds) await queue.remove(jobIdOf(noticeId))
    if (noticeIds.length > 0) await add(noticeIds)
  }

  return {
    sweep,
    async enqueue(noticeIds) {
      if (noticeIds.length === 0) return
      await add(noticeIds).catch((error: unknown) =>
        log.warn({ event: 'notify.notQueued', notices: noticeIds.length, ...describeFailure(error) }),
      )
    },
    async work(deliver) {
      await queues.worker('notify', ({ data: { noticeId } }) =>
        noticeId === everythingWaiting.noticeId ? sweep() : deliver(noticeId),
      )
      await queue.schedule('notify-sweep', { everyMs: sweepEveryMs }, everythingWaiting)
      await sweep()
    },
  }
}

const jobIdOf = (noticeId: string): string => `notice-${noticeId}`
