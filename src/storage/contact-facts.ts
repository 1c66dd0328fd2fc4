/** What the contact policy asks of a person and an offer, as it is at this moment. */
import { zoneOfCity } from '../domain/city-zone.ts'
import type { Audience } from '../domain/offers/audience.ts'
import { audienceLine } from '../domain/offers/audience-line.ts'
import type { ContactOffer, ContactPerson, PolicySettings } from '../domain/offers/contact-policy.ts'
import { specFrom } from '../domain/offers/offer.ts'
import type { OfferSpec } from '../domain/offers/offer.ts'
import type { OfferState } from '../domain/offers/transitions.ts'
import type { Platform } from '../domain/platform.ts'
import type { Query } from './chat-rows.ts'
import { occasionColumn } from './occasion-now.ts'
import type { OccasionNow } from './occasion-now.ts'
import { olderTerms } from './older-terms.ts'

/** A delivery with all that decides about it. */
export interface Candidate {
  id: string
  clientId: string
  variant: string
  occasion: string
  /** How often it was claimed before. */
  tries: number
  /** When it may have reached the platform first, epoch milliseconds. */
  triedAt?: number
  offer: Omit<ContactOffer, 'spec'> & { id: number; spec: OfferSpec }
  person: ContactPerson
  /** What the offer's text may call by its name (flows/offer-message.ts). */
  addressee: { name?: string; master?: string; service?: string; line?: string }
  /** Of a standing offer. */
  occasionNow?: OccasionNow
  /** Platforms on which this person's app knows no callback buttons. */
  textOnly: Platform[]
}

/** In the order of the ids' due times. @param ids of deliveries whose clients are locked */
export async function contactFacts(
  query: Query,
  ids: readonly string[],
  { caps }: Pick<PolicySettings, 'caps'>,
): Promise<Candidate[]> {
  const days = Math.max(0, ...caps.map((cap) => cap.days))
  return (await query('contact-facts', text, [ids, days])).map((row) => candidateOf(row as unknown as Row))
}

/** What the policy asks of client "c". */
const personColumns = `
  c."preferredPlatform", c."city", c."advertisingConsentAt" IS NOT NULL AS "advertisingConsent",
  EXISTS (SELECT FROM "FollowUp" f WHERE f."clientId" = c."id" AND f."handledAt" IS NULL) AS "openComplaint",
  (SELECT coalesce(json_agg(json_build_object('platform', h."platform", 'externalId', h."externalId", 'language', h."language",
      'reachable', h."reachable", 'lastSeenAt', extract(epoch FROM h."lastSeenAt") * 1000) ORDER BY h."id"), '[]')
    FROM "Chat" h WHERE h."clientId" = c."id") AS "chats",
  m."contactedAt", m."ofThisOffer"`

/**
 * What client "c" has had. A message that may have gone counts like one that did.
 * @param offerId SQL of the offer's number
 * @param except SQL of the delivery that is decided about
 * @param days SQL of the longest time that a cap looks back
 */
const contacts = ({ offerId, except, days }: { offerId: string; except: string; days: string }): string => `
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE x."offerId" = ${offerId})::int AS "ofThisOffer",
    coalesce(array_agg(extract(epoch FROM x."at")::float8 * 1000)
      FILTER (WHERE x."at" > now() - ${days} * interval '1 day'), '{}') AS "contactedAt"
  FROM (SELECT s."offerId", coalesce(s."sentAt", s."triedAt", s."changedAt") AS "at" FROM "Delivery" s
    WHERE s."clientId" = c."id" AND s."id" <> ${except}
      AND (s."state" IN ('sent', 'sending', 'unknown') OR s."triedAt" IS NOT NULL)) x
) m`

/**
 * How a text may call client "c". An offer about a line speaks of the last visit there, and of no master who served them elsewhere;
 * whether the wished one works there the salon's settings know. Nobody is called by name who agreed to a text that names no offers.
 */
const addresseeColumns = 'a."name", a."master", a."service", a."line"'

/** @param line SQL of the line that the offer is about; null: the whole salon */
const addressee = (line: string): string => `
LEFT JOIN LATERAL (
  SELECT w."master", w."service", w."line", coalesce(w."line" = ${line}, ${line} IS NULL) AS "fits" FROM "Visit" w
  WHERE w."clientId" = c."id" AND coalesce(w."kopecks", 0) >= 0
  ORDER BY coalesce(w."line" = ${line}, false) DESC, w."at" DESC, w."id" DESC LIMIT 1
) v ON true
LEFT JOIN LATERAL (
  SELECT c."name", CASE
      WHEN ${line} IS NULL THEN coalesce(nullif(c."master", 'any'), v."master")
      ELSE coalesce(CASE WHEN v."fits" THEN v."master" END, nullif(c."master", 'any'))
    END AS "master", CASE WHEN v."fits" THEN v."service" END AS "service",
    coalesce(${line}, v."line", c."lines"[1]) AS "line"
  WHERE ${olderTerms('c."id"')} IS NOT TRUE
) a ON true`

/** What `audienceLine` (domain/offers/audience-line.ts) says. */
const lineOfOffer = `coalesce(
  jsonb_path_query_first(o."spec", '$.audience.** ? (@.kind == "segment" && exists(@.line)).line'),
  jsonb_path_query_first(o."spec", '$.audience.** ? (@.kind == "line" && @.lines.size() == 1).lines[0]')
) #>> '{}'`

