import { randomBytes } from 'node:crypto'
import type { DraftAbout } from '../domain/offers/draft-about.ts'
import { specFrom } from '../domain/offers/offer.ts'
import type { OfferSpec } from '../domain/offers/offer.ts'
import { drafted, next } from '../domain/offers/state.ts'
import type { Actor, OfferFacts, OfferLogEntry, OfferStanding, Refusal } from '../domain/offers/state.ts'
import type { OfferEvent, OfferState } from '../domain/offers/transitions.ts'
import { firstTime } from './first-time.ts'
import { freezeAudience } from './freeze-audience.ts'
import type { Offer, Prisma, PrismaClient } from './generated/client.ts'
import type { AudienceSettings } from './meant-clients.ts'
import { writeOfferNotice } from './offer-notices.ts'
import type { Frozen } from './write-deliveries.ts'

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

/** A row of the log; `name` is of whoever did it, absent for the program and for people who have left. */
export type OfferLogRow = OfferLogEntry & { id: number; name?: string }

export type OfferChanged =
  | { ok: true; offer: StoredOffer; frozen?: Frozen }
  /** The state machine's refusals; `gone`: no such offer; `repeated`: the same press again. */
  | { ok: false; reason: Refusal | 'gone' | 'repeated'; offer?: StoredOffer }

/** What can be done to an offer. An edit brings the new spec. */
export type OfferAct =
  | Exclude<OfferEvent, { kind: 'edit' }>
  | { kind: 'edit'; spec: OfferSpec; expiresAt?: number }

export interface OfferStorage {
  /** @returns undefined when what `draftKey` names was drafted before, or the press was taken before */
  create(draft: {
    origin: OfferOrigin
    spec: OfferSpec
    /** Staff id; absent: the program. */
    by?: number
    draftKey?: string
    about?: DraftAbout
    /** Chooses the holdout and the variants; absent: drawn at random. */
    seed?: string
    /** Epoch milliseconds. */
    expiresAt?: number
    updateKey?: string
  }): Promise<StoredOffer | undefined>
  byId(id: number): Promise<StoredOffer | undefined>
  byDraftKey(draftKey: string): Promise<StoredOffer | undefined>
  /** The newest first. @param wish.inOrder first those in the first of the states, and so on */
  list(wish: {
    states: readonly OfferState[]
    offset: number
    limit: number
    inOrder?: boolean
  }): Promise<StoredOffer[]>
  count(states: readonly OfferState[]): Promise<number>
  /** The oldest first. */
  log(id: number): Promise<OfferLogRow[]>
  /**
   * Does something to an offer, with its row in the log, in one transaction. Of two at once one is told that it was them, the
   * other what has become of it meanwhile. An approval freezes the audience.
   * @param wish.by staff id, absent: the program; somebody who has left the staff can do nothing
   * @param wish.updateKey of a press: the same one again changes nothing
   */
  change(wish: { id: number; act: OfferAct; by?: number; updateKey?: string }): Promise<OfferChanged>
  /** Offers that must start (their time has come) or end (it is over) now, by their numbers. */
  due(): Promise<{ start: number[]; expire: number[] }>
  /** The numbers of those that are being sent. */
  sending(): Promise<number[]>
  /** Offers that are over and of which something still waits. */
  leftovers(): Promise<{ id: number; state: 'cancelled' | 'expired' }[]>
}

export interface OffersOptions {
  prisma: PrismaClient
  /** What the salon's settings and `check-offer.ts` say of a spec. */
  checked: (spec: OfferSpec) => Pick<OfferFacts, 'problems' | 'discountPercent'>
  /** The owner's approval is needed above this. */
  ownerAbove?: OfferFacts['ownerAbove']
  audience: AudienceSettings
  /** Takes the ids of notices to the staff that were written, once they stand. Does not reject. */
  announce?: (noticeIds: string[]) => Promise<void>
  /** Epoch milliseconds. */
  now?: () => number
}

/** A hundred thousand recipients take some seconds. */
const patience = { maxWait: 10_000, timeout: 180_000 }

