/** Makes the tables of answers in a thread of its own: thousands of them take seconds, and nobody in a chat must wait for that. */
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { parentPort, workerData } from 'node:worker_threads'
import { AdviceError } from '../domain/advice-error.ts'
import type { AdviceParams } from '../domain/advice-error.ts'
import type { Table } from '../domain/export/parts.ts'
import type { Language, Salon } from '../domain/salon.ts'
import type { SurveyQuestion } from '../domain/survey.ts'
import { createTranslator, type Translate } from '../locales.ts'
import { writeCsv } from '../reports/csv.ts'
import { spreadsheet } from '../reports/spreadsheet.ts'
import { openDatabase } from '../storage/database.ts'
import { readTables } from './export-tables.ts'

/** What the thread is given. */
export interface ExportTask {
  connectionString: string
  salon: Salon
  /** What is asked now. */
  survey: readonly SurveyQuestion[]
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

async function exported({ connectionString, format, language, day, ...rest }: ExportTask): Promise<Exported> {
  const t = createTranslator({ dir: new URL('../../locales/', import.meta.url) })(language)
  const database = await openDatabase({ connectionString, log: silent, poolSize: 1 })
  try {
    const tables = await readTables({ prisma: database.prisma, t, language, ...rest })
    return { files: format === 'xlsx' ? [await bookOf(tables, t, day)] : await csvOf(tables, day) }
  } catch (error) {
    if (!(error instanceof AdviceError)) throw error
    return { advice: { key: error.key, params: error.params } }
  } finally {
    await database.close()
  }
}

const bookOf = async (tables: readonly Table[], t: Translate, day: string) => ({
  name: `otklik-survey-${day}.xlsx`,
  content: await spreadsheet(tables, t),
})

async function csvOf(tables: readonly Table[], day: string) {
  const files = []
  for (const table of tables) {
    const output = new PassThrough()
    const [content] = await Promise.all([buffer(output), writeCsv(table, output)])
    files.push({ name: `otklik-${table.name}-${day}.csv`, content })
  }
  return files
}

parentPort?.postMessage(await exported(workerData as ExportTask))
