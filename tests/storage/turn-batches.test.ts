import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Known } from '../../src/domain/known.ts'
import { mostTurns } from '../../src/storage/commit-turn.ts'
import type { TurnRows } from '../../src/storage/commit-turn.ts'
import { createTurnBatches } from '../../src/storage/turn-batches.ts'
import type { TurnBatches } from '../../src/storage/turn-batches.ts'
import { openProcess } from './talk.ts'

let database: Awaited<ReturnType<typeof openProcess>>
let batches: TurnBatches
let turns = 0

beforeAll(async () => {
  database = await openProcess()
  batches = createTurnBatches(
    async (name, text, values) =>
      (await database.pool.query<Record<string, unknown>>({ name, text, values })).rows,
  )
})

afterAll(() => database.close())

/** Somebody with a chat, at version 0. */
async function person(): Promise<{ turn: (extra?: Partial<TurnRows>) => TurnRows; clientId: string }> {
  turns += 1
  const externalId = turns
  const chat = {
    platform: 'telegram',
    externalId,
    language: 'ru',
    reachable: true,
    callbackButtons: true,
    lastSeenAt: 0,
  } as const
  const client = { lines: ['hair'], convenientTimes: [], personalDataConsentAt: 1_000 }
  const known: Known = { client, chat, reachableOn: ['telegram'], walks: [] }
  await database.store.create({ known }, Date.now())
  const { row } = (await database.store.load(chat)) ?? {}
  if (!row) throw new Error('the chat was not made')
  const turn = (extra: Partial<TurnRows> = {}): TurnRows => {
    turns += 1
    return {
      key: `tg:1:${turns}`,
      runId: 1,
      row,
      before: known,
      after: { ...known, client: { ...client, name: `Анна ${externalId}` } },
      facts: [{ kind: 'event', what: 'answer', about: 'onboarding.name' }],
      at: 2_000,
      ...extra,
    }
  }
  return { turn, clientId: row.clientId }
}

const people = (count: number) => Promise.all(Array.from({ length: count }, person))

const rows = async (text: string, values: unknown[]) =>
  (await database.pool.query<Record<string, unknown>>(text, values)).rows

describe('turns that come at once', () => {
  test('are taken together, each with its own answer and footprint', async () => {
    const some = await people(mostTurns + 5)
    const taken = await Promise.all(some.map(({ turn }) => batches.commit(turn())))

    expect(new Set(taken)).toEqual(new Set(['taken']))
    const ids = some.map(({ clientId }) => clientId)
    const kept = await rows(
      `SELECT c."name", ch."externalId", c."version", c.xmin AS transaction, (SELECT count(*)::int FROM "Event" e WHERE e."clientId" = c."id") AS events
       FROM "Client" c JOIN "Chat" ch ON ch."clientId" = c."id" WHERE c."id" = ANY ($1::bigint[])`,
      [ids],
    )
    expect(kept).toHaveLength(some.length)
    for (const one of kept)
      expect(one).toMatchObject({ name: `Анна ${String(one['externalId'])}`, version: 1, events: 1 })
    expect(new Set(kept.map((one) => one['transaction'])).size).toBe(2)
  })

  test('of one person, decided on the same state: the first is taken, the second is outdated', async () => {
    const [anna, other] = await people(2)
    const taken = await Promise.all(
      [anna?.turn(), other?.turn(), anna?.turn()].map((turn) => batches.commit(turn as TurnRows)),
    )

    expect(taken).toEqual(['taken', 'taken', 'outdated'])
  })

  test('of which one was taken before: that one is repeated and changes nothing, the others are taken', async () => {
    const [anna, other] = await people(2)
    const first = anna?.turn() as TurnRows
    await batches.commit(first)
    const again = { ...first, row: { ...first.row, version: 1 } }
    const taken = await Promise.all([again, other?.turn() as TurnRows].map((turn) => batches.commit(turn)))

    expect(taken).toEqual(['repeated', 'taken'])
    expect(await rows('SELECT "version" FROM "Client" WHERE "id" = $1', [anna?.clientId])).toEqual([
      { version: 1 },
    ])
  })

  test('of which the database refuses one: that one is rejected, the others are taken', async () => {
    const [anna, bad, other] = await people(3)
    const refused = bad?.turn() as TurnRows
    const { chat } = refused.after
    const outcomes = await Promise.allSettled([
      batches.commit(anna?.turn() as TurnRows),
      batches.commit({
        ...refused,
        after: { ...refused.after, chat: { ...chat, language: 'ru\u0000' as 'ru' } },
      }),
      batches.commit(other?.turn() as TurnRows),
    ])

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await rows('SELECT "version" FROM "Client" WHERE "id" = $1', [bad?.clientId])).toEqual([
      { version: 0 },
    ])
  })
})

test('when the database is gone, everybody learns it', async () => {
  const gone = createTurnBatches(() => Promise.reject(new Error('the connection was lost')))
  const some = await people(3)

  const outcomes = await Promise.allSettled(some.map(({ turn }) => gone.commit(turn())))
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
})
