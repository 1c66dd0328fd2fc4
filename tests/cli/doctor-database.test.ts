import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { migrationsDir, runMigrate } from '../../src/cli/migrate.ts'
import { runDoctor } from '../../src/cli/doctor.ts'
import { createTranslator } from '../../src/locales.ts'
import { createLog } from '../../src/log.ts'
import { readSettings, type Settings } from '../../src/settings.ts'
import { startEmbedded, type EmbeddedPostgres } from '../../src/storage/embedded.ts'
import { migrate } from '../../src/storage/migrate.ts'

const t = createTranslator({ dir: path.resolve(import.meta.dirname, '../../locales') })('en')
const log = createLog({ level: 'silent', output: { write: () => true } })

let cwd: string
let settings: Settings
let own: EmbeddedPostgres | undefined

beforeAll(async () => {
  cwd = await mkdtemp(path.join(os.tmpdir(), 'doctor-database-'))
  settings = readSettings({ env: { PORT: '0' }, cwd })
})
afterAll(async () => {
  await own?.stop()
  await rm(cwd, { recursive: true })
})

async function linesAbout(topic: RegExp, changes: Partial<Settings> = {}): Promise<string[]> {
  const lines: string[] = []
  await runDoctor({ settings: { ...settings, ...changes }, log, say: (line) => lines.push(line), t })
  return lines.filter((line) => topic.test(line))
}

test('migrate makes the database of our own, says the steps, and finds nothing to do the second time', async () => {
  const said: string[] = []
  const say = (line: string): number => said.push(line)
  expect(await runMigrate(settings, log, { say, t })).toBe(0)
  expect(said.at(-1)).toMatch(/^The database is brought up to date: \d+ steps?\.$/)
  expect(said[0]).toMatch(/^✓ \d{14}_/)
  said.length = 0
  expect(await runMigrate(settings, log, { say, t })).toBe(0)
  expect(said).toEqual(['The database is up to date, nothing to do.'])
})

test('the doctor starts the database of our own for a look', async () => {
  expect(await linesAbout(/[Dd]atabase/)).toEqual([
    expect.stringMatching(/^✓ Database: PostgreSQL \d+\.\d+.*, UTF-8$/) as string,
    "✓ The database's tables are up to date",
  ])
})

test('a database that a running copy holds is in use, which is no trouble', async () => {
  own = await startEmbedded({ dataDir: settings.dataDir, log, durable: false })
  expect(await linesAbout(/database/)).toEqual([
    `✓ The database in ${settings.dataDir} is in use by a running Otklik`,
  ])
})

/** The address of another database on the same server. */
function addressOf(database: string): string {
  const url = new URL(own?.connectionString.replace('@/', '@localhost/') ?? '')
  url.pathname = `/${database}`
  return url.href
}

async function query(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: own?.connectionString ?? '' })
  await client.connect()
  await client.query(sql)
  await client.end()
}

test('an empty database is told to be updated by the next start', async () => {
  await query('CREATE DATABASE fresh')
  const databaseUrl = addressOf('fresh')
  expect(await linesAbout(/tables/, { databaseUrl })).toEqual([
    expect.stringMatching(/^! The database's tables are not up to date \(steps to go: \d+\)$/) as string,
  ])
  await migrate({ connectionString: databaseUrl, migrationsDir })
  expect(await linesAbout(/tables/, { databaseUrl })).toEqual(["✓ The database's tables are up to date"])
})

test('a database of a newer program is told', async () => {
  await query('CREATE DATABASE newer TEMPLATE fresh')
  const client = new pg.Client({ connectionString: addressOf('newer') })
  await client.connect()
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, started_at, applied_steps_count)
     VALUES ('x', 'x', '29990101000000_future', now(), now(), 1)`,
  )
  await client.end()
  expect(await linesAbout(/29990101000000_future/, { databaseUrl: addressOf('newer') })).toHaveLength(1)
})

test('a database that cannot hold Russian letters is told', async () => {
  await query("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'")
  expect(await linesAbout(/LATIN1/, { databaseUrl: addressOf('latin') })).toEqual([
    '✗ The database latin is in LATIN1: Russian letters and emoji cannot be stored',
  ])
})

test('a database that is not there is told in words, without the password', async () => {
  const [line] = await linesAbout(/nothere/, { databaseUrl: addressOf('nothere') })
  expect(line).toMatch(/^✗ There is no database nothere/)
  const closed = await linesAbout(/^✗/, { databaseUrl: 'postgres://u:secretLetters@127.0.0.1:1/x' })
  expect(closed).toHaveLength(1)
  expect(closed[0]).toContain('127.0.0.1:1')
  expect(closed[0]).not.toContain('secretLetters')
})
