-- AlterTable
ALTER TABLE "ConsentDocument" ADD COLUMN     "offers" BOOLEAN NOT NULL DEFAULT false;

-- The texts that say so already.
UPDATE "ConsentDocument" SET "offers" = true
WHERE "purpose" = 'personalData'
  AND ("text" LIKE '%подготовка предложений, подходящих именно мне%' OR "text" LIKE '%preparing offers that suit me%');
