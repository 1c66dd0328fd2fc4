import type { Prisma, PrismaClient } from './generated/client.ts'
import { mergeClients } from './merge.ts'

/**
 * Somebody has proved that a phone is theirs: whom the salon's books know by it, and who has no chat yet, is this person. Their
 * visits and what the books say of them go over; what the person said themselves stays.
 *
 * A client of the books who has a chat was met before, and has been somebody since: a number that has changed hands opens nothing.
 */
export async function meetBooks(
  tx: Prisma.TransactionClient,
  clientId: bigint,
  phone: string,
): Promise<void> {
  const known = await tx.client.findFirst({
    where: {
      bookPhone: phone,
      bookedAt: { not: null },
      demo: false,
      chats: { none: {} },
      id: { not: clientId },
    },
    select: { id: true },
  })
  if (known) await mergeClients(tx, known.id, clientId)
}

/**
 * Brings together whom a file of the books and a confirmation of the phone passed by, being written at the same moment: neither
 * saw the other.
 * @returns how many have met
 */
export async function meetMissed(prisma: PrismaClient): Promise<number> {
  const missed = await prisma.$queryRaw<{ id: bigint; phone: string }[]>`
    SELECT c.id, b."bookPhone" AS phone FROM "Client" b JOIN "Client" c ON c."confirmedPhone" = b."bookPhone" AND c.id <> b.id
    WHERE b."bookedAt" IS NOT NULL AND NOT b.demo AND NOT EXISTS (SELECT FROM "Chat" h WHERE h."clientId" = b.id)`
  for (const { id, phone } of missed) await prisma.$transaction((tx) => meetBooks(tx, id, phone))
  return missed.length
}
