/** Those who have introduced themselves and have not come yet, as far as a personal offer asks of them. */
import type { NewcomerFacts } from '../domain/offers/newcomer.ts'
import { platforms } from '../domain/platform.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import type { AudienceSettings } from './meant-clients.ts'
import { olderTerms } from './older-terms.ts'

/** Later on nobody waits for a welcome. */
export const newcomerDays = 14

/**
 * Newcomers who agreed to advertising and to personal offers being prepared, can be written to, have no visit and no personal offer yet; the first to come first.
 * @param wish.clientId only this one
 * @param wish.now epoch milliseconds
 */
export async function newcomersWithoutOffer(
  prisma: PrismaClient,
  { clientId, now, timeZone, advertising }: AudienceSettings & { clientId?: number; now: number },
): Promise<NewcomerFacts[]> {
  const since = new Date(now - newcomerDays * 24 * 3600_000)
  const open = platforms.filter((one) => advertising[one])
  const only = clientId === undefined ? Prisma.sql`true` : Prisma.sql`c."id" = ${clientId}`
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT c."id"::float8 AS "clientId", COALESCE(c."lines", '{}') AS "interests", c."master",
      COALESCE(c."convenientTimes", '{}') AS "convenientTimes", c."heardFrom", c."sex",
      COALESCE(c."confirmedPhone", c."phone") IS NOT NULL AS "hasPhone", s."source", s."sourceDetail",
      (SELECT count(DISTINCT (e."at" AT TIME ZONE ${timeZone})::date)::int FROM "Event" e WHERE e."clientId" = c."id") AS "activeDays"
    FROM "Client" c LEFT JOIN LATERAL (
      SELECT h."source", h."sourceDetail" FROM "Chat" h WHERE h."clientId" = c."id" AND h."source" IS NOT NULL ORDER BY h."id" LIMIT 1
    ) s ON true
    WHERE ${only} AND c."onboardedAt" >= ${since} AND NOT c."demo"
      AND c."personalDataConsentAt" IS NOT NULL AND c."advertisingConsentAt" IS NOT NULL
      AND ${Prisma.raw(olderTerms('c."id"'))} IS NOT TRUE
      AND EXISTS (SELECT FROM "Chat" h WHERE h."clientId" = c."id" AND h."reachable" AND h."platform" = ANY(${open}::"Platform"[]))
      AND NOT EXISTS (SELECT FROM "Visit" v WHERE v."clientId" = c."id")
      AND NOT EXISTS (SELECT FROM "Offer" o WHERE o."draftKey" = 'newcomer:' || c."id")
    ORDER BY c."id" LIMIT 500`
  return rows.map(toFacts)
}

type Row = Pick<NewcomerFacts, 'clientId' | 'interests' | 'convenientTimes' | 'hasPhone' | 'activeDays'> &
  Record<'master' | 'heardFrom' | 'source' | 'sourceDetail', string | null> & {
    sex: NewcomerFacts['sex'] | null
  }

const toFacts = ({ master, heardFrom, source, sourceDetail, sex, ...row }: Row): NewcomerFacts => ({
  ...row,
  ...(master !== null && { master }),
  ...(heardFrom !== null && { heardFrom }),
  ...(source !== null && { source }),
  ...(sourceDetail !== null && { sourceDetail }),
  ...(sex && { sex }),
})