const text = `
SELECT d."id"::text, d."clientId"::text, d."variant", d."occasion", d."tries", d."heldOut",
  extract(epoch FROM d."triedAt")::float8 * 1000 AS "triedAt",
  o."id" AS "offerId", o."state", o."version", o."approvedVersion", o."spec", o."seed",
  extract(epoch FROM o."scheduledAt")::float8 * 1000 AS "scheduledAt",
  extract(epoch FROM o."expiresAt")::float8 * 1000 AS "expiresAt",
  ARRAY(SELECT h."platform"::text FROM "Chat" h WHERE h."clientId" = c."id" AND NOT h."callbackButtons") AS "textOnly",
  ${addresseeColumns}, ${personColumns}, ${occasionColumn}
FROM "Delivery" d JOIN "Offer" o ON o."id" = d."offerId" JOIN "Client" c ON c."id" = d."clientId"
CROSS JOIN LATERAL (SELECT ${lineOfOffer} AS "line") about
${addressee('about."line"')}
${contacts({ offerId: 'd."offerId"', except: 'd."id"', days: '$2::int' })}
WHERE d."id" = ANY($1::bigint[]) ORDER BY d."dueAt", d."id"`

/**
 * What the policy asks of these clients about an offer of which nothing waits yet.
 * @param clientIds the clients' numbers
 */
export async function peopleFacts(
  query: Query,
  {
    clientIds,
    offerId,
    caps,
  }: { clientIds: readonly number[]; offerId: number } & Pick<PolicySettings, 'caps'>,
): Promise<ContactPerson[]> {
  const days = Math.max(0, ...caps.map((cap) => cap.days))
  const rows = await query('people-facts', peopleText, [clientIds, offerId, days])
  return rows.map((row) => personOf(row as unknown as PersonRow & { clientId: string }))
}

const peopleText = `
SELECT c."id"::text AS "clientId", ${personColumns} FROM "Client" c
${contacts({ offerId: '$2::int', except: '0', days: '$3::int' })}
WHERE c."id" = ANY($1::bigint[])`

/** How the text of an offer to this audience may call these clients, by their numbers. */
export async function addressees(
  query: Query,
  clientIds: readonly number[],
  audience: Audience,
): Promise<Map<number, Candidate['addressee']>> {
  const rows = await query('addressees', addresseesText, [clientIds, audienceLine(audience) ?? null])
  return new Map(
    rows.map((row) => [Number(row['clientId']), addresseeOf(row as unknown as AddresseeRow)] as const),
  )
}

const addresseesText = `
SELECT c."id"::text AS "clientId", ${addresseeColumns} FROM "Client" c ${addressee('$2::text')} WHERE c."id" = ANY($1::bigint[])`

interface PersonRow {
  preferredPlatform: ContactPerson['preferredPlatform'] | null
  city: string | null
  advertisingConsent: boolean
  openComplaint: boolean
  chats: ContactPerson['chats']
  contactedAt: number[]
  ofThisOffer: number
}

interface AddresseeRow {
  name: string | null
  master: string | null
  service: string | null
  line: string | null
}

interface Row extends PersonRow, AddresseeRow {
  id: string
  clientId: string
  variant: string
  occasion: string
  tries: number
  heldOut: boolean
  triedAt: number | null
  offerId: number
  state: OfferState
  version: number
  approvedVersion: number | null
  spec: unknown
  seed: string
  scheduledAt: number | null
  expiresAt: number | null
  textOnly: Platform[]
  occasionNow: OccasionNow | null
}

function personOf({
  clientId,
  preferredPlatform,
  city,
  advertisingConsent,
  openComplaint,
  chats,
  contactedAt,
  ofThisOffer,
}: PersonRow & { clientId: string }): ContactPerson {
  const timeZone = city === null ? undefined : zoneOfCity(city)
  return {
    clientId: BigInt(clientId),
    advertisingConsent,
    openComplaint,
    chats,
    ...(preferredPlatform != null && { preferredPlatform }),
    ...(timeZone !== undefined && { timeZone }),
    contactedAt,
    ofThisOffer,
  }
}

const addresseeOf = ({ name, master, service, line }: AddresseeRow): Candidate['addressee'] =>
  Object.fromEntries(Object.entries({ name, master, service, line }).filter(([, value]) => value !== null))

function candidateOf(row: Row): Candidate {
  const {
    id,
    clientId,
    variant,
    occasion,
    tries,
    triedAt,
    offerId,
    spec,
    seed,
    textOnly,
    heldOut,
    occasionNow,
  } = row
  const { state, version, approvedVersion, scheduledAt, expiresAt } = row
  const standing = {
    state,
    version,
    ...(approvedVersion !== null && { approvedVersion }),
    ...(scheduledAt !== null && { scheduledAt }),
    ...(expiresAt !== null && { expiresAt }),
  }
  return {
    id,
    clientId,
    variant,
    occasion,
    tries,
    ...(triedAt !== null && { triedAt }),
    offer: { id: offerId, standing, spec: specFrom(spec), seed, heldOut },
    person: personOf(row),
    addressee: addresseeOf(row),
    ...(occasionNow && { occasionNow }),
    textOnly,
  }
}
