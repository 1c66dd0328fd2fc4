import type { Birthday } from '../domain/birthday.ts'
import { consentPurposes, type ConsentPurpose } from '../domain/client.ts'
import type { Platform } from '../domain/platform.ts'
import { clientsMatching, isEmptyQuery, visibleToStaff, type ClientQuery } from './client-query.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import { shownName } from './shown-name.ts'

/** A line of a list. */
export interface ClientLine {
  id: number
  name?: string
  platforms: Platform[]
  createdAt: Date
  /** Invented by `demo-data`. */
  demo?: true
  /** From the salon's books, and not in the bot yet: no chat, no consent. */
  books?: { phone?: string }
}

export interface ClientPage {
  /** How many there are on all pages together. */
  total: number
  clients: ClientLine[]
}

/** All that the staff may see of a client. */
export interface ClientCard {
  id: number
  name?: string
  phone?: string
  phoneConfirmed: boolean
  birthday?: Birthday
  sex?: 'female' | 'male'
  city?: string
  lines: string[]
  master?: string
  convenientTimes: string[]
  heardFrom?: string
  preferredPlatform?: Platform
  onboardedAt?: Date
  createdAt: Date
  /** Invented by `demo-data`: nobody has agreed to anything. */
  demo?: true
  /** What the salon's own books say. */
  books?: { since: Date; phone?: string; externalId?: string }
  chats: ClientChat[]
  /** Given since, or withdrawn at; a purpose is absent when the person never agreed. */
  consents: Partial<Record<ConsentPurpose, { granted: boolean; at: Date }>>
  footprint: Footprint
}

export interface ClientChat {
  platform: Platform
  externalId: number
  reachable: boolean
  source?: string
  sourceDetail?: string
}

export interface Footprint {
  /** How many events fell on each hour of the salon's day, 0-23. */
  eventsByHour: number[]
  /** Median time from the bot's message to the person's answer, milliseconds. */
  medianAnswerMs?: number
  lastSeenAt?: Date
}

export interface ClientStorage {
  /** How many there are, in the bot or in the books; only those who met the bot since then, if told. */
  count(since?: Date): Promise<number>
  /** Those who met the bot first, then those from the books; newest first. The same people as `count`. */
  page(wish: { offset: number; limit: number; since?: Date }): Promise<ClientPage>
  /** In the order of `page`; nothing when the query is empty. */
  search(wish: { query: ClientQuery; offset: number; limit: number }): Promise<ClientPage>
  /** Undefined when there is no such client, or the person has neither consented nor is in the books (any more). */
  card(id: number): Promise<ClientCard | undefined>
}

/**
 * The salon's clients as the staff see them.
 * @param timeZone IANA name of the salon's zone: the hours of the footprint are told in it
 */
export function createClients({
  prisma,
  timeZone,
}: {
  prisma: PrismaClient
  timeZone: string
}): ClientStorage {
  return {
    count: (since) => countOf(prisma, shownSince(since)),
    page: ({ offset, limit, since }) => pageOf(prisma, shownSince(since), offset, limit),
    async search({ query, offset, limit }) {
      if (isEmptyQuery(query)) return { total: 0, clients: [] }
      return pageOf(prisma, clientsMatching(query), offset, limit)
    },
    async card(id) {
      const row = await prisma.client.findFirst({
        where: { id, OR: [{ personalDataConsentAt: { not: null } }, { bookedAt: { not: null } }] },
        include: { chats: { orderBy: { createdAt: 'asc' } } },
      })
      if (!row) return undefined
      const [consents, footprint] = await Promise.all([
        row.demo ? {} : consentsOf(prisma, row),
        footprintOf(prisma, id, timeZone),
      ])
      return { ...toCard(row), consents, footprint: { ...footprint, ...lastSeen(row.chats) } }
    },
  }
}

/** The condition on "Client": all, or who met the bot since then. Who comes from the books is no newcomer. */
const shownSince = (since?: Date): Prisma.Sql =>
  since === undefined
    ? visibleToStaff
    : Prisma.sql`"personalDataConsentAt" IS NOT NULL AND "createdAt" >= ${since}`

