-- AlterTable
ALTER TABLE "OfferView" ADD COLUMN     "shown" TEXT;
