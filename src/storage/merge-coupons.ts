import { twinReward } from './coupon-rows.ts'
import type { Coupon, Prisma } from './generated/client.ts'

/**
 * Moves the coupons of `from` to `into`. A reward is given once per client: where both have one it is one gift from now on, and
 * either code is good for it, since both are in the person's chats. It counts as taken if either was, and holds as long as the
 * longer one does; the other row stays as a twin.
 */
export async function mergeCoupons(tx: Prisma.TransactionClient, from: bigint, into: bigint): Promise<void> {
  // Nobody may take one of them while it is decided which speaks for the gift.
  await tx.$queryRaw`SELECT FROM "Coupon" WHERE "clientId" IN (${from}, ${into}) FOR UPDATE`
  const coupons = await tx.coupon.findMany({ where: { clientId: { in: [from, into] } } })
  for (const reward of new Set(coupons.map((one) => one.reward))) {
    const [sole, ...others] = coupons.filter((one) => one.reward === reward).sort(bySaying)
    for (const twin of others) {
      await tx.coupon.update({ where: { id: twin.id }, data: { reward: twinReward(twin) } })
      if (sole) await tx.couponUse.updateMany({ where: { couponId: twin.id }, data: { couponId: sole.id } })
    }
    if (sole && others.length > 0 && !sole.redeemedAt) await closeIfUsedUp(tx, sole)
  }
  await tx.coupon.updateMany({ where: { clientId: from }, data: { clientId: into } })
}

/** What was taken with either counts. */
async function closeIfUsedUp(tx: Prisma.TransactionClient, { id, uses }: Coupon): Promise<void> {
  const used = await tx.couponUse.findMany({ where: { couponId: id }, orderBy: { at: 'asc' } })
  const last = used.at(-1)
  if (last && used.length >= uses)
    await tx.coupon.update({ where: { id }, data: { redeemedAt: last.at, redeemedBy: last.staffId } })
}

/** Which of two speaks for the gift: the one that was taken (first), else the one that holds longer, else the older one. */
function bySaying(one: Coupon, other: Coupon): number {
  if (one.redeemedAt && other.redeemedAt) return +one.redeemedAt - +other.redeemedAt
  if (one.redeemedAt ?? other.redeemedAt) return one.redeemedAt ? -1 : 1
  return +other.expiresAt - +one.expiresAt || Number(one.id - other.id)
}
