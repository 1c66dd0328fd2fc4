-- CreateTable
CREATE TABLE "Offer" (
    "id" SERIAL NOT NULL,
    "origin" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "version" INTEGER NOT NULL DEFAULT 1,
    "approvedVersion" INTEGER,
    "spec" JSONB NOT NULL,
    "draftKey" TEXT,
    "seed" TEXT NOT NULL,
    "createdBy" INTEGER,
    "scheduledAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),
    "sendingSince" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OfferEvent" (
    "id" BIGSERIAL NOT NULL,
    "offerId" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staffId" INTEGER,
    "what" TEXT NOT NULL,
    "from" TEXT,
    "to" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "why" TEXT,

    CONSTRAINT "OfferEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" BIGSERIAL NOT NULL,
    "offerId" INTEGER NOT NULL,
    "clientId" BIGINT,
    "occasion" TEXT NOT NULL DEFAULT '',
    "variant" TEXT NOT NULL DEFAULT 'A',
    "heldOut" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "platform" "Platform",
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ(3),
    "messageId" BIGINT,

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Offer_draftKey_key" ON "Offer"("draftKey");

-- CreateIndex
CREATE INDEX "Offer_state_scheduledAt_idx" ON "Offer"("state", "scheduledAt");

-- CreateIndex
CREATE INDEX "OfferEvent_offerId_id_idx" ON "OfferEvent"("offerId", "id");

-- CreateIndex
CREATE INDEX "Delivery_offerId_state_dueAt_idx" ON "Delivery"("offerId", "state", "dueAt");

-- CreateIndex
CREATE INDEX "Delivery_clientId_sentAt_idx" ON "Delivery"("clientId", "sentAt");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_offerId_clientId_occasion_key" ON "Delivery"("offerId", "clientId", "occasion");

-- AddForeignKey
ALTER TABLE "Offer" ADD CONSTRAINT "Offer_createdBy_fkey" FOREIGN KEY ("createdBy") REFERENCES "Staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OfferEvent" ADD CONSTRAINT "OfferEvent_offerId_fkey" FOREIGN KEY ("offerId") REFERENCES "Offer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OfferEvent" ADD CONSTRAINT "OfferEvent_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_offerId_fkey" FOREIGN KEY ("offerId") REFERENCES "Offer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "Client"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- By hand: the offers' log only grows; a row may lose the person it names when they leave the staff, nothing else.
CREATE FUNCTION "offerEventsOnlyGrow"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW."staffId" IS NULL
    AND ROW(NEW."id", NEW."offerId", NEW."at", NEW."what", NEW."from", NEW."to", NEW."version", NEW."why")
      IS NOT DISTINCT FROM
      ROW(OLD."id", OLD."offerId", OLD."at", OLD."what", OLD."from", OLD."to", OLD."version", OLD."why")
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the log of offers is append-only';
END $$;

CREATE TRIGGER "OfferEvent_append_only" BEFORE UPDATE OR DELETE ON "OfferEvent"
  FOR EACH ROW EXECUTE FUNCTION "offerEventsOnlyGrow"();
