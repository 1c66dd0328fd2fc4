import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { explainConnectError, retryWhileStarting } from './connect-error.ts'
import { PrismaClient } from './generated/client.ts'
import type { EventLog } from '../domain/event-log.ts'

export interface DatabaseOptions {
  readonly connectionString: string
  readonly log: EventLog
  /** Most connections at once. Default 10, of the server's 50 (embedded) or 100 (PostgreSQL's default). */
  readonly poolSize?: number
}

export interface Database {
  /** For the hot path: one statement, one round trip. */
  readonly pool: pg.Pool
  /** For everything else; shares the pool. */
  readonly prisma: PrismaClient
  /** Waits for running queries and closes all connections. */
  close(): Promise<void>
}

/**
 * Opens the database and makes sure that it answers.
 *
 * A server that goes away later costs the queries then running and nothing else: the pool notices, and the next
 * query gets a new connection.
 *
 * @returns a `pg` pool, a Prisma client on that same pool, and `close`
 * @throws AdviceError: one of `explainConnectError`'s
 */
export const openDatabase = async ({
  connectionString,
  log,
  poolSize,
}: DatabaseOptions): Promise<Database> => {
  const pool = new pg.Pool({ connectionString, max: poolSize ?? 10, ...LIMITS })
  // Without a listener an idle connection's loss would end the process.
  pool.on('error', (error) => log.warn({ event: 'database.connectionLost', code: codeOf(error) }))
  try {
    await retryWhileStarting(() => pool.query('SELECT 1'))
  } catch (error) {
    await pool.end()
    throw explainConnectError(error, connectionString)
  }
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  return {
    pool,
    prisma,
    close: async () => {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

const LIMITS = {
  application_name: 'otklik',
  connectionTimeoutMillis: 10_000,
  idleTimeoutMillis: 60_000,
  keepAlive: true,
  // Far above what any statement of ours takes: a ceiling against a lost client or a forgotten transaction.
  statement_timeout: 60_000,
  idle_in_transaction_session_timeout: 60_000,
} as const

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.name
