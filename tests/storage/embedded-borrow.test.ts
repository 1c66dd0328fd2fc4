import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'

import { startEmbedded } from '../../src/storage/embedded.ts'
import { borrowEmbedded } from '../../src/storage/embedded-borrow.ts'
import { lockFolder } from '../../src/storage/embedded-lock.ts'

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'otklik-borrow-'))
})
afterEach(() => rm(dataDir, { recursive: true, maxRetries: 3 }))

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query<pg.QueryResultRow>(sql)).rows
  } finally {
    await client.end()
  }
}

test('where nobody is at work, the database is started and stopped again', async () => {
  const borrowed = await borrowEmbedded({ dataDir, log })
  expect(await query(borrowed.connectionString, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await borrowed.stop()
  await expect(query(borrowed.connectionString, 'SELECT 1')).rejects.toThrow('ENOENT')
})

test('the server of another process is used, and left alone afterwards', async () => {
  const owner = fork(path.join(import.meta.dirname, 'embedded-process.ts'), [dataDir])
  onTestFinished(() => void owner.kill('SIGKILL'))
  const [{ connectionString }] = (await once(owner, 'message')) as [{ connectionString: string }]
  await query(connectionString, 'CREATE TABLE visit AS SELECT 42 AS id')

  const borrowed = await borrowEmbedded({ dataDir, log })
  expect(await query(borrowed.connectionString, 'SELECT id FROM visit')).toEqual([{ id: 42 }])
  await borrowed.stop()

  expect(await query(connectionString, 'SELECT id FROM visit')).toEqual([{ id: 42 }])
  owner.kill('SIGINT')
  await once(owner, 'exit')
})

test.each(['socket', 'loopback'] as const)('a server that listens on a %s is found', async (transport) => {
  const folder =
    transport === 'socket' ? path.join(dataDir, 'a-path-too-long-for-a-socket'.repeat(4)) : dataDir
  const owner = await startEmbedded({ dataDir: folder, log, transport, durable: false })
  const borrowed = await borrowEmbedded({ dataDir: folder, log })
  expect(await query(borrowed.connectionString, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await owner.stop()
})

test.each([
  ['that has no server yet', undefined],
  ["whose server can't be reached", '1\n/\n0\n5432\n/nowhere\n\n1 1\nready\n'],
])('a copy %s keeps the folder to itself', async (_, pidFile) => {
  const lock = lockFolder(dataDir)
  onTestFinished(() => lock.release())
  if (pidFile !== undefined) {
    await mkdir(path.join(dataDir, 'postgres'))
    await writeFile(path.join(dataDir, 'postgres', 'postmaster.pid'), pidFile)
  }
  await expect(borrowEmbedded({ dataDir, log })).rejects.toMatchObject({
    key: 'storage.secondCopy',
    params: { pid: process.pid },
  })
})
