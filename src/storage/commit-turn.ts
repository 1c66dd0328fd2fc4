/**
 * The hot path: one answer is one statement, and the answers of several people that come together are still one. For each
 * turn it takes the update's key, the new state and the footprint, and takes all or nothing: the person's version must still
 * be the one that was decided upon, and the update must not have been taken before. Two processes deciding on the same person
 * at once: the second waits for the row, sees another version, and takes nothing.
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

/** More turns than this are not committed together. */
export const mostTurns = 32

/** What a turn writes, as the statement gets it. */
const columns = {
  key: 'text',
  runId: 'int',
  chatId: 'bigint',
  clientId: 'bigint',
  clientVersion: 'int',
  at: 'timestamptz',
  name: 'text',
  phone: 'text',
  birthDay: 'smallint',
  birthMonth: 'smallint',
  birthYear: 'smallint',
  sex: 'text',
  lines: 'text[]',
  master: 'text',
  convenientTimes: 'text[]',
  heardFrom: 'text',
  preferredPlatform: '"Platform"',
  personalDataConsentAt: 'timestamptz',
  advertisingConsentAt: 'timestamptz',
  onboardedAt: 'timestamptz',
  platform: '"Platform"',
  language: 'text',
  source: 'text',
  sourceDetail: 'text',
  reachable: 'boolean',
  callbackButtons: 'boolean',
  profileName: 'text',
  liveMessageId: 'bigint',
  liveFrom: 'text',
  lastSeenAt: 'timestamptz',
  walks: 'json',
  events: 'json',
} as const

type Column = keyof typeof columns
type Row = Record<Column, unknown>

const typed = Object.entries(columns)

/** One turn comes as parameters: that is quicker to read than JSON. */
const one = `turn AS NOT MATERIALIZED (
  SELECT ${typed.map(([name, type], index) => `$${index + 1}::${type} AS "${name}"`).join(', ')}
)`

/** The limit tells the planner how few they are: it would expect a hundred, and read whole tables to join them. */
const several = `turn AS MATERIALIZED (
  SELECT * FROM json_to_recordset($1::json) AS t(${typed.map(([name, type]) => `"${name}" ${type}`).join(', ')})
  LIMIT ${mostTurns}
)`

const statement = (turn: string): string => `
WITH ${turn}, seen AS (
  INSERT INTO "SeenUpdate" ("key", "at", "runId", "chatId")
  SELECT t."key", t."at", t."runId", t."chatId"
  FROM turn t JOIN "Client" c ON c."id" = t."clientId" AND c."version" = t."clientVersion"
  ORDER BY c."id" FOR UPDATE OF c
  ON CONFLICT DO NOTHING RETURNING "key"
), client AS (
  UPDATE "Client" c SET "version" = c."version" + 1, "name" = t."name", "phone" = t."phone", "birthDay" = t."birthDay",
    "birthMonth" = t."birthMonth", "birthYear" = t."birthYear", "sex" = t."sex", "lines" = t."lines", "master" = t."master",
    "convenientTimes" = t."convenientTimes", "heardFrom" = t."heardFrom", "preferredPlatform" = t."preferredPlatform",
    "personalDataConsentAt" = t."personalDataConsentAt", "advertisingConsentAt" = t."advertisingConsentAt",
    "onboardedAt" = t."onboardedAt"
  FROM turn t JOIN seen USING ("key") WHERE c."id" = t."clientId"
  RETURNING t.*
), chat AS (
  UPDATE "Chat" SET "language" = t."language", "source" = t."source", "sourceDetail" = t."sourceDetail",
    "reachable" = t."reachable", "callbackButtons" = t."callbackButtons", "profileName" = t."profileName",
    "liveMessageId" = t."liveMessageId", "liveFrom" = t."liveFrom", "lastSeenAt" = t."lastSeenAt"
  FROM client t WHERE "Chat"."id" = t."chatId"
), walks AS (
  INSERT INTO "Dialogue" ("clientId", "name", "run", "version", "status", "answers", "startedAt", "changedAt")
  SELECT t."clientId", w."name", w."run", w."version", w."status", w."answers", w."startedAt", w."changedAt"
  FROM client t, json_to_recordset(t."walks") AS w("name" text, "run" smallint, "version" smallint, "status" text,
    "answers" jsonb, "startedAt" timestamptz, "changedAt" timestamptz)
  ON CONFLICT ("clientId", "name", "run") DO UPDATE
  SET "version" = excluded."version", "status" = excluded."status", "answers" = excluded."answers", "changedAt" = excluded."changedAt"
), footprint AS (
  INSERT INTO "Event" ("clientId", "at", "platform", "kind", "about", "tookMs")
  SELECT t."clientId", t."at", t."platform", e."what", e."about", e."tookMs"
  FROM client t, json_to_recordset(t."events") AS e("what" text, "about" text, "tookMs" int)
)
SELECT t."key", EXISTS (SELECT FROM "SeenUpdate" s WHERE s."key" = t."key") AS "repeated"
FROM turn t WHERE t."key" NOT IN (SELECT "key" FROM client)`

