/** What the rules of an audience ask of clients, for many at a time. */
import type { Answers } from '../domain/answer.ts'
import type { ClientFacts, LineFacts } from '../domain/offers/audience.ts'
import type { Platform } from '../domain/platform.ts'
import { Prisma } from './generated/client.ts'

/** A client who can be written to, and where. */
export interface Addressed {
  facts: ClientFacts
  /** The one they prefer, or else where they were last. */
  platform: Platform
  /** Of their first visit; days since 1970-01-01. */
  firstDay?: number
}

export interface AudienceWish {
  after: bigint
  limit: number
  platforms: readonly Platform[]
  withAnswers: boolean
  now: Date
  /** A condition on the client `c`. */
  among?: Prisma.Sql
}

/**
 * Clients who have agreed to advertising and have an open chat on one of the platforms, by their numbers.
 * @param wish.after the last number of the batch before
 * @param wish.withAnswers the rules ask for answers of the survey, which are much to read
 */
export async function audienceBatch(
  tx: Prisma.TransactionClient,
  { after, limit, platforms, withAnswers, now, among }: AudienceWish,
): Promise<Addressed[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT c."id"::float8 AS "clientId", h."platform"::text AS "platform", COALESCE(c."lines", '{}') AS "lines", c."heardFrom", c."sex",
      c."birthDay", c."birthMonth",
      (SELECT s."source" FROM "Chat" s WHERE s."clientId" = c."id" AND s."source" IS NOT NULL ORDER BY s."id" LIMIT 1) AS "source",
      (SELECT json_object_agg(v."line", json_build_object('segment', v."segment", 'visits', v."visits", 'lastDay', v."lastDay",
          'firstDay', v."firstDay"))
        FROM "ClientValue" v WHERE v."clientId" = c."id") AS "values",
      CASE WHEN ${withAnswers} THEN (SELECT d."answers" FROM "Dialogue" d
        WHERE d."clientId" = c."id" AND d."name" = 'survey' ORDER BY d."run" DESC LIMIT 1) END AS "answers",
      EXISTS (SELECT FROM "Coupon" k WHERE k."clientId" = c."id" AND k."redeemedAt" IS NULL AND k."expiresAt" > ${now}
        AND k."reward" NOT LIKE 'survey/%') AS "hasCoupon"
    FROM "Client" c CROSS JOIN LATERAL (
      SELECT o."platform" FROM "Chat" o
      WHERE o."clientId" = c."id" AND o."reachable" AND o."platform" = ANY(${[...platforms]}::"Platform"[])
      ORDER BY (o."platform" = c."preferredPlatform") DESC NULLS LAST, o."lastSeenAt" DESC LIMIT 1
    ) h
    WHERE c."id" > ${after} AND c."advertisingConsentAt" IS NOT NULL AND ${among ?? Prisma.sql`true`}
    ORDER BY c."id" LIMIT ${limit}`
  return rows.map(toAddressed)
}

interface Row {
  clientId: number
  platform: Platform
  lines: string[]
  heardFrom: string | null
  sex: string | null
  birthDay: number | null
  birthMonth: number | null
  source: string | null
  values: Record<string, LineFacts & { firstDay: number }> | null
  answers: Answers | null
  hasCoupon: boolean
}

function toAddressed({ clientId, platform, lines, values, answers, hasCoupon, ...row }: Row): Addressed {
  const { source, heardFrom, birthDay, birthMonth, sex } = row
  const first = values?.['']?.firstDay
  return {
    platform,
    ...(first !== undefined && { firstDay: first }),
    facts: {
      clientId,
      values: values ?? {},
      interests: lines,
      answers: answers ?? {},
      hasCoupon,
      ...(source !== null && { source }),
      ...(heardFrom !== null && { heardFrom }),
      ...(birthDay !== null && birthMonth !== null && { birthday: { day: birthDay, month: birthMonth } }),
      ...((sex === 'female' || sex === 'male') && { sex }),
    },
  }
}
