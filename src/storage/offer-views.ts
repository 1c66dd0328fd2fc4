import type { PrismaClient } from './generated/client.ts'

/** A message in which somebody of the staff watches an offer. */
export interface OfferView {
  staffId: number
  telegramId: number
  messageId: number
  offerId: number
}

/** One that is due, and the hash of what it was edited to last; null: something else may stand there. */
export type DueView = OfferView & { shown: string | null }

export interface OfferViewStorage {
  /** The message was just made to show this offer, and follows it from now on; undefined: something else. */
  turn(view: { staffId: number; messageId: number; offerId?: number }): Promise<void>
  /**
   * Takes views that nobody has shown anew for so long. Of several processes one gets each.
   * @param ageMs by the database's clock
   */
  claim(ageMs: number): Promise<DueView[]>
  /** It was edited just now. @param shown hash of what it shows */
  edited(view: OfferView, shown: string): Promise<void>
  /** Whether the message still shows this offer. */
  stands(view: OfferView): Promise<boolean>
  /** Nothing more will happen to what they show. */
  end(view: OfferView): Promise<void>
}

/** So many are edited in a turn: the staff are few. */
const most = 50

export function createOfferViews({ prisma }: { prisma: PrismaClient }): OfferViewStorage {
  const whereOf = ({ staffId, messageId, offerId }: OfferView) => ({
    staffId,
    messageId: BigInt(messageId),
    offerId,
  })
  return {
    async turn({ staffId, messageId, offerId }) {
      const key = { staffId, messageId: BigInt(messageId) }
      if (offerId === undefined) return void (await prisma.offerView.deleteMany({ where: key }))
      await prisma.$executeRaw`
        INSERT INTO "OfferView" ("staffId", "messageId", "offerId") VALUES (${staffId}, ${key.messageId}, ${offerId})
        ON CONFLICT ("staffId", "messageId")
        DO UPDATE SET "offerId" = EXCLUDED."offerId", "shownAt" = now(), "shown" = NULL`
    },
    claim: (ageMs) => prisma.$queryRaw<DueView[]>`
      UPDATE "OfferView" v SET "shownAt" = now() FROM "Staff" s
      WHERE s."id" = v."staffId" AND (v."staffId", v."messageId") IN (
        SELECT o."staffId", o."messageId" FROM "OfferView" o
        WHERE o."shownAt" <= now() - ${ageMs}::float8 * interval '1 millisecond'
        ORDER BY o."shownAt" LIMIT ${most} FOR UPDATE SKIP LOCKED
      )
      RETURNING v."staffId", s."telegramId"::float8 AS "telegramId", v."messageId"::float8 AS "messageId", v."offerId",
        v."shown"`,
    edited: async ({ staffId, messageId, offerId }, shown) =>
      void (await prisma.$executeRaw`
        UPDATE "OfferView" SET "shownAt" = now(), "shown" = ${shown}
        WHERE "staffId" = ${staffId} AND "messageId" = ${messageId}::bigint AND "offerId" = ${offerId}`),
    stands: async (view) => (await prisma.offerView.count({ where: whereOf(view) })) > 0,
    end: async (view) => void (await prisma.offerView.deleteMany({ where: whereOf(view) })),
  }
}
