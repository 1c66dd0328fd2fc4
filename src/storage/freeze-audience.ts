/** Who gets an offer, written down when it is approved. */
import { assignment } from '../domain/offers/holdout.ts'
import type { OfferSpec } from '../domain/offers/offer.ts'
import type { Addressed } from './audience-batch.ts'
import type { Prisma } from './generated/client.ts'
import { meantClients } from './meant-clients.ts'
import type { AudienceSettings } from './meant-clients.ts'
import { highestLot, lotOf } from './within-limit.ts'
import { writeDeliveries } from './write-deliveries.ts'
import type { Frozen, NewDelivery } from './write-deliveries.ts'

/**
 * Writes a delivery for each client whom the offer means and who can be written to today: with a consent to advertising and an
 * open chat where advertising is allowed. Everything else is asked when it is sent. Whoever got it in an earlier version keeps
 * that; who was to get it and is not meant any more was cancelled with the edit. Those held out wait, too: they are held out at the
 * moment when it would have been sent to them. Where the offer is for fewer people, lots are drawn (within-limit.ts).
 *
 * Of a standing offer nothing is written: each gets it on their occasion (write-occasions.ts). Those whom it means today are
 * counted, for who approves it.
 * @param now epoch milliseconds
 */
export async function freezeAudience(
  tx: Prisma.TransactionClient,
  offer: { id: number; seed: string; spec: OfferSpec },
  { now, ...settings }: AudienceSettings & { now: number },
): Promise<Frozen> {
  const upTo = await highestLot(tx, offer, { ...settings, now })
  const stands = offer.spec.schedule.kind === 'standing'
  const at = new Date(now)
  const frozen: Frozen = { recipients: 0, heldOut: 0 }
  for await (const meant of meantClients(tx, offer.spec, { ...settings, now })) {
    const rows = chosen(meant, offer, upTo)
    const { recipients, heldOut } = stands
      ? counted(rows)
      : await writeDeliveries(tx, rows, { offerId: offer.id, now: at, dueAt: at })
    frozen.recipients += recipients
    frozen.heldOut += heldOut
  }
  return frozen
}

const counted = (rows: readonly NewDelivery[]): Frozen => {
  const heldOut = rows.filter((row) => row.heldOut).length
  return { recipients: rows.length - heldOut, heldOut }
}

/** @param upTo the highest lot that gets it */
function chosen(
  meant: readonly Addressed[],
  { seed, spec }: { seed: string; spec: OfferSpec },
  upTo: number,
): NewDelivery[] {
  return meant
    .filter(({ facts }) => lotOf(seed, facts.clientId) <= upTo)
    .map(({ facts: { clientId }, platform }) => ({
      clientId,
      platform,
      occasion: '',
      ...assignment(seed, clientId, spec),
    }))
}
