import type { PrismaClient } from './generated/client.ts'
import type { Member } from './staff.ts'

/** An owner who is to get a digest. */
export type DigestReader = Pick<Member, 'id' | 'telegramId' | 'language'>

/** How a delivery ends. */
export type DigestEnd = 'sent' | 'unreachable' | 'unknown'

export interface DigestStorage {
  /**
   * The reachable owners who were there when this digest was due and have not been sent it.
   * @param week the Monday that it is due on
   * @param dueAt epoch milliseconds
   */
  readers(week: Temporal.PlainDate, dueAt: number): Promise<DigestReader[]>
  /** Takes an owner's digest for this process: true for exactly one of all that ask. */
  claim(week: Temporal.PlainDate, staffId: number): Promise<boolean>
  end(week: Temporal.PlainDate, staffId: number, state: DigestEnd): Promise<void>
  /** What was taken before `before` (epoch milliseconds) and never ended may have been sent: it is not sent again. */
  closeStuck(before: number): Promise<number>
  /** It surely did not go out: somebody may try again. */
  release(week: Temporal.PlainDate, staffId: number): Promise<void>
}

/** The weekly digests on their way: a row for each week and owner, taken before it is sent, so that nobody gets a week twice. */
export function createDigests({
  prisma,
  now = Date.now,
}: {
  prisma: PrismaClient
  now?: () => number
}): DigestStorage {
  const at = () => new Date(now())
  return {
    async readers(week, dueAt) {
      const rows = await prisma.staff.findMany({
        where: {
          role: 'owner',
          reachable: true,
          createdAt: { lt: new Date(dueAt) },
          digests: { none: { week: dayOf(week) } },
        },
        orderBy: { id: 'asc' },
      })
      return rows.map((row) => ({
        id: row.id,
        telegramId: Number(row.telegramId),
        language: row.language === 'en' ? 'en' : 'ru',
      }))
    },
    async claim(week, staffId) {
      const taken = await prisma.$executeRaw`
        INSERT INTO "DigestDelivery" ("week", "staffId", "state", "at")
        SELECT ${dayOf(week)}::date, id, 'sending', ${at()} FROM "Staff" WHERE id = ${staffId}
        ON CONFLICT DO NOTHING`
      return taken === 1
    },
    async end(week, staffId, state) {
      await prisma.digestDelivery.updateMany({
        where: { week: dayOf(week), staffId },
        data: { state, at: at() },
      })
    },
    async closeStuck(before) {
      const stuck = { state: 'sending', at: { lt: new Date(before) } }
      return (await prisma.digestDelivery.updateMany({ where: stuck, data: { state: 'unknown' } })).count
    },
    async release(week, staffId) {
      await prisma.digestDelivery.deleteMany({ where: { week: dayOf(week), staffId, state: 'sending' } })
    },
  }
}

/** A date of PostgreSQL's, as Prisma wants it. */
const dayOf = (week: Temporal.PlainDate): Date => new Date(`${week.toString()}T00:00:00Z`)
