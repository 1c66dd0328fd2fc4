/** Which visit a coupon was taken for. */

/**
 * Links the uses of these clients' coupons that have no visit yet: to the last visit of their day that is in the books, refunds
 * apart. What came with an offer's message was not taken for a visit that was before the message. Done again it changes nothing,
 * so it may be asked whenever a coupon was taken or visits came in.
 * @param run runs a statement, in the transaction of what has happened
 * @param timeZone the salon's, IANA name: the day is its day
 */
export async function linkCouponUses(
  run: (text: string, values: unknown[]) => Promise<unknown>,
  clientIds: readonly (bigint | string)[],
  timeZone: string,
): Promise<void> {
  await run(linkText, [clientIds.map(String), timeZone])
}

const linkText = `
UPDATE "CouponUse" SET "visitId" = found."visitId" FROM (
  SELECT u."id", visit."id" AS "visitId"
  FROM "Coupon" k JOIN "CouponUse" u ON u."couponId" = k."id" AND u."visitId" IS NULL
  CROSS JOIN LATERAL (
    SELECT v."id" FROM "Visit" v
    WHERE v."clientId" = k."clientId" AND coalesce(v."kopecks", 0) >= 0
      AND v."at" BETWEEN u."at" - interval '26 hours' AND u."at" + interval '26 hours'
      AND (v."at" AT TIME ZONE $2)::date = (u."at" AT TIME ZONE $2)::date
      AND (k."deliveryId" IS NULL OR NOT v."timeKnown" OR v."at" >= k."issuedAt")
    ORDER BY v."at" DESC, v."id" DESC LIMIT 1
  ) visit
  WHERE k."clientId" = ANY($1::text[]::bigint[])
) found WHERE "CouponUse"."id" = found."id"`
