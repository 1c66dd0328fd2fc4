/** Loading what a conversation stands on: one statement, whatever the dialogue. */
import type { Client, Chat } from '../domain/client.ts'
import type { ChatAddress, Known, Walk } from '../domain/known.ts'
import type { Platform } from '../domain/platform.ts'
import type { Language } from '../domain/salon.ts'
import { olderTerms } from './older-terms.ts'

/** A chat as loaded: the state, and what a commit needs to find its rows again. */
export interface Loaded {
  known: Known
  /** Absent for a chat that was never seen. Ids are decimal strings. */
  row?: { chatId: string; clientId: string; version: number }
}

/** Anything that runs a statement: the pool, or a transaction. */
export type Query = (name: string, text: string, values: unknown[]) => Promise<Record<string, unknown>[]>

const loadText = `
SELECT c."id"::text AS "chatId", c."clientId"::text AS "clientId", p."version",
  c."language", c."source", c."sourceDetail", c."reachable", c."callbackButtons", c."profileName",
  c."liveMessageId"::float8 AS "liveMessageId", c."liveFrom", c."lastSeenAt",
  p."name", p."phone", p."confirmedPhone", p."birthDay", p."birthMonth", p."birthYear", p."sex", p."city", p."lines",
  p."master", p."convenientTimes", p."heardFrom", p."preferredPlatform", p."personalDataConsentAt",
  p."advertisingConsentAt", p."onboardedAt",
  (SELECT min(v."at") FROM "Visit" v WHERE v."clientId" = p."id" AND coalesce(v."kopecks", 0) >= 0) AS "firstVisitAt",
  EXISTS (SELECT FROM "Coupon" k WHERE k."clientId" = p."id" AND k."reward" = 'survey') AS "rewarded",
  ${olderTerms('p."id"')} AS "olderTerms",
  ARRAY(SELECT o."platform"::text FROM "Chat" o WHERE o."clientId" = p."id" AND o."reachable") AS "reachableOn",
  (SELECT json_agg(w) FROM (
    SELECT DISTINCT ON (d."name") d."name", d."run", d."version", d."status", d."answers",
      extract(epoch FROM d."startedAt") * 1000 AS "startedAt", extract(epoch FROM d."changedAt") * 1000 AS "changedAt"
    FROM "Dialogue" d WHERE d."clientId" = p."id" ORDER BY d."name", d."run" DESC) w) AS "walks"
FROM "Chat" c JOIN "Client" p ON p."id" = c."clientId"
WHERE c."platform" = $1::"Platform" AND c."externalId" = $2::bigint`

/**
 * Loads a chat with its person and their dialogues.
 * @returns undefined when the chat was never seen
 */
export async function loadChat(
  query: Query,
  { platform, externalId }: ChatAddress,
): Promise<Loaded | undefined> {
  const [row] = await query('load-chat', loadText, [platform, externalId])
  if (!row) return undefined
  return {
    row: {
      chatId: String(row['chatId']),
      clientId: String(row['clientId']),
      version: Number(row['version']),
    },
    known: {
      chat: chatOf(row, platform, externalId),
      client: clientOf(row),
      reachableOn: row['reachableOn'] as Platform[],
      walks: ((row['walks'] ?? []) as Walk[]).map((walk) => ({ ...walk })),
    },
  }
}

function chatOf(row: Record<string, unknown>, platform: Platform, externalId: number): Chat {
  return {
    platform,
    externalId,
    language: row['language'] as Language,
    reachable: row['reachable'] === true,
    callbackButtons: row['callbackButtons'] === true,
    lastSeenAt: (row['lastSeenAt'] as Date).getTime(),
    ...present(row, ['source', 'sourceDetail', 'profileName', 'liveMessageId', 'liveFrom']),
  }
}

function clientOf(row: Record<string, unknown>): Client {
  const { birthDay, birthMonth, birthYear } = row as Record<string, number | null>
  const times = ['personalDataConsentAt', 'advertisingConsentAt', 'onboardedAt', 'firstVisitAt'] as const
  const known = times
    .filter((name) => row[name] instanceof Date)
    .map((name): [string, number] => [name, (row[name] as Date).getTime()])
  return {
    lines: row['lines'] as string[],
    convenientTimes: row['convenientTimes'] as string[],
    ...present(row, [
      'name',
      'phone',
      'confirmedPhone',
      'sex',
      'city',
      'master',
      'heardFrom',
      'preferredPlatform',
    ]),
    ...(birthDay && birthMonth
      ? { birthday: { day: birthDay, month: birthMonth, ...(birthYear ? { year: birthYear } : {}) } }
      : {}),
    ...Object.fromEntries(known),
    ...(row['rewarded'] === true ? { rewarded: true } : {}),
    ...(row['olderTerms'] === true ? { olderTerms: true } : {}),
  }
}

/** The columns that hold something: null is "not known", and what is not known is absent. */
const present = (row: Record<string, unknown>, names: string[]): object =>
  Object.fromEntries(
    names.filter((name) => row[name] !== null && row[name] !== undefined).map((name) => [name, row[name]]),
  )
