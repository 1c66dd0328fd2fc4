/** An offer as its row has it. */
import { randomBytes } from 'node:crypto'
import type { DraftAbout } from '../domain/offers/draft-about.ts'
import { specFrom } from '../domain/offers/offer.ts'
import type { OfferSpec } from '../domain/offers/offer.ts'
import type { OfferLogEntry, OfferStanding } from '../domain/offers/state.ts'
import type { OfferState } from '../domain/offers/transitions.ts'
import type { Offer, Prisma } from './generated/client.ts'

/** What drafted it. */
export type OfferOrigin = 'playbook' | 'newcomer' | 'manual' | 'standing'

export interface StoredOffer {
  id: number
  origin: OfferOrigin
  standing: OfferStanding
  spec: OfferSpec
  seed: string
  draftKey?: string
  /** Why the program drafted it. */
  about?: DraftAbout
  /** Staff id; absent: the program, or somebody who is not among the staff any more. */
  createdBy?: number
  createdAt: Date
  changedAt: Date
  sendingSince?: Date
  endedAt?: Date
}

/** @returns undefined when what `draftKey` names was drafted before */
export async function insertOffer(
  tx: Prisma.TransactionClient,
  {
    origin,
    spec,
    draftKey,
    about,
    seed = randomBytes(8).toString('hex'),
    standing,
    at,
    by,
  }: {
    origin: OfferOrigin
    spec: OfferSpec
    draftKey: string | undefined
    about: DraftAbout | undefined
    seed: string | undefined
    standing: OfferStanding
    at: number
    by: number | undefined
  },
): Promise<number | undefined> {
  const time = new Date(at)
  const [row] = await tx.offer.createManyAndReturn({
    data: [
      {
        origin,
        spec: spec as unknown as Prisma.InputJsonValue,
        seed,
        draftKey: draftKey ?? null,
        ...(about && { about: about }),
        createdBy: by ?? null,
        ...columnsOf(standing),
        createdAt: time,
        changedAt: time,
      },
    ],
    skipDuplicates: true,
    select: { id: true },
  })
  return row?.id
}

const columnsOf = ({
  state,
  version,
  approvedVersion,
  scheduledAt,
  expiresAt,
  retiredAt,
}: OfferStanding) => ({
  state,
  version,
  approvedVersion: approvedVersion ?? null,
  scheduledAt: scheduledAt === undefined ? null : new Date(scheduledAt),
  expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
  retiredAt: retiredAt === undefined ? null : new Date(retiredAt),
})

/** What was done, with its row in the log. @returns the log row's number */
export async function writeChange(
  tx: Prisma.TransactionClient,
  id: number,
  { standing, entry }: { standing: OfferStanding; entry: OfferLogEntry },
  { edited, starts }: { edited?: { spec: OfferSpec; expiresAt?: number }; starts: boolean },
): Promise<bigint> {
  const at = new Date(entry.at)
  // What waited was approved as it was.
  if (edited)
    await tx.$executeRaw`
      UPDATE "Delivery" SET "state" = CASE WHEN "triedAt" IS NULL THEN 'cancelled' ELSE 'unknown' END, "changedAt" = ${at}
      WHERE "offerId" = ${id} AND "state" = 'waiting'`
  await tx.offer.update({
    where: { id },
    data: {
      ...columnsOf({ ...standing, ...(edited?.expiresAt !== undefined && { expiresAt: edited.expiresAt }) }),
      ...(edited && { spec: edited.spec as unknown as Prisma.InputJsonValue }),
      ...(starts && { sendingSince: at }),
      ...(entry.from !== entry.to &&
        ['done', 'rejected', 'cancelled', 'expired'].includes(standing.state) && { endedAt: at }),
      changedAt: at,
    },
  })
  return (await writeLog(tx, id, entry)).id
}

/** A row of the log. */
export const writeLog = (tx: Prisma.TransactionClient, offerId: number, { at, ...entry }: OfferLogEntry) =>
  tx.offerEvent.create({ data: { ...entry, offerId, at: new Date(at) }, select: { id: true } })

/** Out of the database. */
export function toOffer(row: Offer): StoredOffer {
  const { id, origin, seed, draftKey, createdBy, createdAt, changedAt, sendingSince, endedAt } = row
  const { approvedVersion, scheduledAt, expiresAt, retiredAt } = row
  return {
    id,
    origin: origin as OfferOrigin,
    spec: specFrom(row.spec),
    seed,
    standing: {
      state: row.state as OfferState,
      version: row.version,
      ...(approvedVersion !== null && { approvedVersion }),
      ...(scheduledAt && { scheduledAt: scheduledAt.getTime() }),
      ...(expiresAt && { expiresAt: expiresAt.getTime() }),
      ...(retiredAt && { retiredAt: retiredAt.getTime() }),
    },
    ...(draftKey !== null && { draftKey }),
    ...(row.about !== null && { about: row.about as unknown as DraftAbout }),
    ...(createdBy !== null && { createdBy }),
    createdAt,
    changedAt,
    ...(sendingSince && { sendingSince }),
    ...(endedAt && { endedAt }),
  }
}
