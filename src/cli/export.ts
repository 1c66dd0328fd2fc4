/** `otklik export`: what clients have answered, as files to take away. */
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from 'pino'

import { AdviceError } from '../domain/advice-error.ts'
import type { Table } from '../domain/export/parts.ts'
import type { Translate } from '../locales.ts'
import { writeCsv } from '../reports/csv.ts'
import { spreadsheet } from '../reports/spreadsheet.ts'
import type { Settings } from '../settings.ts'
import { readTables } from '../wiring/export-tables.ts'
import { exitCodes, type Console } from './console.ts'
import type { ExportFlags } from './export-flags.ts'
import { installerLanguage } from './installer-language.ts'
import { withDatabase } from './with-database.ts'

/**
 * Writes the answers and their codebook into files, and says what went where.
 * @returns the exit code
 * @throws AdviceError `export.noDatabase`, `export.notWritten`, `export.tooBig`, and those of the database
 */
export async function runExport(
  settings: Settings,
  { out = '.', format = 'xlsx' }: ExportFlags,
  log: Logger,
  { say, t, cwd, env }: Pick<Console, 'say' | 't' | 'cwd' | 'env'>,
): Promise<number> {
  // Only looking must not leave a new database behind.
  const { databaseUrl, dataDir, salon, survey } = settings
  if (databaseUrl === undefined && !existsSync(path.join(dataDir, 'postgres')))
    throw new AdviceError('export.noDatabase', { dir: dataDir })
  const dir = path.resolve(cwd, out)
  await orSay(dir, mkdir(dir, { recursive: true }))
  const language = installerLanguage(env)
  const tables = await withDatabase(settings, log, ({ prisma }) =>
    readTables({ prisma, salon, survey, t, language }),
  )
  const day = Temporal.Now.plainDateISO(salon.timeZone).toString()
  for (const { file, holds, write } of filesOf(tables, { format, dir, day, t })) {
    await replaced(file, write)
    say(`✓ ${file}`)
    for (const { title, rowCount } of holds) say(`  ${title}: ${t('export.rows', { count: rowCount })}`)
  }
  say('')
  if (format === 'csv') say(t('export.howToOpenCsv'))
  say(t('export.keep'))
  return exitCodes.ok
}

interface File {
  file: string
  holds: readonly Table[]
  /** Writes it under another name first. */
  write: (file: string) => Promise<void>
}

interface Place {
  format: NonNullable<ExportFlags['format']>
  dir: string
  day: string
  t: Translate
}

/** One book, or a file for each table. */
function filesOf(tables: readonly Table[], { format, dir, day, t }: Place): File[] {
  const named = (name: string) => path.join(dir, `otklik-${name}-${day}.${format}`)
  if (format === 'csv')
    return tables.map((table) => ({
      file: named(table.name),
      holds: [table],
      write: (file) => writeCsv(table, createWriteStream(file)),
    }))
  const write = async (file: string) => writeFile(file, await spreadsheet(tables, t))
  return [{ file: named('survey'), holds: tables, write }]
}

/** Nobody finds half a file, and one that is there already stays until the new one is whole. */
async function replaced(file: string, write: File['write']): Promise<void> {
  const unfinished = `${file}.part`
  try {
    await write(unfinished)
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw asAdvice(file, error)
  }
}

async function orSay(file: string, work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    throw asAdvice(file, error)
  })
}

/** What the file system refused, with its own code; anything else as it is. */
const asAdvice = (file: string, error: unknown): unknown =>
  error instanceof Error && 'syscall' in error && 'code' in error
    ? new AdviceError('export.notWritten', { file, code: String(error.code) }, { cause: error })
    : error
