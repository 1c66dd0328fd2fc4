-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "forRole" "StaffRole",
ADD COLUMN     "offerEventId" BIGINT;

-- CreateIndex
CREATE UNIQUE INDEX "Notice_offerEventId_key" ON "Notice"("offerEventId");

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_offerEventId_fkey" FOREIGN KEY ("offerEventId") REFERENCES "OfferEvent"("id") ON DELETE CASCADE ON UPDATE CASCADE;
