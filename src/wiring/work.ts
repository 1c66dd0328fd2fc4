/** The jobs of a process: what is done when its time has come. */
import type { Logger } from 'pino'
import type { LiveConversation } from '../bots/conversation.ts'
import type { Salon } from '../domain/salon.ts'
import { createDigestJobs } from '../jobs/digest.ts'
import type { ImportJobs } from '../jobs/imports.ts'
import type { Notify } from '../jobs/notify.ts'
import type { Prompts } from '../jobs/prompts.ts'
import { createRecomputeJobs } from '../jobs/recompute.ts'
import { createUpkeep } from '../jobs/upkeep.ts'
import { createZoneDays } from '../domain/value/zone-days.ts'
import { inThread } from '../reports/drawing/aside.ts'
import { createDigests } from '../storage/digests.ts'
import type { Recomputed } from '../storage/values.ts'
import { waitingForValues } from '../storage/values/waiting.ts'
import type { Bots } from './bots.ts'
import type { Closing } from './closing.ts'
import type { Offering } from './offering.ts'
import { promptDoor } from './prompt-door.ts'
import type { RecomputeTask } from './recompute-thread.ts'
import type { Storage } from './storage.ts'

export interface WorkOptions extends Pick<Storage, 'queues' | 'database' | 'connectionString'> {
  notify: Notify
  prompts: Prompts
  imports: ImportJobs
  offering: Pick<Offering, 'deliver' | 'drafts' | 'ways' | 'pictures'>
  conversation: LiveConversation
  bots: Bots
  salon: Salon
  /** Invented clients count there. */
  sandbox: boolean
  log: Logger
  /** Epoch milliseconds. */
  now: () => number
}

export interface Work {
  /** Does what is due by now: for a clock that was put on, which no queue's delay can follow. */
  doDue(): Promise<void>
}

/** Begins to do the jobs. */
export async function work(options: WorkOptions, closing: Closing): Promise<Work> {
  const { queues, database, notify, prompts, imports, offering } = options
  const { conversation, bots, salon, log, now } = options
  const { prisma } = database
  const { timeZone } = salon
  const upkeep = createUpkeep({
    queue: queues.queue('upkeep'),
    prisma,
    log,
    timeZone,
    now,
    pictures: offering.pictures,
  })
  const digests = createDigestJobs({ queues, digests: createDigests({ prisma, now }), salon, log, now })
  const recompute = recomputeJobs(options)
  closing.push(() => recompute.stop())
  const { admin } = bots
  await Promise.all([
    queues.worker('upkeep', () => upkeep.run()),
    upkeep.schedule(),
    admin ? notify.work((id) => admin.notify(id)) : undefined,
    admin ? imports.work(admin.importer) : undefined,
    admin ? digests.work((reader, due) => admin.digest(reader, due)) : undefined,
    prompts.work(promptDoor({ conversation, bots, now })),
    recompute.work(),
    offering.deliver.work(offering.ways(bots)),
    offering.drafts.work(),
  ])
  return {
    async doDue() {
      await prompts.sweep()
      // The digest tells of it.
      await recompute.run()
      await offering.drafts.run()
      await offering.deliver.sweep()
      // Nothing is late because time was skipped.
      if (admin) await digests.run((reader, due) => admin.digest(reader, { ...due, late: false }))
      // What is due a moment after the hour that was skipped to, as it was planned a moment after that hour.
      await prompts.sweep()
    },
  }
}

function recomputeJobs({
  queues,
  database,
  connectionString,
  offering,
  salon,
  sandbox,
  log,
  now,
}: WorkOptions) {
  const { value, timeZone } = salon
  const days = createZoneDays(timeZone)
  return createRecomputeJobs({
    queues,
    waiting: () => waitingForValues(database.pool),
    async recompute() {
      const task: RecomputeTask = { connectionString, salon: { value, timeZone }, sandbox, now: now() }
      const recomputed = await inThread<Recomputed>(new URL('recompute-thread.ts', import.meta.url), task)
      if (recomputed.state === 'done') await offering.drafts.look()
      return recomputed
    },
    today: () => days.dayOf(now()),
    timeZone,
    log,
  })
}
