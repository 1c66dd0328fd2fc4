/** An offer's way from a draft to its end: who may do what, and when. */
import { targetOf, type OfferEvent, type OfferState } from './transitions.ts'

/** What the log calls it. */
const logged = {
  edit: 'edited',
  submit: 'submitted',
  approve: 'approved',
  reject: 'rejected',
  schedule: 'scheduled',
  start: 'started',
  pause: 'paused',
  resume: 'resumed',
  finish: 'done',
  cancel: 'cancelled',
  expire: 'expired',
  retire: 'retired',
  bringBack: 'broughtBack',
} as const satisfies Record<OfferEvent['kind'], string>

export type Actor = { kind: 'program' } | { kind: 'staff'; id: number; role: 'owner' | 'admin' }

/** Where an offer stands. In the states after the approval `approvedVersion` is `version`. */
export interface OfferStanding {
  state: OfferState
  version: number
  approvedVersion?: number
  /** Epoch milliseconds. */
  scheduledAt?: number
  expiresAt?: number
  /** Out of the list since then; only of what is over. */
  retiredAt?: number
}

/** What is true when it happens. */
export interface OfferFacts {
  /** Epoch milliseconds. */
  now: number
  /** How much is wrong with the spec (check-offer.ts). */
  problems: number
  /** How many would get it. */
  recipients: number
  /** It waits for its people: nobody may be meant today. */
  standing?: boolean
  /** How many percent it takes off; 100 for a gift. */
  discountPercent: number
  /** The salon wants its owner to approve what is above. */
  ownerAbove: { discountPercent?: number; recipients?: number }
  /** Deliveries that have not come to an end. */
  unfinished: number
}

/** The next row of the append-only log. */
export interface OfferLogEntry {
  what: (typeof logged)[OfferEvent['kind']] | 'drafted'
  from: OfferState | null
  to: OfferState
  version: number
  /** Null: the program itself. */
  staffId: number | null
  at: number
  why: string | null
}

export const refusals = [
  'notPossible',
  'notTheirs',
  'expired',
  'otherVersion',
  'problems',
  'nobody',
  'ownerOnly',
  'noReason',
  'pastTime',
  'tooLate',
  'notDue',
  'notOver',
  'notFinished',
] as const
/** Why not; their sentences are offer.refusals.* */
export type Refusal = (typeof refusals)[number]

export type OfferChange =
  | { ok: true; standing: OfferStanding; entry: OfferLogEntry }
  | { ok: false; reason: Refusal }

/**
 * What becomes of an offer. The shell writes the new standing and the log's entry in one transaction, and only while the state
 * and the version are still those that this was decided upon: of two at once one wins, and the other asks again and is told
 * why not.
 */
export function next(
  standing: OfferStanding,
  event: OfferEvent,
  actor: Actor,
  facts: OfferFacts,
): OfferChange {
  const to = targetOf(standing.state, event.kind)
  if (to === undefined) return { ok: false, reason: 'notPossible' }
  const reason = whyNot(standing, event, actor, facts)
  if (reason !== undefined) return { ok: false, reason }
  const after = changed(standing, event, to, facts.now)
  return {
    ok: true,
    standing: after,
    entry: {
      what: logged[event.kind],
      from: standing.state,
      to,
      version: after.version,
      staffId: actor.kind === 'staff' ? actor.id : null,
      at: facts.now,
      why: 'why' in event && event.why !== undefined && event.why.trim() !== '' ? event.why.trim() : null,
    },
  }
}

/** A new offer and the first row of its log. */
export function drafted(actor: Actor, now: number, expiresAt?: number): OfferChange & { ok: true } {
  return {
    ok: true,
    standing: { state: 'draft', version: 1, ...(expiresAt !== undefined && { expiresAt }) },
    entry: {
      what: 'drafted',
      from: null,
      to: 'draft',
      version: 1,
      staffId: actor.kind === 'staff' ? actor.id : null,
      at: now,
      why: null,
    },
  }
}

/** A person decides; the program only does what was decided. */
const whose: Record<OfferEvent['kind'], Actor['kind'] | 'both'> = {
  edit: 'staff',
  submit: 'both',
  approve: 'staff',
  reject: 'staff',
  schedule: 'staff',
  start: 'program',
  pause: 'both',
  resume: 'staff',
  finish: 'program',
  cancel: 'staff',
  expire: 'program',
  retire: 'staff',
  bringBack: 'staff',
}

