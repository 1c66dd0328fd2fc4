/** What an admin sees while putting an audience together: how many it means, and which sources there are. */
import { matches } from '../domain/offers/audience.ts'
import type { Audience } from '../domain/offers/audience.ts'
import { everybodyBatch } from './audience-batch.ts'
import { amongWhom, isExact } from './audience-where.ts'
import type { PrismaClient } from './generated/client.ts'
import { asksForAnswers, dayOf } from './meant-clients.ts'

export interface AudienceCounts {
  /**
   * How many clients the rules mean today, whether they can be written to or not.
   * @returns `isAll`: false when there are more: it took too long to count them all
   */
  meant(audience: Audience): Promise<{ clients: number; isAll: boolean }>
  /** Where clients came from: what their links said, and where they said they heard of the salon. The most frequent first. */
  sources(): Promise<{ source: string; clients: number }[]>
}

/** So many clients are in memory at once. */
const batch = 5_000
/** Nobody waits longer for a screen. */
const patienceMs = 1_500
const sourcesShown = 16

/** @param now epoch milliseconds */
export function createAudienceCounts({
  prisma,
  timeZone,
  now = Date.now,
}: {
  prisma: PrismaClient
  timeZone: string
  now?: () => number
}): AudienceCounts {
  return {
    async meant(audience) {
      const since = performance.now()
      const today = dayOf(now(), timeZone)
      const among = amongWhom(audience, today)
      if (isExact(audience)) {
        const [found] = await prisma.$queryRaw<{ clients: number }[]>`
          SELECT count(*)::int AS "clients" FROM "Client" c WHERE ${among}`
        return { clients: found?.clients ?? 0, isAll: true }
      }
      const wish = {
        withAnswers: asksForAnswers(audience),
        among,
        now: new Date(now()),
        limit: batch,
      }
      let clients = 0
      for (let after = 0n; ;) {
        const found = await everybodyBatch(prisma, { ...wish, after })
        clients += found.filter((facts) => matches(audience, facts, today)).length
        const last = found.at(-1)
        if (!last || found.length < batch) return { clients, isAll: true }
        if (performance.now() - since > patienceMs) return { clients, isAll: false }
        after = BigInt(last.clientId)
      }
    },
    sources: () => prisma.$queryRaw`
      SELECT t."source", count(DISTINCT t."clientId")::int AS "clients"
      FROM (
        SELECT c."id" AS "clientId", c."heardFrom" AS "source" FROM "Client" c WHERE c."heardFrom" IS NOT NULL
        UNION ALL
        (SELECT DISTINCT ON (h."clientId") h."clientId", h."source" FROM "Chat" h
          WHERE h."source" IS NOT NULL ORDER BY h."clientId", h."id")
      ) t
      GROUP BY t."source" ORDER BY "clients" DESC, t."source" COLLATE "C" LIMIT ${sourcesShown}`,
  }
}
