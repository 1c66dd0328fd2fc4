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

interface Wish {
  /** The last number of the batch before. */
  after: bigint
  limit: number
  platforms: readonly Platform[]
  /** The rules ask for answers of the survey, which are much to read. */
  withAnswers: boolean
  /** What is true of everybody whom the rules mean (audience-where.ts): who is otherwise is not even read. */
  among: Prisma.Sql
  now: Date
  /** One condition more, on the client `c`. */
  having?: Prisma.Sql
}

/** Clients who have agreed to advertising and have an open chat on one of the platforms, by their numbers. */
export async function audienceBatch(tx: Prisma.TransactionClient, wish: Wish): Promise<Addressed[]> {
  const rows = await rowsOf(tx, wish, false)
  return rows.flatMap((row) => {
    if (row.platform === null) return []
    const firstDay = row.values?.['']?.firstDay
    return [{ platform: row.platform, facts: factsOf(row), ...(firstDay !== undefined && { firstDay }) }]
  })
}

/** All clients by their numbers, also those who can't be written to: to say how many they are. */
export async function everybodyBatch(
  tx: Prisma.TransactionClient,
  wish: Omit<Wish, 'platforms'>,
): Promise<ClientFacts[]> {
  return (await rowsOf(tx, { ...wish, platforms: [] }, true)).map(factsOf)
}

const rowsOf = (
  tx: Prisma.TransactionClient,
  { after, limit, platforms, withAnswers, among, now, having = Prisma.sql`true` }: Wish,
  everybody: boolean,
): Promise<Row[]> =>
  tx.$queryRaw<Row[]>`
    SELECT c."id"::float8 AS "clientId", h."platform"::text AS "platform", COALESCE(c."lines", '{}') AS "lines", c."heardFrom", c."sex",
      c."birthDay", c."birthMonth",
      (SELECT s."source" FROM "Chat" s WHERE s."clientId" = c."id" AND s."source" IS NOT NULL ORDER BY s."id" LIMIT 1) AS "source",
      (SELECT json_object_agg(v."line", json_build_object('segment', v."segment", 'visits', v."visits", 'lastDay', v."lastDay",
          'firstDay', v."firstDay"))
        FROM "ClientValue" v WHERE v."clientId" = c."id") AS "values",
      CASE WHEN ${withAnswers} THEN (SELECT d."answers" FROM "Dialogue" d
        WHERE d."clientId" = c."id" AND d."name" = 'survey' ORDER BY d."run" DESC LIMIT 1) END AS "answers",
      EXISTS (SELECT FROM "Coupon" k WHERE k."clientId" = c."id" AND k."redeemedAt" IS NULL AND k."expiresAt" > ${now}
        AND k."reward" NOT LIKE '%/%') AS "hasCoupon"
    FROM "Client" c LEFT JOIN LATERAL (
      SELECT o."platform" FROM "Chat" o
      WHERE o."clientId" = c."id" AND o."reachable" AND o."platform" = ANY(${[...platforms]}::"Platform"[])
      ORDER BY (o."platform" = c."preferredPlatform") DESC NULLS LAST, o."lastSeenAt" DESC LIMIT 1
    ) h ON NOT ${everybody}
    WHERE c."id" > ${after} AND (${everybody} OR (c."advertisingConsentAt" IS NOT NULL AND h."platform" IS NOT NULL))
      AND ${among} AND ${having}
    ORDER BY c."id" LIMIT ${limit}`

interface Row {
  clientId: number
  platform: Platform | null
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

function factsOf({ clientId, lines, values, answers, hasCoupon, ...row }: Row): ClientFacts {
  const { source, heardFrom, birthDay, birthMonth, sex } = row
  return {
    clientId,
    values: values ?? {},
    interests: lines,
    answers: answers ?? {},
    hasCoupon,
    ...(source !== null && { source }),
    ...(heardFrom !== null && { heardFrom }),
    ...(birthDay !== null && birthMonth !== null && { birthday: { day: birthDay, month: birthMonth } }),
    ...((sex === 'female' || sex === 'male') && { sex }),
  }
}