/** Whether only a person does what the log calls so: without a name it was somebody who has left the staff. */
export const isPersons = (what: OfferLogEntry['what']): boolean =>
  Object.entries(logged).some(
    ([kind, name]) => name === what && whose[kind as OfferEvent['kind']] === 'staff',
  )

/** Also after its end. */
const anyTime: readonly OfferEvent['kind'][] = [
  'edit',
  'cancel',
  'expire',
  'finish',
  'reject',
  'retire',
  'bringBack',
]

function whyNot(
  standing: OfferStanding,
  event: OfferEvent,
  actor: Actor,
  facts: OfferFacts,
): Refusal | undefined {
  const { expiresAt = Infinity } = standing
  if (whose[event.kind] !== 'both' && whose[event.kind] !== actor.kind) return 'notTheirs'
  // What is over can still be called off, and given a later end.
  const over = facts.now > expiresAt
  if (over && !anyTime.includes(event.kind)) return 'expired'
  switch (event.kind) {
    case 'submit':
      return facts.problems > 0 ? 'problems' : undefined
    case 'approve':
      return whyNotApproved(standing, event.version, actor, facts)
    case 'reject':
      return event.why.trim() === '' ? 'noReason' : undefined
    case 'schedule':
      if (event.at <= facts.now) return 'pastTime'
      return event.at > expiresAt ? 'tooLate' : undefined
    case 'start':
      return facts.now < (standing.scheduledAt ?? -Infinity) ? 'notDue' : undefined
    case 'finish':
      return facts.unfinished > 0 ? 'notFinished' : undefined
    case 'expire':
      return over || (event.stale === true && isUndecided(standing)) ? undefined : 'notOver'
    case 'retire':
      return standing.retiredAt === undefined ? undefined : 'notPossible'
    case 'bringBack':
      return standing.retiredAt === undefined ? 'notPossible' : undefined
    case 'edit':
      return event.version === standing.version ? undefined : 'otherVersion'
    case 'pause':
    case 'resume':
    case 'cancel':
      return undefined
  }
}

const isUndecided = ({ state }: OfferStanding): boolean => state === 'draft' || state === 'pending'

function whyNotApproved(
  standing: OfferStanding,
  seen: number,
  actor: Actor,
  { problems, recipients, standing: waits = false, discountPercent, ownerAbove }: OfferFacts,
): Refusal | undefined {
  if (seen !== standing.version) return 'otherVersion'
  if (problems > 0) return 'problems'
  if (recipients === 0 && !waits) return 'nobody'
  const isOwner = actor.kind === 'staff' && actor.role === 'owner'
  return needsOwner({ discountPercent, recipients, ownerAbove }) && !isOwner ? 'ownerOnly' : undefined
}

/** Whether only the owner may approve it. */
export const needsOwner = ({
  discountPercent,
  recipients,
  ownerAbove,
}: Pick<OfferFacts, 'discountPercent' | 'recipients' | 'ownerAbove'>): boolean =>
  discountPercent > (ownerAbove.discountPercent ?? Infinity) ||
  recipients > (ownerAbove.recipients ?? Infinity)

function changed(standing: OfferStanding, event: OfferEvent, to: OfferState, now: number): OfferStanding {
  switch (event.kind) {
    case 'edit': {
      const { approvedVersion: _approved, scheduledAt: _scheduled, ...rest } = standing
      return { ...rest, state: to, version: standing.version + 1 }
    }
    case 'approve':
      return { ...standing, state: to, approvedVersion: standing.version }
    case 'schedule':
      return { ...standing, state: to, scheduledAt: event.at }
    case 'retire':
      return { ...standing, state: to, retiredAt: now }
    case 'bringBack': {
      const { retiredAt: _retired, ...rest } = standing
      return { ...rest, state: to }
    }
    case 'submit':
    case 'reject':
    case 'start':
    case 'pause':
    case 'resume':
    case 'finish':
    case 'cancel':
    case 'expire':
      return { ...standing, state: to }
  }
}
