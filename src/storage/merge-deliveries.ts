import type { Prisma } from './generated/client.ts'

/** What is on its way to somebody is called off; of what may have gone before nobody knows whether it did. */
export async function cancelDeliveries(tx: Prisma.TransactionClient, clientId: bigint): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Delivery" SET "state" = CASE WHEN "triedAt" IS NULL THEN 'cancelled' ELSE 'unknown' END, "changedAt" = now()
    WHERE "clientId" = ${clientId} AND "state" = 'waiting'`
}

/**
 * What `from` got of offers is `into`'s. Where both were to get the same, one of the two rows stays with the client: the one that
 * was sent, or may have been, before the one that waits; the other no longer leads to anybody, and what waited in it is called off.
 */
export async function mergeDeliveries(
  tx: Prisma.TransactionClient,
  from: bigint,
  into: bigint,
): Promise<void> {
  const twice = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT DISTINCT ON ("offerId", "occasion") "id" FROM "Delivery" d
    WHERE "clientId" IN (${from}, ${into}) AND EXISTS (
      SELECT FROM "Delivery" o WHERE o."offerId" = d."offerId" AND o."occasion" = d."occasion" AND o."id" <> d."id"
        AND o."clientId" IN (${from}, ${into}))
    ORDER BY "offerId", "occasion", "state" IN ('sent', 'sending', 'unknown') OR "triedAt" IS NOT NULL, "state" = 'waiting', "id" DESC`
  const ids = twice.map((row) => row.id)
  await tx.$executeRaw`
    UPDATE "Delivery" SET "clientId" = NULL, "changedAt" = now(), "state" = CASE WHEN "state" <> 'waiting' THEN "state"
      WHEN "triedAt" IS NULL THEN 'cancelled' ELSE 'unknown' END
    WHERE "id" = ANY(${ids}::bigint[])`
  await tx.delivery.updateMany({ where: { clientId: from }, data: { clientId: into } })
}
