import type { Models } from '../domain/value/models.ts'
import { readSegment, type Segment } from '../domain/value/segment-rank.ts'
import type { SchemeName } from '../domain/value/value-settings.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { schemeInUse } from './segment-overview.ts'
import { toWarning, type Listed, type Warning } from './segments.ts'

/** What is known of a client's visits and money, as of the last recompute. Days are since 1970-01-01. */
export interface ClientWorth {
  scheme: SchemeName
  overall: ValueRow
  /** Each line that they came for, the most visits first. */
  lines: (ValueRow & { line: string })[]
  /** Whom they came to most often; an id of the salon's settings, or as the books call them. */
  master?: string
  warning?: Omit<Warning, keyof Listed>
  /** Of all clients together; absent where none were fitted yet. */
  models?: Models
  /** All clients of the salon who have come. */
  clients: number
}

export interface ValueRow {
  firstDay: number
  lastDay: number
  visits: number
  kopecks: number
  firstDayKopecks: number
  code: string
  segment: Segment
}

/** What was paid in one line on one day. */
export interface PaidVisit {
  /** In the salon's zone. */
  day: number
  /** Absent: the books don't tell. */
  line?: string
  /** Less refunds; absent: not known. */
  kopecks?: number
}

export interface ClientWorthStorage {
  /** Undefined: has not come, or was not computed yet. */
  ofClient(clientId: number): Promise<ClientWorth | undefined>
  /** Every visit, the oldest first; of very many only the last ones. */
  visitsOf(clientId: number): Promise<PaidVisit[]>
}

/** Nobody looks at more of one client. */
const mostVisits = 3000

/** What a client is worth, for their card. @param timeZone IANA name of the salon's zone: days are told in it */
export function createClientWorth({
  prisma,
  timeZone,
}: {
  prisma: PrismaClient
  timeZone: string
}): ClientWorthStorage {
  return {
    ofClient: (clientId) => ofClient(prisma, clientId),
    async visitsOf(clientId) {
      const rows = await prisma.$queryRaw<{ day: number; line: string | null; kopecks: bigint | null }[]>`
        SELECT ("at" AT TIME ZONE ${timeZone})::date - DATE '1970-01-01' AS day, line, sum(kopecks)::bigint AS kopecks
        FROM "Visit" WHERE "clientId" = ${clientId}
        GROUP BY 1, 2 ORDER BY 1 DESC, 2 LIMIT ${mostVisits}`
      return rows.toReversed().map(({ day, line, kopecks }) => ({
        day,
        ...(line !== null && { line }),
        ...(kopecks !== null && { kopecks: Number(kopecks) }),
      }))
    },
  }
}

async function ofClient(prisma: PrismaClient, clientId: number): Promise<ClientWorth | undefined> {
  const rows = await prisma.clientValue.findMany({ where: { clientId }, orderBy: { visits: 'desc' } })
  const overall = rows.find(({ line }) => line === '')
  const own = overall && toRow(overall)
  if (!own) return undefined
  const [scheme, warning, model, [master], [all]] = await Promise.all([
    schemeInUse(prisma),
    prisma.earlyWarning.findUnique({ where: { clientId } }),
    prisma.valueModel.findUnique({ where: { line: '' } }),
    prisma.$queryRaw<{ master: string }[]>`
      SELECT master FROM "Visit" WHERE "clientId" = ${clientId} AND master IS NOT NULL
      GROUP BY master ORDER BY count(*) DESC, max("at") DESC LIMIT 1`,
    prisma.$queryRaw<{ clients: number }[]>`
      SELECT coalesce(sum(clients), 1)::int AS clients FROM "SegmentCount"
      WHERE line = '' AND (day, scheme) = (SELECT day, scheme FROM "SegmentCount" ORDER BY day DESC LIMIT 1)`,
  ])
  return {
    scheme,
    overall: own,
    lines: rows.flatMap((row) => {
      const read = row.line === '' ? undefined : toRow(row)
      return read ? [{ line: row.line, ...read }] : []
    }),
    ...(master && { master: master.master }),
    ...(warning && { warning: toWarning(warning) }),
    ...(model && { models: model.models as unknown as Models }),
    clients: all?.clients ?? 1,
  }
}

function toRow(row: Prisma.ClientValueGetPayload<object>): ValueRow | undefined {
  const segment = readSegment(row.segment)
  const { firstDay, lastDay, visits, code } = row
  const money = { kopecks: Number(row.kopecks), firstDayKopecks: Number(row.firstDayKopecks) }
  return segment && { firstDay, lastDay, visits, code, segment, ...money }
}
