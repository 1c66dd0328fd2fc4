/** Whom a standing offer reaches today. */
import { assignment } from '../domain/offers/holdout.ts'
import type { Occasion, OfferSpec } from '../domain/offers/offer.ts'
import { birthdayGraceDays, occasionOf } from '../domain/offers/occasion.ts'
import type { Addressed } from './audience-batch.ts'
import { bornWithin } from './audience-where.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import { dayOf, meantClients } from './meant-clients.ts'
import type { AudienceSettings } from './meant-clients.ts'
import { hasStood, roomFor } from './within-limit.ts'
import { writeDeliveries } from './write-deliveries.ts'
import type { NewDelivery } from './write-deliveries.ts'

/**
 * Writes a delivery for each client whose occasion it is today, once for each occasion, however often it is asked; whoever was told
 * of an occasion that was none then, and is one now, is told after all. Of an offer that
 * is paused or not approved as it stands, none. They are due at the offer's time of the day.
 * @param now epoch milliseconds
 * @returns how many were written, those held out among them
 */
export async function writeOccasions(
  prisma: PrismaClient,
  offerId: number,
  { now, ...settings }: AudienceSettings & { now: number },
): Promise<number> {
  return prisma.$transaction(
    async (tx) => {
      // Who pauses, revokes or edits it at this moment waits: what they call off is all there is.
      await tx.$queryRaw`SELECT FROM "Offer" WHERE id = ${offerId} FOR UPDATE`
      const offer = await tx.offer.findUnique({ where: { id: offerId } })
      const spec = offer?.spec as OfferSpec | undefined
      if (offer?.state !== 'sending' || spec?.schedule.kind !== 'standing') return 0
      const { occasion, at } = spec.schedule
      const today = dayOf(now, settings.timeZone)
      const since = dayOf((offer.sendingSince ?? new Date(now)).getTime(), settings.timeZone)
      const due = { offerId, now: new Date(now), dueAt: new Date(timeOfDay(at, settings.timeZone, now)) }
      let written = 0
      const having = possible(occasion, today)
      let left = await roomFor(tx, offerId, spec)
      for await (const meant of meantClients(tx, spec, { ...settings, now, having })) {
        if (left <= 0) break
        const having = meant.flatMap((client) =>
          whoseOccasion(client, occasion, { today, since }, { ...offer, spec }),
        )
        const rows = upTo(left, await untold(tx, offerId, having))
        const { recipients, heldOut } = await writeDeliveries(tx, rows, due)
        left -= recipients
        written += recipients + heldOut
      }
      return written
    },
    { maxWait: 10_000, timeout: 180_000 },
  )
}

/** Those who have not had it on this occasion: the others take nobody's place. */
async function untold(
  tx: Prisma.TransactionClient,
  offerId: number,
  rows: readonly NewDelivery[],
): Promise<NewDelivery[]> {
  const told = await tx.delivery.findMany({
    where: { offerId, clientId: { in: rows.map(({ clientId }) => clientId) }, ...hasStood },
    select: { clientId: true, occasion: true },
  })
  const known = new Set(told.map(({ clientId, occasion }) => `${clientId}:${occasion}`))
  return rows.filter(({ clientId, occasion }) => !known.has(`${clientId}:${occasion}`))
}

/** Those held out get nothing, and don't count. */
function upTo(left: number, rows: readonly NewDelivery[]): NewDelivery[] {
  let given = 0
  return rows.filter(({ heldOut }) => heldOut || ++given <= left)
}

function whoseOccasion(
  { facts, platform, firstDay }: Addressed,
  occasion: Occasion,
  { today, since }: { today: number; since: number },
  { seed, spec }: { seed: string; spec: OfferSpec },
): NewDelivery[] {
  const { birthday, clientId } = facts
  const overall = facts.values['']
  const name = occasionOf(
    occasion,
    {
      ...(birthday && { birthday }),
      ...(overall && firstDay !== undefined && { overall: { ...overall, firstDay } }),
    },
    today,
    since,
  )
  return name === undefined
    ? []
    : [{ clientId, platform, occasion: name, ...assignment(seed, clientId, spec) }]
}

/** Today at "HH:MM" in the zone, epoch milliseconds. */
const timeOfDay = (time: string, timeZone: string, now: number): number =>
  Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).withPlainTime(time)
    .epochMilliseconds

/** Of a million clients a few hundred: the rest need not be read. Wider than the occasion itself, never narrower. */
function possible(occasion: Occasion, today: number): Prisma.Sql {
  switch (occasion.kind) {
    case 'birthday':
      return bornWithin(birthdayGraceDays + occasion.daysBefore, today - birthdayGraceDays)
    case 'overdue':
      return Prisma.sql`EXISTS (SELECT FROM "ClientValue" o WHERE o."clientId" = c."id" AND o."line" = '' AND o."visits" >= 3
        AND ${today} - o."lastDay" >= (o."lastDay" - o."firstDay")::float8 / (o."visits" - 1) + ${occasion.days} - 1)`
    case 'firstVisit':
      return Prisma.sql`EXISTS (SELECT FROM "ClientValue" o WHERE o."clientId" = c."id" AND o."line" = '' AND o."visits" = 1
        AND o."firstDay" <= ${today - occasion.daysAfter})`
  }
}
