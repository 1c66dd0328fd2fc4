/**
 * A broadcast beside dialogues, as the platform's stand-in sees it: `node bench/broadcast.ts [--platform telegram|vk]
 * [--recipients 20000] [--workers 2] [--redis redis://127.0.0.1:6379] [--rows 1000,100000]
 * [--pauses 10]`. See README.md.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { migrate } from '../src/storage/migrate.ts'
import {
  firstPhone,
  offerWords,
  openStrictMessenger,
  writeAwakeSalon,
  writeCampaign,
} from './broadcast-salon.ts'
import type { Platform } from './broadcast-salon.ts'
import { openDatabase } from './database.ts'
import type { BenchDatabase } from './database.ts'
import { pressPauses } from './presses.ts'
import { markdown } from './table.ts'

const { values: given } = parseArgs({
  options: {
    platform: { type: 'string', default: 'telegram' },
    /** 1,500 take a minute, 20,000 take 13. */
    recipients: { type: 'string', default: '1500' },
    /** Processes that send; dialogues are answered by the first. */
    workers: { type: 'string', default: '1' },
    /** So many pauses and resumes, pressed in another process, instead of a broadcast to the end. */
    pauses: { type: 'string', default: '0' },
    /** Where the queues are; absent: in PostgreSQL. */
    redis: { type: 'string', default: '' },
    /** Memory after half a minute of sending, with so many rows waiting: "1000,100000". */
    rows: { type: 'string', default: '' },
  },
})
const platform: Platform = given.platform === 'vk' ? 'vk' : 'telegram'
const rate = platform === 'telegram' ? 25 : 18
const root = path.join(import.meta.dirname, '..')
const talkers = 12

interface Measured {
  arrivedAt: number[]
  answeredMs: number[]
  memoryMb: number[]
  refused: number
  /** Everything else that the bot said. */
  others: number
}

const database = await openDatabase()
const folder = await mkdtemp(path.join(tmpdir(), 'otklik-bench-'))
try {
  const migrationsDir = path.join(root, 'prisma', 'migrations')
  await migrate({ connectionString: database.connectionString, migrationsDir })
  const salonFile = await writeAwakeSalon(folder)
  const load = () =>
    loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')
  console.log(`Node ${process.version}, ${cpus().length} cores, load ${load()}\n`)
  const runs = given.rows === '' ? [Number(given.recipients)] : given.rows.split(',').map(Number)
  const rows = []
  for (const recipients of runs) {
    const isWhole = given.rows === '' && given.pauses === '0'
    const forMs = isWhole ? Infinity : 30_000
    const measured = await measure(database, salonFile, recipients, forMs)
    rows.push(rowOf(recipients, measured))
  }
  const head = [
    'recipients',
    'sent',
    'of the rate',
    'most in a second',
    'refused',
    'other messages',
    'answer p50 ms',
    'p95 ms',
    'memory MB',
  ]
  console.log(markdown({ title: `${platform}, ${rate}/s, ${given.workers} process(es)`, head, rows }))
  console.log(`Load afterwards: ${load()}`)
} finally {
  await database.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}
process.exit(0)

async function measure(
  { connectionString, pool }: BenchDatabase,
  salonFile: string,
  recipients: number,
  forMs: number,
): Promise<Measured> {
  const stage = await openStrictMessenger(platform)
  const phones = Math.min(recipients, Math.ceil((Math.min(forMs, 1e9) / 1000) * rate * 1.2))
  const talking = Array.from({ length: talkers }, (_, index) => index + 1)
  await stage.people([...talking, ...Array.from({ length: phones }, (_, index) => firstPhone + index + 1)])
  await writeCampaign(pool, platform, recipients)
  const measured: Measured = { arrivedAt: [], answeredMs: [], memoryMb: [], refused: 0, others: 0 }
  const askedAt = new Map<number, number>()
  stage.messenger.subscribe((event) => {
    if (event.type !== 'message' || event.message.from !== 'bot') return
    if (event.message.text.includes(offerWords)) return void measured.arrivedAt.push(performance.now())
    measured.others += 1
    const asked = askedAt.get(event.personId)
    if (asked === undefined) return
    askedAt.delete(event.personId)
    measured.answeredMs.push(performance.now() - asked)
  })
  const redis: { REDIS_URL?: string } = given.redis === '' ? {} : { REDIS_URL: given.redis }
  const env = {
    ...stage.env,
    ...redis,
    DATABASE_URL: connectionString,
    PORT: '0',
    DATA_DIR: path.dirname(salonFile),
  }
  const programs = [await start('all', salonFile, env, measured)]
  for (let more = 1; more < Number(given.workers); more += 1)
    programs.push(await start('worker', salonFile, env, measured))
  const startedAt = performance.now()
  const pauses = Number(given.pauses)
  if (pauses > 0) {
    const redisUrl = redis.REDIS_URL
    const { arrivedAt } = measured
    const delays = await pressPauses({ connectionString, redisUrl, times: pauses, arrivedAt })
    for (const name of ['paused', 'resumed'] as const)
      console.log(`${name}, ms after the press: ${delays[name].map((one) => one.toFixed(0)).join(' ')}`)
  }
  // A person a second asks something; the answer is two or three messages.
  for (
    let turn = 0;
    measured.arrivedAt.length < recipients && performance.now() - startedAt < forMs && pauses === 0;
    turn += 1
  ) {
    const personId = talking[turn % talkers] ?? 1
    askedAt.set(personId, performance.now())
    stage.messenger.sendText(stage.botId, personId, '/help')
    await sleep(1_000)
    measured.memoryMb.push(...programs.map(({ pid }) => residentMb(pid)))
  }
  for (const { stop } of programs) await stop()
  await stage.close()
  return measured
}

async function start(role: string, salonFile: string, env: Record<string, string>, measured: Measured) {
  const args = ['src/otklik.ts', 'start', '--role', role, '--salon', salonFile]
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env['PATH'], LANG: 'en_US.UTF-8', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      const text = chunk.toString()
      measured.refused += text.split('"event":"token.paused"').length - 1
      if (text.includes('"event":"product.ready"')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}`)))
  })
  return {
    pid: child.pid ?? 0,
    async stop() {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
}

function rowOf(
  recipients: number,
  { arrivedAt, answeredMs, memoryMb: memory, refused, others }: Measured,
): string[] {
  const [first = 0, last = 0] = [arrivedAt[0], arrivedAt.at(-1)]
  const share = (arrivedAt.length - 1) / ((last - first) / 1000) / rate
  const quantile = (part: number) =>
    answeredMs.toSorted((a, b) => a - b)[Math.floor(answeredMs.length * part)]
  return [
    String(recipients),
    String(arrivedAt.length),
    `${(share * 100).toFixed(1)} %`,
    String(mostInASecond(arrivedAt)),
    String(refused),
    String(others),
    (quantile(0.5) ?? Number.NaN).toFixed(0),
    (quantile(0.95) ?? Number.NaN).toFixed(0),
    Math.max(...memory).toFixed(0),
  ]
}

function mostInASecond(times: readonly number[]): number {
  let most = 0
  let from = 0
  for (const [index, time] of times.entries()) {
    while (time - (times[from] ?? 0) >= 1000) from += 1
    most = Math.max(most, index - from + 1)
  }
  return most
}
