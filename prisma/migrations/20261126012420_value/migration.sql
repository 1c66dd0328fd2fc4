-- AlterTable
ALTER TABLE "Client" ADD COLUMN     "bookPhone" TEXT,
ADD COLUMN     "bookedAt" TIMESTAMPTZ(3),
ADD COLUMN     "externalId" TEXT;

-- AlterTable
ALTER TABLE "Visit" ADD COLUMN     "externalId" TEXT,
ADD COLUMN     "importId" INTEGER,
ADD COLUMN     "kopecks" BIGINT,
ADD COLUMN     "master" TEXT,
ADD COLUMN     "service" TEXT,
ADD COLUMN     "timeKnown" BOOLEAN NOT NULL DEFAULT true,
ALTER COLUMN "line" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Import" (
    "id" SERIAL NOT NULL,
    "state" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "fileId" TEXT,
    "columns" JSONB NOT NULL,
    "startedBy" INTEGER,
    "messageId" BIGINT,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StaleVisitor" (
    "id" BIGSERIAL NOT NULL,
    "clientId" BIGINT NOT NULL,

    CONSTRAINT "StaleVisitor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClientValue" (
    "clientId" BIGINT NOT NULL,
    "line" TEXT NOT NULL,
    "firstDay" INTEGER NOT NULL,
    "lastDay" INTEGER NOT NULL,
    "visits" INTEGER NOT NULL,
    "kopecks" BIGINT NOT NULL,
    "firstDayKopecks" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "segment" TEXT NOT NULL,

    CONSTRAINT "ClientValue_pkey" PRIMARY KEY ("clientId","line")
);

-- CreateTable
CREATE TABLE "SegmentMove" (
    "id" BIGSERIAL NOT NULL,
    "clientId" BIGINT NOT NULL,
    "line" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "from" TEXT,
    "fromCode" TEXT,
    "to" TEXT NOT NULL,
    "toCode" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "SegmentMove_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SegmentCount" (
    "day" INTEGER NOT NULL,
    "line" TEXT NOT NULL,
    "scheme" TEXT NOT NULL,
    "segment" TEXT NOT NULL,
    "clients" INTEGER NOT NULL,
    "kopecks" BIGINT NOT NULL,

    CONSTRAINT "SegmentCount_pkey" PRIMARY KEY ("day","line","scheme","segment")
);

-- CreateTable
CREATE TABLE "ValueModel" (
    "line" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "models" JSONB NOT NULL,
    "clients" INTEGER NOT NULL,
    "repeatClients" INTEGER NOT NULL,

    CONSTRAINT "ValueModel_pkey" PRIMARY KEY ("line")
);

-- CreateTable
CREATE TABLE "EarlyWarning" (
    "clientId" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "aliveBefore" DOUBLE PRECISION,
    "aliveNow" DOUBLE PRECISION,
    "usualDays" DOUBLE PRECISION,
    "daysAway" INTEGER NOT NULL,
    "atStakeKopecks" BIGINT NOT NULL,
    "since" INTEGER NOT NULL,

    CONSTRAINT "EarlyWarning_pkey" PRIMARY KEY ("clientId")
);

-- CreateIndex
CREATE INDEX "Import_state_changedAt_idx" ON "Import"("state", "changedAt");

-- CreateIndex
CREATE INDEX "ClientValue_line_segment_kopecks_idx" ON "ClientValue"("line", "segment", "kopecks");

-- CreateIndex
CREATE INDEX "SegmentMove_clientId_day_idx" ON "SegmentMove"("clientId", "day");

-- CreateIndex
CREATE INDEX "SegmentMove_line_day_idx" ON "SegmentMove"("line", "day");

-- CreateIndex
CREATE INDEX "EarlyWarning_atStakeKopecks_idx" ON "EarlyWarning"("atStakeKopecks");

-- CreateIndex
CREATE UNIQUE INDEX "Client_bookPhone_key" ON "Client"("bookPhone");

-- CreateIndex
CREATE UNIQUE INDEX "Client_externalId_key" ON "Client"("externalId");

-- CreateIndex
CREATE UNIQUE INDEX "Visit_externalId_key" ON "Visit"("externalId");

-- AddForeignKey
ALTER TABLE "Visit" ADD CONSTRAINT "Visit_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Import" ADD CONSTRAINT "Import_startedBy_fkey" FOREIGN KEY ("startedBy") REFERENCES "Staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClientValue" ADD CONSTRAINT "ClientValue_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "Client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SegmentMove" ADD CONSTRAINT "SegmentMove_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "Client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EarlyWarning" ADD CONSTRAINT "EarlyWarning_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "Client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: a row of a file that has no number of its own is known by who, when and what for. A refund is another row.
CREATE UNIQUE INDEX "Visit_file_row_key"
  ON "Visit" ("clientId", "at", COALESCE("service", ''), (COALESCE("kopecks", 0) < 0))
  WHERE "importId" IS NOT NULL AND "externalId" IS NULL;

-- By hand: whoever changes visits, in whatever way, leaves a note for the next recompute.
CREATE FUNCTION "noteStaleVisitors"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "StaleVisitor" ("clientId") SELECT DISTINCT "clientId" FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO "StaleVisitor" ("clientId") SELECT DISTINCT "clientId" FROM old_rows;
  ELSE
    INSERT INTO "StaleVisitor" ("clientId")
    SELECT "clientId" FROM old_rows UNION SELECT "clientId" FROM new_rows;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "Visit_inserted" AFTER INSERT ON "Visit" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION "noteStaleVisitors"();
CREATE TRIGGER "Visit_updated" AFTER UPDATE ON "Visit" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION "noteStaleVisitors"();
CREATE TRIGGER "Visit_deleted" AFTER DELETE ON "Visit" REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION "noteStaleVisitors"();

-- By hand: what was recorded before there were notes has to be looked at, too.
INSERT INTO "StaleVisitor" ("clientId") SELECT DISTINCT "clientId" FROM "Visit";
