/** `otklik export`: what clients have answered, or who is in which segment, as files to take away. */
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from 'pino'

import { AdviceError } from '../domain/advice-error.ts'
import type { StreamedTable, Table } from '../domain/export/parts.ts'
import type { Translate } from '../locales.ts'
import { writeCsv } from '../reports/csv.ts'
import { spreadsheet } from '../reports/spreadsheet.ts'
import type { Settings } from '../settings.ts'
import { readTables, type ReadTablesOptions } from '../wiring/export-tables.ts'
import { readSegments, streamSegments, type SegmentTablesOptions } from '../wiring/segment-tables.ts'
import { exitCodes, type Console } from './console.ts'
import type { ExportFlags } from './export-flags.ts'
import { installerLanguage } from './installer-language.ts'
import { orSay, replaced } from './replace-file.ts'
import { withDatabase } from './with-database.ts'

/**
 * Writes the answers, or the segments, and their codebook into files, and says what went where.
 * @returns the exit code
 * @throws AdviceError `export.noDatabase`, `export.notWritten`, `export.tooBig`, `value.export.tooBig`, `value.export.nothing`, and those of the database
 */
export async function runExport(
  settings: Settings,
  { out = '.', format = 'xlsx', what = 'survey' }: ExportFlags,
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
  const day = Temporal.Now.plainDateISO(salon.timeZone).toString()
  // Files are written while the database is there: what is too much for the memory comes from it row by row.
  await withDatabase(settings, log, async ({ prisma }) => {
    const tables = await tablesOf({ what, format }, { prisma, salon, survey, t, language, day })
    for (const { file, holds, write } of filesOf(tables, { what, format, dir, day, t })) {
      await replaced(file, write)
      say(`✓ ${file}`)
      for (const { title, rowCount } of holds) say(`  ${title}: ${t('export.rows', { count: rowCount })}`)
    }
  })
  say('')
  if (format === 'csv') say(t('export.howToOpenCsv'))
  say(t(what === 'segments' ? 'value.export.caption' : 'export.keep'))
  return exitCodes.ok
}

type Wish = Required<Pick<ExportFlags, 'what' | 'format'>>

async function tablesOf(
  { what, format }: Wish,
  options: SegmentTablesOptions & ReadTablesOptions,
): Promise<readonly (Table | StreamedTable)[]> {
  if (what === 'survey') return readTables(options)
  return format === 'csv' ? streamSegments(options) : readSegments(options)
}

interface File {
  file: string
  holds: readonly Pick<Table, 'title' | 'rowCount'>[]
  /** Writes it under another name first. */
  write: (file: string) => Promise<void>
}

interface Place extends Wish {
  dir: string
  day: string
  t: Translate
}

/** One book, or a file for each table. */
function filesOf(tables: readonly (Table | StreamedTable)[], { what, format, dir, day, t }: Place): File[] {
  const named = (name: string) => path.join(dir, `otklik-${name}-${day}.${format}`)
  if (format === 'csv')
    return tables.map((table) => ({
      file: named(table.name),
      holds: [table],
      write: (file) => writeCsv(table, createWriteStream(file)),
    }))
  const write = async (file: string) => writeFile(file, await spreadsheet(tables as readonly Table[], t))
  return [{ file: named(what), holds: tables, write }]
}
