import { createHash, randomUUID } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
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
 * Brings the database up to the code's migrations, with Prisma's own bookkeeping table, so that `prisma migrate` can
 * be used on the same folder and database.
 *
 * Prisma's engine is not used for it: it commits a migration and the note about it one after the other, and a process
 * killed in between leaves a database that has to be mended by hand. Here both are one transaction: whenever the
 * power goes, the next start goes on where this one was. (And nothing is loaded: an up-to-date database costs one
 * query.)
 *
 * Any number of processes may call it at once: one applies, the others wait and find nothing to do.
 *
 * @returns what was applied; an empty list when the database was up to date
 * @throws AdviceError `storage.migrationFailed`, `.migrationFailedEarlier`, `.migrationEdited`, `.databaseNewer`,
 * `.databaseNotEmpty`, or one of `explainConnectError`'s
 */
export const migrate = async ({
  connectionString,
  migrationsDir,
}: MigrateOptions): Promise<MigrateResult> => {
  const known = await readMigrations(migrationsDir)
  const client = await connect(connectionString)
  try {
    if (isUpToDate(known, await readBook(client))) return { applied: [] }
    return { applied: await migrateLocked(client, known) }
  } finally {
    await client.end()
  }
}

/**
 * Looks at the database and changes nothing.
 *
 * @returns names of the migrations that `migrate` would apply, in order
 * @throws AdviceError `storage.migrationFailedEarlier`, `.migrationEdited`, `.databaseNewer`, or one of
 * `explainConnectError`'s
 */
export const pendingMigrations = async ({
  connectionString,
  migrationsDir,
}: MigrateOptions): Promise<readonly string[]> => {
  const known = await readMigrations(migrationsDir)
  const client = await connect(connectionString)
  try {
    return pendingAmong(known, (await readBook(client)) ?? []).map(({ name }) => name)
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

/** A line of the database's book of migrations. */
interface Entry {
  readonly name: string
  readonly checksum: string
  readonly finished: boolean
}

const UNDEFINED_TABLE = '42P01'

/** @returns what the database says of itself; undefined when it has no book yet */
const readBook = async (client: pg.Client): Promise<Entry[] | undefined> => {
  try {
    const { rows } = await client.query<Entry>(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
         FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    )
    return rows
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return undefined
    throw error
  }
}

// Looked at without the lock, an unfinished entry may be another process at work: only "all is well" is certain.
const isUpToDate = (known: readonly Migration[], book: readonly Entry[] = []): boolean => {
  const finished = new Map(
    book.filter((entry) => entry.finished).map(({ name, checksum }) => [name, checksum]),
  )
  return book.length === known.length && known.every(({ name, checksum }) => finished.get(name) === checksum)
}

// "otklik" as a number, the same in every process.
const LOCK_KEY = String(0x6f746b6c696b)

/** The lock lasts as long as the connection, so a killed process releases it; what is pending is decided under it. */
const migrateLocked = async (client: pg.Client, known: readonly Migration[]): Promise<string[]> => {
  await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY])
  const book = await readBook(client)
  const pending = pendingAmong(known, book ?? [])
  if (!book) await openBook(client)
  for (const migration of pending) await apply(client, migration)
  if (pending.length > 0) await analyze(client)
  return pending.map(({ name }) => name)
}

/** Compares the folder with the book: returns what is to be applied, throws where they contradict each other. */
const pendingAmong = (known: readonly Migration[], book: readonly Entry[]): Migration[] => {
  const byName = new Map(known.map((migration) => [migration.name, migration]))
  for (const { name, checksum, finished } of book) {
    const migration = byName.get(name)
    if (!migration) throw new AdviceError('storage.databaseNewer', { migration: name })
    if (!finished) throw new AdviceError('storage.migrationFailedEarlier', { migration: name })
    if (migration.checksum !== checksum) throw new AdviceError('storage.migrationEdited', { migration: name })
  }
  const done = new Set(book.map(({ name }) => name))
  return known.filter(({ name }) => !done.has(name))
}

// The table as Prisma itself makes it.
const BOOK = `
  CREATE TABLE _prisma_migrations (
    id                  varchar(36) PRIMARY KEY,
    checksum            varchar(64) NOT NULL,
    finished_at         timestamptz,
    migration_name      varchar(255) NOT NULL,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`

// What an extension brought along (a hosted database often has some) is nobody's data.
const FOREIGN_TABLES = `
  SELECT relname AS name FROM pg_class
   WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
     AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
   ORDER BY relname LIMIT 1`

const openBook = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ name: string }>(FOREIGN_TABLES)
  if (rows[0]) throw new AdviceError('storage.databaseNotEmpty', { table: rows[0].name })
  await client.query(BOOK)
}

/** One transaction: the migration's statements and the note that it is done. */
const apply = async (client: pg.Client, { name, sql, checksum }: Migration): Promise<void> => {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => {})
    const detail = cause instanceof Error ? cause.message : String(cause)
    throw new AdviceError('storage.migrationFailed', { migration: name, detail }, { cause })
  }
}

/**
 * What a migration has filled is analysed, so that the first plans know it. Empty tables are left alone: of a table that it
 * knows nothing about PostgreSQL expects some pages, and looks into its index; one that was analysed while it was empty it
 * reads from end to end, and goes on with that plan in every prepared statement until the next autovacuum, however much the
 * table has grown. Our tables only: a bare ANALYZE goes through the system's catalogs too, which takes most of its time.
 */
const analyze = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(relname) AS name FROM pg_class
      WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'm') AND pg_relation_size(oid) > 0`,
  )
  await client.query(`ANALYZE ${rows.map(({ name }) => name).join(', ')}`)
}
