import type { EventLog } from '../domain/event-log.ts'
import type { PrismaClient } from '../storage/generated/client.ts'
import { meetMissed } from '../storage/meet-books.ts'
import type { PictureStorage } from '../storage/pictures.ts'
import type { JobQueue } from './queues.ts'

/** It needs no data: it looks for what is old. */
export type UpkeepJob = Record<string, never>

export interface Upkeep {
  /** Removes what is of no use any more. */
  run(): Promise<void>
  /** Every night at four by the salon's clock, once for all processes. */
  schedule(): Promise<void>
}

/** Both platforms redeliver an update for a day or so at most; three days leave room for a long week-end's trouble. */
const seenForHours = 72

/** Whoever brings a picture for an offer gives it to the offer in the next moment. */
const pictureWaitsHours = 24

/** What is done while the salon sleeps: old marks of taken updates, spent codes and links, and pictures of no offer go; whom the books missed is met. */
export function createUpkeep({
  queue,
  prisma,
  pictures,
  log,
  timeZone,
  now = Date.now,
}: {
  queue: Pick<JobQueue<UpkeepJob>, 'schedule'>
  prisma: PrismaClient
  pictures: Pick<PictureStorage, 'clear'>
  log: EventLog
  timeZone: string
  now?: () => number
}): Upkeep {
  return {
    async run() {
      const at = new Date(now())
      const seen = await prisma.seenUpdate.deleteMany({
        where: { at: { lt: new Date(now() - seenForHours * 3600_000) } },
      })
      const codes = await prisma.linkCode.deleteMany({
        where: { expiresAt: { lt: new Date(now() - 24 * 3600_000) } },
      })
      const invites = await prisma.invite.deleteMany({ where: { usedAt: null, expiresAt: { lt: at } } })
      const cleared = await pictures.clear(pictureWaitsHours * 3600_000)
      const met = await meetMissed(prisma)
      log.info({
        event: 'upkeep.done',
        met,
        pictures: cleared,
        seenUpdates: seen.count,
        linkCodes: codes.count,
        invites: invites.count,
      })
    },
    schedule: () => queue.schedule('nightly', { pattern: '0 4 * * *', timeZone }, {}),
  }
}
