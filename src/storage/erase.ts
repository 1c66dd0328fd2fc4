import { newcomerKey } from '../domain/offers/newcomer-draft.ts'
import { Prisma } from './generated/client.ts'
import { cancelDeliveries } from './merge-deliveries.ts'

/**
 * Forgets a person: everything that points to them goes, in the caller's transaction. What stays is anonymous: the ledger's rows
 * (their `subject` still proves what was agreed and withdrawn) and how many people were forgotten.
 */
export async function eraseClient(tx: Prisma.TransactionClient, clientId: bigint): Promise<void> {
  const chats = await tx.chat.findMany({ where: { clientId }, select: { id: true } })
  await tx.seenUpdate.updateMany({
    where: { chatId: { in: chats.map((chat) => chat.id) } },
    data: { chatId: null },
  })
  await tx.consent.updateMany({ where: { clientId }, data: { clientId: null } })
  await cancelDeliveries(tx, clientId)
  // Why it was drafted is what they told; the rest of the offer names nobody.
  await tx.offer.updateMany({ where: { draftKey: newcomerKey(clientId) }, data: { about: Prisma.DbNull } })
  await tx.client.delete({ where: { id: clientId } })
  await tx.$executeRaw`
    INSERT INTO "Setting" ("name", "value") VALUES ('forgottenClients', '1')
    ON CONFLICT ("name") DO UPDATE SET "value" = ("Setting"."value"::bigint + 1)::text`
}
