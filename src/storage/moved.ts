import type { Transition, Warned } from '../domain/digest/moved.ts'
import { readSegment } from '../domain/value/segment-rank.ts'
import type { PrismaClient } from './generated/client.ts'

/** What the recompute has left of a week: from where to where clients have moved, overall, and who is slipping away since then. */
export interface WeekOfSegments {
  transitions: Transition[]
  warned: Warned
}

/**
 * Who moved twice counts once, from where they were before the week to where they were at its end; newcomers had been nowhere.
 * @param from the first day of the week, in days since 1970-01-01, and `until` the first one after it
 * @returns undefined where nothing was computed by then
 */
export async function weekOfSegments(
  prisma: PrismaClient,
  { from, until }: { from: number; until: number },
): Promise<WeekOfSegments | undefined> {
  const first = await prisma.segmentCount.findFirst({
    where: { day: { lt: until } },
    orderBy: { day: 'asc' },
  })
  if (!first) return undefined
  const [moves, warned] = await Promise.all([
    prisma.$queryRaw<{ from: string; to: string; clients: number; kopecks: bigint }[]>`
      SELECT "from", "to", count(*)::int AS clients, sum(kopecks)::bigint AS kopecks FROM (
        SELECT "clientId", (array_agg("from" ORDER BY id))[1] AS "from", (array_agg("to" ORDER BY id DESC))[1] AS "to"
        FROM "SegmentMove" WHERE line = '' AND day >= ${from} AND day < ${until} GROUP BY 1) AS moved
      JOIN "ClientValue" v ON v."clientId" = moved."clientId" AND v.line = ''
      WHERE "from" <> "to" GROUP BY 1, 2 ORDER BY 1, 2`,
    prisma.earlyWarning.aggregate({
      // Those of the first day of all have been late for longer than anybody has looked.
      where: { since: { gte: Math.max(from, first.day + 1), lt: until } },
      _count: true,
      _sum: { atStakeKopecks: true },
    }),
  ])
  const transitions = moves.flatMap(({ from: left, to: come, clients, kopecks }) => {
    const [before, after] = [readSegment(left), readSegment(come)]
    return before && after ? [{ from: before, to: after, clients, kopecks: Number(kopecks) }] : []
  })
  return { transitions, warned: { clients: warned._count, kopecks: Number(warned._sum.atStakeKopecks ?? 0) } }
}
