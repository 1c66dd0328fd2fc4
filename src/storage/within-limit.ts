/** An offer that is for fewer people than it means: who of them. */
import { chanceOf } from '../domain/offers/hash.ts'
import { assignment } from '../domain/offers/holdout.ts'
import type { OfferSpec } from '../domain/offers/offer.ts'
import { Prisma } from './generated/client.ts'
import { meantClients } from './meant-clients.ts'
import type { AudienceSettings } from './meant-clients.ts'

interface LimitedOffer {
  id: number
  seed: string
  spec: OfferSpec
}

/**
 * A client's lot: from the lowest on they get it, until there are enough. Everybody has the same chance, a re-run gives the same
 * lot, and no two are equal: their numbers stand behind the 32 bits of the hash.
 */
export const lotOf = (seed: string, clientId: number): number =>
  chanceOf(seed, 'limit', clientId) + (clientId % 2 ** 20) / 2 ** 53

/**
 * The highest lot that still gets it. Those held out get nothing and don't count, so that of the lots below it the same part is held
 * out as of all; whoever has had the offer counts, and draws no lot.
 * @param settings.now epoch milliseconds
 * @returns Infinity: all of them get it
 */
export async function highestLot(
  tx: Prisma.TransactionClient,
  { id, seed, spec }: LimitedOffer,
  settings: AudienceSettings & { now: number },
): Promise<number> {
  const room = await roomFor(tx, id, spec)
  if (room === Infinity) return Infinity
  if (room <= 0) return -1
  const having = Prisma.sql`NOT EXISTS (SELECT FROM "Delivery" w
    WHERE w."clientId" = c."id" AND w."offerId" = ${id} AND NOT w."heldOut" AND w."state" <> 'cancelled'
      AND (w."state" <> 'refused' OR w."reason" IS DISTINCT FROM 'noOccasion'))`
  let lots: number[] = []
  let isFull = false
  for await (const meant of meantClients(tx, spec, { ...settings, having })) {
    const drawn = meant
      .map(({ facts }) => facts.clientId)
      .filter((clientId) => !assignment(seed, clientId, spec).heldOut)
      .map((clientId) => lotOf(seed, clientId))
    isFull ||= lots.length + drawn.length > room
    // No more are kept than can win, however many there are.
    lots = [...lots, ...drawn].toSorted((one, other) => one - other).slice(0, room)
  }
  return isFull ? (lots.at(-1) ?? -1) : Infinity
}

/** What is written for an offer and stands: what was called off, or came to nothing, can be written again. */
export const hasStood = { NOT: [{ state: 'cancelled' }, { state: 'refused', reason: 'noOccasion' }] }

/** So many more may get it in all. */
export async function roomFor(
  tx: Prisma.TransactionClient,
  offerId: number,
  { limits }: Pick<OfferSpec, 'limits'>,
): Promise<number> {
  if (limits.recipients === undefined) return Infinity
  const given = await tx.delivery.count({ where: { offerId, heldOut: false, ...hasStood } })
  return limits.recipients - given
}
