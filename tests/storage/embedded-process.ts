/**
 * Run by embedded.test.ts as a process of its own, to be killed: starts PostgreSQL in the folder given as argument,
 * reports the connection string and stays. On SIGINT it proves that its server still serves, then stops in order.
 */
import pg from 'pg'
import { startEmbedded } from '../../src/storage/embedded.ts'

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const postgres = await startEmbedded({ dataDir: process.argv[2] ?? '', log })
process.once('SIGINT', () => {
  void (async () => {
    const client = new pg.Client({ connectionString: postgres.connectionString })
    await client.connect()
    const { rows } = await client.query('SELECT 42 AS answer')
    await client.end()
    await postgres.stop()
    process.send?.(rows[0])
    process.disconnect?.()
  })()
})
process.send?.({ connectionString: postgres.connectionString })
