/** Makes the tables of answers, or of segments, in a thread of its own: thousands of them take seconds, and nobody in a chat must wait for that. */
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { parentPort, workerData } from 'node:worker_threads'
import { AdviceError } from '../domain/advice-error.ts'
import type { AdviceParams } from '../domain/advice-error.ts'
import type { StreamedTable, Table } from '../domain/export/parts.ts'
import type { Language, Salon } from '../domain/salon.ts'
import type { SurveyQuestion } from '../domain/survey.ts'
import { createTranslator, type Translate } from '../locales.ts'
import { writeCsv } from '../reports/csv.ts'
import { spreadsheet } from '../reports/spreadsheet.ts'
import { openDatabase } from '../storage/database.ts'
import type { PrismaClient } from '../storage/generated/client.ts'
import { readTables } from './export-tables.ts'
import { readSegments, streamSegments } from './segment-tables.ts'

/** What the thread is given. */
export interface ExportTask {
  connectionString: string
  salon: Salon
  /** What is asked now. */
  survey: readonly SurveyQuestion[]
  /** The clients' answers, or their segments. */
  what: 'survey' | 'segments'
  format: 'xlsx' | 'csv'
  language: Language
  /** For the files' names: "2026-11-25". */
  day: string
}

/** What it answers: the files, or what a person can do about it. */
export type Exported =
  | { files: { name: string; content: Uint8Array }[] }
  | { advice: { key: string; params: AdviceParams } }

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** A chat takes files of 50 MB; so many rows of segments stay well below that. */
const mostRowsInChat = 300_000

async function exported({ connectionString, ...task }: ExportTask): Promise<Exported> {
  const t = createTranslator({ dir: new URL('../../locales/', import.meta.url) })(task.language)
  const database = await openDatabase({ connectionString, log: silent, poolSize: 1 })
  try {
    return { files: await filesOf(task, database.prisma, t) }
  } catch (error) {
    if (!(error instanceof AdviceError)) throw error
    return { advice: { key: error.key, params: error.params } }
  } finally {
    await database.close()
  }
}

async function filesOf(
  { what, format, day, ...rest }: Omit<ExportTask, 'connectionString'>,
  prisma: PrismaClient,
  t: Translate,
) {
  if (what === 'survey') {
    const tables = await readTables({ prisma, t, ...rest })
    return format === 'xlsx' ? [await bookOf(what, tables, t, day)] : csvOf(tables, day)
  }
  const options = { prisma, t, day, ...rest }
  if (format === 'xlsx') return [await bookOf(what, await readSegments(options), t, day)]
  const tables = await streamSegments(options)
  if (tables[0].rowCount > mostRowsInChat) throw new AdviceError('value.export.tooBigForChat')
  return csvOf(tables, day)
}

const bookOf = async (what: ExportTask['what'], tables: readonly Table[], t: Translate, day: string) => ({
  name: `otklik-${what}-${day}.xlsx`,
  content: await spreadsheet(tables, t),
})

async function csvOf(tables: readonly (Table | StreamedTable)[], day: string) {
  const files = []
  for (const table of tables) {
    const output = new PassThrough()
    const [content] = await Promise.all([buffer(output), writeCsv(table, output)])
    files.push({ name: `otklik-${table.name}-${day}.csv`, content })
  }
  return files
}

parentPort?.postMessage(await exported(workerData as ExportTask))
