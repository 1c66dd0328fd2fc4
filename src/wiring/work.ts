/** The jobs of a process: what is done when its time has come. */
import type { Logger } from 'pino'
import type { LiveConversation } from '../bots/conversation.ts'
import type { Language, Salon } from '../domain/salon.ts'
import { createDigestJobs } from '../jobs/digest.ts'
import type { Notify } from '../jobs/notify.ts'
import type { Prompts } from '../jobs/prompts.ts'
import { createUpkeep } from '../jobs/upkeep.ts'
import { createDigests } from '../storage/digests.ts'
import type { Translate } from '../locales.ts'
import type { Bots } from './bots.ts'
import type { Offering } from './offering.ts'
import { promptDoor } from './prompt-door.ts'
import type { Storage } from './storage.ts'

export interface WorkOptions extends Pick<Storage, 'queues' | 'database'> {
  notify: Notify
  prompts: Prompts
  offering: Pick<Offering, 'deliver' | 'ways'>
  translate: (language: Language) => Translate
  conversation: LiveConversation
  bots: Bots
  salon: Salon
  log: Logger
  /** Epoch milliseconds. */
  now: () => number
}

export interface Work {
  /** Does what is due by now: for a clock that was put on, which no queue's delay can follow. */
  doDue(): Promise<void>
}

/** Begins to do the jobs. */
export async function work({
  queues,
  database,
  notify,
  prompts,
  offering,
  translate,
  conversation,
  bots,
  salon,
  log,
  now,
}: WorkOptions): Promise<Work> {
  const { prisma } = database
  const { timeZone } = salon
  const upkeep = createUpkeep({ queue: queues.queue('upkeep'), prisma, log, timeZone, now })
  const digests = createDigestJobs({ queues, digests: createDigests({ prisma, now }), salon, log, now })
  const { admin } = bots
  await Promise.all([
    queues.worker('upkeep', () => upkeep.run()),
    upkeep.schedule(),
    admin ? notify.work((id) => admin.notify(id)) : undefined,
    admin ? digests.work((reader, due) => admin.digest(reader, due)) : undefined,
    prompts.work(promptDoor({ conversation, bots, now })),
    offering.deliver.work(offering.ways(bots, translate)),
  ])
  return {
    async doDue() {
      await prompts.sweep()
      await offering.deliver.sweep()
      // Nothing is late because time was skipped.
      if (admin) await digests.run((reader, due) => admin.digest(reader, { ...due, late: false }))
    },
  }
}
