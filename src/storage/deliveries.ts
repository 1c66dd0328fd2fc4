import type pg from 'pg'
import { contactDecision } from '../domain/offers/contact-policy.ts'
import type {
  ContactChat,
  ContactDecision,
  NeverReason,
  PolicySettings,
} from '../domain/offers/contact-policy.ts'
import type { Platform } from '../domain/platform.ts'
import { createZoneDays } from '../domain/value/zone-days.ts'
import { contactFacts } from './contact-facts.ts'
import type { Candidate } from './contact-facts.ts'
import { closeDead, closeWaiting } from './delivery-ends.ts'
import type { Query } from './chat-rows.ts'
import { inTransaction } from './in-transaction.ts'
import { isMoot } from './occasion-now.ts'
import { drawCode, offerCoupon } from './offer-coupons.ts'

/** A delivery that this process is to say now. */
export type ClaimedDelivery = Candidate & {
  chat: ContactChat
  /** Of the coupon that comes with it. */
  code?: string
  /** VK: this person's app knows no callback buttons. */
  textButtons: boolean
}

export type Claim =
  | { what: 'message'; delivery: ClaimedDelivery }
  /** So many were looked at and are not to be said now: ask again. */
  | { what: 'passed'; deliveries: number }
  /** Nothing is due; `nextAt` (epoch milliseconds) is when something is, absent: nothing waits any more. */
  | { what: 'none'; nextAt?: number }

/** How a delivery ends. */
export type DeliveryEnd =
  | { state: 'sent'; messageId?: number }
  | { state: 'refused'; reason: NeverReason }
  /** The platform did not take it, and says that it never will. */
  | { state: 'failed'; reason: string }
  /** Nobody knows whether it was said: it is not said again. */
  | { state: 'unknown' }

export interface Progress {
  waiting: number
  sending: number
  sent: number
  failed: number
  unknown: number
  cancelled: number
  expired: number
  heldOut: number
  /** By reason. */
  refused: Partial<Record<string, number>>
}

export interface DeliveryStorage {
  /**
   * Takes the next message of an offer on a platform for this process. What the decision depends on is read in the same
   * transaction, after the person's row was locked: what was committed before counts, and two messages to one person wait for
   * each other. Who is not to get it is ended, put off, or handed to the person's other messenger on the way.
   * @param limit so many are looked at, at most
   */
  claim(wish: { offerId: number; platform: Platform; limit: number }): Promise<Claim>
  /** Ends what this process has claimed. What was thought lost meanwhile, and then turned out to be sent, is sent. */
  end(id: string, end: DeliveryEnd): Promise<void>
  /**
   * It waits again, until `at` (epoch milliseconds).
   * @param unsure it may have reached the platform, which recognises a repeat
   */
  again(id: string, wish: { at: number; unsure: boolean }): Promise<void>
  progress(offerId: number): Promise<Progress>
  /** Deliveries that have not come to an end. */
  unfinished(offerId: number): Promise<number>
  /** Ends what waits of an offer that is over. */
  closeWaiting(offerId: number, state: 'cancelled' | 'expired'): Promise<number>
  /** Ends as unknown what a crashed process had claimed, and what this one has held for longer than `stuckAfterMs`. */
  closeDead(stuckAfterMs: number): Promise<number>
}

/** When an offer that is not to be sent as it stands is looked at again; whoever resumes it tells at once. */
const heldMs = 60_000
/** VK recognises a repeat for an hour; what may have been said longer ago than this is not said again. */
const repeatableMs = 50 * 60_000

/**
 * What clients get of offers, on its way.
 * @param runId this life of this process (runs.ts)
 * @param draw a new coupon's code
 * @param now epoch milliseconds
 */
