/** One recompute in a process of its own, as the program's thread does it: its parts, and the memory that it took. */
import pg from 'pg'
import { defaultValueSettings } from '../src/domain/value/value-settings.ts'
import { cpuSecondsOf } from './bot-process.ts'
import { recomputeValues, type Recomputed } from '../src/storage/values.ts'

export interface MeasuredRecompute {
  done: Recomputed
  /** Seconds of each part, in order, and of all with the commit. */
  parts: [string, number][]
  seconds: number
  /** Of processors: this process's, and of PostgreSQL's that served it. */
  cpuSeconds: number
  serverCpuSeconds: number
  /** Of this process at its largest. */
  memoryMb: number
}

const [connectionString = '', now = ''] = process.argv.slice(2)
const client = new pg.Client({ connectionString })
await client.connect()
const parts = new Map<string, number>()
const add = (part: string, seconds: number) => void parts.set(part, (parts.get(part) ?? 0) + seconds)
const begun = performance.now()
let last = begun
const done = await recomputeValues(client, {
  salon: { value: defaultValueSettings, timeZone: 'Europe/Moscow' },
  now: Number(now),
  sandbox: false,
  onPart(part) {
    const at = performance.now()
    add(part, (at - last) / 1000)
    last = at
  },
})
const seconds = (performance.now() - begun) / 1000
add('commit', (performance.now() - last) / 1000)
const { user, system } = process.cpuUsage()
const cpuSeconds = (user + system) / 1e6
const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
const serverCpuSeconds = cpuSecondsOf(rows[0]?.pid ?? 0)
await client.end()
const memoryMb = process.resourceUsage().maxRSS / 1024
console.log(
  JSON.stringify({
    done,
    parts: [...parts],
    seconds,
    cpuSeconds,
    serverCpuSeconds,
    memoryMb,
  } satisfies MeasuredRecompute),
)
