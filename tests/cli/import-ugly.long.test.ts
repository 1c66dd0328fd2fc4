import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import writeExcelFile from 'write-excel-file/node'

import type { RowReading } from '../../src/domain/visit-file/row-reader.ts'
import type { VisitRecord } from '../../src/domain/visit-file/visit-record.ts'
import { lookAtVisits } from '../../src/files/look-at-visits.ts'
import { openBook } from '../../src/files/open-book.ts'
import { readVisits } from '../../src/files/read-visits.ts'
import { openDatabase, type Database } from '../../src/storage/database.ts'
import { lavender } from '../domain/visit-file/lavender.ts'
import { cp1251 } from '../files/cp1251.ts'
import { uglyBook, type UglyBook, type UglyCell } from '../files/ugly-book.ts'
import type { Signs } from '../files/ugly-cells.ts'
import { freshDatabase } from '../storage/fresh-database.ts'
import { runImportOf, salonFile } from './run-import.ts'

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const now = Date.UTC(2026, 10, 26, 9)

/** A hundred thousand rows on a busy machine. */
const timeout = 120_000

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'ugly-'))
  await writeFile(path.join(dir, 'salon.yaml'), salonFile)
})
afterAll(() => rm(dir, { recursive: true }))

const textOf = ({ top, rows }: UglyBook, delimiter: string, recordDelimiter: string): string =>
  stringify([...top, ...rows.map(({ cells }) => cells.map(String))], {
    delimiter,
    record_delimiter: recordDelimiter,
    quote_record_delimiter: true,
  })

const excelCell = (cell: UglyCell) =>
  cell instanceof Date
    ? { value: cell, type: Date, format: 'dd.mm.yyyy hh:mm' }
    : cell === ''
      ? null
      : { value: cell }

const files: Record<
  string,
  { signs: Signs; rows: number; name: string; bytes: (book: UglyBook) => Promise<Buffer> | Buffer }
> = {
  'UTF-8 with semicolons': {
    signs: 'unicode',
    rows: 100_000,
    name: 'визиты.csv',
    bytes: (book) => Buffer.from(`\uFEFF${textOf(book, ';', '\r\n')}`),
  },
  'Windows-1251 with commas': {
    signs: 'cp1251',
    rows: 20_000,
    name: 'old.csv',
    bytes: (book) => cp1251(textOf(book, ',', '\n')),
  },
  XLSX: {
    signs: 'xlsx',
    rows: 8000,
    name: 'визиты.xlsx',
    bytes: ({ top, rows }) =>
      writeExcelFile([
        {
          sheet: 'Журнал',
          data: [...top, ...rows.map(({ cells }) => cells)].map((cells) => cells.map(excelCell)),
        },
      ] as never).toBuffer(),
  },
}

