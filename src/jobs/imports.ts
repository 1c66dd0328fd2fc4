import type { EventLog } from '../domain/event-log.ts'
import type { ImportStorage, VisitImport } from '../storage/imports.ts'
import { describeFailure } from './job-failure.ts'
import type { JobHandler, JobQueue } from './queues.ts'

/** Ids only: the file is asked for again when its turn has come. 0 stands for all that wait. */
export type ImportJob = { importId: number }

/** What this job needs of the queues; `createQueues` gives it. */
export interface ImportQueues {
  queue(name: 'import'): Pick<JobQueue<ImportJob>, 'add' | 'remove' | 'schedule'>
  worker(name: 'import', handler: JobHandler<ImportJob>): Promise<void>
}

/** How an import is done. */
export interface ImportDoor {
  /** @returns `later`: the signal came, and it can be claimed again. Rejects for passing reasons: the same */
  run(one: VisitImport, signal: AbortSignal): Promise<'ended' | 'later'>
  giveUp(one: VisitImport): Promise<void>
}

export interface ImportJobs {
  /** Never rejects: what could not be queued is found by the next sweep. */
  enqueue(id: number): Promise<void>
  /** Queues what waits, and what a process that died has left behind. */
  sweep(): Promise<void>
  /** Imports in this process, one file at a time, and sweeps now and every minute (once for all processes). */
  work(door: ImportDoor): Promise<void>
}

const everythingDue: ImportJob = { importId: 0 }
const sweepEveryMs = 60_000
const attempts = 5
const askAgainMs = 5_000

/**
 * The job that writes the visits of a file which somebody has sent. The row is the truth: whoever claims it goes on behind the rows
 * that are written, so a job may be lost, or come twice.
 * @param retryDelayMs before the second attempt; doubles with each
 */
export function createImportJobs({
  queues,
  imports,
  log,
  retryDelayMs = 2_000,
}: {
  queues: ImportQueues
  imports: Pick<ImportStorage, 'byId' | 'claim' | 'due'>
  log: EventLog
  retryDelayMs?: number
}): ImportJobs {
  const queue = queues.queue('import')
  const add = (importId: number): Promise<unknown> =>
    queue.add({ importId }, { id: jobIdOf(importId), attempts, backoffMs: retryDelayMs })

  const sweep = async (): Promise<void> => {
    for (const id of await imports.due()) {
      // One that ended without success still holds the id; one at work can't be removed, and needn't be.
      await queue.remove(jobIdOf(id))
      await add(id)
    }
  }

  const carry = async (id: number, door: ImportDoor, { attempt, signal }: Run) => {
    const one = await imports.claim(id)
    // A process that has died with it still counts as alive for a while.
    if (!one) return (await imports.byId(id))?.state === 'running' ? { putOffMs: askAgainMs } : undefined
    log.info({ event: 'import.begun', import: id, rows: one.rows, attempt })
    try {
      return (await door.run(one, signal)) === 'later' ? { putOffMs: 0 } : undefined
    } catch (error) {
      if (attempt < attempts) throw error
      log.error({ event: 'import.givenUp', import: id, ...describeFailure(error) })
      return door.giveUp(one)
    }
  }

  return {
    sweep,
    async enqueue(id) {
      await add(id).catch((error: unknown) =>
        log.warn({ event: 'import.notQueued', import: id, ...describeFailure(error) }),
      )
    },
    async work(door) {
      await queues.worker('import', (run) =>
        run.data.importId === everythingDue.importId ? sweep() : carry(run.data.importId, door, run),
      )
      await queue.schedule('import-sweep', { everyMs: sweepEveryMs }, everythingDue)
      await sweep()
    },
  }
}

type Run = Parameters<JobHandler<ImportJob>>[0]

const jobIdOf = (id: number): string => `import-${id}`
