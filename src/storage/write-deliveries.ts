import type { Platform } from '../domain/platform.ts'
import type { Prisma } from './generated/client.ts'

/** Somebody's part in an offer, before it is written. */
export interface NewDelivery {
  clientId: number
  platform: Platform
  variant: string
  heldOut: boolean
  /** What makes a standing offer reach them; "": the offer does not stand. */
  occasion: string
}

/** What was written down. */
export interface Frozen {
  recipients: number
  /** Get nothing, to be compared with. */
  heldOut: number
}

/**
 * Writes down who is to get an offer: once for each client and occasion. What was called off with an edit waits again, and what
 * was refused because its occasion had passed, which was corrected since: nothing of either was ever said.
 * @param wish.dueAt not before
 */
export async function writeDeliveries(
  tx: Prisma.TransactionClient,
  rows: readonly NewDelivery[],
  { offerId, now, dueAt }: { offerId: number; now: Date; dueAt: Date },
): Promise<Frozen> {
  const [counted] = await tx.$queryRaw<Frozen[]>`
    WITH written AS (
      INSERT INTO "Delivery" ("offerId", "clientId", "variant", "heldOut", "platform", "occasion", "state", "dueAt", "changedAt")
      SELECT ${offerId}, t.*, 'waiting', ${dueAt}, ${now}
      FROM unnest(${rows.map((row) => row.clientId)}::bigint[], ${rows.map((row) => row.variant)}::text[],
        ${rows.map((row) => row.heldOut)}::boolean[], ${rows.map((row) => row.platform)}::"Platform"[],
        ${rows.map((row) => row.occasion)}::text[])
        AS t("clientId", "variant", "heldOut", "platform", "occasion")
      ON CONFLICT ("offerId", "clientId", "occasion") DO UPDATE
      SET "variant" = excluded."variant", "heldOut" = excluded."heldOut", "platform" = excluded."platform",
        "state" = excluded."state", "dueAt" = excluded."dueAt", "changedAt" = excluded."changedAt", "reason" = NULL
      WHERE "Delivery"."state" = 'cancelled' OR ("Delivery"."state" = 'refused' AND "Delivery"."reason" = 'noOccasion')
      RETURNING "heldOut"
    )
    SELECT count(*) FILTER (WHERE NOT "heldOut")::int AS "recipients", count(*) FILTER (WHERE "heldOut")::int AS "heldOut" FROM written`
  return counted ?? { recipients: 0, heldOut: 0 }
}
