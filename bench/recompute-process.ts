/** One recompute in a process of its own, as the program's thread does it: its parts, and the memory that it took. */
import pg from 'pg'
import { defaultValueSettings } from '../src/domain/value/value-settings.ts'
import { recomputeValues, type Recomputed } from '../src/storage/values.ts'

export interface MeasuredRecompute {
  done: Recomputed
  /** Seconds of each part, in order, and of all with the commit. */
  parts: [string, number][]
  seconds: number
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
await client.end()
const memoryMb = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ done, parts: [...parts], seconds, memoryMb } satisfies MeasuredRecompute))