export function createDeliveries({
  pool,
  runId,
  policy,
  draw = drawCode,
  now = Date.now,
}: {
  pool: pg.Pool
  runId: number
  policy: PolicySettings
  draw?: () => string
  now?: () => number
}): DeliveryStorage {
  const days = createZoneDays(policy.timeZone)
  const set = (text: string, values: unknown[]) => pool.query(text, values)

  return {
    claim: (wish) =>
      inTransaction(pool, async (query) => {
        const at = now()
        const ids = await query('claim-candidates', candidates, [
          wish.offerId,
          wish.platform,
          new Date(at),
          wish.limit,
        ])
        if (ids.length === 0) return nothing(query, wish)
        const found = await contactFacts(
          query,
          ids.map((row) => String(row['id'])),
          policy,
        )
        const { outcomes, message } = decided(found, wish.platform, at)
        await query('claim-outcomes', write, [JSON.stringify(outcomes), runId, new Date(at)])
        if (message) {
          const code = await offerCoupon(query, message, { at, timeZone: policy.timeZone, draw })
          return { what: 'message', delivery: { ...message, ...(code !== undefined && { code }) } }
        }
        // It was paused a moment ago.
        if (outcomes.length === 0) return { what: 'none', nextAt: at + heldMs }
        return { what: 'passed', deliveries: outcomes.length }
      }),
    async end(id, end) {
      const { state, reason, messageId } = { reason: undefined, messageId: undefined, ...end }
      const from = state === 'sent' ? ['sending', 'unknown'] : ['sending']
      const sentAt = state === 'sent' ? new Date(now()) : null
      await set(endText, [id, runId, from, state, reason, messageId, sentAt, new Date(now())])
    },
    again: async (id, { at, unsure }) =>
      void (await set(againText, [id, runId, new Date(at), unsure, new Date(now())])),
    async progress(offerId) {
      const { rows } = await pool.query<ProgressRow>(progressText, [offerId])
      return progressOf(rows)
    },
    async unfinished(offerId) {
      const { rows } = await pool.query<{ count: number }>(unfinishedText, [offerId])
      return rows[0]?.count ?? 0
    },
    closeWaiting: (offerId, state) => closeWaiting(pool, { offerId, state, at: new Date(now()) }),
    closeDead: (stuckAfterMs) => closeDead(pool, { runId, at: now(), stuckAfterMs }),
  }

  /** Looks at one after another until there is one to say here; the others that were locked are left as they are. */
  function decided(found: readonly Candidate[], platform: Platform, at: number) {
    const outcomes: Outcome[] = []
    for (const candidate of found) {
      const { id, offer, occasion, occasionNow, person, triedAt } = candidate
      const moot = isMoot(offer.spec, occasion, occasionNow, at, days)
      const decision = contactDecision(at, { ...offer, moot }, person, policy)
      const lost = triedAt !== undefined && triedAt < at - repeatableMs
      const outcome = lost ? unknown(id) : outcomeOf(candidate, decision, platform, triedAt !== undefined)
      if (outcome) outcomes.push(outcome)
      if (outcome?.state === 'sending' && decision.say === 'send')
        return { outcomes, message: { ...candidate, ...addressIn(candidate, decision.chat) } }
    }
    return { outcomes, message: undefined }
  }
}

const addressIn = ({ textOnly }: Candidate, chat: ContactChat) => ({
  chat,
  textButtons: textOnly.includes(chat.platform),
})

interface Outcome {
  id: string
  state: string
  reason?: string
  platform?: Platform
  dueAt?: Date
}

const unknown = (id: string): Outcome => ({ id, state: 'unknown' })

/** @param unsure it may have been said already: then it can't be refused any more */
function outcomeOf(
  candidate: Candidate,
  decision: ContactDecision,
  platform: Platform,
  unsure: boolean,
): Outcome | undefined {
  const { id } = candidate
  switch (decision.say) {
    case 'send':
      // In the other messenger nobody recognises the repeat.
      if (decision.platform !== platform && unsure) return unknown(id)
      if (decision.platform !== platform) return { id, state: 'waiting', platform: decision.platform }
      return { id, state: 'sending' }
    case 'later':
      return { id, state: 'waiting', dueAt: new Date(decision.at) }
    case 'hold':
      return undefined
    case 'never':
      if (unsure) return unknown(id)
      return neverOutcome(candidate, decision.reason)
  }
}