async function countOf(prisma: PrismaClient, condition: Prisma.Sql): Promise<number> {
  const [row] = await prisma.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM "Client" WHERE ${condition}`
  return row?.total ?? 0
}

async function pageOf(
  prisma: PrismaClient,
  condition: Prisma.Sql,
  offset: number,
  limit: number,
): Promise<ClientPage> {
  // The condition is looked at once for both: over many clients it is what takes the time.
  const found = await prisma.$queryRaw<{ id: bigint | null; total: number }[]>`
    WITH found AS (SELECT id, "createdAt", "personalDataConsentAt" IS NULL AS "inBooks" FROM "Client" WHERE ${condition}),
      page AS (SELECT * FROM found ORDER BY "inBooks", "createdAt" DESC, id DESC OFFSET ${offset} LIMIT ${limit})
    SELECT page.id, (SELECT count(*)::int FROM found) AS total FROM (VALUES (1)) one LEFT JOIN page ON true
    ORDER BY "inBooks", "createdAt" DESC, id DESC`
  const ids = found.flatMap(({ id }) => id ?? [])
  const rows = await prisma.client.findMany({ where: { id: { in: ids } }, include: { chats: inShort } })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return { total: found[0]?.total ?? 0, clients: ids.flatMap((id) => byId.get(id) ?? []).map(toLine) }
}

const inShort = { select: { platform: true, profileName: true } } as const

/** What is given stands in the client's own columns, when it was withdrawn in the ledger. */
async function consentsOf(
  prisma: PrismaClient,
  row: { id: bigint; personalDataConsentAt: Date | null; advertisingConsentAt: Date | null },
): Promise<ClientCard['consents']> {
  const given = { personalData: row.personalDataConsentAt, advertising: row.advertisingConsentAt }
  const consents: ClientCard['consents'] = {}
  for (const purpose of consentPurposes) {
    const at = given[purpose]
    const taken = at === null ? await withdrawnAt(prisma, row.id, purpose) : undefined
    if (at) consents[purpose] = { granted: true, at }
    else if (taken) consents[purpose] = { granted: false, at: taken }
  }
  return consents
}

/** Undefined when it was never given: a "no, thanks" takes nothing back. */
async function withdrawnAt(
  prisma: PrismaClient,
  clientId: bigint,
  purpose: ConsentPurpose,
): Promise<Date | undefined> {
  const words = await prisma.consent.findMany({ where: { clientId, purpose }, orderBy: { id: 'desc' } })
  return words.some((word) => word.granted) ? words.find((word) => !word.granted)?.at : undefined
}

async function footprintOf(prisma: PrismaClient, clientId: number, timeZone: string): Promise<Footprint> {
  const hours = await prisma.$queryRaw<{ hour: number; events: number }[]>`
    SELECT extract(hour FROM at AT TIME ZONE ${timeZone})::int AS hour, count(*)::int AS events
    FROM "Event" WHERE "clientId" = ${clientId} AND kind NOT IN ('blocked', 'unblocked') GROUP BY 1`
  const [speed] = await prisma.$queryRaw<{ median: number | null }[]>`
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY "tookMs") AS median
    FROM "Event" WHERE "clientId" = ${clientId}`
  const eventsByHour = Array.from(
    { length: 24 },
    (_, hour) => hours.find((row) => row.hour === hour)?.events ?? 0,
  )
  return { eventsByHour, ...(speed?.median != null && { medianAnswerMs: speed.median }) }
}

function lastSeen(chats: { lastSeenAt: Date }[]): { lastSeenAt?: Date } {
  const times = chats.map((chat) => chat.lastSeenAt.getTime())
  return times.length > 0 ? { lastSeenAt: new Date(Math.max(...times)) } : {}
}

function toLine(row: Prisma.ClientGetPayload<{ include: { chats: typeof inShort } }>): ClientLine {
  return {
    id: Number(row.id),
    ...shownName(row),
    platforms: row.chats.map((chat) => chat.platform).sort(),
    createdAt: row.createdAt,
    ...(row.demo && { demo: true }),
    ...(row.personalDataConsentAt === null && {
      books: { ...(row.bookPhone !== null && { phone: row.bookPhone }) },
    }),
  }
}

function toCard(
  row: Prisma.ClientGetPayload<{ include: { chats: true } }>,
): Omit<ClientCard, 'consents' | 'footprint'> {
  const phone = row.confirmedPhone ?? row.phone
  return {
    id: Number(row.id),
    ...shownName(row),
    ...(phone !== null && { phone }),
    phoneConfirmed: row.confirmedPhone !== null,
    ...birthdayOf(row),
    ...((row.sex === 'female' || row.sex === 'male') && { sex: row.sex }),
    ...(row.city !== null && { city: row.city }),
    lines: row.lines,
    ...(row.master !== null && { master: row.master }),
    convenientTimes: row.convenientTimes,
    ...(row.heardFrom !== null && { heardFrom: row.heardFrom }),
    ...(row.preferredPlatform !== null && { preferredPlatform: row.preferredPlatform }),
    ...(row.onboardedAt !== null && { onboardedAt: row.onboardedAt }),
    createdAt: row.createdAt,
    ...(row.demo && { demo: true }),
    ...(row.bookedAt !== null && {
      books: {
        since: row.bookedAt,
        ...(row.bookPhone !== null && { phone: row.bookPhone }),
        ...(row.externalId !== null && { externalId: row.externalId }),
      },
    }),
    chats: row.chats.map(toChat),
  }
}

function birthdayOf(row: { birthDay: number | null; birthMonth: number | null; birthYear: number | null }): {
  birthday?: Birthday
} {
  if (row.birthDay === null || row.birthMonth === null) return {}
  const year = row.birthYear === null ? {} : { year: row.birthYear }
  return { birthday: { day: row.birthDay, month: row.birthMonth, ...year } }
}

function toChat(row: Prisma.ChatGetPayload<object>): ClientChat {
  return {
    platform: row.platform,
    externalId: Number(row.externalId),
    reachable: row.reachable,
    ...(row.source !== null && { source: row.source }),
    ...(row.sourceDetail !== null && { sourceDetail: row.sourceDetail }),
  }
}
