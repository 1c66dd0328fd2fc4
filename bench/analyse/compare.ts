import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { halves, halvesCodes } from '../../src/domain/value/halves.ts'
import { medianOf, type Table } from '../table.ts'
import { writeVisits } from './write-visits.ts'

export interface CompareOptions {
  rows: number
  clients: number
  rounds: number
  say: (line: string) => void
}

const program = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url))

/**
 * `otklik analyse` and DuckDB, each as a whole process, in turns on the same file: RFM and codes overall and by line. Ours counts the
 * structural CLV and the early warnings on top. What they count must be the same.
 * @throws Error where it is not
 */
export async function compareWithDuckDb({ rows, clients, rounds, say }: CompareOptions): Promise<Table> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'bench-analyse-'))
  const file = path.join(dir, 'visits.csv')
  try {
    const written = await writeVisits(file, { rows, clients })
    say(`${written.rows} visits of ${written.clients} clients: ${Math.round(written.bytes / 1e6)} MB`)
    const found: { ours: Measured; duckDb: Measured }[] = []
    for (let round = 0; round < rounds; round++) {
      const duckDb = await measure([program('bench/duckdb-process.ts'), file])
      const ours = await measure([program('src/otklik.ts'), 'analyse', file, '--no-forecast'])
      requireSame(ours.output, duckDb.output)
      found.push({ ours, duckDb })
      say(`otklik ${ours.seconds.toFixed(1)} s, DuckDB ${duckDb.seconds.toFixed(1)} s`)
    }
    const full = await measure([program('src/otklik.ts'), 'analyse', file])
    say(`with forecasts ${full.seconds.toFixed(1)} s`)
    return tableOf(written.rows, written.clients, found, full)
  } finally {
    await rm(dir, { recursive: true })
  }
}

interface Measured {
  seconds: number
  /** Of the processor, all threads together. */
  cpuSeconds: number
  megabytes: number
  output: string
}

/** Runs Node to its end and watches what it takes. */
async function measure(args: readonly string[]): Promise<Measured> {
  const begun = performance.now()
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LANG: 'en_US.UTF-8' },
  })
  let output = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  let [megabytes, cpuSeconds] = [0, 0]
  const look = setInterval(() => {
    void usageOf(child.pid ?? 0).then((usage) => {
      megabytes = Math.max(megabytes, usage?.megabytes ?? 0)
      cpuSeconds = Math.max(cpuSeconds, usage?.cpuSeconds ?? 0)
    })
  }, 50)
  const [code] = (await once(child, 'close')) as [number]
  clearInterval(look)
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
  return { seconds: (performance.now() - begun) / 1000, cpuSeconds, megabytes, output }
}

const ticksPerSecond = 100

/** Peak memory and time so far; undefined once the process is gone. */
async function usageOf(pid: number): Promise<{ megabytes: number; cpuSeconds: number } | undefined> {
  try {
    const [status, stat] = await Promise.all([
      readFile(`/proc/${pid}/status`, 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ])
    // Behind the name in brackets: the 12th and 13th figures are the ticks in the program and in the system.
    const figures = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = Number(figures[11]) + Number(figures[12])
    return {
      megabytes: Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
      cpuSeconds: ticks / ticksPerSecond,
    }
  } catch {
    return undefined
  }
}

const names = { valuable: 'Valuable', new: 'New', vulnerable: 'Vulnerable', noValue: 'No value' } as const

/** Clients by segment: what our first table says, and the sums of DuckDB's codes. */
function requireSame(ours: string, duckDb: string): void {
  const { segmentOf, segments } = halves()
  const rows = JSON.parse(duckDb) as { line: string; code: string; clients: number }[]
  for (const segment of segments) {
    const wanted = rows
      .filter(({ line, code }) => line === '' && segmentOf[halvesCodes.indexOf(code as never)] === segment)
      .reduce((sum, { clients }) => sum + clients, 0)
    const said = new RegExp(`^  ${names[segment]} +([\\d,]+) `, 'm').exec(ours)?.[1]?.replaceAll(',', '')
    if (Number(said) !== wanted) throw new Error(`${names[segment]}: we say ${said}, DuckDB ${wanted}`)
  }
}

function tableOf(
  rows: number,
  clients: number,
  found: readonly { ours: Measured; duckDb: Measured }[],
  full: Measured,
): Table {
  const line = (name: string, all: readonly Measured[], ratio: string): string[] => [
    name,
    medianOf(all.map(({ seconds }) => seconds)).toFixed(1),
    ratio,
    medianOf(all.map(({ cpuSeconds }) => cpuSeconds)).toFixed(1),
    Math.max(...all.map(({ megabytes }) => megabytes)).toFixed(0),
  ]
  const ratio = medianOf(found.map(({ ours, duckDb }) => ours.seconds / duckDb.seconds)).toFixed(2)
  return {
    title: `${rows.toLocaleString('en')} visits of ${clients.toLocaleString('en')} clients from CSV`,
    head: ['program', 'seconds', 'x DuckDB', 'CPU s', 'memory MB'],
    rows: [
      line(
        'DuckDB: RFM and codes, overall and by line',
        found.map(({ duckDb }) => duckDb),
        '1.00',
      ),
      line(
        'Otklik: the same, structural CLV, warnings',
        found.map(({ ours }) => ours),
        ratio,
      ),
      line('Otklik with all models and forecasts', [full], '–'),
    ],
  }
}
