/** Who gets an offer, written down when it is approved. */
import { matches } from '../domain/offers/audience.ts'
import type { Audience } from '../domain/offers/audience.ts'
import { assignment } from '../domain/offers/holdout.ts'
import type { OfferSpec } from '../domain/offers/offer.ts'
import { platforms } from '../domain/platform.ts'
import type { Platform } from '../domain/platform.ts'
import { amongWhom, audienceBatch } from './audience-batch.ts'
import type { Addressed } from './audience-batch.ts'
import type { Prisma } from './generated/client.ts'

export interface FreezeOptions {
  /** IANA name of the salon's zone. */
  timeZone: string
  /** Whether advertising may be sent on a platform at all. */
  advertising: Record<Platform, boolean>
}

/** What was written down. */
export interface Frozen {
  recipients: number
  /** Get nothing, to be compared with. */
  heldOut: number
}

/** So many clients are in memory at once. */
const batch = 2_000

/**
 * Writes a delivery for each client whom the offer means and who can be written to today: with a consent to advertising and an
 * open chat where advertising is allowed. Everything else is asked when it is sent. Whoever got it in an earlier version keeps
 * that; who was to get it and is not meant any more was cancelled with the edit. Those held out wait, too: they are held out at the
 * moment when it would have been sent to them.
 * @param now epoch milliseconds
 */
export async function freezeAudience(
  tx: Prisma.TransactionClient,
  offer: { id: number; seed: string; spec: OfferSpec },
  { timeZone, advertising, now }: FreezeOptions & { now: number },
): Promise<Frozen> {
  const { audience, channel, limits } = offer.spec
  const today = dayOf(now, timeZone)
  const wish = {
    platforms: platforms.filter((one) => advertising[one] && (channel === 'any' || channel === one)),
    withAnswers: asksForAnswers(audience),
    among: amongWhom(audience),
    now: new Date(now),
    limit: batch,
  }
  const frozen: Frozen = { recipients: 0, heldOut: 0 }
  for (let after = 0n; ;) {
    const clients = await audienceBatch(tx, { ...wish, after })
    const meant = clients.filter(({ facts }) => matches(audience, facts, today))
    const left = (limits.recipients ?? Infinity) - frozen.recipients
    const { recipients, heldOut } = await insert(tx, chosen(meant, offer, left), offer.id, wish.now)
    frozen.recipients += recipients
    frozen.heldOut += heldOut
    const last = clients.at(-1)
    if (!last || clients.length < batch || frozen.recipients >= (limits.recipients ?? Infinity)) return frozen
    after = BigInt(last.facts.clientId)
  }
}

/** Days since 1970-01-01 in the zone. */
export const dayOf = (at: number, timeZone: string): number =>
  Temporal.PlainDate.from('1970-01-01').until(
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate(),
  ).days

/** Whether the rule needs the survey's answers. */
export function asksForAnswers(rule: Audience): boolean {
  switch (rule.kind) {
    case 'all':
    case 'any':
      return rule.of.some(asksForAnswers)
    case 'not':
      return asksForAnswers(rule.of)
    default:
      return rule.kind === 'answer' || rule.kind === 'score' || rule.kind === 'card'
  }
}

interface Chosen {
  clientId: number
  platform: Platform
  variant: string
  heldOut: boolean
}

/** @param left so many more may get it */
function chosen(
  meant: readonly Addressed[],
  { seed, spec }: { seed: string; spec: OfferSpec },
  left: number,
): Chosen[] {
  let given = 0
  return meant
    .map(({ facts: { clientId }, platform }) => ({ clientId, platform, ...assignment(seed, clientId, spec) }))
    .filter(({ heldOut }) => {
      if (given >= left) return false
      if (!heldOut) given += 1
      return true
    })
}

async function insert(
  tx: Prisma.TransactionClient,
  rows: readonly Chosen[],
  offerId: number,
  at: Date,
): Promise<Frozen> {
  const [counted] = await tx.$queryRaw<Frozen[]>`
    WITH written AS (
      INSERT INTO "Delivery" ("offerId", "clientId", "variant", "heldOut", "platform", "state", "dueAt", "changedAt")
      SELECT ${offerId}, t.*, 'waiting', ${at}, ${at}
      FROM unnest(${rows.map((row) => row.clientId)}::bigint[], ${rows.map((row) => row.variant)}::text[],
        ${rows.map((row) => row.heldOut)}::boolean[], ${rows.map((row) => row.platform)}::"Platform"[])
        AS t("clientId", "variant", "heldOut", "platform")
      ON CONFLICT ("offerId", "clientId", "occasion") DO UPDATE
      SET "variant" = excluded."variant", "heldOut" = excluded."heldOut", "platform" = excluded."platform",
        "state" = excluded."state", "dueAt" = excluded."dueAt", "changedAt" = excluded."changedAt", "reason" = NULL
      WHERE "Delivery"."state" = 'cancelled'
      RETURNING "heldOut"
    )
    SELECT count(*) FILTER (WHERE NOT "heldOut")::int AS "recipients", count(*) FILTER (WHERE "heldOut")::int AS "heldOut" FROM written`
  return counted ?? { recipients: 0, heldOut: 0 }
}
