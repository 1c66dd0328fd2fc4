import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runCommandLine } from '../../src/cli/command-line.ts'
import { openDatabase, type Database } from '../../src/storage/database.ts'
import { readCsv } from '../reports/read-csv.ts'
import { readXlsx } from '../reports/read-xlsx.ts'
import { freshDatabase } from '../storage/fresh-database.ts'
import { addCounts, addValues } from '../storage/valued-clients.ts'

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

let cwd: string
let database: Database
let env: NodeJS.ProcessEnv
beforeAll(async () => {
  const { connectionString } = await freshDatabase()
  env = { DATABASE_URL: connectionString }
  database = await openDatabase({ connectionString, log })
  const { prisma } = database
  const value = { first: 400, last: 40, visits: 12, roubles: 45_600.5, code: 'LHH', segment: 'valuable' }
  const [anna, secret] = await Promise.all([
    prisma.client.create({
      data: { name: '=cmd|calc', bookPhone: '+79161234567', bookedAt: new Date(), externalId: '1' },
    }),
    prisma.client.create({ data: { name: 'Тайна', phone: '+79990000000' } }),
  ])
  await addValues(prisma, Number(anna.id), value, { ...value, line: 'nails', segment: 'new', code: 'HLH' })
  await addValues(prisma, Number(secret.id), { ...value, roubles: 10 })
  await addCounts(prisma, {}, { valuable: [2, 45_610] })
  await addCounts(prisma, { line: 'nails' }, { new: [1, 45_600] })
  const models = { kind: 'tooLittleData', clients: 2, repeatClients: 2, reason: 'fewRepeatClients' }
  await prisma.valueModel.create({ data: { line: '', day: 1, models, clients: 2, repeatClients: 2 } })
})
afterAll(() => database.close())
beforeEach(async () => {
  cwd = await mkdtemp(path.join(os.tmpdir(), 'export-'))
})
afterEach(() => rm(cwd, { recursive: true }))

async function run(argv: string, more: NodeJS.ProcessEnv = {}) {
  const said: string[] = []
  const complained: string[] = []
  const code = await runCommandLine({
    argv: ['export', ...argv.split(' ')],
    env: { LANG: 'en_US.UTF-8', LOG_LEVEL: 'silent', ...env, ...more },
    cwd,
    say: (line) => said.push(line),
    complain: (line) => complained.push(line),
    loadProduct: () => Promise.reject(new Error('nothing was to be started here')),
    exit: () => {},
  })
  return { code, said: said.join('\n'), complained: complained.join('\n') }
}

const today = (): string => Temporal.Now.plainDateISO('Europe/Moscow').toString()

describe('otklik export --what segments', () => {
  test('writes a row for each client and line into CSV, safe against formulas, and says that it is personal', async () => {
    const { code, said } = await run('--what segments --format csv')
    expect(code).toBe(0)
    expect(said).toContain('Segments: 3 rows')
    expect(said).toContain('The file holds names, phones and amounts')
    expect((await readdir(cwd)).sort()).toEqual([
      `otklik-segments-${today()}.csv`,
      `otklik-segments-codebook-${today()}.csv`,
    ])
    const [header = [], ...rows] = readCsv(
      await readFile(path.join(cwd, `otklik-segments-${today()}.csv`), 'utf8'),
    )
    const [whole, nails, secret] = rows.map((row) =>
      Object.fromEntries(header.map((key, index) => [key, row[index]])),
    )
    expect(whole).toMatchObject({
      name: "'=cmd|calc",
      phone: "'+79161234567",
      line: '',
      lineName: 'all services',
      segment: 'valuable',
      segmentName: 'Valuable',
      code: 'LHH',
      f: '12',
      m: '45600,5',
      firstVisit: '2025-10-16',
      lastVisit: '2026-10-11',
      alive: '',
    })
    expect(nails).toMatchObject({ line: 'nails', segment: 'new', code: 'HLH' })
    // Neither consented nor in the books: a number.
    expect(secret).toMatchObject({ name: '', phone: '', m: '10' })
  })

  test('or into a book with what the columns, the segments and the forecasts mean', async () => {
    expect((await run('--what segments', { LANG: 'ru_RU.UTF-8' })).code).toBe(0)
    const book = readXlsx(await readFile(path.join(cwd, `otklik-segments-${today()}.xlsx`)))
    expect(book.map(({ name, rows }) => [name, rows.length > 3])).toEqual([
      ['Сегменты', true],
      ['Что значит', true],
    ])
    const [segments, codebook] = book.map(({ rows }) => rows.map((cells) => cells.map(({ value }) => value)))
    expect(segments?.[0]).toContain('M, рублей')
    expect(segments?.[1]).toEqual(expect.arrayContaining(['=cmd|calc', '+79161234567', 45_600.5]))
    const words = JSON.stringify(codebook)
    expect(words).toContain('Прогноза нет, все направления: мало данных (клиентов 2, повторно приходили 2)')
    expect(words).toContain('ходят часто, платят много, были недавно')
    for (const key of ['clientId', 'visits90', 'forecastYear']) expect(words).toContain(`"${key}"`)
  })

  test('says that there is nothing to export before anybody has come', async () => {
    const { connectionString } = await freshDatabase()
    const { code, complained } = await run('--what segments', { DATABASE_URL: connectionString })
    expect([code, complained]).toEqual([1, expect.stringContaining('There is nothing to export yet')])
    expect(await readdir(cwd)).toEqual([])
  })

  test('knows no other things to export', async () => {
    const { code, complained } = await run('--what everything')
    expect([code, complained]).toEqual([2, expect.stringContaining('survey, segments')])
  })
})
