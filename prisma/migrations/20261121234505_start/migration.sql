-- CreateEnum
CREATE TYPE "Platform" AS ENUM ('telegram', 'vk');

-- CreateEnum
CREATE TYPE "ConsentPurpose" AS ENUM ('personalData', 'advertising');

-- CreateEnum
CREATE TYPE "StaffRole" AS ENUM ('owner', 'admin');

-- CreateTable
CREATE TABLE "Client" (
    "id" BIGSERIAL NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "name" TEXT,
    "phone" TEXT,
    "confirmedPhone" TEXT,
    "birthDay" SMALLINT,
    "birthMonth" SMALLINT,
    "birthYear" SMALLINT,
    "sex" TEXT,
    "city" TEXT,
    "lines" TEXT[],
    "master" TEXT,
    "convenientTimes" TEXT[],
    "heardFrom" TEXT,
    "preferredPlatform" "Platform",
    "personalDataConsentAt" TIMESTAMPTZ(3),
    "advertisingConsentAt" TIMESTAMPTZ(3),
    "onboardedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Client_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Chat" (
    "id" BIGSERIAL NOT NULL,
    "platform" "Platform" NOT NULL,
    "externalId" BIGINT NOT NULL,
    "clientId" BIGINT NOT NULL,
    "language" TEXT NOT NULL,
    "source" TEXT,
    "sourceDetail" TEXT,
    "reachable" BOOLEAN NOT NULL DEFAULT true,
    "profileName" TEXT,
    "callbackButtons" BOOLEAN NOT NULL DEFAULT true,
    "liveMessageId" BIGINT,
    "liveFrom" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Chat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Dialogue" (
    "clientId" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "run" SMALLINT NOT NULL,
    "version" SMALLINT NOT NULL,
    "status" TEXT NOT NULL,
    "answers" JSONB NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Dialogue_pkey" PRIMARY KEY ("clientId","name","run")
);

-- CreateTable
CREATE TABLE "Consent" (
    "id" BIGSERIAL NOT NULL,
    "clientId" BIGINT,
    "subject" TEXT NOT NULL,
    "purpose" "ConsentPurpose" NOT NULL,
    "granted" BOOLEAN NOT NULL,
    "documentHash" TEXT NOT NULL,
    "platform" "Platform" NOT NULL,
    "evidence" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConsentDocument" (
    "hash" TEXT NOT NULL,
    "purpose" "ConsentPurpose" NOT NULL,
    "language" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "firstUsed" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ConsentDocument_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "Event" (
    "clientId" BIGINT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "platform" "Platform" NOT NULL,
    "kind" TEXT NOT NULL,
    "about" TEXT,
    "tookMs" INTEGER,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("clientId","id")
);

-- CreateTable
CREATE TABLE "SeenUpdate" (
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "runId" INTEGER,
    "chatId" BIGINT,

    CONSTRAINT "SeenUpdate_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Run" (
    "id" SERIAL NOT NULL,
    "role" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stoppedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "clientId" BIGINT,
    "platform" "Platform" NOT NULL,
    "externalId" BIGINT NOT NULL,
    "text" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NoticeDelivery" (
    "noticeId" BIGINT NOT NULL,
    "staffId" INTEGER NOT NULL,
    "sentAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "NoticeDelivery_pkey" PRIMARY KEY ("noticeId","staffId")
);

-- CreateTable
CREATE TABLE "Staff" (
    "id" SERIAL NOT NULL,
    "telegramId" BIGINT NOT NULL,
    "role" "StaffRole" NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "reachable" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invite" (
    "tokenHash" TEXT NOT NULL,
    "role" "StaffRole" NOT NULL,
    "invitedBy" INTEGER,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "usedBy" BIGINT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Invite_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "LinkCode" (
    "clientId" BIGINT NOT NULL,
    "targetId" BIGINT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "attemptsLeft" SMALLINT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LinkCode_pkey" PRIMARY KEY ("clientId")
);

-- CreateTable
CREATE TABLE "Setting" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "Client_confirmedPhone_key" ON "Client"("confirmedPhone");

-- CreateIndex
CREATE INDEX "Client_name_idx" ON "Client"("name");

-- CreateIndex
CREATE INDEX "Client_phone_idx" ON "Client"("phone");

-- CreateIndex
CREATE INDEX "Client_createdAt_idx" ON "Client"("createdAt");

-- CreateIndex
CREATE INDEX "Chat_clientId_idx" ON "Chat"("clientId");

-- CreateIndex
CREATE UNIQUE INDEX "Chat_platform_externalId_key" ON "Chat"("platform", "externalId");

-- CreateIndex
CREATE INDEX "Consent_clientId_idx" ON "Consent"("clientId");

-- CreateIndex
CREATE INDEX "Consent_subject_idx" ON "Consent"("subject");

-- CreateIndex
CREATE INDEX "SeenUpdate_at_idx" ON "SeenUpdate" USING BRIN ("at");

-- CreateIndex
CREATE INDEX "Notice_clientId_idx" ON "Notice"("clientId");

-- CreateIndex
CREATE UNIQUE INDEX "Staff_telegramId_key" ON "Staff"("telegramId");

-- CreateIndex
CREATE INDEX "LinkCode_targetId_idx" ON "LinkCode"("targetId");

-- AddForeignKey
ALTER TABLE "Chat" ADD CONSTRAINT "Chat_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "Client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dialogue" ADD CONSTRAINT "Dialogue_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "Client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "Client"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_documentHash_fkey" FOREIGN KEY ("documentHash") REFERENCES "ConsentDocument"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Event" ADD CONSTRAINT "Event_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "Client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "Client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeDelivery" ADD CONSTRAINT "NoticeDelivery_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "Notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeDelivery" ADD CONSTRAINT "NoticeDelivery_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invite" ADD CONSTRAINT "Invite_invitedBy_fkey" FOREIGN KEY ("invitedBy") REFERENCES "Staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LinkCode" ADD CONSTRAINT "LinkCode_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "Client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LinkCode" ADD CONSTRAINT "LinkCode_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "Client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma can't say.

-- The ledger of consents only grows: a row may lose or change the person it points to (forgetting, linking), nothing else.
CREATE FUNCTION "consent_is_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF ROW(NEW."id", NEW."subject", NEW."purpose", NEW."granted", NEW."documentHash", NEW."platform", NEW."evidence", NEW."at")
       IS NOT DISTINCT FROM
       ROW(OLD."id", OLD."subject", OLD."purpose", OLD."granted", OLD."documentHash", OLD."platform", OLD."evidence", OLD."at")
    THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'the ledger of consents is append-only';
END
$$;

CREATE TRIGGER "Consent_append_only" BEFORE UPDATE OR DELETE ON "Consent"
  FOR EACH ROW EXECUTE FUNCTION "consent_is_append_only"();

-- Rows that change with every answer keep room on their page, so that no index has to be touched (HOT).
ALTER TABLE "Client" SET (fillfactor = 85);
ALTER TABLE "Chat" SET (fillfactor = 85);
ALTER TABLE "Dialogue" SET (fillfactor = 85);
