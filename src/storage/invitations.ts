import type { Segment } from '../domain/value/segment-rank.ts'
import { firstTime } from './first-time.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'

/** Whom an admin wants to invite. `line`: those who are interested in a service line, or came for it within a year. */
export type Audience =
  | { kind: 'all' }
  | { kind: 'line'; line: string }
  /** Who is in a segment now; line "": over all lines. */
  | { kind: 'segment'; line: string; segment: Segment }
  | { kind: 'client'; id: number }

/** Why somebody is not invited now; of several reasons the first one counts. */
export const reasonsNotNow = [
  /** In the salon's books only, or invented. */
  'notInBot',
  /** No consent to personal data. */
  'noConsent',
  /** No chat that can be written to. */
  'unreachable',
  /** Answered the survey, or some of it, within the salon's limit. */
  'askedRecently',
  /** Said "no, thanks" to an invitation within that time. */
  'declinedRecently',
  /** An invitation is on its way, or came within that time. */
  'invited',
] as const
export type ReasonNotNow = (typeof reasonsNotNow)[number]

/** How many of an audience get an invitation. */
export interface InvitationCount {
  willGet: number
  notNow: Record<ReasonNotNow, number>
}

export type Invited =
  | { ok: true; promptIds: string[]; count: InvitationCount }
  /** The same press again: they have been invited. */
  | { ok: false; reason: 'repeated' }

/** What became of the survey: walks begun since a day. */
export interface SurveyFunnel {
  /** People, however often; a reminder is no invitation. */
  invited: number
  started: number
  finished: number
}

export interface InvitationStorage {
  /** How many would get an invitation now. Of a segment also those count whom the bot has never met. */
  count(audience: Audience): Promise<InvitationCount>
  /** Writes an invitation for everybody who may get one: prompts, due now, for the job that sends them. */
  invite(wish: { audience: Audience; updateKey: string }): Promise<Invited>
  funnel(since: Date): Promise<SurveyFunnel>
}

const dayMs = 24 * 60 * 60_000
/** Who came for a line within this time belongs to it. */
const lineDays = 365

/**
 * Invitations to the survey that an admin sends.
 * @param everyDays nobody is asked again before so many days have passed
 * @param now epoch milliseconds
 */
export function createInvitations({
  prisma,
  everyDays,
  now = Date.now,
}: {
  prisma: PrismaClient
  everyDays: number
  now?: () => number
}): InvitationStorage {
  const ago = (days: number) => new Date(now() - days * dayMs)
  const lotsOf = (audience: Audience) => lots(belongs(audience, ago(lineDays)), ago(everyDays))

  return {
    async count(audience) {
      const rows = await prisma.$queryRaw<LotRow[]>`
        WITH ${lotsOf(audience)} SELECT lot, count(*)::int AS people FROM lots GROUP BY lot`
      return toCount(rows)
    },
    invite: ({ audience, updateKey }) =>
      prisma.$transaction(async (tx): Promise<Invited> => {
        if (!(await firstTime(tx, updateKey))) return { ok: false, reason: 'repeated' }
        const rows = await tx.$queryRaw<(LotRow & { ids: string[] | null })[]>`
          WITH ${lotsOf(audience)}, made AS (${insertPrompts(new Date(now()))})
          SELECT lot, count(*)::int AS people, NULL AS ids FROM lots GROUP BY lot
          UNION ALL SELECT 'made', count(*)::int, array_agg(id::text ORDER BY id) FROM made`
        const promptIds = rows.flatMap((row) => row.ids ?? [])
        return { ok: true, promptIds, count: { ...toCount(rows), willGet: promptIds.length } }
      }),
    async funnel(since) {
      const [row] = await prisma.$queryRaw<SurveyFunnel[]>`
        SELECT count(DISTINCT "clientId") FILTER (
            WHERE name = 'invite' AND answers -> 'origin' ->> 'value' IS DISTINCT FROM 'reminder')::int AS invited,
          count(*) FILTER (WHERE name = 'survey')::int AS started,
          count(*) FILTER (WHERE name = 'survey' AND status = 'finished')::int AS finished
        FROM "Dialogue" WHERE name IN ('invite', 'survey') AND "startedAt" >= ${since}`
      return row ?? { invited: 0, started: 0, finished: 0 }
    },
  }
}

