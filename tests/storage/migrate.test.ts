import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { openSchemaEngine } from '../../scripts/schema-engine.ts'
import { AdviceError } from '../../src/domain/advice-error.ts'
import { migrate } from '../../src/storage/migrate.ts'
import { freshDatabase } from './fresh-database.ts'

let migrationsDir: string
let connectionString: string

beforeEach(async () => {
  migrationsDir = await mkdtemp(join(tmpdir(), 'otklik-migrations-'))
  onTestFinished(() => rm(migrationsDir, { recursive: true }))
  ;({ connectionString } = await freshDatabase('empty'))
})

const add = async (name: string, sql: string): Promise<void> => {
  await mkdir(join(migrationsDir, name), { recursive: true })
  await writeFile(join(migrationsDir, name, 'migration.sql'), sql)
}

const query = async <Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const { rows } = await client.query<Row>(sql)
  await client.end()
  return rows
}

const adviceOf = async (promise: Promise<unknown>): Promise<string> => {
  const error: unknown = await promise.then(
    () => 'no error',
    (reason: unknown) => reason,
  )
  return error instanceof AdviceError ? error.key : String(error)
}

const VISITS = 'CREATE TABLE visit (id int PRIMARY KEY);'

test('pending migrations are applied in the order of their names, and the second call finds nothing to do', async () => {
  await add('20260102000000_second', 'ALTER TABLE visit ADD COLUMN price int;')
  await add('20260101000000_first', VISITS)

  expect(await migrate({ connectionString, migrationsDir })).toEqual({
    applied: ['20260101000000_first', '20260102000000_second'],
  })
  expect(await migrate({ connectionString, migrationsDir })).toEqual({ applied: [] })
  expect(await query('SELECT id, price FROM visit')).toEqual([])
})

test('a later migration is added to those already applied', async () => {
  await add('20260101000000_first', VISITS)
  await migrate({ connectionString, migrationsDir })
  await add('20260102000000_second', 'ALTER TABLE visit ADD COLUMN price int;')

  expect(await migrate({ connectionString, migrationsDir })).toEqual({ applied: ['20260102000000_second'] })
})

test('a function body and quoted text may hold semicolons', async () => {
  await add(
    '20260101000000_function',
    `${VISITS} -- not here; nor here
     CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN n := n * 2; RETURN n; END; $$;
     INSERT INTO visit VALUES (twice(21)); COMMENT ON TABLE visit IS 'a; b';`,
  )
  await migrate({ connectionString, migrationsDir })

  expect(await query('SELECT id FROM visit')).toEqual([{ id: 42 }])
})

test('a migration that fails leaves nothing of itself behind, and mended it is applied', async () => {
  await add('20260101000000_half', `${VISITS} ALTER TABLE nothing ADD COLUMN price int;`)

  expect(await adviceOf(migrate({ connectionString, migrationsDir }))).toBe('storage.migrationFailed')
  expect(await query(`SELECT to_regclass('visit') AS visit`)).toEqual([{ visit: null }])

  await add('20260101000000_half', VISITS)
  expect(await migrate({ connectionString, migrationsDir })).toEqual({ applied: ['20260101000000_half'] })
})

test("a failure that Prisma's own command line left is named", async () => {
  await add('20260101000000_first', VISITS)
  await migrate({ connectionString, migrationsDir })
  await query('UPDATE _prisma_migrations SET finished_at = NULL')

  expect(await adviceOf(migrate({ connectionString, migrationsDir }))).toBe('storage.migrationFailedEarlier')
})

test("Prisma's engine finds the database and the folder in agreement", async () => {
  await add('20260101000000_first', VISITS)
  await migrate({ connectionString, migrationsDir })
  await add('20260102000000_second', 'ALTER TABLE visit ADD COLUMN price int;')
  const { engine, close } = await openSchemaEngine(connectionString)
  onTestFinished(close)
  const filters = { externalTables: [], externalEnums: [] }
  const migrationsList = await readMigrationsList()

  const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters })
  expect(appliedMigrationNames).toEqual(['20260102000000_second'])
  expect(
    await engine.diagnoseMigrationHistory({ migrationsList, filters, optInToShadowDatabase: false }),
  ).toMatchObject({
    editedMigrationNames: [],
    failedMigrationNames: [],
    hasMigrationsTable: true,
    history: null,
  })
  expect(await migrate({ connectionString, migrationsDir })).toEqual({ applied: [] })
})

