import pg from 'pg'
import { AdviceError } from '../domain/advice-error.ts'
import type * as BullMQ from 'bullmq'
import type { Queue, Worker, WorkerOptions } from 'bullmq'
import type { EventLog } from '../domain/event-log.ts'

export interface BackendOptions {
  readonly connectionString: string
  readonly redisUrl?: string | undefined
  readonly prefix: string
  readonly log: EventLog
}

export type Processor = NonNullable<Exclude<ConstructorParameters<typeof Worker>[1], string | URL | null>>

/** BullMQ on one of its two stores; nothing above this knows which. */
export interface QueueBackend {
  createQueue(name: string): Queue
  createWorker(name: string, processor: Processor, options: Omit<WorkerOptions, 'connection'>): Worker
  /** Resolves when the store answers. */
  ping(): Promise<void>
  /** Calls `listener` whenever the store is back after it was away, and may have come back empty. */
  onBack(listener: () => void): void
  /** Closes the connections; queues and workers are closed before. */
  close(): Promise<void>
}

/**
 * Decides where the queues live: in Redis or Valkey when there is a URL for it, otherwise in the product's PostgreSQL
 * (schema `bullmq`, which BullMQ makes and updates by itself). BullMQ is loaded here and not earlier: 0.1 s.
 *
 * @throws AdviceError `storage.redisDown`, `storage.redisPassword`; errors of `pg`
 */
export const openQueueBackend = (options: BackendOptions): Promise<QueueBackend> =>
  options.redisUrl ? openRedis(options.redisUrl, options) : openPostgres(options)

// Queries are short and few; every worker adds a connection of its own, on which it waits for jobs.
const SHARED_CONNECTIONS = 4

/**
 * One pool for all queues and workers. By itself BullMQ opens a pool for each of them: with five queues up to a
 * hundred connections, twice what our server has.
 */
const openPostgres = async ({ connectionString, log }: BackendOptions): Promise<QueueBackend> => {
  const bullmq = await import('bullmq')
  const pool = new pg.Pool({
    connectionString,
    max: SHARED_CONNECTIONS,
    options: `-c search_path=${bullmq.DEFAULT_SCHEMA}`,
    application_name: 'otklik jobs',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  pool.on('error', (error) => log.warn({ event: 'queue.connectionLost', code: codeOf(error) }))
  pool.setMaxListeners(0) // every queue and worker listens to the pool
  try {
    await updateSchema(pool, bullmq)
  } catch (error) {
    await pool.end()
    throw error
  }
  const { Queue: PostgresQueue, Worker: PostgresWorker } = bullmq.withBackend(bullmq.createPostgresBackend)
  // A pool is what BullMQ wants here, but its types ask for the index signature of a plain object. And its classes
  // for the two stores differ in the type of these options only.
  const connection = pool as unknown as BullMQ.PostgresPoolConfig
  return {
    createQueue: (name) => new PostgresQueue(name, { connection }) as unknown as Queue,
    createWorker: (name, processor, options) => {
      pool.options.max += 1
      return new PostgresWorker(name, processor, { ...options, connection }) as unknown as Worker
    },
    ping: async () => void (await pool.query('SELECT 1')),
    // What PostgreSQL has confirmed it keeps.
    onBack: () => {},
    close: () => pool.end(),
  }
}

// BullMQ's own update locks and alters its tables even when there is nothing to do, so it is asked first.
const updateSchema = async (pool: pg.Pool, bullmq: typeof BullMQ): Promise<void> => {
  const client = await pool.connect()
  try {
    const version = await bullmq.assertSchemaCompatibility(client).catch((error: unknown) => {
      if (error instanceof bullmq.SchemaMigrationRequiredError) return 0
      throw error
    })
    if (version < bullmq.LATEST_SCHEMA_VERSION) await bullmq.runMigrations(client)
  } finally {
    client.release()
  }
}

/**
 * Two connections for all: adding a job fails within a second when Redis is away, while workers wait for it to come
 * back. Every worker adds one of its own, on which it waits for jobs.
 */
const openRedis = async (redisUrl: string, { prefix, log }: BackendOptions): Promise<QueueBackend> => {
  const [bullmq, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')])
  const connect = (maxRetriesPerRequest: number | null) => {
    const redis = new Redis(redisUrl, {
      lazyConnect: true,
      maxRetriesPerRequest,
      connectionName: 'otklik jobs',
    })
    redis.on('error', (error) => log.warn({ event: 'queue.connectionLost', code: codeOf(error) }))
    return redis
  }
  const adding = connect(2)
  const working = connect(null)
  await adding.ping().catch((error: unknown) => {
    adding.disconnect()
    throw explainRedis(error, redisUrl)
  })
  return {
    createQueue: (name) => new bullmq.Queue(name, { connection: adding, prefix }),
    createWorker: (name, processor, options) =>
      new bullmq.Worker(name, processor, { ...options, connection: working, prefix }),
    ping: async () => void (await adding.ping()),
    onBack: (listener) => void adding.on('ready', listener),
    close: async () => {
      adding.disconnect()
      working.disconnect()
    },
  }
}

/** Turns an error of a first connection to Redis into one that says what to do; nothing of the password is in it. */
export const explainRedis = (error: unknown, redisUrl: string): AdviceError => {
  const host = URL.parse(redisUrl)?.host ?? ''
  const message = error instanceof Error ? error.message : String(error)
  const isPassword = /NOAUTH|WRONGPASS|invalid (username|password)|no password is set/i.test(message)
  return new AdviceError(
    isPassword ? 'storage.redisPassword' : 'storage.redisDown',
    isPassword ? { host } : { host, detail: message },
    { cause: error },
  )
}

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.name
