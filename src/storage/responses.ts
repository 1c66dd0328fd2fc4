import type { Answers } from '../domain/answer.ts'
import type { SurveyResponse } from '../domain/survey.ts'
import { Prisma } from './generated/client.ts'
import type { PrismaClient } from './generated/client.ts'
import { toResponse } from './survey-response.ts'

/** Epoch milliseconds; without an end that is absent. */
export interface Period {
  from?: number
  /** Excluded. */
  until?: number
}

export type StoredResponse = SurveyResponse & {
  /** Given by a client whom `demo-data` invented. */
  demo?: true
}

/** An invitation to the survey and what came of it. */
export interface SurveyInvite {
  clientId: number
  run: number
  /** What led to it: onboarding, prompt, reminder, evening. */
  origin?: string
  /** Absent: not answered. */
  answer?: 'now' | 'evening' | 'no'
  at: number
}

export interface Responses {
  /**
   * Every walk through the survey and the short form that was under way in the period: begun before its end and changed last
   * after its beginning. By client, then dialogue, then run.
   */
  all(period?: Period): Promise<StoredResponse[]>
  /** The invitations that were made in the period, by client and run. */
  invites(period?: Period): Promise<SurveyInvite[]>
}

/** Rows fetched at a time: a whole table at once would stand in memory three times over. */
const batchSize = 2000
/** A salon's years of answers take seconds. */
const timeoutMs = 600_000

/** What clients have answered. All that one call returns is as of one moment. */
export function createResponses({ prisma }: { prisma: PrismaClient }): Responses {
  const walks = (names: string[], period: Prisma.Sql): Promise<Row[]> =>
    prisma.$transaction((tx) => everyRow(tx, names, period), {
      isolationLevel: 'RepeatableRead',
      maxWait: 30_000,
      timeout: timeoutMs,
    })
  return {
    async all({ from, until } = {}) {
      const rows = await walks(
        ['survey', 'visit'],
        Prisma.sql`${onOrAfter('changedAt', from)} AND ${before('startedAt', until)}`,
      )
      return rows.map(toStored)
    },
    async invites({ from, until } = {}) {
      const rows = await walks(
        ['invite'],
        Prisma.sql`${onOrAfter('startedAt', from)} AND ${before('startedAt', until)}`,
      )
      return rows.map(toInvite)
    },
  }
}

interface Row {
  clientId: bigint
  name: string
  run: number
  version: number
  status: string
  answers: Answers
  startedAt: Date
  changedAt: Date
  demo: boolean
}

type Column = 'startedAt' | 'changedAt'
const columns = { startedAt: Prisma.sql`d."startedAt"`, changedAt: Prisma.sql`d."changedAt"` }

const onOrAfter = (column: Column, at: number | undefined) =>
  at === undefined ? Prisma.sql`true` : Prisma.sql`${columns[column]} >= ${new Date(at)}`
const before = (column: Column, at: number | undefined) =>
  at === undefined ? Prisma.sql`true` : Prisma.sql`${columns[column]} < ${new Date(at)}`

/** By a cursor: one plan for the whole, and its order is made once. */
async function everyRow(tx: Prisma.TransactionClient, names: string[], period: Prisma.Sql): Promise<Row[]> {
  await tx.$executeRaw`
    DECLARE walks NO SCROLL CURSOR FOR
    SELECT d."clientId", d.name, d.run, d.version, d.status, d.answers, d."startedAt", d."changedAt", c.demo
    FROM "Dialogue" d JOIN "Client" c ON c.id = d."clientId"
    WHERE d.name = ANY(${names}) AND ${period}
    ORDER BY d."clientId", d.name, d.run`
  const all: Row[] = []
  for (;;) {
    const rows = await tx.$queryRaw<Row[]>`FETCH ${Prisma.raw(String(batchSize))} FROM walks`
    for (const row of rows) all.push(row)
    if (rows.length < batchSize) return all
  }
}

const toStored = (row: Row): StoredResponse => ({ ...toResponse(row), ...(row.demo && { demo: true }) })

function toInvite({ clientId, run, answers, startedAt }: Row): SurveyInvite {
  const origin = answers['origin']?.value
  const answer = given.find((one) => one === answers['when']?.value)
  return {
    clientId: Number(clientId),
    run,
    ...(typeof origin === 'string' && { origin }),
    ...(answer && { answer }),
    at: startedAt.getTime(),
  }
}

const given = ['now', 'evening', 'no'] as const
