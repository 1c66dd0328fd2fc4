/** What the contact policy asks of a person and an offer, as it is at this moment. */
import type { ContactOffer, ContactPerson, PolicySettings } from '../domain/offers/contact-policy.ts'
import type { OfferSpec } from '../domain/offers/offer.ts'
import type { OfferState } from '../domain/offers/transitions.ts'
import type { Platform } from '../domain/platform.ts'
import type { Query } from './chat-rows.ts'

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

/** A message that may have gone counts like one that did. */
const text = `
SELECT d."id"::text, d."clientId"::text, d."variant", d."occasion", d."tries", d."heldOut",
  extract(epoch FROM d."triedAt")::float8 * 1000 AS "triedAt",
  o."id" AS "offerId", o."state", o."version", o."approvedVersion", o."spec", o."seed",
  extract(epoch FROM o."scheduledAt")::float8 * 1000 AS "scheduledAt",
  extract(epoch FROM o."expiresAt")::float8 * 1000 AS "expiresAt",
  c."name", coalesce(nullif(c."master", 'any'), v."master") AS "master", v."service", coalesce(v."line", c."lines"[1]) AS "line",
  ARRAY(SELECT h."platform"::text FROM "Chat" h WHERE h."clientId" = c."id" AND NOT h."callbackButtons") AS "textOnly",
  c."preferredPlatform", c."advertisingConsentAt" IS NOT NULL AS "advertisingConsent",
  EXISTS (SELECT FROM "FollowUp" f WHERE f."clientId" = c."id" AND f."handledAt" IS NULL) AS "openComplaint",
  (SELECT coalesce(json_agg(json_build_object('platform', h."platform", 'externalId', h."externalId", 'language', h."language",
      'reachable', h."reachable", 'lastSeenAt', extract(epoch FROM h."lastSeenAt") * 1000) ORDER BY h."id"), '[]')
    FROM "Chat" h WHERE h."clientId" = c."id") AS "chats",
  m."contactedAt", m."ofThisOffer"
FROM "Delivery" d JOIN "Offer" o ON o."id" = d."offerId" JOIN "Client" c ON c."id" = d."clientId"
LEFT JOIN LATERAL (
  SELECT w."master", w."service", w."line" FROM "Visit" w
  WHERE w."clientId" = c."id" AND coalesce(w."kopecks", 0) >= 0 ORDER BY w."at" DESC, w."id" DESC LIMIT 1
) v ON true
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE x."offerId" = d."offerId")::int AS "ofThisOffer",
    coalesce(array_agg(extract(epoch FROM x."at")::float8 * 1000)
      FILTER (WHERE x."at" > now() - $2::int * interval '1 day'), '{}') AS "contactedAt"
  FROM (SELECT s."offerId", coalesce(s."sentAt", s."triedAt", s."changedAt") AS "at" FROM "Delivery" s
    WHERE s."clientId" = c."id" AND s."id" <> d."id"
      AND (s."state" IN ('sent', 'sending', 'unknown') OR s."triedAt" IS NOT NULL)) x
) m
WHERE d."id" = ANY($1::bigint[]) ORDER BY d."dueAt", d."id"`

interface Row {
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
  spec: OfferSpec
  seed: string
  scheduledAt: number | null
  expiresAt: number | null
  name: string | null
  master: string | null
  service: string | null
  line: string | null
  textOnly: Platform[]
  preferredPlatform: ContactPerson['preferredPlatform'] | null
  advertisingConsent: boolean
  openComplaint: boolean
  chats: ContactPerson['chats']
  contactedAt: number[]
  ofThisOffer: number
}

function candidateOf(row: Row): Candidate {
  const { id, clientId, variant, occasion, tries, triedAt, offerId, spec, seed, textOnly } = row
  const { name, master, service, line, heldOut } = row
  const shown = { name, master, service, line }
  const { state, version, approvedVersion, scheduledAt, expiresAt } = row
  const standing = {
    state,
    version,
    ...(approvedVersion !== null && { approvedVersion }),
    ...(scheduledAt !== null && { scheduledAt }),
    ...(expiresAt !== null && { expiresAt }),
  }
  const { preferredPlatform, advertisingConsent, openComplaint, chats, contactedAt, ofThisOffer } = row
  return {
    id,
    clientId,
    variant,
    occasion,
    tries,
    ...(triedAt !== null && { triedAt }),
    offer: { id: offerId, standing, spec, seed, heldOut },
    person: {
      clientId: BigInt(clientId),
      advertisingConsent,
      openComplaint,
      chats,
      ...(preferredPlatform != null && { preferredPlatform }),
      contactedAt,
      ofThisOffer,
    },
    addressee: Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== null)),
    textOnly,
  }
}
