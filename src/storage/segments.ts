import { readSegment, segmentsOf, wayOf, type Segment, type Way } from '../domain/value/segment-rank.ts'
import { schemeNames } from '../domain/value/value-settings.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { schemeInUse, segmentOverview, type SegmentOverview } from './segment-overview.ts'
import { shownName } from './shown-name.ts'

/** Somebody on a list: who, as the staff call them. */
export interface Listed {
  id: number
  name?: string
  demo?: true
}

export interface SegmentMember extends Listed {
  lastDay: number
  visits: number
  kopecks: number
}

export interface Move extends Listed {
  day: number
  from: Segment
  to: Segment
  toCode: string
  reason: 'came' | 'away' | 'others'
}

export interface Warning extends Listed {
  kind: 'fell' | 'overdue'
  alive?: { before: number; now: number }
  usualDays?: number
  daysAway: number
  atStakeKopecks: number
}

/** How many have moved from where to where. */
export interface MoveCount {
  from: Segment
  to: Segment
  clients: number
}

/** A part of a list, and how long the whole is. */
export interface Page<Item> {
  total: number
  items: Item[]
}

interface Rows {
  offset: number
  limit: number
}

export interface SegmentStorage {
  /** Undefined: nothing was computed yet, or nobody has come. */
  overview(): Promise<SegmentOverview | undefined>
  /** Who is in a segment, who paid most first. */
  members(wish: { line: string; segment: Segment } & Rows): Promise<Page<SegmentMember>>
  /** Moves since that day, the most first; the first segment of all is no move. */
  moveCounts(line: string, since: number): Promise<MoveCount[]>
  /** Who has moved up, or slipped, since that day, the newest first. */
  moves(wish: { line: string; way: Way; since: number } & Rows): Promise<Move[]>
  /** Who is slipping away, the greatest loss first. */
  warnings(wish: Rows): Promise<Page<Warning>>
}

/**
 * The segments for the staff, as of the last recompute. Lists are paged along an index, and the table is made of the daily
 * counts: quick however many clients there are.
 */
export function createSegments({ prisma }: { prisma: PrismaClient }): SegmentStorage {
  return {
    overview: () => segmentOverview(prisma),
    members: (wish) => members(prisma, wish),
    async moveCounts(line, since) {
      const rows = await prisma.$queryRaw<{ from: string; to: string; clients: number }[]>`
        SELECT "from", "to", count(*)::int AS clients FROM "SegmentMove"
        WHERE line = ${line} AND day >= ${since} AND "from" IS NOT NULL
        GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`
      return rows.flatMap(({ from, to, clients }) => {
        const [left, come] = [readSegment(from), readSegment(to)]
        return left && come && ofOneScheme(left, come) ? [{ from: left, to: come, clients }] : []
      })
    },
    async moves({ line, way, since, offset, limit }) {
      const rows = await prisma.segmentMove.findMany({
        where: { line, day: { gte: since }, OR: pairsOf(way) },
        orderBy: [{ day: 'desc' }, { id: 'desc' }],
        skip: offset,
        take: limit,
        include: { client: { select: inShort } },
      })
      return rows.map(({ client, day, from, to, toCode, reason }) => ({
        ...listed(client),
        day,
        from: from as Segment,
        to: to as Segment,
        toCode,
        reason: reason as Move['reason'],
      }))
    },
    async warnings({ offset, limit }) {
      const [total, rows] = await Promise.all([
        prisma.earlyWarning.count(),
        prisma.earlyWarning.findMany({
          orderBy: [{ atStakeKopecks: 'desc' }, { clientId: 'asc' }],
          skip: offset,
          take: limit,
          include: { client: { select: inShort } },
        }),
      ])
      return { total, items: rows.map((row) => ({ ...listed(row.client), ...toWarning(row) })) }
    },
  }
}

async function members(
  prisma: PrismaClient,
  { line, segment, offset, limit }: { line: string; segment: Segment } & Rows,
): Promise<Page<SegmentMember>> {
  const rows = await prisma.clientValue.findMany({
    where: { line, segment },
    orderBy: [{ kopecks: 'desc' }, { clientId: 'desc' }],
    skip: offset,
    take: limit,
    include: { client: { select: inShort } },
  })
  const items = rows.map(({ client, lastDay, visits, kopecks }) => ({
    ...listed(client),
    lastDay,
    visits,
    kopecks: Number(kopecks),
  }))
  const isEnd = rows.length < limit && (rows.length > 0 || offset === 0)
  const total = offset + rows.length
  return { total: isEnd ? total : Math.max(total, await counted(prisma, line, segment)), items }
}

/** As many as were counted last: counting them anew would read them all. */
async function counted(prisma: PrismaClient, line: string, segment: Segment): Promise<number> {
  const row = await prisma.segmentCount.findFirst({
    where: { line, segment, scheme: await schemeInUse(prisma) },
    orderBy: { day: 'desc' },
  })
  return row?.clients ?? 0
}

const inShort = { id: true, name: true, demo: true, chats: { select: { profileName: true } } } as const

const listed = (client: Prisma.ClientGetPayload<{ select: typeof inShort }>): Listed => ({
  id: Number(client.id),
  ...shownName(client),
  ...(client.demo && { demo: true }),
})

/** A warning as it is kept, for whoever reads it. */
export const toWarning = (row: Prisma.EarlyWarningGetPayload<object>): Omit<Warning, keyof Listed> => ({
  kind: row.kind === 'fell' ? 'fell' : 'overdue',
  ...(row.aliveBefore !== null &&
    row.aliveNow !== null && { alive: { before: row.aliveBefore, now: row.aliveNow } }),
  ...(row.usualDays !== null && { usualDays: row.usualDays }),
  daysAway: row.daysAway,
  atStakeKopecks: Number(row.atStakeKopecks),
})

/** The salon may have changed its scheme: that has moved nobody. */
const ofOneScheme = (one: Segment, other: Segment): boolean =>
  schemeNames.some((scheme) => segmentsOf(scheme).includes(one) && segmentsOf(scheme).includes(other))

/** Every pair of segments between which a move leads this way. */
const pairsOf = (way: Way): { from: Segment; to: Segment }[] =>
  schemeNames.flatMap((scheme) => {
    const all = segmentsOf(scheme)
    return all.flatMap((from) => all.filter((to) => wayOf(from, to) === way).map((to) => ({ from, to })))
  })
