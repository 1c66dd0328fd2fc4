import { afterAll, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../src/storage/database.ts'
import { createStandings } from '../../src/storage/survey-standing.ts'
import { freshDatabase } from './fresh-database.ts'
import { silent } from './talk.ts'

const database = await openDatabase({ ...(await freshDatabase()), log: silent })
const { prisma } = database
const standings = createStandings({ prisma })
const day = (number: number) => new Date(Date.UTC(2026, 10, number, 9))
let clientId: bigint

beforeEach(async () => {
  await prisma.$executeRaw`TRUNCATE "Client" CASCADE`
  clientId = (await prisma.client.create({ data: {} })).id
})
afterAll(() => database.close())

const walk = (name: string, run: number, status: string, changed: number, answers: object = {}) =>
  prisma.dialogue.create({
    data: {
      clientId,
      name,
      run,
      version: 1,
      status,
      answers: answers as never,
      startedAt: day(changed - 1),
      changedAt: day(changed),
    },
  })
const prompt = (state: string, changed: number, due: number, number = 1) =>
  prisma.prompt.create({
    data: {
      clientId,
      kind: 'invite',
      about: 1,
      number,
      source: 'admin',
      state,
      dueAt: day(due),
      changedAt: day(changed),
      createdAt: day(changed),
    },
  })
const no = { when: { value: 'no' } }

test.each([
  ['nothing yet', [], undefined],
  ['a finished survey', [() => walk('survey', 1, 'finished', 5)], { what: 'finished', at: day(5) }],
  ['one in the middle', [() => walk('survey', 1, 'paused', 5)], { what: 'going', at: day(5) }],
  ['one that was ended early', [() => walk('survey', 1, 'stopped', 5)], { what: 'stopped', at: day(5) }],
  [
    'the second survey, not the first',
    [() => walk('survey', 1, 'finished', 3), () => walk('survey', 2, 'open', 5)],
    { what: 'going', at: day(5) },
  ],
  ['no, thanks', [() => walk('invite', 1, 'stopped', 5, no)], { what: 'declined', at: day(5) }],
  [
    'no, thanks, and then yes',
    [() => walk('invite', 1, 'stopped', 5, no), () => walk('survey', 1, 'open', 6)],
    { what: 'going', at: day(6) },
  ],
  [
    'no, thanks, and an invitation since',
    [() => walk('invite', 1, 'stopped', 5, no), () => prompt('sent', 7, 7)],
    { what: 'invited', at: day(7) },
  ],
  [
    'a survey long ago and an invitation for tomorrow',
    [() => walk('survey', 1, 'finished', 5), () => prompt('waiting', 7, 8)],
    { what: 'planned', at: day(8) },
  ],
  [
    'an invitation that led to the survey',
    [() => prompt('sent', 4, 4), () => walk('survey', 1, 'finished', 5)],
    { what: 'finished', at: day(5) },
  ],
  ['an invitation that was called off', [() => prompt('cancelled', 4, 4)], undefined],
] as const)('%s', async (_, happened, last) => {
  for (const happen of happened) await happen()
  expect((await standings.ofClient(Number(clientId))).last).toEqual(last)
})

test('the last score of each line counts, whichever form it was given in', async () => {
  const scale = { from: 1, to: 10 }
  await walk('survey', 1, 'finished', 3, { recommend: { value: { nails: 9, hair: 8 }, scale } })
  await walk('visit', 1, 'finished', 7, { line: { value: 'nails' }, recommend: { value: 4, scale } })
  await walk('survey', 2, 'open', 5, { recommend: { value: { hair: 10, nails: null }, scale } })
  const { scores } = await standings.ofClient(Number(clientId))
  const byLine = new Map(scores.map(({ line, value, at }) => [line, [value, new Date(at)]]))
  expect(byLine).toEqual(
    new Map([
      ['nails', [4, day(7)]],
      ['hair', [10, day(5)]],
    ]),
  )
})

test('another client’s answers are not this one’s', async () => {
  await walk('survey', 1, 'finished', 3, { recommend: { value: { nails: 9 } } })
  const other = await prisma.client.create({ data: {} })
  expect(await standings.ofClient(Number(other.id))).toEqual({ scores: [] })
})