interface LotRow {
  lot: ReasonNotNow | 'willGet' | 'made'
  people: number
}

/** Nobody is there to be written to behind an invented client, nor behind one who is in the salon's books only. */
const inTheBot = Prisma.sql`NOT c.demo AND (c."bookedAt" IS NULL OR c."personalDataConsentAt" IS NOT NULL)`

/** The condition on "Client" c that makes somebody one of the audience. */
function belongs(audience: Audience, since: Date): Prisma.Sql {
  switch (audience.kind) {
    case 'all':
      return inTheBot
    case 'client':
      return Prisma.sql`c.id = ${audience.id}`
    case 'line':
      return Prisma.sql`${inTheBot} AND (${audience.line} = ANY(c.lines) OR EXISTS (
        SELECT FROM "Visit" v WHERE v."clientId" = c.id AND v.line = ${audience.line} AND v.at > ${since}))`
    case 'segment':
      return Prisma.sql`EXISTS (SELECT FROM "ClientValue" s
        WHERE s."clientId" = c.id AND s.line = ${audience.line} AND s.segment = ${audience.segment})`
  }
}

/** Common table "lots": each client of the audience with the run that an invitation would be about, and what they get. */
const lots = (audience: Prisma.Sql, since: Date): Prisma.Sql => Prisma.sql`
  people AS (
    SELECT c.id, ${inTheBot} AS met, c."personalDataConsentAt" IS NOT NULL AS consented, 1 + coalesce(
      (SELECT max(d.run) FROM "Dialogue" d WHERE d."clientId" = c.id AND d.name = 'survey'), 0) AS run
    FROM "Client" c WHERE ${audience}
  ), lots AS (
    SELECT p.id, p.run, CASE
      WHEN NOT p.met THEN 'notInBot'
      WHEN NOT p.consented THEN 'noConsent'
      WHEN NOT EXISTS (SELECT FROM "Chat" h WHERE h."clientId" = p.id AND h.reachable) THEN 'unreachable'
      WHEN EXISTS (SELECT FROM "Dialogue" d WHERE d."clientId" = p.id AND d.name = 'survey'
        AND d."changedAt" > ${since}) THEN 'askedRecently'
      WHEN EXISTS (SELECT FROM "Dialogue" d WHERE d."clientId" = p.id AND d.name = 'invite'
        AND d.answers -> 'when' ->> 'value' = 'no' AND d."changedAt" > ${since}) THEN 'declinedRecently'
      WHEN EXISTS (SELECT FROM "Prompt" r WHERE r."clientId" = p.id AND r.kind = 'invite' AND r.about = p.run
        AND (r.state IN ('waiting', 'sending') OR r.state IN ('sent', 'unknown') AND r."changedAt" > ${since})
      ) THEN 'invited'
      ELSE 'willGet' END AS lot
    FROM people p
  )`

/** Invitations have odd numbers; the even ones between are for the evening that is promised after one (`flows/survey-done.ts`). */
const insertPrompts = (at: Date): Prisma.Sql => Prisma.sql`
  INSERT INTO "Prompt" ("clientId", kind, about, number, source, "dueAt", "changedAt", "createdAt")
  SELECT l.id, 'invite', l.run, coalesce((SELECT max(r.number) + 2 FROM "Prompt" r
    WHERE r."clientId" = l.id AND r.kind = 'invite' AND r.about = l.run AND r.number % 2 = 1), 1), 'admin',
    ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz
  FROM lots l WHERE l.lot = 'willGet'
  ON CONFLICT DO NOTHING RETURNING id`

function toCount(rows: readonly LotRow[]): InvitationCount {
  const people = (lot: LotRow['lot']) => rows.find((row) => row.lot === lot)?.people ?? 0
  const notNow = Object.fromEntries(reasonsNotNow.map((reason) => [reason, people(reason)]))
  return { willGet: people('willGet'), notNow: notNow as InvitationCount['notNow'] }
}
