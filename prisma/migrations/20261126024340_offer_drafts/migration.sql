-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "key" TEXT,
ALTER COLUMN "platform" DROP NOT NULL,
ALTER COLUMN "externalId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Offer" ADD COLUMN     "about" JSONB;

-- CreateIndex
CREATE UNIQUE INDEX "Notice_key_key" ON "Notice"("key");
