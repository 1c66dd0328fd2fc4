-- AlterTable
ALTER TABLE "Coupon" ADD COLUMN     "deliveryId" BIGINT,
ADD COLUMN     "promise" JSONB,
ADD COLUMN     "uses" SMALLINT NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "CouponUse" (
    "id" BIGSERIAL NOT NULL,
    "couponId" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staffId" INTEGER,
    "visitId" BIGINT,

    CONSTRAINT "CouponUse_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CouponUse_couponId_idx" ON "CouponUse"("couponId");

-- CreateIndex
CREATE INDEX "CouponUse_visitId_idx" ON "CouponUse"("visitId");

-- CreateIndex
CREATE UNIQUE INDEX "Coupon_deliveryId_key" ON "Coupon"("deliveryId");

-- AddForeignKey
ALTER TABLE "Coupon" ADD CONSTRAINT "Coupon_deliveryId_fkey" FOREIGN KEY ("deliveryId") REFERENCES "Delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CouponUse" ADD CONSTRAINT "CouponUse_couponId_fkey" FOREIGN KEY ("couponId") REFERENCES "Coupon"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CouponUse" ADD CONSTRAINT "CouponUse_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CouponUse" ADD CONSTRAINT "CouponUse_visitId_fkey" FOREIGN KEY ("visitId") REFERENCES "Visit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- By hand: what was given before has its use, too.
INSERT INTO "CouponUse" ("couponId", "at", "staffId")
SELECT "id", "redeemedAt", "redeemedBy" FROM "Coupon" WHERE "redeemedAt" IS NOT NULL;

-- By hand: nobody has the coupon of a message that surely reached nobody. Where it may have been said ("triedAt"), it is good.
CREATE FUNCTION "withdrawCoupon"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "Coupon" WHERE "deliveryId" = NEW."id";
  RETURN NULL;
END $$;

CREATE TRIGGER "Delivery_withdraw_coupon" AFTER UPDATE OF "state" ON "Delivery" FOR EACH ROW
  WHEN (NEW."state" IN ('refused', 'failed', 'cancelled', 'expired', 'heldOut') AND NEW."triedAt" IS NULL
    AND OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "withdrawCoupon"();
