-- AlterTable
ALTER TABLE "Offer" ADD COLUMN     "retiredAt" TIMESTAMPTZ(3);

-- By hand: only what is over leaves the list.
ALTER TABLE "Offer" ADD CONSTRAINT "Offer_retired_is_over"
  CHECK ("retiredAt" IS NULL OR "state" IN ('done', 'cancelled', 'expired'));
