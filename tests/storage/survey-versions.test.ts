import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { instrument } from '../../src/domain/instrument.ts'
import { surveyQuestions } from '../../src/domain/survey-changes.ts'
import type { SurveyQuestion } from '../../src/domain/survey.ts'
import { openDatabase, type Database } from '../../src/storage/database.ts'
import { recordSurvey, surveyVersions } from '../../src/storage/survey-versions.ts'
import { freshDatabase } from './fresh-database.ts'

let connectionString: string
let database: Database
beforeAll(async () => {
  ;({ connectionString } = await freshDatabase())
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  database = await openDatabase({ connectionString, log })
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.prisma.surveyVersion.deleteMany()
})

const record = async (questions: readonly SurveyQuestion[]): Promise<number> =>
  (await recordSurvey(database.prisma, questions)).version
/** A survey that nobody else has. */
const another = (id: string): SurveyQuestion[] =>
  surveyQuestions({ add: [{ question: { id, kind: 'yesNo', block: 'salon', own: true } }] })

test('the first survey is version 1, and is the same one at every start', async () => {
  expect(await record(instrument)).toBe(1)
  expect(await record(surveyQuestions())).toBe(1)
  expect(await surveyVersions(database.prisma)).toEqual([{ version: 1, questions: instrument }])
})

test('what was changed gets the next number, and what was changed back its old one', async () => {
  const zeroToTen = surveyQuestions({ recommendScale: { from: 0, to: 10 } })
  const personFirst = surveyQuestions({ first: 'person' })
  const numbers = []
  for (const questions of [instrument, zeroToTen, personFirst, instrument, zeroToTen])
    numbers.push(await record(questions))
  expect(numbers).toEqual([1, 2, 3, 1, 2])
  expect(await surveyVersions(database.prisma)).toEqual([
    { version: 1, questions: instrument },
    { version: 2, questions: zeroToTen },
    { version: 3, questions: personFirst },
  ])
})

test('the order of keys does not matter, that of questions does', async () => {
  const turned = instrument.map((one) => Object.fromEntries(Object.entries(one).toReversed()))
  expect(await record(instrument)).toBe(1)
  expect(await record(turned as unknown as SurveyQuestion[])).toBe(1)
  expect(await record(instrument.toReversed())).toBe(2)
})

test('processes that start at once agree', async () => {
  const surveys = [instrument, another('a'), another('b'), another('c')]
  const orders = [surveys, surveys.toReversed(), [surveys[1], surveys[3], surveys[0], surveys[2]]]
  const children = orders.map((order) =>
    fork(path.join(import.meta.dirname, 'record-survey-process.ts'), [
      JSON.stringify({ connectionString, surveys: order }),
    ]),
  )
  const answers = await Promise.all(
    children.map(async (child) => (await once(child, 'message')) as [number[]]),
  )
  const kept = await surveyVersions(database.prisma)
  expect(kept.map(({ version }) => version)).toEqual([1, 2, 3, 4])
  orders.forEach((order, process) => {
    const numbers = answers[process]?.[0].map((version) => kept[version - 1]?.questions)
    expect(numbers).toEqual(order)
  })
})

test('many calls at once in one process agree as well', async () => {
  const numbers = await Promise.all(Array.from({ length: 20 }, (_, at) => record(another(`q${at % 4}`))))
  for (let at = 0; at < 20; at++) expect(numbers[at]).toBe(numbers[at % 4])
  expect(new Set(numbers)).toEqual(new Set([1, 2, 3, 4]))
})
