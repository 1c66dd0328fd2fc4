/** The nightly recompute of a salon with a million clients, in a PostgreSQL with the settings of the product's own. */
import { execFile } from 'node:child_process'
import { loadavg } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type pg from 'pg'
import { openDatabase } from './database.ts'
import type { MeasuredRecompute } from './recompute-process.ts'
import type { Table } from './table.ts'
import { migrate } from '../src/storage/migrate.ts'

const root = path.join(import.meta.dirname, '..')
const today = Date.UTC(2026, 10, 24, 9)
const dayMs = 24 * 3600_000
/** Of the clients, who visits on a day. */
const visitingShare = 0.01

/**
 * Makes the salon, computes it for the first time, lets 1 % of the clients come, and computes the night after, and two
 * ordinary days: one on which the models are a week old, and one on which nobody came.
 * @param clients how many; ten visits each on average
 */
export async function measureRecompute(clients: number, say: (line: string) => void): Promise<Table> {
  const database = await openDatabase()
  try {
    await migrate({
      connectionString: database.connectionString,
      migrationsDir: path.join(root, 'prisma', 'migrations'),
    })
    say(`inventing ${clients} clients and their visits`)
    await invent(database.pool, clients)
    const runs: Run[] = []
    const run = async (name: string, now: number) => {
      say(name)
      const load = loadavg()[0]?.toFixed(1) ?? ''
      const measured = await measure(database.connectionString, now)
      runs.push({ name, load, ...measured })
    }
    await run('the first time', today)
    await visitsOf(database.pool, today)
    await run('the night after 1 % came', today + dayMs)
    await visitsOf(database.pool, today + dayMs)
    await run('the next night', today + 2 * dayMs)
    await run('nobody came', today + 3 * dayMs)
    await visitsOf(database.pool, today + 3 * dayMs)
    await database.pool.query('UPDATE "ValueModel" SET day = day - 7')
    await run('1 % came, and the models are a week old', today + 4 * dayMs)
    return tableOf(clients, runs)
  } finally {
    await database.stop()
  }
}

interface Run extends MeasuredRecompute {
  name: string
  /** Of the machine before it. */
  load: string
}

async function measure(connectionString: string, now: number): Promise<MeasuredRecompute> {
  const program = path.join(import.meta.dirname, 'recompute-process.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [program, connectionString, String(now)])
  return JSON.parse(stdout) as MeasuredRecompute
}

/** Clients of a Pareto/NBD (r = s = 1): from a first day within three years they come at a rate of their own, and leave for good one day. */
async function invent(pool: pg.Pool, clients: number): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(
      `SET statement_timeout = 0; SET session_replication_role = replica; SELECT setseed(0.5)`,
    )
    await client.query(`INSERT INTO "Client" (name) SELECT 'К' FROM generate_series(1, $1::int)`, [clients])
    await client.query(
      `CREATE TEMP TABLE life AS
       SELECT id, 1095 * random() AS known, -ln(random()) / 45 AS rate, -ln(random()) / (-ln(random()) / 400) AS stays FROM "Client"`,
    )
    await client.query(
      `INSERT INTO "Visit" ("clientId", line, kopecks, at)
       SELECT id, (ARRAY['nails', 'hair', 'cosmetology'])[1 + (id % 3 + (random() < 0.1)::int) % 3],
         100 * (500 + (random() * 5000)::int), $1::timestamptz + (gone - known) * interval '1 day'
       FROM (SELECT id, known, least(known, stays) AS ends,
               sum(CASE n WHEN 0 THEN 0 ELSE -ln(random()) / rate END) OVER (PARTITION BY id ORDER BY n) AS gone
             FROM life, generate_series(0, ceil(rate * known * 1.3)::int + 5) AS n) AS coming
       WHERE gone <= ends`,
      [new Date(today - dayMs)],
    )
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.query('RESET ALL')
    client.release()
  }
}

const visitsOf = (pool: pg.Pool, at: number) =>
  pool.query(
    `INSERT INTO "Visit" ("clientId", line, kopecks, at)
     SELECT id, (ARRAY['nails', 'hair', 'cosmetology'])[1 + id % 3], 100 * (500 + (random() * 5000)::int), $2
     FROM "Client" WHERE random() < $1`,
    [visitingShare, new Date(at)],
  )

function tableOf(clients: number, runs: readonly Run[]): Table {
  const parts = runs[0]?.parts.map(([part]) => part) ?? []
  return {
    title: `The recompute of ${clients.toLocaleString('en')} clients, seconds`,
    head: ['run', ...parts, 'in all', 'CPU', 'PostgreSQL CPU', 'MB', 'rows written', 'moves', 'load before'],
    rows: runs.map(({ name, load, done, parts: own, seconds, cpuSeconds, serverCpuSeconds, memoryMb }) => [
      name,
      ...own.map(([, part]) => part.toFixed(2)),
      seconds.toFixed(1),
      cpuSeconds.toFixed(1),
      serverCpuSeconds.toFixed(1),
      memoryMb.toFixed(0),
      ...(done.state === 'done' ? [String(done.rows), String(done.moves)] : ['', '']),
      load,
    ]),
  }
}