function neverOutcome({ id, offer: { standing } }: Candidate, reason: NeverReason): Outcome {
  // Called off a moment ago, or its time ran out.
  if (reason === 'over') return { id, state: standing.state === 'cancelled' ? 'cancelled' : 'expired' }
  // `changedAt` is the moment when it would have been sent.
  return reason === 'heldOut' ? { id, state: 'heldOut' } : { id, state: 'refused', reason }
}

async function nothing(query: Query, { offerId, platform }: { offerId: number; platform: Platform }) {
  const [row] = await query('claim-next', nextDue, [offerId, platform])
  const nextAt = row?.['dueAt'] instanceof Date ? row['dueAt'].getTime() : undefined
  return { what: 'none' as const, ...(nextAt !== undefined && { nextAt }) }
}

/** Whoever is being written down this moment is passed over and comes a moment later. */
const candidates = `
SELECT d."id"::text FROM "Delivery" d JOIN "Offer" o ON o."id" = d."offerId" JOIN "Client" c ON c."id" = d."clientId"
WHERE d."offerId" = $1 AND d."platform" = $2::"Platform" AND d."state" = 'waiting' AND d."dueAt" <= $3 AND o."state" = 'sending'
ORDER BY d."dueAt", d."id" LIMIT $4
FOR UPDATE OF d SKIP LOCKED FOR NO KEY UPDATE OF c SKIP LOCKED`

const nextDue = `
SELECT d."dueAt" FROM "Delivery" d JOIN "Offer" o ON o."id" = d."offerId" AND o."state" = 'sending'
WHERE d."offerId" = $1 AND d."platform" = $2::"Platform" AND d."state" = 'waiting' AND d."clientId" IS NOT NULL
ORDER BY d."dueAt", d."id" LIMIT 1`

const write = `
UPDATE "Delivery" d SET "state" = o."state", "reason" = o."reason", "platform" = coalesce(o."platform", d."platform"),
  "dueAt" = coalesce(o."dueAt", d."dueAt"), "changedAt" = $3,
  "runId" = CASE WHEN o."state" = 'sending' THEN $2::int ELSE d."runId" END,
  "tries" = d."tries" + (o."state" = 'sending')::int
FROM json_to_recordset($1::json) AS o("id" bigint, "state" text, "reason" text, "platform" "Platform", "dueAt" timestamptz)
WHERE d."id" = o."id"`

const endText = `
UPDATE "Delivery" SET "state" = $4, "reason" = $5, "messageId" = $6, "sentAt" = $7, "changedAt" = $8
WHERE "id" = $1 AND "runId" = $2 AND "state" = ANY($3::text[])`

const againText = `
UPDATE "Delivery" SET "state" = 'waiting', "dueAt" = $3, "changedAt" = $5,
  "triedAt" = CASE WHEN $4::boolean THEN coalesce("triedAt", $5) ELSE "triedAt" END
WHERE "id" = $1 AND "runId" = $2 AND "state" = 'sending'`

const progressText = `
SELECT "state", coalesce("reason", '') AS "reason", count(*)::int AS "count" FROM "Delivery" WHERE "offerId" = $1
GROUP BY 1, 2`

const unfinishedText = `
SELECT count(*)::int AS "count" FROM "Delivery" WHERE "offerId" = $1 AND "state" IN ('waiting', 'sending')`

interface ProgressRow {
  state: string
  reason: string
  count: number
}

function progressOf(rows: readonly ProgressRow[]): Progress {
  const of = (state: string) =>
    rows.filter((row) => row.state === state).reduce((sum, row) => sum + row.count, 0)
  const refused = rows.filter((row) => row.state === 'refused')
  return {
    waiting: of('waiting'),
    sending: of('sending'),
    sent: of('sent'),
    failed: of('failed'),
    unknown: of('unknown'),
    cancelled: of('cancelled'),
    expired: of('expired'),
    heldOut: of('heldOut'),
    refused: Object.fromEntries(refused.map(({ reason, count }) => [reason, count])),
  }
}
