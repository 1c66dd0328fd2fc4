/**
 * One real PostgreSQL for the whole test run, started when the first test asks for it: embedded, or the server named
 * by TEST_DATABASE_URL (its user must be allowed to create databases). Every request gets a database of its own, and
 * all of them are dropped at the end.
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../../src/storage/embedded.ts'
import { migrate } from '../../src/storage/migrate.ts'
import type { AddressInfo, Socket } from 'node:net'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Loopback port that hands out databases; see fresh-database.ts. */
    databasePort: number
  }
}

/** @returns vitest's teardown */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  let starting: ReturnType<typeof startServer> | undefined
  const answer = async (socket: Socket) => {
    socket.on('error', () => {}) // a test process that was killed while it waited
    try {
      const [want] = (await once(socket, 'data')) as [Buffer]
      const server = await (starting ??= startServer())
      socket.end(JSON.stringify({ connectionString: await server.createDatabase(want.toString()) }))
    } catch (error) {
      socket.end(JSON.stringify({ error: String(error) }))
    }
  }
  const listener = createServer((socket) => void answer(socket)).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  project.provide('databasePort', (listener.address() as AddressInfo).port)
  return async () => {
    listener.close()
    // A server that failed to start has told every test so.
    await starting?.then(
      (server) => server.stop(),
      () => {},
    )
  }
}

interface TestServer {
  /** @param want 'migrated' or 'empty' */
  createDatabase(want: string): Promise<string>
  stop(): Promise<void>
}

const startServer = async (): Promise<TestServer> => {
  const external = process.env['TEST_DATABASE_URL']
  const server = external ? { connectionString: external, stop: async () => {} } : await temporaryServer()
  const pool = new pg.Pool({ connectionString: server.connectionString, max: 4 })
  pool.on('error', () => {})
  const prefix = `otklik_test_${randomBytes(4).toString('hex')}`
  const names: string[] = []
  const create = async (template?: string): Promise<string> => {
    const name = `${prefix}_${names.length}`
    names.push(name)
    await pool.query(`CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`)
    return name
  }
  const urlOf = (name: string): string => withDatabase(server.connectionString, name)
  const createTemplate = async (): Promise<string> => {
    const name = await create()
    await migrate({ connectionString: urlOf(name), migrationsDir: MIGRATIONS })
    return name
  }
  let template: Promise<string> | undefined
  return {
    createDatabase: async (want) =>
      urlOf(await create(want === 'migrated' ? await (template ??= createTemplate()) : undefined)),
    stop: async () => {
      for (const name of names) await pool.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      await pool.end()
      await server.stop()
    },
  }
}

const MIGRATIONS = join(import.meta.dirname, '..', '..', 'prisma', 'migrations')

const temporaryServer = async (): Promise<{ connectionString: string; stop(): Promise<void> }> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'otklik-test-'))
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  const postgres = await startEmbedded({ dataDir, log, durable: false, connections: 200 })
  return {
    connectionString: postgres.connectionString,
    stop: async () => {
      await postgres.stop()
      await rm(dataDir, { recursive: true })
    },
  }
}

// The path is what names the database; a URL with an empty host (a unix socket) is no URL for the parser.
const withDatabase = (connectionString: string, name: string): string =>
  connectionString.replace(/^(\w+:\/\/[^/]*)\/[^?]*/, `$1/${name}`)
