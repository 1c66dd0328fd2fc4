/** Who would get an offer, and who would not and why: for a person to look at before it is approved. */
import type pg from 'pg'
import type { ClientFacts } from '../domain/offers/audience.ts'
import { matches } from '../domain/offers/audience.ts'
import { afterQuiet, contactDecision } from '../domain/offers/contact-policy.ts'
import type {
  ContactDecision,
  ContactOffer,
  ContactPerson,
  NeverReason,
  PolicySettings,
} from '../domain/offers/contact-policy.ts'
import { chanceOf } from '../domain/offers/hash.ts'
import { assignment } from '../domain/offers/holdout.ts'
import type { Platform } from '../domain/platform.ts'
import type { Language } from '../domain/salon.ts'
import { everybodyBatch } from './audience-batch.ts'
import { amongWhom } from './audience-where.ts'
import type { Query } from './chat-rows.ts'
import { addressees, peopleFacts } from './contact-facts.ts'
import type { Candidate } from './contact-facts.ts'
import { asksForAnswers, dayOf } from './meant-clients.ts'
import type { PrismaClient } from './generated/client.ts'
import { inTransaction } from './in-transaction.ts'
import { highestLot, lotOf } from './within-limit.ts'
import type { StoredOffer } from './offer-rows.ts'

/** A person of the audience, as the offer would address them. */
export interface Example {
  clientId: number
  platform: Platform
  language: Language
  variant: string
  addressee: Candidate['addressee']
}

export interface OfferPreview {
  /** Whom the rules mean. */
  meant: number
  /** Who would get it. */
  recipients: number
  byPlatform: Record<Platform, number>
  /** By their segment over all lines; "": they are in none. The greatest first. */
  bySegment: readonly { segment: string; clients: number }[]
  /** Who would not; `limit`: the offer is for fewer people. */
  refused: Partial<Record<NeverReason | 'limit', number>>
  /** When it is to begin, epoch milliseconds. */
  plannedAt: number
  /** When the first message goes, epoch milliseconds: quiet hours are waited out. */
  startAt: number
  /** When it may go to the last of them, epoch milliseconds: it is night longer where some live. */
  latestAt: number
  /** What a visit of those who would get it has brought so far, in kopecks; absent: nothing is known. */
  visitKopecks?: number
  /** Three of those who would get it, always the same ones; with each text, where there are several. */
  examples: readonly Example[]
}

export interface OfferPreviews {
  /** What would become of the offer if it were approved now. */
  of(offer: StoredOffer): Promise<OfferPreview>
}

/** So many clients are in memory at once. */
const batch = 5_000
const examplesShown = 3

/**
 * Asks the same rule (`matches`) and the same policy (`contactDecision`) as the approval and the sending do.
 * @param policy the sending's
 * @param now epoch milliseconds
 */
export function createOfferPreviews({
  prisma,
  pool,
  policy,
  now = Date.now,
}: {
  prisma: PrismaClient
  pool: pg.Pool
  policy: PolicySettings
  now?: () => number
}): OfferPreviews {
  return {
    async of(offer) {
      const plannedAt = plannedFor(offer, now())
      // By day: at night nothing is said of anybody yet.
      const startAt = afterQuiet(plannedAt, [policy.timeZone], policy, 0) ?? plannedAt
      const upTo = await highestLot(prisma, offer, { ...policy, now: now() })
      const count = createCount(offer, startAt, upTo, policy)
      const { audience } = offer.spec
      const today = dayOf(now(), policy.timeZone)
      const rules = { withAnswers: asksForAnswers(audience), among: amongWhom(audience, today) }
      const wish = { ...rules, now: new Date(now()), limit: batch }
      for (let after = 0n; ;) {
        const clients = await everybodyBatch(prisma, { ...wish, after })
        const meant = clients.filter((facts) => matches(audience, facts, today))
        if (meant.length > 0) await inTransaction(pool, (query) => count.add(query, meant))
        const last = clients.at(-1)
        if (!last || clients.length < batch) break
        after = BigInt(last.clientId)
      }
      return inTransaction(pool, async (query) => ({ plannedAt, ...(await count.result(query)) }))
    },
  }
}

const plannedFor = ({ standing, spec: { schedule } }: StoredOffer, at: number): number =>
  Math.max(at, standing.scheduledAt ?? (schedule.kind === 'at' ? schedule.at : at))

