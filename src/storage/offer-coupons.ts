/** The coupons of offers, drawn when their message is about to be said. */
import { randomInt } from 'node:crypto'
import { couponCode } from '../domain/coupon.ts'
import { validUntil } from '../domain/offers/offer.ts'
import type { Candidate } from './contact-facts.ts'
import type { Query } from './chat-rows.ts'

/** A new code of chance that can't be foreseen. */
export const drawCode = (): string => couponCode(randomInt)

/** So many codes in a row that are taken by others are no accident. */
const mostDraws = 20

/**
 * The coupon of a delivery, in the transaction that claims it. The message said again has the same one, good as long as it says
 * then.
 * @param wish.at now, epoch milliseconds
 * @returns the code; undefined: this offer has no coupons
 */
export async function offerCoupon(
  query: Query,
  { id, clientId, occasion, tries, offer }: Candidate,
  { at, timeZone, draw }: { at: number; timeZone: string; draw: () => string },
): Promise<string | undefined> {
  const { coupon, validity, title, discount } = offer.spec
  if (!coupon) return undefined
  const until = new Date(validUntil(validity, at, timeZone))
  if (tries > 0) {
    const [renewed] = await query('renew-coupon', renew, [id, until])
    if (renewed) return String(renewed['code'])
  }
  const reward = `offer:${offer.id}:${occasion}`
  const promise = JSON.stringify({ title, discount })
  for (let drawn = 0; drawn < mostDraws; drawn += 1) {
    const values = [clientId, reward, draw(), new Date(at), until, coupon.uses, id, promise]
    const [given] = await query('give-coupon', give, values)
    if (given) return String(given['code'])
  }
  throw new Error('the coupon codes that are drawn are all taken: draw them at random')
}

const renew = `
UPDATE "Coupon" SET "expiresAt" = greatest("expiresAt", $2::timestamptz) WHERE "deliveryId" = $1 RETURNING "code"`

const give = `
INSERT INTO "Coupon" ("clientId", "reward", "code", "issuedAt", "expiresAt", "uses", "deliveryId", "promise")
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT ("code") DO NOTHING RETURNING "code"`
