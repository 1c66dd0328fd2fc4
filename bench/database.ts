/** A real PostgreSQL for one bot under test, as durable as a salon's own. */
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../src/storage/embedded.ts'
import { cpuSecondsOf } from './bot-process.ts'

export interface BenchDatabase {
  connectionString: string
  /** For what the benchmark itself asks. */
  pool: pg.Pool
  /** CPU seconds that the server's processes (those alive now) have used. */
  cpuSeconds(): number
  stop(): Promise<void>
}

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Starts a server in a folder that goes when it is stopped. */
export async function openDatabase(): Promise<BenchDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'otklik-bench-'))
  const server = await startEmbedded({ dataDir: folder, log: quiet })
  const pool = new pg.Pool({ connectionString: server.connectionString, max: 2 })
  pool.on('error', () => {})
  const postmaster = Number(
    readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0],
  )
  return {
    connectionString: server.connectionString,
    pool,
    cpuSeconds: () => childrenOf(postmaster).reduce((sum, pid) => sum + cpuOrNothing(pid), 0),
    async stop() {
      await pool.end()
      await server.stop()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function childrenOf(parent: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((pid) => parentOf(pid) === parent)
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined // ended meanwhile
  }
}

function cpuOrNothing(pid: number): number {
  try {
    return cpuSecondsOf(pid)
  } catch {
    return 0 // ended meanwhile
  }
}
