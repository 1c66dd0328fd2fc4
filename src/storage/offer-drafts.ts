import type { DraftAbout } from '../domain/offers/draft-about.ts'
import type { NewcomerFacts } from '../domain/offers/newcomer.ts'
import type { SegmentFact } from '../domain/offers/playbook-drafts.ts'
import type { SchemeName } from '../domain/value/value-settings.ts'
import type { PrismaClient } from './generated/client.ts'
import type { AudienceSettings } from './meant-clients.ts'
import { newcomerDays, newcomersWithoutOffer } from './newcomers.ts'
import { schemeInUse } from './segment-overview.ts'
import { writeOccasions } from './write-occasions.ts'

/** A draft that nobody has touched. */
export interface Undecided {
  id: number
  draftKey: string
  state: 'draft' | 'pending'
  /** A newcomer who has come meanwhile, is gone, takes no offers any more, or introduced themselves long ago. */
  moot: boolean
}

/** Its number, and why it was drafted. */
export interface PendingDraft {
  id: number
  about: DraftAbout
}

export interface DraftStorage {
  /** How many clients are in which segment, as of the last recompute; no facts: there was none. */
  segments(): Promise<{ scheme: SchemeName; facts: SegmentFact[] }>
  /** Which of these keys have a draft already. */
  known(draftKeys: readonly string[]): Promise<Set<string>>
  /** Keys of the drafts whose offers are out of the list, and went there after `since`, epoch milliseconds. */
  retired(since: number): Promise<string[]>
  undecided(): Promise<Undecided[]>
  /** A draft that waits for a decision. */
  pending(draftKey: string): Promise<PendingDraft | undefined>
  /** Newcomers who may get a personal offer and have none; the one with this number, or all of the last days. */
  newcomers(clientId?: number): Promise<NewcomerFacts[]>
  /** The numbers of standing offers that are being sent. */
  standing(): Promise<number[]>
  /** Writes down whom a standing offer reaches today. @returns how many */
  writeOccasions(offerId: number): Promise<number>
  /**
   * A notice that drafts wait, once for each `key`, and only when there are new ones since the last.
   * @returns its id; undefined: there is nothing new to tell
   */
  notice(key: string): Promise<string | undefined>
}

/** @param now epoch milliseconds */
export function createDraftStorage({
  prisma,
  audience,
  now,
}: {
  prisma: PrismaClient
  audience: AudienceSettings
  now: () => number
}): DraftStorage {
  return {
    async segments() {
      const scheme = await schemeInUse(prisma)
      const facts = await prisma.$queryRaw<SegmentFact[]>`
        SELECT "line", "segment", "clients" FROM "SegmentCount"
        WHERE "scheme" = ${scheme} AND "day" = (SELECT max("day") FROM "SegmentCount" WHERE "scheme" = ${scheme})`
      return { scheme, facts }
    },
    async known(draftKeys) {
      const rows = await prisma.offer.findMany({
        where: { draftKey: { in: [...draftKeys] } },
        select: { draftKey: true },
      })
      return new Set(rows.flatMap(({ draftKey }) => draftKey ?? []))
    },
    async retired(since) {
      const rows = await prisma.offer.findMany({
        where: { draftKey: { not: null }, retiredAt: { gt: new Date(since) } },
        select: { draftKey: true },
      })
      return rows.flatMap(({ draftKey }) => draftKey ?? [])
    },
    undecided: () => prisma.$queryRaw<Undecided[]>`
      SELECT o."id", o."draftKey", o."state", o."origin" = 'newcomer' AND (
        o."createdAt" < ${new Date(now() - newcomerDays * 24 * 3600_000)}
        OR NOT EXISTS (SELECT FROM "Client" c WHERE c."id" = substring(o."draftKey" FROM '\\d+$')::bigint
          AND c."advertisingConsentAt" IS NOT NULL AND NOT EXISTS (SELECT FROM "Visit" v WHERE v."clientId" = c."id"))
      ) AS "moot"
      FROM "Offer" o
      WHERE o."state" IN ('draft', 'pending') AND o."version" = 1 AND o."draftKey" IS NOT NULL
        AND o."origin" IN ('playbook', 'standing', 'newcomer')
      ORDER BY o."id"`,
    async pending(draftKey) {
      const row = await prisma.offer.findFirst({
        where: { draftKey, state: 'pending' },
        select: { id: true, about: true },
      })
      return row ? { id: row.id, about: row.about as unknown as DraftAbout } : undefined
    },
    newcomers: (clientId) =>
      newcomersWithoutOffer(prisma, {
        ...audience,
        now: now(),
        ...(clientId !== undefined && { clientId }),
      }),
    async standing() {
      const rows = await prisma.$queryRaw<{ id: number }[]>`
        SELECT "id" FROM "Offer" WHERE "state" = 'sending' AND "spec" -> 'schedule' ->> 'kind' = 'standing' ORDER BY "id"`
      return rows.map((row) => row.id)
    },
    writeOccasions: (offerId) => writeOccasions(prisma, offerId, { ...audience, now: now() }),
    async notice(key) {
      const [row] = await prisma.$queryRaw<{ id: bigint }[]>`
        INSERT INTO "Notice" ("kind", "key", "createdAt")
        SELECT 'offers', ${key}, ${new Date(now())}
        WHERE EXISTS (SELECT FROM "Offer" o WHERE o."state" = 'pending' AND o."origin" IN ('playbook', 'standing')
          AND o."createdAt" > COALESCE((SELECT max("createdAt") FROM "Notice" WHERE "kind" = 'offers'), '-infinity'))
        ON CONFLICT ("key") DO NOTHING RETURNING "id"`
      return row && String(row.id)
    },
  }
}
