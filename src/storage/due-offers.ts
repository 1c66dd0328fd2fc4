import type { Prisma, PrismaClient } from './generated/client.ts'
import { toOffer } from './offer-rows.ts'
import type { StoredOffer } from './offer-rows.ts'

/** What time does to offers. */
export interface DueOffers {
  /** Offers that must start (their time has come) or end (it is over) now, by their numbers. */
  due(): Promise<{ start: number[]; expire: number[] }>
  /** The numbers of those that are being sent. */
  sending(): Promise<number[]>
  /** Offers that are over and of which something still waits. */
  leftovers(): Promise<{ id: number; state: 'cancelled' | 'expired' }[]>
}

/** Finds the offers for which something is to be done without anybody's press. */
export function dueOffers({ prisma, now }: { prisma: PrismaClient; now: () => number }): DueOffers {
  const idsOf = async (where: Prisma.OfferWhereInput): Promise<number[]> =>
    (await prisma.offer.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } })).map(
      (row) => row.id,
    )

  return {
    async due() {
      const at = new Date(now())
      const [start, expire] = await Promise.all([
        prisma.offer.findMany({
          where: {
            state: { in: ['approved', 'scheduled'] },
            OR: [{ scheduledAt: null }, { scheduledAt: { lte: at } }],
            AND: { OR: [{ expiresAt: null }, { expiresAt: { gte: at } }] },
          },
          orderBy: { id: 'asc' },
        }),
        idsOf({
          expiresAt: { lt: at },
          state: { in: ['draft', 'pending', 'approved', 'scheduled', 'sending', 'paused'] },
        }),
      ])
      const begins = ({ standing, spec }: StoredOffer) =>
        standing.scheduledAt !== undefined || spec.schedule.kind !== 'at' || spec.schedule.at <= at.getTime()
      return {
        start: start
          .map(toOffer)
          .filter(begins)
          .map((one) => one.id),
        expire,
      }
    },
    sending: () => idsOf({ state: 'sending' }),
    async leftovers() {
      const rows = await prisma.offer.findMany({
        where: { state: { in: ['cancelled', 'expired'] }, deliveries: { some: { state: 'waiting' } } },
        select: { id: true, state: true },
      })
      return rows.map(({ id, state }) => ({ id, state: state === 'expired' ? 'expired' : 'cancelled' }))
    },
  }
}