const texts = { one: statement(one), several: statement(several) }

/**
 * Commits a turn of a chat that is known.
 * @returns 'taken'; 'repeated' when this update was taken before; 'outdated' when the person has changed since it was decided
 */
export async function commitTurn(query: Query, turn: TurnRows): Promise<Taken> {
  const row = rowOf(turn)
  const values = { ...row, walks: JSON.stringify(row.walks), events: JSON.stringify(row.events) }
  const left = await query(
    'commit-turn',
    texts.one,
    typed.map(([name]) => values[name as Column] ?? null),
  )
  return takenOf(turn, left)
}

/**
 * Commits the turns of several people in one statement and one transaction.
 * @param turns at most `mostTurns`, each of another person
 * @returns what `commitTurn` says, for each
 */
export async function commitTurns(query: Query, turns: readonly TurnRows[]): Promise<Taken[]> {
  const left = await query('commit-turns', texts.several, [JSON.stringify(turns.map(rowOf))])
  return turns.map((turn) => takenOf(turn, left))
}

/** @param left the turns that were not taken */
function takenOf({ key }: TurnRows, left: Record<string, unknown>[]): Taken {
  const row = left.find((one) => one['key'] === key)
  if (!row) return 'taken'
  return row['repeated'] === true ? 'repeated' : 'outdated'
}

function rowOf({ key, runId, row, before, after, facts, at }: TurnRows): Row {
  const { client, chat } = after
  const kept = client.personalDataConsentAt !== undefined
  return {
    key,
    runId,
    chatId: row.chatId,
    clientId: row.clientId,
    clientVersion: row.version,
    at: time(at),
    name: client.name,
    phone: client.phone,
    birthDay: client.birthday?.day,
    birthMonth: client.birthday?.month,
    birthYear: client.birthday?.year,
    sex: client.sex,
    lines: client.lines,
    master: client.master,
    convenientTimes: client.convenientTimes,
    heardFrom: client.heardFrom,
    preferredPlatform: client.preferredPlatform,
    personalDataConsentAt: time(client.personalDataConsentAt),
    advertisingConsentAt: time(client.advertisingConsentAt),
    onboardedAt: time(client.onboardedAt),
    platform: chat.platform,
    language: chat.language,
    source: chat.source,
    sourceDetail: chat.sourceDetail,
    reachable: chat.reachable,
    callbackButtons: chat.callbackButtons,
    // Before the first consent a chat has its number, its language and the link it came by, nothing else.
    profileName: kept ? chat.profileName : undefined,
    liveMessageId: kept ? chat.liveMessageId : undefined,
    liveFrom: kept ? chat.liveFrom : undefined,
    lastSeenAt: time(kept ? chat.lastSeenAt : at),
    walks: kept ? changedWalks(before, after).map(walkRow) : [],
    events: kept ? facts.filter((fact) => fact.kind === 'event').map(eventRow) : [],
  }
}

const changedWalks = (before: Known, after: Known): Walk[] =>
  after.walks.filter((walk) => !before.walks.includes(walk))

const walkRow = (walk: Walk) => ({
  ...walk,
  startedAt: time(walk.startedAt),
  changedAt: time(walk.changedAt),
})

/** 25 days: no longer pause fits the column, and who takes longer has not been thinking about an answer. */
const longestMs = 2 ** 31 - 1

const eventRow = ({ tookMs, ...event }: Fact & { kind: 'event' }) => ({
  ...event,
  ...(tookMs === undefined ? {} : { tookMs: Math.min(tookMs, longestMs) }),
})

const time = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString())
