import type { OfferLogEntry } from '../domain/offers/state.ts'
import type { Platform } from '../domain/platform.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import { concerned } from './offer-notices.ts'
import type { Member } from './staff.ts'
import { shownName } from './shown-name.ts'

const clientKinds = ['newClient', 'message', 'attachment', 'unhappy', 'callWanted'] as const

/** Something the staff must see. */
export type Notice = ClientNotice | OffersNotice | OfferNotice

/** Drafted offers wait for a decision. */
interface OffersNotice {
  id: string
  kind: 'offers'
  createdAt: Date
  /** So many by now. */
  waiting: number
}

/** Something happened to an offer. */
export interface OfferNotice {
  id: string
  kind: 'offer'
  createdAt: Date
  offerId: number
  what: OfferLogEntry['what']
  why?: string
  /** The name of whoever did it; absent: the program, or somebody who has left. */
  by?: string
  /** It asks for an approval. */
  asks: boolean
}

/** What came from a person, with what is known of them. */
export interface ClientNotice {
  id: string
  kind: (typeof clientKinds)[number]
  /** message: what the person wrote. attachment: what was sent ("photo"), then the caption after a line break, if any. */
  text?: string
  platform: Platform
  /** The person's chat on that platform. */
  externalId: number
  createdAt: Date
  /** unhappy, callWanted: what it is about (`follow-ups.ts`). */
  followUpId?: number
  /** Absent when the person is not a known client. */
  client?: NoticeClient
}

export interface NoticeClient {
  id: number
  name?: string
  phone?: string
  phoneConfirmed: boolean
  lines: string[]
  platforms: Platform[]
  consented: boolean
}

export interface NoticeStorage {
  /** A notice that is not done yet; undefined when it is done or gone with its client. */
  undone(id: string): Promise<Notice | undefined>
  /** Those of the staff whom it concerns, who can be reached and have not been told yet. */
  untold(id: string): Promise<Pick<Member, 'id' | 'telegramId' | 'language'>[]>
  /** Remembers that the member was told. Telling again is remembered once. */
  told(id: string, staffId: number): Promise<void>
  /**
   * Closes the notice if at least one person was told, or it concerns nobody any more, and nobody reachable is left; then the text
   * of a person without consent to personal data is erased.
   * @returns whether it is closed now
   */
  close(id: string): Promise<boolean>
  /** Closes what nobody needs to hear any more. */
  drop(id: string): Promise<void>
  /** Ids of the oldest notices that wait for delivery, if there is anybody to deliver to. */
  waiting(limit: number): Promise<string[]>
}

/** Notices on their way to the staff. Ids are decimal strings, because jobs carry them as JSON. */
export function createNotices({ prisma }: { prisma: PrismaClient }): NoticeStorage {
  return {
    async undone(id) {
      const row = await prisma.notice.findFirst({
        where: { id: BigInt(id), doneAt: null },
        include: withClient,
      })
      if (row?.offerEvent) return { id, createdAt: row.createdAt, ...offerEventOf(row.offerEvent) }
      if (row?.kind !== 'offers') return row ? toNotice(row) : undefined
      const waiting = await prisma.offer.count({ where: { state: 'pending' } })
      return { id, kind: row.kind, createdAt: row.createdAt, waiting }
    },
    async untold(id) {
      const rows = await prisma.$queryRaw<{ id: number; telegramId: bigint; language: string }[]>`
        SELECT s."id", s."telegramId", s."language" FROM "Notice" n, "Staff" s
        WHERE n."id" = ${BigInt(id)} AND ${untold} ORDER BY s."id"`
      return rows.map((row) => ({
        id: row.id,
        telegramId: Number(row.telegramId),
        language: row.language === 'en' ? 'en' : 'ru',
      }))
    },
    async told(id, staffId) {
      // A notice or a member may be gone by now: then there is nothing to remember, and no foreign key to trip over.
      await prisma.$executeRaw`
        INSERT INTO "NoticeDelivery" ("noticeId", "staffId")
        SELECT n.id, s.id FROM "Notice" n, "Staff" s WHERE n.id = ${BigInt(id)} AND s.id = ${staffId}
        ON CONFLICT DO NOTHING`
    },
    async close(id) {
      const closed = await prisma.$executeRaw`
        UPDATE "Notice" n SET "doneAt" = now(), text = CASE WHEN EXISTS (
          SELECT FROM "Client" c WHERE c.id = n."clientId" AND c."personalDataConsentAt" IS NOT NULL
        ) THEN n.text END
        WHERE n.id = ${BigInt(id)} AND n."doneAt" IS NULL
          AND (EXISTS (SELECT FROM "NoticeDelivery" d WHERE d."noticeId" = n.id)
            OR (n."offerEventId" IS NOT NULL AND NOT EXISTS (SELECT FROM "Staff" s WHERE ${concerns})))
          AND NOT EXISTS (SELECT FROM "Staff" s WHERE ${untold})`
      return closed === 1
    },
    async drop(id) {
      await prisma.notice.updateMany({
        where: { id: BigInt(id), doneAt: null },
        data: { doneAt: new Date() },
      })
    },
    async waiting(limit) {
      if ((await prisma.staff.count({ where: { reachable: true } })) === 0) return []
      const rows = await prisma.notice.findMany({
        where: { doneAt: null },
        select: { id: true },
        orderBy: { id: 'asc' },
        take: limit,
      })
      return rows.map((row) => String(row.id))
    },
  }
}

const concerns = Prisma.raw(concerned)
const untold = Prisma.sql`s."reachable" AND ${concerns} AND NOT EXISTS (
  SELECT FROM "NoticeDelivery" d WHERE d."noticeId" = n."id" AND d."staffId" = s."id")`

const withClient = {
  client: { include: { chats: { select: { platform: true, profileName: true } } } },
  offerEvent: { include: { staff: { select: { name: true } } } },
} as const

type WithClient = Prisma.NoticeGetPayload<{ include: typeof withClient }>

const offerEventOf = ({
  offerId,
  what,
  why,
  to,
  staff,
}: NonNullable<WithClient['offerEvent']>): Omit<OfferNotice, 'id' | 'createdAt'> => ({
  kind: 'offer',
  offerId,
  what: what as OfferLogEntry['what'],
  asks: to === 'pending',
  ...(why !== null && { why }),
  ...(staff && { by: staff.name }),
})

function toNotice(row: WithClient): ClientNotice | undefined {
  const { platform, externalId } = row
  // What comes from a person comes from a chat.
  if (platform === null || externalId === null) return undefined
  return {
    id: String(row.id),
    kind: clientKinds.find((kind) => kind === row.kind) ?? 'message',
    ...(row.text !== null && { text: row.text }),
    platform,
    externalId: Number(externalId),
    createdAt: row.createdAt,
    ...(row.followUpId !== null && { followUpId: Number(row.followUpId) }),
    ...(row.client && { client: toClient(row.client) }),
  }
}

function toClient(row: NonNullable<WithClient['client']>): NoticeClient {
  const phone = row.confirmedPhone ?? row.phone
  return {
    id: Number(row.id),
    ...shownName(row),
    ...(phone !== null && { phone }),
    phoneConfirmed: row.confirmedPhone !== null,
    lines: row.lines,
    platforms: row.chats.map((chat) => chat.platform).sort(),
    consented: row.personalDataConsentAt !== null,
  }
}
