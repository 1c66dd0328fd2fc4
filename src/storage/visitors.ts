import type { Visitor } from '../domain/visitor.ts'
import type { PrismaClient } from './generated/client.ts'

export interface VisitorStorage {
  /**
   * Writes somebody into the salon's books. Who is known by this phone already, from the books or because they have confirmed it,
   * is that client (`known`); a phone that somebody has only typed says nothing.
   */
  add(visitor: Visitor): Promise<{ clientId: number; known: boolean }>
}

/** Clients who came and are not in the bot: they meet their chat when they confirm that phone (`meet-books.ts`). */
export function createVisitors({
  prisma,
  now = Date.now,
}: {
  prisma: PrismaClient
  now?: () => number
}): VisitorStorage {
  const byPhone = (phone: string) =>
    prisma.client.findFirst({
      where: {
        OR: [
          { confirmedPhone: phone, personalDataConsentAt: { not: null } },
          { bookPhone: phone, bookedAt: { not: null } },
        ],
      },
      orderBy: { confirmedPhone: { sort: 'asc', nulls: 'last' } },
      select: { id: true },
    })
  return {
    async add({ name, phone }) {
      const found = await byPhone(phone)
      if (found) return { clientId: Number(found.id), known: true }
      const at = new Date(now())
      // Of two who add the same one at once, one finds the other's.
      const { count } = await prisma.client.createMany({
        data: [{ name, bookPhone: phone, bookedAt: at, createdAt: at }],
        skipDuplicates: true,
      })
      const added = await byPhone(phone)
      if (!added) throw new Error('a visitor who was added a moment ago is not there')
      return { clientId: Number(added.id), known: count === 0 }
    },
  }
}
