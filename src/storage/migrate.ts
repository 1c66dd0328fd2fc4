import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { AdviceError } from '../domain/advice-error.ts'
import { explainConnectError, retryWhileStarting } from './connect-error.ts'

export interface MigrateOptions {
  readonly connectionString: string
  /** Folder of `<timestamp>_<name>/migration.sql`, normally prisma/migrations. */
  readonly migrationsDir: string
}

export interface MigrateResult {
  /** Names of the migrations that this call applied, in order. */
  readonly applied: readonly string[]
}

/**
 * Brings the database up to the code's migrations, in Prisma's own way and with its own bookkeeping table, so that
 * `prisma migrate` can be used on the same folder and database.
 *
 * Any number of processes may call it at once: one applies, the others wait and find nothing to do. When nothing is
 * pending it costs one query and does not even load the engine. A migration is one transaction: it happens or not.
 *
 * @returns what was applied; an empty list when the database was up to date
 * @throws AdviceError `storage.migrationFailed`, `.migrationFailedEarlier`, `.migrationEdited`, `.databaseNewer`,
 * `.databaseNotEmpty`, or one of `explainConnectError`'s
 */
export const migrate = async (options: MigrateOptions): Promise<MigrateResult> => {
  const known = await readMigrations(options.migrationsDir)
  const client = await connect(options.connectionString)
  try {
    if (pendingAmong(known, await readApplied(client)).length === 0) return { applied: [] }
    return { applied: await migrateLocked(client, known, options) }
  } finally {
    await client.end()
  }
}

const connect = async (connectionString: string): Promise<pg.Client> => {
  try {
    return await retryWhileStarting(async () => {
      const client = new pg.Client({ connectionString, application_name: 'otklik migrate', ...CONNECT })
      // A lost connection is reported by the query that meets it; unheard, the event would end the process.
      client.on('error', () => {})
      await client.connect()
      return client
    })
  } catch (error) {
    throw explainConnectError(error, connectionString)
  }
}

const CONNECT = { connectionTimeoutMillis: 10_000 }

interface Migration {
  readonly name: string
  readonly sql: string
  /** SHA-256 of the file, hexadecimal: what Prisma stores. */
  readonly checksum: string
}

const readMigrations = async (migrationsDir: string): Promise<Migration[]> => {
  const entries = await readdir(migrationsDir, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(migrationsDir, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

interface AppliedMigration {
  readonly name: string
  readonly checksum: string
  readonly finished: boolean
}

const UNDEFINED_TABLE = '42P01'

const readApplied = async (client: pg.Client): Promise<AppliedMigration[]> => {
  try {
    const { rows } = await client.query<AppliedMigration>(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
         FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
    )
    return rows
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return []
    throw error
  }
}

/** Compares the folder with the database's book: returns what is to be applied, throws where they contradict. */
const pendingAmong = (known: readonly Migration[], applied: readonly AppliedMigration[]): Migration[] => {
  const byName = new Map(known.map((migration) => [migration.name, migration]))
  for (const { name, checksum, finished } of applied) {
    const migration = byName.get(name)
    if (!migration) throw new AdviceError('storage.databaseNewer', { migration: name })
    if (!finished) throw new AdviceError('storage.migrationFailedEarlier', { migration: name })
    if (migration.checksum !== checksum) throw new AdviceError('storage.migrationEdited', { migration: name })
  }
  const done = new Set(applied.map(({ name }) => name))
  return known.filter(({ name }) => !done.has(name))
}

// An arbitrary number, the same in every process: "otklik" as bytes.
const LOCK_KEY = String(0x6f746b6c696b)

/**
 * The lock lasts as long as the connection, so a killed process releases it. What is pending is looked up again
 * under it: while we waited, another process may have done it all.
 */
const migrateLocked = async (
  client: pg.Client,
  known: Migration[],
  options: MigrateOptions,
): Promise<string[]> => {
  await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY])
  const pending = pendingAmong(known, await readApplied(client))
  if (pending.length === 0) return []
  const applied = await applyAll(known, options)
  // Without statistics PostgreSQL plans prepared statements for tables it believes empty, and keeps those plans.
  await client.query('ANALYZE')
  return applied
}

const applyAll = async (
  known: Migration[],
  { connectionString, migrationsDir }: MigrateOptions,
): Promise<string[]> => {
  // 5 MB of WebAssembly, needed only when there is something to apply.
  const { openSchemaEngine } = await import('./schema-engine.ts')
  const { engine, close } = await openSchemaEngine(connectionString)
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationList(known, migrationsDir),
      filters: { externalTables: [], externalEnums: [] },
    })
    return appliedMigrationNames
  } catch (cause) {
    throw explainEngineError(cause)
  } finally {
    await close()
  }
}

const migrationList = (known: readonly Migration[], migrationsDir: string) => ({
  baseDir: resolve(migrationsDir),
  lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
  shadowDbInitScript: '',
  migrationDirectories: known.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
  })),
})

// P3005: tables of somebody else; P3018: the migration's SQL failed. The engine's text names file and SQL error.
const explainEngineError = (cause: unknown): AdviceError => {
  const message = cause instanceof Error ? cause.message : String(cause)
  if (message.includes('P3005') || message.includes('database schema is not empty')) {
    return new AdviceError('storage.databaseNotEmpty', {}, { cause })
  }
  return new AdviceError('storage.migrationFailed', { detail: message.slice(0, DETAIL_LIMIT) }, { cause })
}

const DETAIL_LIMIT = 1500
