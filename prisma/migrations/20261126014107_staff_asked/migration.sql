-- AlterTable
ALTER TABLE "Staff" ADD COLUMN     "asked" TEXT;
