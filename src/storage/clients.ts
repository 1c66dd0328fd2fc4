import type { Birthday } from '../domain/birthday.ts'
import { consentPurposes, type ConsentPurpose } from '../domain/client.ts'
import type { Platform } from '../domain/platform.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'

/** A line of a list. */
export interface ClientLine {
  id: number
  name?: string
  platforms: Platform[]
  createdAt: Date
}

export interface ClientPage {
  /** How many there are on all pages together. */
  total: number
  clients: ClientLine[]
}

/** What of a typed search is looked for: words in the name, digits in the phone. Both must fit where both are given. */
export interface ClientQuery {
  words: string[]
  digits: string
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
  chats: ClientChat[]
  /** The last word on each purpose; a purpose is absent when the person never said anything. */
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
  /** Newest first. `since` leaves out those who came before. People without consent to personal data are not listed. */
  page(wish: { offset: number; limit: number; since?: Date }): Promise<ClientPage>
  /** Newest first; nothing when the query is empty. */
  search(wish: { query: ClientQuery; offset: number; limit: number }): Promise<ClientPage>
  /** Undefined when there is no such client, or the person has not consented (any more). */
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
  const listed = async (where: Prisma.ClientWhereInput, total: number, skip: number, take: number) => ({
    total,
    clients: (
      await prisma.client.findMany({
        where,
        orderBy: newestFirst,
        skip,
        take,
        include: { chats: platformOnly },
      })
    ).map(toLine),
  })

  return {
    async page({ offset, limit, since }) {
      const where = { personalDataConsentAt: { not: null }, ...(since && { createdAt: { gte: since } }) }
      return listed(where, await prisma.client.count({ where }), offset, limit)
    },
    async search({ query, offset, limit }) {
      if (query.words.length === 0 && query.digits === '') return { total: 0, clients: [] }
      const found = await prisma.$queryRaw<{ id: bigint; total: number }[]>`
        WITH found AS (SELECT id, "createdAt" FROM "Client" WHERE ${matching(query)})
        SELECT id, (SELECT count(*)::int FROM found) AS total
        FROM found ORDER BY "createdAt" DESC, id DESC OFFSET ${offset} LIMIT ${limit}`
      return listed({ id: { in: found.map((row) => row.id) } }, found[0]?.total ?? 0, 0, limit)
    },
    async card(id) {
      const row = await prisma.client.findFirst({
        where: { id, personalDataConsentAt: { not: null } },
        include: { chats: { orderBy: { createdAt: 'asc' } } },
      })
      if (!row) return undefined
      const [consents, footprint] = await Promise.all([
        lastConsents(prisma, id),
        footprintOf(prisma, id, timeZone),
      ])
      return { ...toCard(row), consents, footprint: { ...footprint, ...lastSeen(row.chats) } }
    },
  }
}

/**
 * Reads what a busy person types: "анна", "Петрова Анна", "4567", "8 (912) 345", "анна 4567".
 * @returns an empty query when there is nothing to look for
 */
export function readClientQuery(text: string): ClientQuery {
  const parts = text.normalize('NFC').split(/[^\p{L}\p{N}+]+/u)
  const words = parts.filter((part) => /\p{L}/u.test(part)).slice(0, 5)
  const digits = parts
    .filter((part) => !words.includes(part))
    .join('')
    .replace(/\D/g, '')
  return { words, digits: digits.length >= 2 ? digits.slice(0, 15) : '' }
}

const newestFirst = [{ createdAt: 'desc' }, { id: 'desc' }] satisfies Prisma.ClientOrderByWithRelationInput[]
const platformOnly = { select: { platform: true } } as const

function matching({ words, digits }: ClientQuery): Prisma.Sql {
  const conditions = [Prisma.sql`"personalDataConsentAt" IS NOT NULL`]
  if (words.length > 0) conditions.push(Prisma.sql`name ~ ALL(${words.map(anyCase)}::text[])`)
  if (digits) {
    const like = phonePatterns(digits)
    conditions.push(Prisma.sql`(phone LIKE ANY(${like}) OR "confirmedPhone" LIKE ANY(${like}))`)
  }
  return Prisma.join(conditions, ' AND ')
}

/** PostgreSQL folds the case of Cyrillic in some locales only, so the pattern names both; е and ё are one letter here. */
function anyCase(word: string): string {
  return Array.from(word, (letter) => {
    const variants = /[её]/iu.test(letter) ? 'ЕеЁё' : new Set([letter.toLowerCase(), letter.toUpperCase()])
    return `(${Array.from(variants, escapeRegExp).join('|')})`
  }).join('')
}

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** Any part of the number; a leading 8 is also read the Russian way, as +7. */
function phonePatterns(digits: string): string[] {
  return digits.startsWith('8') ? [`%${digits}%`, `+7${digits.slice(1)}%`] : [`%${digits}%`]
}

async function lastConsents(prisma: PrismaClient, clientId: number): Promise<ClientCard['consents']> {
  const rows = await Promise.all(
    consentPurposes.map((purpose) =>
      prisma.consent.findFirst({ where: { clientId, purpose }, orderBy: { id: 'desc' } }),
    ),
  )
  const known = rows.filter((row) => row !== null)
  return Object.fromEntries(known.map(({ purpose, granted, at }) => [purpose, { granted, at }]))
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

function toLine(row: Prisma.ClientGetPayload<{ include: { chats: typeof platformOnly } }>): ClientLine {
  return {
    id: Number(row.id),
    ...(row.name !== null && { name: row.name }),
    platforms: row.chats.map((chat) => chat.platform).sort(),
    createdAt: row.createdAt,
  }
}

function toCard(
  row: Prisma.ClientGetPayload<{ include: { chats: true } }>,
): Omit<ClientCard, 'consents' | 'footprint'> {
  const phone = row.confirmedPhone ?? row.phone
  return {
    id: Number(row.id),
    ...(row.name !== null && { name: row.name }),
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