/** The folder in the form in which Prisma's engine wants it. */
const readMigrationsList = async () => ({
  baseDir: migrationsDir,
  lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
  shadowDbInitScript: '',
  migrationDirectories: await Promise.all(
    (await readdir(migrationsDir)).sort().map(async (path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(join(migrationsDir, path, 'migration.sql'), 'utf8'),
        },
      },
    })),
  ),
})

test('a migration edited after it was applied is refused', async () => {
  await add('20260101000000_first', VISITS)
  await migrate({ connectionString, migrationsDir })
  await add('20260101000000_first', `${VISITS} -- changed my mind`)

  expect(await adviceOf(migrate({ connectionString, migrationsDir }))).toBe('storage.migrationEdited')
})

test('a database with migrations that the code does not know is refused', async () => {
  await add('20260101000000_first', VISITS)
  await add('20260102000000_second', 'ALTER TABLE visit ADD COLUMN price int;')
  await migrate({ connectionString, migrationsDir })
  await rm(join(migrationsDir, '20260102000000_second'), { recursive: true })

  expect(await adviceOf(migrate({ connectionString, migrationsDir }))).toBe('storage.databaseNewer')
})

test("somebody else's database is left alone", async () => {
  await query('CREATE TABLE invoice (id int)')
  await add('20260101000000_first', VISITS)

  expect(await adviceOf(migrate({ connectionString, migrationsDir }))).toBe('storage.databaseNotEmpty')
  expect(await query(`SELECT to_regclass('_prisma_migrations') AS book`)).toEqual([{ book: null }])
})

test('ten processes that start at once apply every migration once', async () => {
  await add('20260101000000_first', VISITS)
  await add('20260102000000_second', 'INSERT INTO visit VALUES (1);')

  const results = await Promise.all(
    Array.from({ length: 10 }, () => migrateInProcess({ connectionString, migrationsDir })),
  )

  expect(results.flat().sort()).toEqual(['20260101000000_first', '20260102000000_second'])
  expect(await query('SELECT migration_name FROM _prisma_migrations')).toHaveLength(2)
})

const migrateInProcess = async (options: Parameters<typeof migrate>[0]): Promise<string[]> => {
  const child = fork(join(import.meta.dirname, 'migrate-process.ts'), [JSON.stringify(options)])
  const exited = once(child, 'exit').then(([exitCode]) => {
    throw new Error(`the process ended with ${String(exitCode)} and without a word`)
  })
  const [applied] = (await Promise.race([once(child, 'message'), exited])) as [string[]]
  return applied
}

test('tables are analysed after migrating, so that the first plans know that there is something in them', async () => {
  await add('20260101000000_first', `${VISITS} INSERT INTO visit SELECT generate_series(1, 500);`)
  await migrate({ connectionString, migrationsDir })

  expect(await query(`SELECT reltuples FROM pg_class WHERE relname = 'visit'`)).toEqual([{ reltuples: 500 }])
})

test('an empty table is not analysed, or the first plans would read it from end to end for a long time', async () => {
  await add('20260101000000_first', VISITS)
  await migrate({ connectionString, migrationsDir })

  expect(await query(`SELECT reltuples FROM pg_class WHERE relname = 'visit'`)).toEqual([{ reltuples: -1 }])
  const plan = await query('EXPLAIN SELECT FROM visit WHERE id = 1')
  expect(JSON.stringify(plan)).toContain('Index Only Scan')
})

test('a password is not shown when the server refuses it', async () => {
  const refused = connectionString.replace(/^(\w+:\/\/)[^/@]*@/, '$1nobody-here:secret@')

  const error: unknown = await migrate({ connectionString: refused, migrationsDir }).catch(
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(AdviceError)
  expect(JSON.stringify([(error as AdviceError).message, (error as AdviceError).params])).not.toContain(
    'secret',
  )
})
