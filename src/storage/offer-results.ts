/** What came of offers, counted in the database: the same as attribution.ts and uplift.ts say of one person after another. */
import type pg from 'pg'
import { couponCost, type CouponUses } from '../domain/offers/coupon-cost.ts'
import { offerResult, type OfferCounts, type OfferResult } from '../domain/offers/offer-result.ts'
import type { Discount, OfferSpec, OfferText } from '../domain/offers/offer.ts'
import type { OfferState } from '../domain/offers/transitions.ts'
import type { Arm } from '../domain/offers/uplift.ts'

export interface OfferReport {
  id: number
  /** What the salon's people call it. */
  title: OfferText
  /** A visit within so many days after the message is counted for it. */
  attributionDays: number
  /** It goes on: only those count for whom these days are over. */
  standing: boolean
  /** Where it stands. */
  state: OfferState
  version: number
  /** It was put away. */
  retired: boolean
  result: OfferResult
}

export interface OfferResultStorage {
  /** Undefined: there is no such offer. */
  of(offerId: number): Promise<OfferReport | undefined>
  /** Of the offers whose last message's window has closed in this time, by their numbers. Epoch milliseconds. */
  closedIn(period: { from: number; until: number }): Promise<OfferReport[]>
  /** How many had been sent at this time whose window was open. Epoch milliseconds. */
  openAt(time: number): Promise<number>
}

/**
 * @param timeZone the salon's: all that a client had on one of its days is one visit
 * @param now epoch milliseconds
 */
export function createOfferResults({
  pool,
  timeZone,
  now = Date.now,
}: {
  pool: pg.Pool
  timeZone: string
  now?: () => number
}): OfferResultStorage {
  const counted = async (offerId: number, spec: OfferSpec): Promise<OfferCounts> => {
    const windowMs = spec.attributionDays * dayMs
    const standing = spec.schedule.kind === 'standing'
    const at = new Date(now())
    const values = [offerId, windowMs, timeZone, standing ? new Date(at.getTime() - windowMs) : null]
    const [arms, last, coupons] = await Promise.all([
      pool.query<ArmRow>(armsText, values),
      pool.query<LastRow>(lastText, [offerId]),
      spec.coupon ? pool.query<UseRow>(usesText, [offerId]) : undefined,
    ])
    const of = (heldOut: boolean, variant: string | null): Arm =>
      armFrom(arms.rows.find((row) => row.heldOut === heldOut && row.variant === variant))
    const [{ lastAt, unfinished } = { lastAt: null, unfinished: 0 }] = last.rows
    // Of a standing offer only what is over counts: new messages come every day.
    const from = standing
      ? at.getTime() - windowMs
      : unfinished > 0
        ? at.getTime()
        : (lastAt?.getTime() ?? at.getTime())
    return {
      treated: of(false, null),
      heldOut: of(true, null),
      variants: spec.variants.map(({ id }) => ({ id, arm: of(false, id) })),
      windowEndsAt: from + windowMs,
      ...(coupons && { coupons: couponsOf(coupons.rows) }),
    }
  }

  const of = async (offerId: number): Promise<OfferReport | undefined> => {
    const { rows } = await pool.query<OfferRow>(offerText, [offerId])
    const [row] = rows
    if (!row) return undefined
    const { spec, ...stands } = row
    const { title, attributionDays, schedule } = spec
    return {
      id: offerId,
      title,
      attributionDays,
      standing: schedule.kind === 'standing',
      ...stands,
      result: offerResult(await counted(offerId, spec), now()),
    }
  }

  return {
    of,
    async closedIn({ from, until }) {
      const { rows } = await pool.query<{ id: number }>(closedText, [new Date(from), new Date(until)])
      const reports: OfferReport[] = []
      for (const { id } of rows) {
        const report = await of(id)
        if (report) reports.push(report)
      }
      return reports
    },
    async openAt(time) {
      const { rows } = await pool.query<{ count: number }>(openText, [new Date(time)])
      return rows[0]?.count ?? 0
    },
  }
}

const dayMs = 24 * 3600_000

const offerText = `
SELECT "spec", "state", "version", "retiredAt" IS NOT NULL AS "retired" FROM "Offer" WHERE "id" = $1`

interface OfferRow {
  spec: OfferSpec
  state: OfferState
  version: number
  retired: boolean
}

/**
 * Who was chosen counts: also whom the platform did not take the message for. Whoever the contact policy refused is in neither
 * group. Of people who were forgotten since nothing is known.
 */
const chosen = `
  d."clientId" IS NOT NULL AND (d."state" = 'heldOut' OR NOT d."heldOut" AND (d."state" IN ('sent', 'unknown', 'failed')
    OR d."state" = 'refused' AND d."reason" = 'unreachable' AND d."tries" > 0))`

/** When it was said, may have been, or would have been. */
const moment = `CASE WHEN d."heldOut" THEN d."changedAt" ELSE coalesce(d."sentAt", d."triedAt", d."changedAt") END`

