/** The database: ours or theirs, does it let us in, is it new enough, is it up to date. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'

import { AdviceError } from '../../domain/advice-error.ts'
import { explainConnectError } from '../../storage/connect-error.ts'
import { startEmbedded } from '../../storage/embedded.ts'
import { pendingMigrations } from '../../storage/migrate.ts'
import { migrationsDir } from '../migrate.ts'
import { ok, problem, warning, type Finding, type Patient } from './finding.ts'

const oldestMajor = 14

/** @returns findings about DATABASE_URL's server, or about the database of our own, which is started for a moment */
export async function checkDatabase({ settings, log }: Patient): Promise<Finding[]> {
  const { databaseUrl, dataDir } = settings
  try {
    if (databaseUrl !== undefined) return await examine(databaseUrl)
    // A look must not leave a new database behind.
    if (!existsSync(path.join(dataDir, 'postgres'))) return [ok('database.willBeMade', { dir: dataDir })]
    const own = await startEmbedded({ dataDir, log })
    try {
      return await examine(own.connectionString)
    } finally {
      await own.stop()
    }
  } catch (error) {
    if (!(error instanceof AdviceError)) throw error
    if (error.key === 'storage.secondCopy') return [ok('database.inUse', { dir: dataDir })]
    return [{ level: 'problem', text: { key: error.key, values: error.params } }]
  }
}

async function examine(connectionString: string): Promise<Finding[]> {
  const server = await checkServer(connectionString)
  return server.level === 'ok' ? [server, await checkMigrations(connectionString)] : [server]
}

async function checkServer(connectionString: string): Promise<Finding> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 10_000,
    application_name: 'otklik doctor',
  })
  // A lost connection fails the query in hand; without a listener it would end the process as well.
  client.on('error', () => {})
  try {
    await client.connect().catch((error: unknown) => {
      throw explainConnectError(error, connectionString)
    })
    return judgeServer(await describeServer(client))
  } finally {
    await client.end()
  }
}

interface Server {
  version: string
  encoding: string
  name: string
}

async function describeServer(client: pg.Client): Promise<Server> {
  const { rows } = await client.query<Server>(
    `SELECT current_setting('server_version') AS version, current_database() AS name,
            pg_encoding_to_char(encoding) AS encoding
       FROM pg_database WHERE datname = current_database()`,
  )
  return rows[0] ?? { version: '0', encoding: '', name: '' }
}

function judgeServer({ version, encoding, name }: Server): Finding {
  if (Number.parseInt(version, 10) < oldestMajor)
    return problem('database.old', { version, oldest: oldestMajor })
  if (encoding !== 'UTF8') return problem('database.encoding', { encoding, name })
  return ok('database.fine', { version })
}

async function checkMigrations(connectionString: string): Promise<Finding> {
  const { length: count } = await pendingMigrations({ connectionString, migrationsDir })
  return count === 0 ? ok('database.upToDate') : warning('database.pending', { count })
}
