import type { Prisma } from './generated/client.ts'

/**
 * Moves the visits of `from` to `into`. A row of the books without a number of its own is known by who, when and what for
 * (`Visit_file_row_key`): where both have the same one it is one visit, and the row of `into` stays.
 */
export async function mergeVisits(tx: Prisma.TransactionClient, from: bigint, into: bigint): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "Visit" a USING "Visit" b
    WHERE a."clientId" = ${from} AND b."clientId" = ${into} AND a.at = b.at
      AND coalesce(a.service, a.line, '') = coalesce(b.service, b.line, '')
      AND (coalesce(a.kopecks, 0) < 0) = (coalesce(b.kopecks, 0) < 0)
      AND a."importId" IS NOT NULL AND a."externalId" IS NULL
      AND b."importId" IS NOT NULL AND b."externalId" IS NULL`
  await tx.visit.updateMany({ where: { clientId: from }, data: { clientId: into } })
}
