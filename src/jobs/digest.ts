import type { EventLog } from '../domain/event-log.ts'
import type { Salon } from '../domain/salon.ts'
import { lastTurn } from '../domain/weeks.ts'
import type { DigestReader, DigestStorage } from '../storage/digests.ts'
import { describeFailure } from './job-failure.ts'
import type { JobHandler, JobQueue } from './queues.ts'

/** It needs no data: it looks for what is due. */
export type DigestJob = Record<string, never>

/** What this job needs of the queues; `createQueues` gives it. */
export interface DigestQueues {
  queue(name: 'digest'): Pick<JobQueue<DigestJob>, 'schedule'>
  worker(name: 'digest', handler: JobHandler<DigestJob>): Promise<void>
}

/** What became of one digest: sent, not deliverable, or perhaps sent (the answer got lost). */
export type DigestSent = 'sent' | 'unreachable' | 'unknown'

export interface DigestDue {
  /** The Monday that it is due on: it tells of the seven days before. */
  week: Temporal.PlainDate
  /** It comes later than it should: the machine was off, or Telegram out of reach. */
  late: boolean
}

/** Sends a digest to one owner. @throws Error when it surely did not go out: then it is tried again later */
export type SendDigest = (reader: DigestReader, due: DigestDue) => Promise<DigestSent>

export interface DigestJobs {
  /** Sends what is due and was not sent. */
  run(send: SendDigest): Promise<void>
  /** Sends at the salon's time every week, and looks for what was missed: at the start and every ten minutes. */
  work(send: SendDigest): Promise<void>
}

const lookEveryMs = 10 * 60_000
/** Nothing takes so long: who has not ended it by now has died on it. */
const stuckAfterMs = 10 * 60_000
/** So much later it is said to be late. */
const lateAfterMs = 60 * 60_000

/**
 * The weekly digest. Who has had which week stands in rows that are taken before anything is sent, so any number of processes,
 * schedules and restarts send it once; a digest that was missed comes as soon as somebody looks, the latest one only.
 */
export function createDigestJobs({
  queues,
  digests,
  salon,
  log,
  now = Date.now,
}: {
  queues: DigestQueues
  digests: DigestStorage
  salon: Pick<Salon, 'digest' | 'timeZone'>
  log: EventLog
  now?: () => number
}): DigestJobs {
  const { weekday, at } = salon.digest
  const timetable = { weekday, at, timeZone: salon.timeZone }

  const deliver = async (reader: DigestReader, due: DigestDue, send: SendDigest): Promise<void> => {
    const { week } = due
    if (!(await digests.claim(week, reader.id))) return
    const facts = { week: week.toString(), staff: reader.id }
    try {
      const state = await send(reader, due)
      await digests.end(week, reader.id, state)
      log.info({ event: `digest.${state}`, ...facts })
    } catch (error) {
      await digests.release(week, reader.id)
      log.warn({ event: 'digest.failed', ...facts, ...describeFailure(error) })
    }
  }

  const run = async (send: SendDigest): Promise<void> => {
    const stuck = await digests.closeStuck(now() - stuckAfterMs)
    if (stuck > 0) log.warn({ event: 'digest.unknown', digests: stuck })
    const turn = lastTurn(timetable, now())
    const due = { week: turn.monday, late: now() - turn.at > lateAfterMs }
    // One owner's trouble does not keep the digest from the others.
    for (const reader of await digests.readers(turn.monday, turn.at)) await deliver(reader, due, send)
  }

  return {
    run,
    async work(send) {
      const queue = queues.queue('digest')
      await queues.worker('digest', () => run(send))
      const [hour, minute] = at.split(':').map(Number)
      // Cron counts Sunday as 0.
      const pattern = `${minute} ${hour} * * ${weekday % 7}`
      await queue.schedule('digest-weekly', { pattern, timeZone: salon.timeZone }, {})
      await queue.schedule('digest-missed', { everyMs: lookEveryMs }, {})
      await run(send)
    },
  }
}
