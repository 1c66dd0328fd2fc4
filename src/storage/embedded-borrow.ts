import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { AdviceError } from '../domain/advice-error.ts'
import { CLUSTER, loopbackUrl, socketUrl, startEmbedded } from './embedded.ts'
import type { EmbeddedOptions, EmbeddedPostgres } from './embedded.ts'
import { retryWhileStarting } from './connect-error.ts'

/**
 * The database of our own for a command that takes a moment: started for as long as it takes or, where the product is at work in
 * the folder, the server that it runs. `stop` then leaves that one alone.
 *
 * @throws AdviceError of startEmbedded; `storage.secondCopy` when the running server can't be reached from here (another
 * container may share the folder)
 */
export const borrowEmbedded = async (options: EmbeddedOptions): Promise<EmbeddedPostgres> => {
  try {
    return await startEmbedded(options)
  } catch (error) {
    if (!(error instanceof AdviceError) || error.key !== 'storage.secondCopy') throw error
    const connectionString = runningServer(resolve(options.dataDir))
    if (connectionString === undefined || !(await answers(connectionString))) throw error
    return { connectionString, stop: async () => {} }
  }
}

/** Where the server of this folder listens, as it wrote down: port on line 4, the socket's folder on 5 (embedded-orphan.ts). */
const runningServer = (dataDir: string): string | undefined => {
  try {
    const lines = readFileSync(join(dataDir, CLUSTER, 'postmaster.pid'), 'utf8').split('\n')
    const [port, socketDir = ''] = [Number(lines[3]), lines[4]?.trim()]
    return socketDir === '' ? loopbackUrl(dataDir, port) : socketUrl(socketDir)
  } catch {
    // It is only just starting, or stopping, or the file is not ours to read.
    return undefined
  }
}

const answers = async (connectionString: string): Promise<boolean> => {
  try {
    await retryWhileStarting(async () => {
      const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
      client.on('error', () => {})
      try {
        await client.connect()
      } finally {
        await client.end()
      }
    })
    return true
  } catch {
    return false
  }
}
