import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import type { Answers } from '../../src/domain/answer.ts'
import { openDatabase, type Database } from '../../src/storage/database.ts'
import { createResponses, type Responses } from '../../src/storage/responses.ts'
import { freshDatabase } from './fresh-database.ts'

let database: Database
let responses: Responses
beforeAll(async () => {
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  database = await openDatabase({ ...(await freshDatabase()), log })
  responses = createResponses(database)
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.prisma.client.deleteMany()
})

const day = (number: number): number => Date.UTC(2026, 10, number, 9)

interface Walk {
  name?: string
  run?: number
  status?: string
  answers?: Answers
  days?: [started: number, changed: number]
}

/** A client with these walks; @returns their number */
async function client(walks: Walk[], demo = false): Promise<number> {
  const { id } = await database.prisma.client.create({ data: { demo } })
  await database.prisma.dialogue.createMany({
    data: walks.map(
      ({ name = 'survey', run = 1, status = 'finished', answers = {}, days: [from, to] = [1, 1] }) => ({
        clientId: id,
        name,
        run,
        version: 3,
        status,
        answers: answers as object,
        startedAt: new Date(day(from)),
        changedAt: new Date(day(to)),
      }),
    ),
  })
  return Number(id)
}

describe('responses', () => {
  test('are the walks through the survey and the short form, and no others', async () => {
    const answers = {
      regular: { value: true, at: day(2) },
      suggestions: { value: 'Ещё 🌷\n"кавычки" и =1+1', at: day(3) },
      recommend: { value: { nails: 9, hair: null }, scale: { from: 1, to: 10 } },
    }
    const anna = await client([
      { name: 'visit', status: 'open', days: [9, 9] },
      { answers, days: [1, 3] },
      { name: 'onboarding' },
      { name: 'invite' },
    ])
    expect(await responses.all()).toEqual([
      {
        clientId: anna,
        dialogue: 'survey',
        run: 1,
        version: 3,
        status: 'finished',
        answers,
        startedAt: day(1),
        changedAt: day(3),
      },
      {
        clientId: anna,
        dialogue: 'visit',
        run: 1,
        version: 3,
        status: 'open',
        answers: {},
        startedAt: day(9),
        changedAt: day(9),
      },
    ])
  })

  test('of people whom nobody is behind are marked', async () => {
    await client([{}], true)
    const real = await client([{}])
    expect((await responses.all()).map(({ clientId, demo }) => [clientId === real, demo])).toEqual([
      [false, true],
      [true, undefined],
    ])
  })

  test.each([
    ['none', {}, [1, 2, 3]],
    ['from within the second', { from: day(5) }, [2, 3]],
    ['from its last moment on', { from: day(6) }, [2, 3]],
    ['until within the second', { until: day(5) }, [1, 2]],
    ['until its first moment', { until: day(4) }, [1]],
    ['within the second', { from: day(5), until: day(5) + 1 }, [2]],
    ['between two', { from: day(6) + 1, until: day(8) }, []],
  ])('of a period are those under way in it: %s', async (_, period, expected) => {
    await client([
      { run: 1, days: [1, 3] },
      { run: 2, days: [4, 6] },
      { run: 3, days: [8, 9] },
    ])
    expect((await responses.all(period)).map(({ run }) => run)).toEqual(expected)
  })

  test('more than fit into one fetch come complete, each once, in order', async () => {
    await database.prisma.$executeRaw`
      WITH made AS (INSERT INTO "Client" DEFAULT VALUES RETURNING id), many AS (
        INSERT INTO "Client" (name) SELECT 'x' FROM generate_series(1, 1500) RETURNING id)
      INSERT INTO "Dialogue" ("clientId", name, run, version, status, answers, "startedAt", "changedAt")
      SELECT id, name, run, 1, 'finished', '{}', now(), now()
      FROM (SELECT id FROM made UNION ALL SELECT id FROM many) c,
        (VALUES ('survey', 1), ('survey', 2), ('visit', 1)) w (name, run)`
    const all = await responses.all()
    const keys = all.map(({ clientId, dialogue, run }) => `${clientId} ${dialogue} ${run}`)
    expect(keys).toHaveLength(4503)
    expect(new Set(keys).size).toBe(4503)
    expect(all.map(({ clientId }) => clientId)).toEqual(all.map((one) => one.clientId).sort((a, b) => a - b))
  })
})

describe('invitations', () => {
  test('say where they came from and what came of them', async () => {
    const origin = (value: string) => ({ origin: { value } })
    const anna = await client([
      {
        name: 'invite',
        run: 1,
        answers: { ...origin('onboarding'), when: { value: 'evening' } },
        days: [1, 2],
      },
      { name: 'invite', run: 2, answers: origin('prompt'), days: [5, 5] },
      { name: 'invite', run: 3, answers: { ...origin('reminder'), when: { skipped: true } }, days: [8, 8] },
      { name: 'survey' },
    ])
    const all = [
      { clientId: anna, run: 1, origin: 'onboarding', answer: 'evening', at: day(1) },
      { clientId: anna, run: 2, origin: 'prompt', at: day(5) },
      { clientId: anna, run: 3, origin: 'reminder', at: day(8) },
    ]
    expect(await responses.invites()).toEqual(all)
    expect(await responses.invites({ from: day(2), until: day(8) })).toEqual([all[1]])
  })
})
