import type { PrismaClient } from './generated/client.ts'

/** A message in which somebody of the staff watches an offer. */
export interface OfferView {
  staffId: number
  telegramId: number
  messageId: number
  offerId: number
}

export interface OfferViewStorage {
  /** From now on the message shows this offer; undefined: something else. */
  turn(view: { staffId: number; messageId: number; offerId?: number }): Promise<void>
  /**
   * Takes views that nobody has shown anew for so long. Of several processes one gets each.
   * @param ageMs by the database's clock
   */
  claim(ageMs: number): Promise<OfferView[]>
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
      await prisma.offerView.upsert({
        where: { staffId_messageId: key },
        create: { ...key, offerId },
        update: { offerId },
      })
    },
    claim: (ageMs) => prisma.$queryRaw<OfferView[]>`
      UPDATE "OfferView" v SET "shownAt" = now() FROM "Staff" s
      WHERE s."id" = v."staffId" AND (v."staffId", v."messageId") IN (
        SELECT o."staffId", o."messageId" FROM "OfferView" o
        WHERE o."shownAt" <= now() - ${ageMs}::float8 * interval '1 millisecond'
        ORDER BY o."shownAt" LIMIT ${most} FOR UPDATE SKIP LOCKED
      )
      RETURNING v."staffId", s."telegramId"::float8 AS "telegramId", v."messageId"::float8 AS "messageId", v."offerId"`,
    stands: async (view) => (await prisma.offerView.count({ where: whereOf(view) })) > 0,
    end: async (view) => void (await prisma.offerView.deleteMany({ where: whereOf(view) })),
  }
}
