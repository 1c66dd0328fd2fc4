/** Computes what clients are worth in a thread of its own: the thinking takes seconds, and people are being answered meanwhile. */
import { parentPort, workerData } from 'node:worker_threads'
import pg from 'pg'
import { recomputeValues, type RecomputeOptions } from '../storage/values.ts'

/** What the thread is given. */
export interface RecomputeTask extends Omit<RecomputeOptions, 'onPart'> {
  connectionString: string
}

async function done({ connectionString, ...options }: RecomputeTask) {
  const client = new pg.Client({ connectionString, application_name: 'otklik values', keepAlive: true })
  // A lost connection is told by the query that was running.
  client.on('error', () => {})
  await client.connect()
  try {
    return await recomputeValues(client, options)
  } finally {
    await client.end()
  }
}

parentPort?.postMessage(await done(workerData as RecomputeTask))
