import type { Prisma } from './generated/client.ts'

/**
 * Marks an update as seen, in the transaction of what it changes.
 * @param key "ad:<bot>:<update_id>"
 * @returns false when it was seen before: then nothing may be changed
 */
export async function firstTime(tx: Prisma.TransactionClient, key: string): Promise<boolean> {
  const { count } = await tx.seenUpdate.createMany({ data: [{ key }], skipDuplicates: true })
  return count === 1
}
