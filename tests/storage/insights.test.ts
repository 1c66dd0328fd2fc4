/** What the owner's figures are made of, on a real database. */
import { afterAll, expect, test } from 'vitest'
import { createInsights } from '../../src/storage/insights.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { salon } from '../flows/transcript.ts'
import { freshDatabase } from './fresh-database.ts'
import { silent } from './talk.ts'

const { connectionString } = await freshDatabase()
const database = await openDatabase({ connectionString, log: silent })
const { prisma } = database
afterAll(() => database.close())

const day = (number: number) => new Date(Date.UTC(2026, 10, number, 9))

test('whoever began without being asked and was reminded is not counted as invited', async () => {
  const { id: clientId } = await prisma.client.create({ data: { personalDataConsentAt: day(1) } })
  await prisma.dialogue.createMany({
    data: [
      {
        clientId,
        name: 'survey',
        run: 1,
        version: 1,
        status: 'finished',
        answers: { regular: { value: true } },
        startedAt: day(2),
        changedAt: day(4),
      },
      {
        clientId,
        name: 'invite',
        run: 1,
        version: 1,
        status: 'finished',
        answers: { origin: { value: 'reminder' }, when: { value: 'now' } },
        startedAt: day(3),
        changedAt: day(4),
      },
    ],
  })
  const survey = { version: 1, questions: [] }
  const offerResults = { closedIn: () => Promise.resolve([]), openAt: () => Promise.resolve(0) }
  const insights = createInsights({ prisma, survey, salon, offerResults, now: () => +day(10) })
  const { found } = await insights.digest(Temporal.PlainDate.from('2026-11-09'))
  expect(found.invited).toMatchObject({ people: 0, responded: 0, rate: undefined })
})
