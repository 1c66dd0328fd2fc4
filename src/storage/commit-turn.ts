/**
 * The hot path: one answer is one statement. It takes the update's key, the new state and the footprint, and takes all or
 * nothing: the person's version must still be the one that was decided upon, and the update must not have been taken before.
 * Two processes deciding on the same person at once: the second waits for the row, sees another version, and takes nothing.
 */
import type { Fact, Known, Walk } from '../domain/known.ts'
import type { Loaded, Query } from './chat-rows.ts'

export type Taken = 'taken' | 'repeated' | 'outdated'

export interface TurnRows {
  key: string
  runId: number
  row: NonNullable<Loaded['row']>
  before: Known
  after: Known
  facts: readonly Fact[]
  /** Epoch milliseconds. */
  at: number
}

const commitText = `
WITH client AS (
  UPDATE "Client" SET "version" = "version" + 1, "name" = $6, "phone" = $7, "birthDay" = $8::smallint,
    "birthMonth" = $9::smallint, "birthYear" = $10::smallint, "lines" = $11::text[], "master" = $12, "convenientTimes" = $13::text[],
    "heardFrom" = $14, "preferredPlatform" = $15::"Platform", "personalDataConsentAt" = $16::timestamptz,
    "advertisingConsentAt" = $17::timestamptz, "onboardedAt" = $18::timestamptz
  WHERE "id" = $4::bigint AND "version" = $5::int AND NOT EXISTS (SELECT FROM "SeenUpdate" WHERE "key" = $1)
  RETURNING "id"
), seen AS (
  INSERT INTO "SeenUpdate" ("key", "at", "runId", "chatId") SELECT $1, $19::timestamptz, $2::int, $3::bigint FROM client
), chat AS (
  UPDATE "Chat" SET "language" = $20, "source" = $21, "sourceDetail" = $22, "reachable" = $23::boolean,
    "callbackButtons" = $24::boolean, "profileName" = $25, "liveMessageId" = $26::bigint, "liveFrom" = $27,
    "lastSeenAt" = $28::timestamptz
  FROM client WHERE "Chat"."id" = $3::bigint
), walks AS (
  INSERT INTO "Dialogue" ("clientId", "name", "run", "version", "status", "answers", "startedAt", "changedAt")
  SELECT client."id", w."name", w."run", w."version", w."status", w."answers", w."startedAt", w."changedAt"
  FROM client, json_to_recordset($29::json) AS w("name" text, "run" smallint, "version" smallint, "status" text, "answers" jsonb,
    "startedAt" timestamptz, "changedAt" timestamptz)
  ON CONFLICT ("clientId", "name", "run") DO UPDATE
  SET "version" = excluded."version", "status" = excluded."status", "answers" = excluded."answers", "changedAt" = excluded."changedAt"
), footprint AS (
  INSERT INTO "Event" ("clientId", "at", "platform", "kind", "about", "tookMs")
  SELECT client."id", $19::timestamptz, $30::"Platform", e."what", e."about", e."tookMs"
  FROM client, json_to_recordset($31::json) AS e("what" text, "about" text, "tookMs" int)
)
SELECT EXISTS (SELECT FROM client) AS "taken", EXISTS (SELECT FROM "SeenUpdate" WHERE "key" = $1) AS "repeated"`

/**
 * Commits a turn of a chat that is known.
 * @returns 'taken'; 'repeated' when this update was taken before; 'outdated' when the person has changed since it was decided
 */
export async function commitTurn(query: Query, turn: TurnRows): Promise<Taken> {
  const [row] = await query('commit-turn', commitText, valuesOf(turn))
  if (row?.['taken'] === true) return 'taken'
  return row?.['repeated'] === true ? 'repeated' : 'outdated'
}

function valuesOf({ key, runId, row, before, after, facts, at }: TurnRows): unknown[] {
  const { client, chat } = after
  const kept = client.personalDataConsentAt !== undefined
  const { birthday } = client
  return [
    key,
    runId,
    row.chatId,
    row.clientId,
    row.version,
    orNull(client.name),
    orNull(client.phone),
    orNull(birthday?.day),
    orNull(birthday?.month),
    orNull(birthday?.year),
    client.lines,
    orNull(client.master),
    client.convenientTimes,
    orNull(client.heardFrom),
    orNull(client.preferredPlatform),
    time(client.personalDataConsentAt),
    time(client.advertisingConsentAt),
    time(client.onboardedAt),
    time(at),
    chat.language,
    orNull(chat.source),
    orNull(chat.sourceDetail),
    chat.reachable,
    chat.callbackButtons,
    // Before the first consent a chat has its number, its language and the link it came by, nothing else.
    kept ? orNull(chat.profileName) : null,
    kept ? orNull(chat.liveMessageId) : null,
    kept ? orNull(chat.liveFrom) : null,
    time(kept ? chat.lastSeenAt : at),
    JSON.stringify(kept ? changedWalks(before, after).map(walkRow) : []),
    chat.platform,
    JSON.stringify(kept ? facts.filter((fact) => fact.kind === 'event') : []),
  ]
}

const changedWalks = (before: Known, after: Known): Walk[] =>
  after.walks.filter((walk) => !before.walks.includes(walk))

const walkRow = (walk: Walk) => ({
  ...walk,
  startedAt: time(walk.startedAt),
  changedAt: time(walk.changedAt),
})

const time = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString())

const orNull = <T>(value: T | undefined): T | null => value ?? null