/** Offers and their log. */
export function createOffers({
  prisma,
  checked,
  ownerAbove = {},
  audience,
  announce,
  now = Date.now,
}: OffersOptions): OfferStorage {
  const byId = async (id: number): Promise<StoredOffer | undefined> => {
    const row = await prisma.offer.findUnique({ where: { id } })
    return row ? toOffer(row) : undefined
  }
  const idsOf = async (where: Prisma.OfferWhereInput): Promise<number[]> =>
    (await prisma.offer.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } })).map(
      (row) => row.id,
    )

  const changeIn = async (
    tx: Prisma.TransactionClient,
    { id, act, by, updateKey }: Parameters<OfferStorage['change']>[0],
  ): Promise<OfferChanged & { noticeId?: string }> => {
    // Whoever comes second waits here, and then sees what the first one did.
    await tx.$queryRaw`SELECT FROM "Offer" WHERE id = ${id} FOR UPDATE`
    const row = await tx.offer.findUnique({ where: { id } })
    if (!row) return { ok: false, reason: 'gone' }
    const offer = toOffer(row)
    if (updateKey !== undefined && !(await firstTime(tx, updateKey)))
      return { ok: false, reason: 'repeated', offer }
    const actor = await actorOf(tx, by)
    if (!actor) return { ok: false, reason: 'notTheirs', offer }
    const spec = act.kind === 'edit' ? act.spec : offer.spec
    const frozen = act.kind === 'approve' ? await frozenFor(tx, offer) : undefined
    const facts = { ...checked(spec), ...(await countsOf(tx, offer, act, frozen)), ownerAbove, now: now() }
    const changed = next(offer.standing, act, actor, facts)
    if (!changed.ok) throw new Refused({ ok: false, reason: changed.reason, offer })
    const eventId = await writeChange(tx, id, changed, act)
    const ownerOnly = facts.discountPercent > (ownerAbove.discountPercent ?? Infinity)
    const { entry } = changed
    const personal = offer.origin === 'newcomer'
    const noticeId = await writeOfferNotice(tx, { eventId, entry, personal, ownerOnly })
    const after = toOffer(await tx.offer.findUniqueOrThrow({ where: { id } }))
    return { ok: true, offer: after, ...(frozen && { frozen }), ...(noticeId !== undefined && { noticeId }) }
  }

  /** Only what may be approved at all is worth the work. */
  const frozenFor = async (tx: Prisma.TransactionClient, offer: StoredOffer): Promise<Frozen | undefined> =>
    offer.standing.state === 'pending' ? freezeAudience(tx, offer, { ...audience, now: now() }) : undefined

  return {
    byId,
    async byDraftKey(draftKey) {
      const row = await prisma.offer.findUnique({ where: { draftKey } })
      return row ? toOffer(row) : undefined
    },
    async create({ origin, spec, by, draftKey, about, seed, expiresAt, updateKey }) {
      return prisma.$transaction(async (tx) => {
        if (updateKey !== undefined && !(await firstTime(tx, updateKey))) return undefined
        const actor = await actorOf(tx, by)
        if (!actor) throw new Error('only somebody of the staff can draft an offer')
        const { standing, entry } = drafted(actor, now(), expiresAt)
        const id = await insertOffer(tx, { origin, spec, draftKey, about, seed, standing, at: now(), by })
        if (id === undefined) return undefined
        await writeLog(tx, id, entry)
        return toOffer(await tx.offer.findUniqueOrThrow({ where: { id } }))
      })
    },
    count: (states) => prisma.offer.count({ where: { state: { in: [...states] } } }),
    async list({ states, offset, limit, inOrder = false }) {
      if (inOrder) {
        const ordered = await prisma.$queryRaw<Offer[]>`
          SELECT * FROM "Offer" WHERE "state" = ANY(${[...states]}::text[])
          ORDER BY array_position(${[...states]}::text[], "state"), "id" DESC OFFSET ${offset} LIMIT ${limit}`
        return ordered.map(toOffer)
      }
      const rows = await prisma.offer.findMany({
        where: { state: { in: [...states] } },
        orderBy: { id: 'desc' },
        skip: offset,
        take: limit,
      })
      return rows.map(toOffer)
    },
    async log(id) {
      const rows = await prisma.offerEvent.findMany({
        where: { offerId: id },
        orderBy: { id: 'asc' },
        include: { staff: { select: { name: true } } },
      })
      return rows.map(({ offerId: _, staff, id: number, at, ...row }) => ({
        ...(row as Omit<OfferLogEntry, 'at'>),
        id: Number(number),
        at: at.getTime(),
        ...(staff && { name: staff.name }),
      }))
    },
    async change(wish) {
      try {
        const { noticeId, ...changed } = await prisma.$transaction((tx) => changeIn(tx, wish), patience)
        if (noticeId !== undefined) void announce?.([noticeId])
        return changed
      } catch (error) {
        if (error instanceof Refused) return error.changed
        throw error
      }
    },
    async due() {
      const at = new Date(now())
      const [start, expire] = await Promise.all([
        prisma.offer.findMany({
          where: {
            state: { in: ['approved', 'scheduled'] },
            OR: [{ scheduledAt: null }, { scheduledAt: { lte: at } }],
            AND: { OR: [{ expiresAt: null }, { expiresAt: { gte: at } }] },
          },
          orderBy: { id: 'asc' },
        }),
        idsOf({
          expiresAt: { lt: at },
          state: { in: ['draft', 'pending', 'approved', 'scheduled', 'sending', 'paused'] },
        }),
      ])
      const begins = ({ standing, spec }: StoredOffer) =>
        standing.scheduledAt !== undefined || spec.schedule.kind !== 'at' || spec.schedule.at <= at.getTime()
      return {
        start: start
          .map(toOffer)
          .filter(begins)
          .map((one) => one.id),
        expire,
      }
    },
    sending: () => idsOf({ state: 'sending' }),
    async leftovers() {
      const rows = await prisma.offer.findMany({
        where: { state: { in: ['cancelled', 'expired'] }, deliveries: { some: { state: 'waiting' } } },
        select: { id: true, state: true },
      })
      return rows.map(({ id, state }) => ({ id, state: state === 'expired' ? 'expired' : 'cancelled' }))
    },
  }
}

