-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "runId" INTEGER,
ADD COLUMN     "triedAt" TIMESTAMPTZ(3),
ADD COLUMN     "tries" SMALLINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "TokenPace" (
    "token" TEXT NOT NULL,
    "nextSlotAt" TIMESTAMPTZ(6) NOT NULL,
    "pausedUntil" TIMESTAMPTZ(6),
    "share" DOUBLE PRECISION NOT NULL DEFAULT 1,

    CONSTRAINT "TokenPace_pkey" PRIMARY KEY ("token")
);

-- By hand: what waits is found by its offer and platform without reading what waits for the other one; what is under way is little.
CREATE INDEX "Delivery_waiting_idx" ON "Delivery" ("offerId", "platform", "dueAt", "id") WHERE "state" = 'waiting';
CREATE INDEX "Delivery_sending_idx" ON "Delivery" ("runId") WHERE "state" = 'sending';
