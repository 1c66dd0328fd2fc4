import { readCode } from '../domain/coupon.ts'
import type { Coupon as OwnCoupon } from '../domain/known.ts'
import { couponsOf, findCoupon, promised, toCoupon, withPeople, type Coupon } from './coupon-rows.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { redeemCoupon, type Redemption, type RedeemWish } from './redeem-coupon.ts'

type Transaction = Prisma.TransactionClient

export interface GivenCoupon {
  code: string
  issuedAt: Date
  expiresAt: Date
  /** False: the client had it already, and this is the one. */
  fresh: boolean
}

export interface CouponStorage {
  /** The coupons of a client, the newest first. */
  ofClient(clientId: number): Promise<Coupon[]>
  /** The coupon with this code, typed as people type. */
  byCode(typed: string): Promise<Coupon | undefined>
  /** Takes one use of it. Of two at once exactly one succeeds. */
  redeem(wish: RedeemWish): Promise<Redemption>
}

/** So many codes in a row that are taken by others are no accident. */
const mostDraws = 20

/**
 * Gives a client the coupon for `reward`, once: the second time it is the first one that comes back, whatever was drawn.
 * @param wish.draw a new code (`couponCode`); drawn again when somebody has that one
 */
export async function giveCoupon(
  tx: Transaction,
  {
    draw,
    ...wish
  }: { clientId: bigint; reward: string; issuedAt: Date; expiresAt: Date; draw: () => string },
): Promise<GivenCoupon> {
  const { clientId, reward } = wish
  for (let drawn = 0; drawn < mostDraws; drawn += 1) {
    const code = draw()
    const { count } = await tx.coupon.createMany({ data: [{ ...wish, code }], skipDuplicates: true })
    const given = await tx.coupon.findUnique({ where: { clientId_reward: { clientId, reward } } })
    if (given) {
      const { issuedAt, expiresAt } = given
      return { code: given.code, issuedAt, expiresAt, fresh: count === 1 }
    }
  }
  throw new Error('the coupon codes that are drawn are all taken: draw them at random')
}

/** The coupons of a client as they see them themselves, the newest first. */
export async function ownCoupons(prisma: PrismaClient, clientId: bigint): Promise<OwnCoupon[]> {
  const rows = await prisma.coupon.findMany({
    ...couponsOf(clientId),
    include: { _count: { select: { used: true } } },
  })
  return rows.map(({ code, expiresAt, redeemedAt, uses, promise, deliveryId, _count }) => ({
    code,
    expiresAt: expiresAt.getTime(),
    ...(redeemedAt && { redeemedAt: redeemedAt.getTime() }),
    ...(promise && {
      offer: {
        delivery: String(deliveryId),
        discount: promised(promise).discount,
        left: redeemedAt ? 0 : Math.max(0, uses - _count.used),
      },
    }),
  }))
}

/**
 * What the salon owes its clients.
 * @param timeZone the salon's: a coupon that is taken belongs to the visit of that day
 * @param now epoch milliseconds
 */
export function createCoupons({
  prisma,
  timeZone,
  now = Date.now,
}: {
  prisma: PrismaClient
  timeZone: string
  now?: () => number
}): CouponStorage {
  return {
    async ofClient(clientId) {
      const rows = await prisma.coupon.findMany({ ...couponsOf(clientId), include: withPeople })
      return rows.map(toCoupon)
    },
    async byCode(typed) {
      const code = readCode(typed)
      const row = code === undefined ? null : await findCoupon(prisma, code)
      return row ? toCoupon(row) : undefined
    },
    redeem: (wish) => prisma.$transaction((tx) => redeemCoupon(tx, wish, { now: now(), timeZone })),
  }
}
