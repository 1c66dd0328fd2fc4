import type { DraftAbout } from '../domain/offers/draft-about.ts'
import type { OfferSpec } from '../domain/offers/offer.ts'
import { drafted, needsOwner, next } from '../domain/offers/state.ts'
import type { Actor, OfferFacts, OfferLogEntry, Refusal } from '../domain/offers/state.ts'
import type { OfferEvent, OfferState } from '../domain/offers/transitions.ts'
import { dueOffers } from './due-offers.ts'
import type { DueOffers } from './due-offers.ts'
import { firstTime } from './first-time.ts'
import { freezeAudience } from './freeze-audience.ts'
import type { Offer, Prisma, PrismaClient } from './generated/client.ts'
import type { AudienceSettings } from './meant-clients.ts'
import { writeOfferNotice } from './offer-notices.ts'
import { insertOffer, toOffer, writeChange, writeLog } from './offer-rows.ts'
import type { OfferOrigin, StoredOffer } from './offer-rows.ts'
import type { Frozen } from './write-deliveries.ts'

/** A row of the log; `name` is of whoever did it, absent for the program and for people who have left. */
export type OfferLogRow = OfferLogEntry & { id: number; name?: string }

export type OfferChanged =
  | { ok: true; offer: StoredOffer; frozen?: Frozen }
  /** The state machine's refusals; `gone`: no such offer; `repeated`: the same press again. */
  | { ok: false; reason: Refusal | 'gone' | 'repeated'; offer?: StoredOffer }

/** What can be done to an offer. An edit brings the new spec. */
export type OfferAct =
  | Exclude<OfferEvent, { kind: 'edit' }>
  | (Extract<OfferEvent, { kind: 'edit' }> & { spec: OfferSpec; expiresAt?: number })

export interface OfferStorage extends DueOffers {
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
    /** Absent: whether or not it is out of the list. */
    retired?: boolean
  }): Promise<StoredOffer[]>
  count(states: readonly OfferState[], options?: { retired?: boolean }): Promise<number>
  /** The oldest first. */
  log(id: number): Promise<OfferLogRow[]>
  /**
   * Does something to an offer, with its row in the log, in one transaction. Of two at once one is told that it was them, the
   * other what has become of it meanwhile. An approval freezes the audience.
   * @param wish.by staff id, absent: the program; somebody who has left the staff can do nothing
   * @param wish.updateKey of a press: the same one again changes nothing
   */
  change(wish: { id: number; act: OfferAct; by?: number; updateKey?: string }): Promise<OfferChanged>
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
    const eventId = await writeChange(tx, id, changed, {
      ...(act.kind === 'edit' && { edited: act }),
      starts: act.kind === 'start',
    })
    // How many it will reach is not counted yet.
    const ownerOnly = needsOwner({ ...facts, recipients: 0 })
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
    count: (states, { retired } = {}) => prisma.offer.count({ where: whereOf(states, retired) }),
    async list({ states, offset, limit, inOrder = false, retired }) {
      if (inOrder) {
        const ordered = await prisma.$queryRaw<Offer[]>`
          SELECT * FROM "Offer" WHERE "state" = ANY(${[...states]}::text[])
            AND (${retired ?? null}::boolean IS NULL OR ("retiredAt" IS NOT NULL) = ${retired ?? null}::boolean)
          ORDER BY array_position(${[...states]}::text[], "state"), "id" DESC OFFSET ${offset} LIMIT ${limit}`
        return ordered.map(toOffer)
      }
      const rows = await prisma.offer.findMany({
        where: whereOf(states, retired),
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
    ...dueOffers({ prisma, now }),
  }
}

const whereOf = (states: readonly OfferState[], retired: boolean | undefined): Prisma.OfferWhereInput => ({
  state: { in: [...states] },
  ...(retired !== undefined && { retiredAt: retired ? { not: null } : null }),
})

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