describe.each(Object.entries(files))(
  'a book of every kind of dirt, in %s',
  (_, { signs, rows, name, bytes }) => {
    const book = uglyBook({ seed: 20_261_126, rows, signs })
    let file: string
    let database: Database
    let env: NodeJS.ProcessEnv
    beforeAll(async () => {
      file = path.join(dir, name)
      await writeFile(file, await bytes(book))
      const { connectionString } = await freshDatabase()
      env = { DATABASE_URL: connectionString }
      database = await openDatabase({ connectionString, log })
    })
    afterAll(() => database.close())

    test('is read row by row as it was meant', { timeout }, async () => {
      const opened = await openBook({ path: file })
      const look = await lookAtVisits(opened, { salon: lavender, now })
      if (!look.ok) throw new Error(look.reason)
      const found = new Map<number, string>()
      for await (const batch of readVisits(opened, { salon: lavender, now, layout: look.preview.layout }))
        for (const { row, reading } of batch.rows) found.set(row.number, fateOf(reading))
      await opened.close()
      // A row that a book leaves out is an empty one.
      const wrong = book.rows
        .map((row) => ({
          number: row.number,
          cells: row.cells,
          meant: meantOf(row.fate),
          found: found.get(row.number) ?? 'skipped empty',
        }))
        .filter(({ meant, found: read }) => meant !== read)
      expect(wrong.slice(0, 3)).toEqual([])
      expect(look.preview.rows).toBe(found.size)
      expect(found.size).toBeLessThanOrEqual(rows)
    })

    test(
      'is imported with an account that adds up, and what can be mended is beside it',
      { timeout },
      async () => {
        const run = await runImportOf(file, '--yes', { env, cwd: dir })
        expect({ code: run.code, complained: run.complained }).toEqual({ code: 0, complained: '' })
        const count = (which: (fate: UglyBook['rows'][number]['fate']) => boolean) =>
          book.rows.filter(({ fate }) => which(fate)).length
        const expected = {
          added: count((fate) => fate.kind === 'visit' && fate.becomes === 'added'),
          updated: count((fate) => fate.kind === 'visit' && fate.becomes === 'updated'),
          unchanged: count((fate) => fate.kind === 'visit' && fate.becomes === 'again'),
          refused: count((fate) => fate.kind === 'refused'),
        }
        const { rows: counted, skipped, ...account } = run.account
        expect(account).toEqual(expected)
        const { added, updated, unchanged, refused } = account
        expect(added + updated + unchanged + refused + skipped).toBe(counted)
        expect(await visitsIn(database)).toEqual(book.visits.map(shownVisit).sort())
        const lines = await mendable(file)
        expect(lines.map(({ wrong }) => wrong)).toEqual(
          book.rows.flatMap(({ fate }) => (fate.kind === 'refused' ? [fate.problems.length] : [])),
        )
      },
    )

    const small = rows < 50_000 ? ['imported again adds nothing, and leaves the same'] : []
    test.each(small)('%s', { timeout }, async () => {
      const before = await visitsIn(database)
      const run = await runImportOf(file, '--yes', { env, cwd: dir })
      expect(run.account.added).toBe(0)
      expect(await visitsIn(database)).toEqual(before)
    })
  },
)

const shownVisit = ({ client, ...visit }: Omit<VisitRecord, 'row'>): string => {
  const { externalId = '', line = '', service = '', master = '', kopecks = '', at, timeKnown } = visit
  return [
    new Date(at).toISOString(),
    timeKnown,
    line,
    service,
    master,
    kopecks,
    externalId,
    whose(client),
  ].join('|')
}

const whose = ({ externalId = '', phone = '' }: VisitRecord['client']): string => `${externalId}/${phone}`

async function visitsIn({ pool }: Database): Promise<string[]> {
  const { rows } = await pool.query<Record<string, string | null>>(`
    SELECT v."at", v."timeKnown", v."line", v."service", v."master", v."kopecks", v."externalId",
      c."externalId" AS "clientId", c."bookPhone" AS "phone"
    FROM "Visit" v JOIN "Client" c ON c."id" = v."clientId"`)
  return rows
    .map((row) => {
      const client = { externalId: row['clientId'] ?? '', phone: row['phone'] ?? '' }
      const at = (row['at'] as unknown as Date).toISOString()
      const rest = ['line', 'service', 'master', 'kopecks', 'externalId'].map((name) => row[name] ?? '')
      return [at, row['timeKnown'], ...rest, whose(client)].join('|')
    })
    .sort()
}

function meantOf(fate: UglyBook['rows'][number]['fate']): string {
  if (fate.kind === 'refused') return `refused ${fate.problems.join(', ')}`
  return fate.kind === 'skipped' ? `skipped ${fate.why}` : `visit ${shownVisit(fate.visit)}`
}

function fateOf(reading: RowReading): string {
  if (reading.kind === 'skipped') return `skipped ${reading.why}`
  if (reading.kind === 'visit') return `visit ${shownVisit(reading.visit)}`
  return `refused ${reading.problems.map(({ column, reason }) => `${column}: ${reason.split('.').at(-1)}`).join(', ')}`
}

/** The file to mend: how many reasons stand in the last cell of each row. */
async function mendable(file: string): Promise<{ wrong: number }[]> {
  const fix = `${file.replace(/\.\w+$/, '')}-исправить.csv`
  const [header, ...rows] = parse(await readFile(fix), { bom: true, delimiter: ';' })
  expect(header?.at(-1)).toBe('Что не так')
  return rows.map((cells) => ({ wrong: (cells.at(-1) ?? '').split('; «').length }))
}
