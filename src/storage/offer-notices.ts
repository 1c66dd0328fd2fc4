/** What happens to an offer and concerns somebody of the staff: told by a notice of the same transaction (notices.ts). */
import type { OfferLogEntry } from '../domain/offers/state.ts'
import type { Prisma } from './generated/client.ts'

/** An offer's event that somebody hears of. */
interface Told {
  eventId: bigint
  entry: OfferLogEntry
  /** It is one newcomer's: over a moment after its approval. */
  personal: boolean
  /** Only an owner may approve it. */
  ownerOnly: boolean
}

/**
 * Writes the notice, where there is one: that somebody's approval is asked for, what was decided, and how it ended.
 * @returns its id
 */
export async function writeOfferNotice(
  tx: Prisma.TransactionClient,
  { eventId, entry, personal, ownerOnly }: Told,
): Promise<string | undefined> {
  const asked = asksApproval(entry)
  if (!asked && !isTold(entry, personal)) return undefined
  const { id } = await tx.notice.create({
    data: {
      kind: 'offer',
      offerEventId: eventId,
      forRole: asked && ownerOnly ? 'owner' : null,
      createdAt: new Date(entry.at),
    },
    select: { id: true },
  })
  return String(id)
}

/** Of what the program drafts the staff hear once a day, and of a newcomer's offer with the news of them. */
const asksApproval = ({ from, to, staffId }: OfferLogEntry): boolean =>
  to === 'pending' && from !== 'pending' && staffId !== null

const isTold = ({ what }: OfferLogEntry, personal: boolean): boolean =>
  what === 'approved' || what === 'rejected' || ((what === 'done' || what === 'expired') && !personal)

/**
 * SQL: whether a notice "n" concerns somebody "s" of the staff. All of them hear of what comes from clients; of an offer whoever may
 * decide, and then its author and who has approved it. Whoever did it knows.
 */
export const concerned = `
  CASE WHEN n."offerEventId" IS NULL THEN true ELSE EXISTS (
    SELECT FROM "OfferEvent" e JOIN "Offer" o ON o."id" = e."offerId"
    WHERE e."id" = n."offerEventId" AND e."staffId" IS DISTINCT FROM s."id" AND CASE WHEN e."to" = 'pending'
      THEN n."forRole" IS NULL OR s."role" = n."forRole"
      ELSE s."id" = o."createdBy" OR s."id" = (SELECT a."staffId" FROM "OfferEvent" a
        WHERE a."offerId" = o."id" AND a."what" = 'approved' AND a."id" < e."id" ORDER BY a."id" DESC LIMIT 1) END) END`
