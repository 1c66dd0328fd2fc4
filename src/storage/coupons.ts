import { readCode } from '../domain/coupon.ts'
import type { Coupon as OwnCoupon } from '../domain/known.ts'
import { firstTime } from './first-time.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'

type Transaction = Prisma.TransactionClient

export interface GivenCoupon {
  code: string
  issuedAt: Date
  expiresAt: Date
  /** False: the client had it already, and this is the one. */
  fresh: boolean
}

/** A gift as the staff see it. */
export interface Coupon {
  code: string
  /** What it is for: `survey`. */
  reward: string
  client: { id: number; name?: string }
  issuedAt: Date
  expiresAt: Date
  /** `by` is a name; absent when that person is not among the staff any more. */
  redeemed?: { at: Date; by?: string }
}

export type Redemption =
  | { ok: true; coupon: Coupon }
  | { ok: false; reason: 'unknown' }
  /** `repeated`: the same press again. */
  | { ok: false; reason: 'expired' | 'redeemed' | 'repeated'; coupon: Coupon }

export interface CouponStorage {
  /** The gifts of a client, the newest first. */
  ofClient(clientId: number): Promise<Coupon[]>
  /** The gift with this code, typed as people type. */
  byCode(typed: string): Promise<Coupon | undefined>
  /** Takes the code for the gift, once. Of two at once exactly one succeeds. @param wish.by staff id */
  redeem(wish: { code: string; by: number; updateKey: string }): Promise<Redemption>
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

/** The gifts of a client as they see them themselves, the newest first. */
export async function ownCoupons(prisma: PrismaClient, clientId: bigint): Promise<OwnCoupon[]> {
  const rows = await prisma.coupon.findMany(giftsOf(clientId))
  return rows.map(({ code, expiresAt, redeemedAt }) => ({
    code,
    expiresAt: expiresAt.getTime(),
    ...(redeemedAt && { redeemedAt: redeemedAt.getTime() }),
  }))
}

/** The gifts that the salon owes. @param now epoch milliseconds */
export function createCoupons({
  prisma,
  now = Date.now,
}: {
  prisma: PrismaClient
  now?: () => number
}): CouponStorage {
  return {
    async ofClient(clientId) {
      const rows = await prisma.coupon.findMany({ ...giftsOf(clientId), include: withPeople })
      return rows.map(toCoupon)
    },
    async byCode(typed) {
      const code = readCode(typed)
      const row = code === undefined ? null : await find(prisma, code)
      return row ? toCoupon(row) : undefined
    },
    redeem: ({ code, by, updateKey }) =>
      prisma.$transaction(async (tx): Promise<Redemption> => {
        const found = await find(tx, code)
        if (!found) return { ok: false, reason: 'unknown' }
        if (!(await firstTime(tx, updateKey)))
          return { ok: false, reason: 'repeated', coupon: toCoupon(found) }
        const at = new Date(now())
        const { count } = await tx.coupon.updateMany({
          where: { id: found.id, reward: found.reward, redeemedAt: null, expiresAt: { gt: at } },
          data: { redeemedAt: at, redeemedBy: by },
        })
        const where = { id: found.id }
        const coupon = toCoupon(await tx.coupon.findUniqueOrThrow({ where, include: withPeople }))
        if (count === 1) return { ok: true, coupon }
        return { ok: false, reason: coupon.redeemed ? 'redeemed' : 'expired', coupon }
      }),
  }
}

/**
 * Two clients with a coupon each turned out to be one: they get one gift, and either code is good for it. The row that gave way
 * keeps its code under the reward "survey/<id>" (`merge-coupons.ts`).
 */
const twinMark = '/'

export const twinReward = ({ reward, id }: { reward: string; id: bigint }): string =>
  `${soleReward(reward)}${twinMark}${id}`

const soleReward = (reward: string): string => reward.split(twinMark, 1).join('')

const giftsOf = (clientId: bigint | number) =>
  ({
    where: { clientId, reward: { not: { contains: twinMark } } },
    orderBy: { id: 'desc' },
  }) satisfies Prisma.CouponFindManyArgs

const withPeople = {
  client: { select: { id: true, name: true } },
  redeemer: { select: { name: true } },
} as const
type Row = Prisma.CouponGetPayload<{ include: typeof withPeople }>

async function find(db: PrismaClient | Transaction, code: string): Promise<Row | null> {
  const row = await db.coupon.findUnique({ where: { code }, include: withPeople })
  if (!row?.reward.includes(twinMark)) return row
  const clientId_reward = { clientId: row.clientId, reward: soleReward(row.reward) }
  return db.coupon.findUnique({ where: { clientId_reward }, include: withPeople })
}

function toCoupon(row: Row): Coupon {
  const { code, reward, client, issuedAt, expiresAt, redeemedAt, redeemer } = row
  return {
    code,
    reward,
    client: { id: Number(client.id), ...(client.name !== null && { name: client.name }) },
    issuedAt,
    expiresAt,
    ...(redeemedAt && { redeemed: { at: redeemedAt, ...(redeemer && { by: redeemer.name }) } }),
  }
}
