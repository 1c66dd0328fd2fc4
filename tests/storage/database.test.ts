import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { AdviceError } from '../../src/domain/advice-error.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { startEmbedded } from '../../src/storage/embedded.ts'
import { freshDatabase } from './fresh-database.ts'
import type { AddressInfo } from 'node:net'
import type { LogEntry } from '../../src/domain/event-log.ts'
import type { EmbeddedPostgres } from '../../src/storage/embedded.ts'

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

let dataDir: string
let postgres: EmbeddedPostgres

// A server of its own: one that asks for a password, and that may be stopped.
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'otklik-database-'))
  postgres = await startEmbedded({ dataDir, log: silent, durable: false, transport: 'loopback' })
})

afterAll(async () => {
  await postgres.stop()
  await rm(dataDir, { recursive: true })
})

const urlWith = (change: (url: URL) => void): string => {
  const url = new URL(postgres.connectionString)
  change(url)
  return url.href
}

const adviceFor = async (connectionString: string): Promise<AdviceError> => {
  const error: unknown = await openDatabase({ connectionString, log: silent }).then(
    async (database) => {
      await database.close()
      return new Error('it opened')
    },
    (reason: unknown) => reason,
  )
  if (!(error instanceof AdviceError)) throw error
  return error
}

test.for<[what: string, key: string, change: (url: URL) => void]>([
  ['a wrong password', 'storage.databasePassword', (url) => void (url.password = 'guess')],
  ['an unknown user', 'storage.databasePassword', (url) => void (url.username = 'stranger')],
  ['a database that is not there', 'storage.databaseMissing', (url) => void (url.pathname = '/salon')],
  ['a port where nobody listens', 'storage.databaseDown', (url) => void (url.port = '1')],
  ['a host that does not exist', 'storage.databaseDown', (url) => void (url.hostname = 'database.invalid')],
  [
    'encryption that the server lacks',
    'storage.databaseTls',
    (url) => url.searchParams.set('sslmode', 'verify-full'),
  ],
])('%s is called so', async ([, key, change]) => {
  const password = new URL(postgres.connectionString).password
  const advice = await adviceFor(urlWith(change))

  expect(advice).toMatchObject({ key })
  expect(advice.message).not.toContain(password)
})

test('a socket that is not there is a server that is down', async () => {
  const advice = await adviceFor('postgresql://me@/salon?host=%2Fnowhere')

  expect(advice).toMatchObject({
    key: 'storage.databaseDown',
    params: { host: '/nowhere', database: 'salon', user: 'me' },
  })
})

test('something else on the port is not taken for PostgreSQL', async () => {
  const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(
    0,
    '127.0.0.1',
  )
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo

  expect(await adviceFor(urlWith((url) => void (url.port = String(port))))).toMatchObject({
    key: 'storage.databaseRefused',
  })
})

test("Prisma and plain statements work on the same database's pool", async () => {
  const { connectionString } = await freshDatabase()
  const database = await openDatabase({ connectionString, log: silent })
  onTestFinished(() => database.close())
  const { rows } = await database.pool.query(`SELECT 'да' AS answer`)

  expect(rows).toEqual([{ answer: 'да' }])
  expect(await database.prisma.client.count()).toBe(0)
})

test('a cut connection costs nothing but itself', async () => {
  const { connectionString } = await freshDatabase()
  const events: LogEntry[] = []
  const log = { ...silent, warn: (entry: LogEntry) => void events.push(entry) }
  const database = await openDatabase({ connectionString, log })
  onTestFinished(() => database.close())
  const other = await openDatabase({ connectionString, log: silent })
  onTestFinished(() => other.close())
  await other.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  )

  while (events.length === 0) await sleep(5)
  expect(events).toEqual([{ event: 'database.connectionLost', code: '57P01' }])
  expect(await database.prisma.client.count()).toBe(0)
})
