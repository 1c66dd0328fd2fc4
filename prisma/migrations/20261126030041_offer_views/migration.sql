-- CreateTable
CREATE TABLE "OfferView" (
    "staffId" INTEGER NOT NULL,
    "messageId" BIGINT NOT NULL,
    "offerId" INTEGER NOT NULL,
    "shownAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OfferView_pkey" PRIMARY KEY ("staffId","messageId")
);

-- CreateIndex
CREATE INDEX "OfferView_shownAt_idx" ON "OfferView"("shownAt");

-- AddForeignKey
ALTER TABLE "OfferView" ADD CONSTRAINT "OfferView_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OfferView" ADD CONSTRAINT "OfferView_offerId_fkey" FOREIGN KEY ("offerId") REFERENCES "Offer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
