import type { Prisma } from './generated/client.ts'
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
