/** A coupon as it is read from the database. */
import type { Discount, OfferText } from '../domain/offers/offer.ts'
import type { OfferState } from '../domain/offers/transitions.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { newestFirst } from './recorded-visit.ts'

/** What a coupon was promised by. */
export interface CouponOffer {
  id: number
  /** What the salon's people call it. */
  title: OfferText
  discount: Discount
  state: OfferState
  /** When it was stopped, or its time was over. */
  endedAt?: Date
}

export interface CouponUse {
  at: Date
  /** A name; absent when that person is not among the staff any more. */
  by?: string
  visitId?: number
}

/** A coupon as the staff see it. */
export interface Coupon {
  code: string
  /** What it is for: `survey`, or `offer:...`. */
  reward: string
  /** `line`: what they came for last, or are interested in. */
  client: { id: number; name?: string; line?: string }
  issuedAt: Date
  expiresAt: Date
  uses: number
  left: number
  /** The newest first. */
  used: CouponUse[]
  /** Used up: by whom and when. */
  redeemed?: { at: Date; by?: string }
  offer?: CouponOffer
}

/**
 * Two clients with a coupon each turned out to be one: they get one gift, and either code is good for it. The row that gave way
 * keeps its code under the reward "survey/<id>" (`merge-coupons.ts`).
 */
const twinMark = '/'

export const twinReward = ({ reward, id }: { reward: string; id: bigint }): string =>
  `${soleReward(reward)}${twinMark}${id}`

const soleReward = (reward: string): string => reward.split(twinMark, 1).join('')

/** The coupons of a client, the newest first. */
export const couponsOf = (clientId: bigint | number) =>
  ({
    where: { clientId, reward: { not: { contains: twinMark } } },
    orderBy: { id: 'desc' },
  }) satisfies Prisma.CouponFindManyArgs

export const withPeople = {
  client: {
    select: {
      id: true,
      name: true,
      lines: true,
      visits: { where: { line: { not: null } }, orderBy: newestFirst, take: 1, select: { line: true } },
    },
  },
  redeemer: { select: { name: true } },
  used: { orderBy: [{ at: 'desc' }, { id: 'desc' }], include: { staff: { select: { name: true } } } },
  delivery: { select: { offer: { select: { id: true, state: true, endedAt: true } } } },
} satisfies Prisma.CouponInclude
export type CouponRow = Prisma.CouponGetPayload<{ include: typeof withPeople }>

/** The coupon that this code is good for. */
export async function findCoupon(
  db: PrismaClient | Prisma.TransactionClient,
  code: string,
): Promise<CouponRow | null> {
  const row = await db.coupon.findUnique({ where: { code }, include: withPeople })
  if (!row?.reward.includes(twinMark)) return row
  const clientId_reward = { clientId: row.clientId, reward: soleReward(row.reward) }
  return db.coupon.findUnique({ where: { clientId_reward }, include: withPeople })
}

export function toCoupon(row: CouponRow): Coupon {
  const { code, reward, client, issuedAt, expiresAt, uses, used, redeemedAt, redeemer } = row
  const line = client.visits[0]?.line ?? client.lines[0]
  const offer = offerOf(row)
  return {
    code,
    reward,
    client: {
      id: Number(client.id),
      ...(client.name !== null && { name: client.name }),
      ...(line != null && { line }),
    },
    issuedAt,
    expiresAt,
    uses,
    left: redeemedAt ? 0 : Math.max(0, uses - used.length),
    used: used.map(({ at, staff, visitId }) => ({
      at,
      ...(staff && { by: staff.name }),
      ...(visitId !== null && { visitId: Number(visitId) }),
    })),
    ...(redeemedAt && { redeemed: { at: redeemedAt, ...(redeemer && { by: redeemer.name }) } }),
    ...(offer && { offer }),
  }
}

function offerOf({ promise, delivery }: CouponRow): CouponOffer | undefined {
  if (!promise || !delivery) return undefined
  const { id, state, endedAt } = delivery.offer
  return {
    ...promised(promise),
    id,
    state: state as OfferState,
    ...(endedAt && { endedAt }),
  }
}

/** As `offer-coupons.ts` wrote it. */
export const promised = (promise: Prisma.JsonValue): { title: OfferText; discount: Discount } =>
  promise as unknown as { title: OfferText; discount: Discount }