const armsText = `
WITH part AS MATERIALIZED (
  SELECT d."id", d."clientId", d."variant", d."heldOut", ${moment} AS "at" FROM "Delivery" d
  WHERE d."offerId" = $1 AND ${chosen} AND ($4::timestamptz IS NULL OR ${moment} <= $4)
), outcome AS (
  SELECT p."id", p."variant", p."heldOut", count(DISTINCT (v."at" AT TIME ZONE $3)::date)
      FILTER (WHERE v."id" IS NOT NULL AND coalesce(v."kopecks", 0) >= 0)::float8 AS "visits",
    coalesce(sum(v."kopecks"), 0)::float8 AS "kopecks"
  FROM part p LEFT JOIN "Visit" v ON v."clientId" = p."clientId"
    AND v."at" > p."at" AND v."at" <= p."at" + $2::float8 * interval '1 millisecond'
    AND (v."timeKnown" OR (v."at" AT TIME ZONE $3)::date <> (p."at" AT TIME ZONE $3)::date)
  GROUP BY p."id", p."variant", p."heldOut"
)
SELECT "heldOut", "variant", count(*)::int AS "people", (count(*) FILTER (WHERE "visits" > 0))::int AS "came",
  avg("visits") AS "visitsMean", coalesce(var_samp("visits"), 0) AS "visitsVariance",
  avg("kopecks") AS "kopecksMean", coalesce(var_samp("kopecks"), 0) AS "kopecksVariance"
FROM outcome GROUP BY GROUPING SETS (("heldOut"), ("heldOut", "variant"))`

interface ArmRow {
  heldOut: boolean
  /** Null: all of them. */
  variant: string | null
  people: number
  came: number
  visitsMean: number
  visitsVariance: number
  kopecksMean: number
  kopecksVariance: number
}

const armFrom = (row: ArmRow | undefined): Arm => ({
  people: row?.people ?? 0,
  came: row?.came ?? 0,
  visits: { mean: row?.visitsMean ?? 0, variance: row?.visitsVariance ?? 0 },
  kopecks: { mean: row?.kopecksMean ?? 0, variance: row?.kopecksVariance ?? 0 },
})

const lastText = `
SELECT max(${moment}) FILTER (WHERE ${chosen}) AS "lastAt",
  (count(*) FILTER (WHERE d."state" IN ('waiting', 'sending')))::int AS "unfinished"
FROM "Delivery" d WHERE d."offerId" = $1`

interface LastRow {
  lastAt: Date | null
  unfinished: number
}

const usesText = `
SELECT k."promise"->'discount' AS "discount", count(DISTINCT k."id")::int AS "given", count(DISTINCT u."couponId")::int AS "people",
  count(u."id")::int AS "uses", (count(u."id") FILTER (WHERE v."kopecks" >= 0))::int AS "paidUses",
  coalesce(sum(v."kopecks") FILTER (WHERE v."kopecks" >= 0), 0)::float8 AS "paidKopecks"
FROM "Coupon" k JOIN "Delivery" d ON d."id" = k."deliveryId"
LEFT JOIN "CouponUse" u ON u."couponId" = k."id" LEFT JOIN "Visit" v ON v."id" = u."visitId"
WHERE d."offerId" = $1 GROUP BY k."promise"->'discount'`

interface UseRow {
  discount: Discount
  given: number
  people: number
  uses: number
  paidUses: number
  paidKopecks: number
}

function couponsOf(rows: readonly UseRow[]): NonNullable<OfferCounts['coupons']> {
  const sum = (of: (row: UseRow) => number) => rows.reduce((all, row) => all + of(row), 0)
  const uses: CouponUses[] = rows.map((row) => ({
    discount: row.discount,
    uses: row.uses,
    paid: { uses: row.paidUses, kopecks: row.paidKopecks },
  }))
  return {
    given: sum((row) => row.given),
    people: sum((row) => row.people),
    uses: sum((row) => row.uses),
    cost: couponCost(uses),
  }
}

/** Offers that were sent of late, and when the last window closes; standing ones have no last message. */
const sentOffers = `
SELECT o."id", o."sendingSince", coalesce(m."goesOn", false) AS "goesOn",
  m."lastAt" + (o."spec"->>'attributionDays')::int * interval '24 hours' AS "endsAt"
FROM "Offer" o CROSS JOIN LATERAL (
  SELECT max(${moment}) FILTER (WHERE ${chosen}) AS "lastAt", bool_or(d."state" IN ('waiting', 'sending')) AS "goesOn"
  FROM "Delivery" d WHERE d."offerId" = o."id"
) m
WHERE o."spec"#>>'{schedule,kind}' <> 'standing' AND o."sendingSince" >= $1::timestamptz - interval '200 days'`

const closedText = `
SELECT "id" FROM (${sentOffers}) s WHERE NOT "goesOn" AND "endsAt" >= $1 AND "endsAt" < $2 ORDER BY "id"`

const openText = `
SELECT count(*)::int AS "count" FROM (${sentOffers}) s WHERE "sendingSince" < $1 AND ("goesOn" OR "endsAt" >= $1)`
