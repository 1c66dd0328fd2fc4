import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { runCommandLine } from '../../src/cli/command-line.ts'
import type { Answers } from '../../src/domain/answer.ts'
import { instrument } from '../../src/domain/instrument.ts'
import { openDatabase, type Database } from '../../src/storage/database.ts'
import { startEmbedded } from '../../src/storage/embedded.ts'
import { recordSurvey } from '../../src/storage/survey-versions.ts'
import { readCsv } from '../reports/read-csv.ts'
import { readXlsx, type SheetRead } from '../reports/read-xlsx.ts'
import { freshDatabase } from '../storage/fresh-database.ts'

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

let cwd: string
beforeEach(async () => {
  cwd = await mkdtemp(path.join(os.tmpdir(), 'export-'))
})
afterEach(() => rm(cwd, { recursive: true }))

async function run(argv: string, env: NodeJS.ProcessEnv) {
  const said: string[] = []
  const complained: string[] = []
  const code = await runCommandLine({
    argv: ['export', ...argv.split(' ').filter((word) => word !== '')],
    env: { LANG: 'en_US.UTF-8', LOG_LEVEL: 'silent', ...env },
    cwd,
    say: (line) => said.push(line),
    complain: (line) => complained.push(line),
    loadProduct: () => Promise.reject(new Error('nothing was to be started here')),
    exit: () => {},
  })
  return { code, said: said.join('\n'), complained: complained.join('\n') }
}

const wish = '=HYPERLINK("http://x","тут")\nи 🌷 "кавычки"; ещё'
const at = Date.UTC(2026, 10, 25, 9)
const answers: Answers = {
  regular: { value: true, at },
  frequency: { value: { nails: 'monthly', hair: 'never' }, at },
  recommend: { value: { nails: 9, cosmetology: null }, at, scale: { from: 1, to: 10 } },
  suggestions: { value: wish, at: at + 180_000 },
}

let database: Database
let env: NodeJS.ProcessEnv
beforeAll(async () => {
  const { connectionString } = await freshDatabase()
  env = { DATABASE_URL: connectionString }
  database = await openDatabase({ connectionString, log })
  const { version } = await recordSurvey(database.prisma, instrument)
  const { id: clientId } = await database.prisma.client.create({
    data: { name: 'Анна', phone: '+79161234567' },
  })
  const walk = (name: string, given: Answers) => ({
    clientId,
    name,
    run: 1,
    version,
    status: 'finished',
    answers: given as object,
    startedAt: new Date(at),
    changedAt: new Date(at + 180_000),
  })
  await database.prisma.dialogue.createMany({
    data: [
      walk('survey', answers),
      walk('visit', {
        line: { value: 'hair', at },
        recommend: { value: 3, at },
        why: { value: ['price'], at },
      }),
    ],
  })
})
afterAll(() => database.close())

const today = (): string => Temporal.Now.plainDateISO('Europe/Moscow').toString()
const valuesOf = ({ rows }: SheetRead): (string | number | undefined)[][] =>
  rows.map((cells) => cells.map(({ value }) => value))
/** A row by the names above it. */
const byName = (rows: (string | number | undefined)[][], row: number): Record<string, unknown> =>
  Object.fromEntries(
    (rows[0] ?? []).map((name, column): [string, unknown] => [String(name), rows[row]?.[column]]),
  )