/** Thrown to take back what was done on the way: the frozen audience, the press's key. */
class Refused extends Error {
  readonly changed: OfferChanged
  constructor(changed: OfferChanged) {
    super('this can not be done to the offer')
    this.changed = changed
  }
}

/** As they are among the staff now; undefined: not any more. */
async function actorOf(tx: Prisma.TransactionClient, by: number | undefined): Promise<Actor | undefined> {
  if (by === undefined) return { kind: 'program' }
  const staff = await tx.staff.findUnique({ where: { id: by }, select: { role: true } })
  return staff ? { kind: 'staff', id: by, role: staff.role } : undefined
}

async function countsOf(
  tx: Prisma.TransactionClient,
  { id, spec }: StoredOffer,
  act: OfferAct,
  frozen: Frozen | undefined,
): Promise<Pick<OfferFacts, 'recipients' | 'unfinished' | 'standing'>> {
  const unfinished =
    act.kind === 'finish'
      ? await tx.delivery.count({ where: { offerId: id, state: { in: ['waiting', 'sending'] } } })
      : 0
  return { unfinished, recipients: frozen?.recipients ?? 0, standing: spec.schedule.kind === 'standing' }
}

async function insertOffer(
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

const columnsOf = ({ state, version, approvedVersion, scheduledAt, expiresAt }: OfferStanding) => ({
  state,
  version,
  approvedVersion: approvedVersion ?? null,
  scheduledAt: scheduledAt === undefined ? null : new Date(scheduledAt),
  expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
})

async function writeChange(
  tx: Prisma.TransactionClient,
  id: number,
  { standing, entry }: { standing: OfferStanding; entry: OfferLogEntry },
  act: OfferAct,
): Promise<bigint> {
  const at = new Date(entry.at)
  const edited = act.kind === 'edit' ? act : undefined
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
      ...(act.kind === 'start' && { sendingSince: at }),
      ...(['done', 'rejected', 'cancelled', 'expired'].includes(standing.state) && { endedAt: at }),
      changedAt: at,
    },
  })
  return (await writeLog(tx, id, entry)).id
}

const writeLog = (tx: Prisma.TransactionClient, offerId: number, { at, ...entry }: OfferLogEntry) =>
  tx.offerEvent.create({ data: { ...entry, offerId, at: new Date(at) }, select: { id: true } })

function toOffer(row: Offer): StoredOffer {
  const { id, origin, seed, draftKey, createdBy, createdAt, changedAt, sendingSince, endedAt } = row
  const { approvedVersion, scheduledAt, expiresAt } = row
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
