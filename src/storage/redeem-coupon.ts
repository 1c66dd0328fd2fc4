/** Taking a coupon at the desk, once for each of its uses. */
import { redeem } from '../domain/offers/coupon-uses.ts'
import { findCoupon, toCoupon, type Coupon, type CouponRow } from './coupon-rows.ts'
import { linkCouponUses } from './coupon-visits.ts'
import { firstTime } from './first-time.ts'
import type { Prisma } from './generated/client.ts'

export interface RedeemWish {
  code: string
  /** Staff id. */
  by: number
  updateKey: string
  /** How many uses were left when the button was shown: somebody else may have been quicker. */
  left?: number
}

export type Redemption =
  /** `coupon.used[0]` is this use; it has its visit where one of today is in the books. */
  | { ok: true; coupon: Coupon }
  | { ok: false; reason: 'unknown' }
  /** `repeated`: the same press again. `quicker`: somebody has taken it meanwhile, and some uses are left. */
  | { ok: false; reason: 'expired' | 'redeemed' | 'repeated' | 'quicker'; coupon: Coupon }

/** Takes one use. Whoever comes second waits for the first, and is told of them. @param now epoch milliseconds */
export async function redeemCoupon(
  tx: Prisma.TransactionClient,
  { code, by, updateKey, left }: RedeemWish,
  { now, timeZone }: { now: number; timeZone: string },
): Promise<Redemption> {
  const row = await locked(tx, code)
  if (!row) return { ok: false, reason: 'unknown' }
  const coupon = toCoupon(row)
  if (!(await firstTime(tx, updateKey))) return { ok: false, reason: 'repeated', coupon }
  if (row.redeemedAt) return { ok: false, reason: 'redeemed', coupon }
  if (left !== undefined && left !== coupon.left) return { ok: false, reason: 'quicker', coupon }
  const used = row.used.map(({ at }) => ({ at: at.getTime() }))
  // In the table it is the first moment that is too late.
  const redeemed = redeem({ uses: row.uses, expiresAt: row.expiresAt.getTime() - 1, used }, now)
  if (!redeemed.ok)
    return { ok: false, reason: redeemed.reason === 'expired' ? 'expired' : 'redeemed', coupon }
  const at = new Date(now)
  await tx.couponUse.create({ data: { couponId: row.id, at, staffId: by } })
  await linkCouponUses((text, values) => tx.$executeRawUnsafe(text, ...values), [row.clientId], timeZone)
  if (redeemed.left === 0)
    await tx.coupon.update({ where: { id: row.id }, data: { redeemedAt: at, redeemedBy: by } })
  const after = await findCoupon(tx, row.code)
  if (!after) throw new Error('a coupon went while it was locked')
  return { ok: true, coupon: toCoupon(after) }
}

async function locked(tx: Prisma.TransactionClient, code: string): Promise<CouponRow | null> {
  const found = await findCoupon(tx, code)
  if (!found) return null
  await tx.$queryRaw`SELECT FROM "Coupon" WHERE id = ${found.id} FOR UPDATE`
  return findCoupon(tx, code)
}
