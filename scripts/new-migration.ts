/**
 * Writes the next migration: what has to change in the database for it to match prisma/schema.prisma.
 *
 *     node scripts/new-migration.ts NAME      e.g.  node scripts/new-migration.ts add_visits
 *
 * It starts a temporary PostgreSQL, applies prisma/migrations to it, compares the result with prisma/schema.prisma
 * and writes prisma/migrations/<timestamp>_NAME/migration.sql. Read the file before committing it: what Prisma can't
 * express (a partial index, a check, a data change) is written into it by hand, and such hand-made objects must not
 * be dropped by a later migration: Prisma doesn't know of them. Needs no network. Exit code 1 when nothing changed.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../src/storage/embedded.ts'
import { migrate } from '../src/storage/migrate.ts'
import { openSchemaEngine } from './schema-engine.ts'

const root = join(import.meta.dirname, '..')
const schemaPath = join(root, 'prisma', 'schema.prisma')
const migrationsDir = join(root, 'prisma', 'migrations')
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

const main = async (name: string | undefined): Promise<void> => {
  if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
    return fail('Usage: node scripts/new-migration.ts NAME, where NAME is like add_visits')
  }
  const sql = await onTemporaryDatabase(differenceTo)
  if (sql.split('\n').every((line) => line.trim() === '' || line.startsWith('--')))
    return fail('The migrations already match prisma/schema.prisma.')
  const directory = join(migrationsDir, `${timestamp()}_${name}`)
  await mkdir(directory, { recursive: true })
  await writeFile(join(directory, 'migration.sql'), sql)
  await writeFile(join(migrationsDir, 'migration_lock.toml'), 'provider = "postgresql"\n')
  console.log(join(directory, 'migration.sql'))
}

const onTemporaryDatabase = async <T>(use: (connectionString: string) => Promise<T>): Promise<T> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'otklik-migration-'))
  const postgres = await startEmbedded({ dataDir, log: silent, durable: false })
  try {
    return await use(postgres.connectionString)
  } finally {
    await postgres.stop()
    await rm(dataDir, { recursive: true })
  }
}

const differenceTo = async (connectionString: string): Promise<string> => {
  await mkdir(migrationsDir, { recursive: true })
  await migrate({ connectionString, migrationsDir })
  const files = [{ path: schemaPath, content: await readFile(schemaPath, 'utf8') }]
  const { engine, close } = await openSchemaEngine(
    connectionString,
    files.map(({ path, content }) => [path, content]),
  )
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: root },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    return stdout ?? ''
  } finally {
    await close()
  }
}

const timestamp = (): string => new Date().toISOString().replace(/\D/g, '').slice(0, 14)

const fail = (message: string): void => {
  console.error(message)
  process.exitCode = 1
}

await main(process.argv[2])