describe('otklik export', () => {
  test('puts the answers into a book and says how many went where', async () => {
    const { code, said } = await run('', env)
    const file = path.join(cwd, `otklik-survey-${today()}.xlsx`)
    expect(code).toBe(0)
    expect(said).toMatch(
      new RegExp(
        `^✓ ${RegExp.escape(file)}\n  Survey: 1 row\n  After visits: 1 row\n  Codebook: \\d+ rows\n\n`,
      ),
    )
    expect(await readdir(cwd)).toEqual([path.basename(file)])
    const book = readXlsx(await readFile(file))
    expect(book.map(({ name }) => name)).toEqual(['Survey', 'After visits', 'Codebook'])
    const [survey, visits, codebook] = book.map(valuesOf) as [string[][], string[][], string[][]]
    expect(byName(survey, 1)).toMatchObject({ Status: 'finished', Minutes: 3, 'NPS scale': '1..10' })
    expect(survey[1]).toContain(wish)
    expect(visits[1]).toEqual(expect.arrayContaining(['hair', 3]))
    expect(JSON.stringify(book)).not.toMatch(/Анна|79161234567/)
    const columns = codebook.slice(1).flatMap((row) => (row[1] === undefined ? [] : [row[1]]))
    expect(columns).toEqual(expect.arrayContaining(['recommend.nails', 'why.price', 'clientId']))
  })

  test('or into CSV, a file for each table, in Russian where the system speaks it', async () => {
    const { code, said } = await run('--format csv --out answers/today', { ...env, LANG: 'ru_RU.UTF-8' })
    expect(code).toBe(0)
    const folder = path.join(cwd, 'answers', 'today')
    const names = ['codebook', 'survey', 'visits'].map((name) => `otklik-${name}-${today()}.csv`)
    expect((await readdir(folder)).sort()).toEqual(names)
    expect(said).toContain('Опрос: 1 строка')
    expect(said).toContain('Что значит: ')
    expect(said).toContain('разделитель «;»')
    const [codebook, survey, visits] = (await Promise.all(
      names.map(async (name) => readCsv(await readFile(path.join(folder, name), 'utf8'))),
    )) as [string[][], string[][], string[][]]
    expect(byName(survey, 1)).toMatchObject({
      version: '1',
      startedAt: '2026-11-25T12:00:00+03:00',
      minutes: '3',
      regular: '1',
      card: '',
      'frequency.hair': 'never',
      'recommend.nails': '9',
      'recommend.nails.noOpinion': '0',
      'recommend.hair': '',
      'recommend.cosmetology': '',
      'recommend.cosmetology.noOpinion': '1',
      suggestions: `'${wish}`,
    })
    expect(byName(visits, 1)).toMatchObject({
      line: 'hair',
      recommend: '3',
      'why.price': '1',
      'why.master': '0',
    })
    expect(codebook.find((row) => row[1] === 'recommend.nails')).toEqual(
      expect.arrayContaining(['Посоветует друзьям: Ногтевой сервис', '1 = точно нет\n10 = точно да']),
    )
  })

  test('writes over what was exported earlier that day', async () => {
    await writeFile(path.join(cwd, `otklik-survey-${today()}.xlsx`), 'old')
    expect((await run('', env)).code).toBe(0)
    expect(readXlsx(await readFile(path.join(cwd, `otklik-survey-${today()}.xlsx`)))).toHaveLength(3)
  })

  test('has a codebook and columns before anybody has answered', async () => {
    const { connectionString } = await freshDatabase()
    const { code, said } = await run('', { DATABASE_URL: connectionString })
    expect(code).toBe(0)
    expect(said).toContain('  Survey: 0 rows')
    const [survey] = readXlsx(await readFile(path.join(cwd, `otklik-survey-${today()}.xlsx`)))
    expect(survey?.rows).toHaveLength(1)
    expect(survey?.rows[0]?.length).toBeGreaterThan(50)
  })

  test('works while the product is at work in the folder', async () => {
    const product = await startEmbedded({ dataDir: path.join(cwd, 'data'), log, durable: false })
    const { code, said } = await run('', {})
    await product.stop()
    expect([code, said]).toEqual([0, expect.stringContaining('Survey: 0 rows')])
  })
})

describe('what stands in the way is told', () => {
  test('a file in the place of the folder', async () => {
    await writeFile(path.join(cwd, 'file'), '')
    const { code, complained } = await run('--out file', env)
    expect(code).toBe(1)
    expect(complained).toMatch(
      new RegExp(`^✗ ${RegExp.escape(path.join(cwd, 'file'))} could not be written \\(EEXIST\\)`),
    )
  })

  test('a folder inside of a file', async () => {
    await writeFile(path.join(cwd, 'file'), '')
    const { code, complained } = await run('--out file/inner', env)
    expect([code, complained]).toEqual([1, expect.stringContaining('could not be written (ENOTDIR)')])
  })

  test.each(['xlsx', 'csv'])('a folder in the place of the %s file', async (format) => {
    const name = `otklik-survey-${today()}.${format}`
    await mkdir(path.join(cwd, name))
    const { code, complained } = await run(`--format ${format}`, env)
    expect(code).toBe(1)
    expect(complained).toMatch(
      new RegExp(`^✗ ${RegExp.escape(path.join(cwd, name))} could not be written \\(E\\w+\\)`),
    )
    expect((await readdir(cwd)).filter((one) => one.endsWith('.part'))).toEqual([])
  })

  test('a database that is down', async () => {
    const { code, complained } = await run('', { DATABASE_URL: 'postgres://otklik:pw@127.0.0.1:1/otklik' })
    expect(code).toBe(1)
    expect(complained).toMatch(/^✗ .*127\.0\.0\.1:1/)
    expect(await readdir(cwd)).toEqual([])
  })

  test('no database at all: none is left behind', async () => {
    const { code, complained } = await run('', {})
    expect(code).toBe(1)
    expect(complained).toContain(`There is nothing to export yet`)
    expect(await readdir(cwd)).toEqual([])
  })

  test('a format that is none', async () => {
    const { code, complained } = await run('--format pdf', env)
    expect(code).toBe(2)
    expect(complained).toContain('only xlsx, csv are possible here')
  })
})