/** @param upTo the highest lot that gets it */
function createCount(offer: StoredOffer, startAt: number, upTo: number, policy: PolicySettings) {
  const { id, seed, spec, standing } = offer
  const { version, expiresAt } = standing
  const asIfSending = {
    standing: {
      state: 'sending' as const,
      version,
      approvedVersion: version,
      ...(expiresAt !== undefined && { expiresAt }),
    },
    spec,
    seed,
  }
  const byPlatform: Record<Platform, number> = { telegram: 0, vk: 0 }
  const bySegment = new Map<string, number>()
  const refused: OfferPreview['refused'] = {}
  let [meant, recipients, kopecks, visits] = [0, 0, 0, 0]
  let latestAt = startAt
  let examples: (Omit<Example, 'addressee'> & { chance: number })[] = []

  const isOpen = ({ platform, reachable }: ContactPerson['chats'][number]): boolean =>
    reachable && policy.advertising[platform] && (spec.channel === 'any' || spec.channel === platform)

  /** The limit counts those who are written down at the approval, whatever becomes of them then. */
  const withinLimit = (clientId: number, person: ContactPerson): boolean =>
    !person.advertisingConsent || !person.chats.some(isOpen) || lotOf(seed, clientId) <= upTo

  /** Whose morning comes later is asked about then. */
  const decisionByDay = (
    own: ContactOffer,
    person: ContactPerson,
  ): { decision: ContactDecision; at: number } => {
    const ask = (at: number) => ({ decision: contactDecision(at, own, person, policy), at })
    const first = ask(startAt)
    return first.decision.say === 'later' ? ask(first.decision.at) : first
  }

  /** @returns whether they would get it */
  const countOne = ({ clientId, values }: ClientFacts, person: ContactPerson): boolean => {
    const { heldOut, variant } = assignment(seed, clientId, spec)
    const { decision, at } = decisionByDay({ ...asIfSending, heldOut }, person)
    const within = withinLimit(clientId, person)
    if (decision.say !== 'send' || !within) {
      const why = !within ? 'limit' : decision.say === 'never' ? decision.reason : 'over'
      refused[why] = (refused[why] ?? 0) + 1
      return false
    }
    const segment = values['']?.segment ?? ''
    bySegment.set(segment, (bySegment.get(segment) ?? 0) + 1)
    byPlatform[decision.platform] += 1
    latestAt = Math.max(latestAt, at)
    const { platform, language } = decision.chat
    examples.push({ clientId, platform, language, variant, chance: chanceOf(seed, 'example', clientId) })
    return true
  }

  return {
    async add(query: Query, clients: readonly ClientFacts[]): Promise<void> {
      const clientIds = clients.map(({ clientId }) => clientId)
      const people = await peopleFacts(query, { clientIds, offerId: id, caps: policy.caps })
      const byId = new Map(people.map((person) => [Number(person.clientId), person]))
      const known = clients.flatMap((facts) => {
        const person = byId.get(facts.clientId)
        return person ? [{ facts, person }] : []
      })
      const chosen = known.filter(({ facts, person }) => countOne(facts, person))
      meant += known.length
      recipients += chosen.length
      examples = firstOfEach(examples)
      const paid = await query('preview-paid', paidText, [chosen.map(({ facts }) => facts.clientId)])
      kopecks += Number(paid[0]?.['kopecks'] ?? 0)
      visits += Number(paid[0]?.['visits'] ?? 0)
    },
    async result(query: Query): Promise<Omit<OfferPreview, 'plannedAt'>> {
      const named = await addressees(
        query,
        examples.slice(0, examplesShown).map(({ clientId }) => clientId),
        spec.audience,
      )
      return {
        meant,
        recipients,
        byPlatform,
        bySegment: [...bySegment]
          .map(([segment, clients]) => ({ segment, clients }))
          .sort((one, other) => other.clients - one.clients),
        refused,
        startAt,
        latestAt,
        ...(visits > 0 && kopecks > 0 && { visitKopecks: Math.round(kopecks / visits) }),
        examples: examples.slice(0, examplesShown).map(({ chance: _, ...one }) => ({
          ...one,
          addressee: named.get(one.clientId) ?? {},
        })),
      }
    },
  }
}

/** The first ones with each text, by turns: A, B, A. */
function firstOfEach<One extends { variant: string; chance: number }>(all: readonly One[]): One[] {
  const seen: Record<string, number> = {}
  return all
    .toSorted((one, other) => one.chance - other.chance)
    .map((one) => ({ one, turn: (seen[one.variant] = (seen[one.variant] ?? 0) + 1) }))
    .filter(({ turn }) => turn <= examplesShown)
    .toSorted((one, other) => one.turn - other.turn || (one.one.variant < other.one.variant ? -1 : 1))
    .map(({ one }) => one)
}

const paidText = `
SELECT coalesce(sum("kopecks"), 0)::float8 AS "kopecks", coalesce(sum("visits"), 0)::int AS "visits"
FROM "ClientValue" WHERE "line" = '' AND "clientId" = ANY($1::bigint[])`
