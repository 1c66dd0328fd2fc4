/** From `npm start` to the page that answers: the first time (nothing compiled, no database yet), and later. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from './contestant.ts'
import { medianOf } from './table.ts'
import type { Table } from './table.ts'

const root = path.join(import.meta.dirname, '..')
const laterStarts = 5

interface Command {
  name: string
  file: string
  args: string[]
}

const commands: Command[] = [
  { name: 'npm start', file: 'npm', args: ['start'] },
  // npm itself takes a good part of a second before it begins.
  { name: 'node src/otklik.ts start', file: process.execPath, args: ['src/otklik.ts', 'start'] },
]

/** @param runs how many new folders; the later starts of each are measured as well */
export async function measureStarts(runs: number, say: (line: string) => void): Promise<Table> {
  const rows: string[][] = []
  for (const command of commands) {
    const first: number[] = []
    const later: number[] = []
    for (let run = 1; run <= runs; run += 1) {
      say(`${command.name}, run ${run} of ${runs}`)
      const folder = await mkdtemp(path.join(tmpdir(), 'otklik-start-'))
      first.push(await startOnce(command, folder))
      for (let start = 0; start < laterStarts; start += 1) later.push(await startOnce(command, folder))
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    }
    rows.push([command.name, medianOf(first).toFixed(2), medianOf(later).toFixed(2)])
  }
  return { title: 'From the command to the page, seconds', head: ['command', 'first start', 'later'], rows }
}

/** @returns seconds until the page came */
async function startOnce({ file, args }: Command, folder: string): Promise<number> {
  const port = await freePort()
  const startedAtMs = performance.now()
  const child = spawn(file, args, {
    cwd: root,
    stdio: 'ignore',
    // npm runs the program as a child of a shell: a signal must reach them all.
    detached: true,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      LANG: 'en_US.UTF-8',
      DATA_DIR: path.join(folder, 'data'),
      NODE_COMPILE_CACHE: path.join(folder, 'compiled'),
      PORT: String(port),
    },
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const seconds = await untilPage(`http://127.0.0.1:${port}/`, startedAtMs)
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
  await exited
  return seconds
}

async function untilPage(url: string, startedAtMs: number): Promise<number> {
  for (;;) {
    const seconds = (performance.now() - startedAtMs) / 1000
    const answered = await fetch(url).then(
      (response) => response.text().then(() => response.ok),
      () => false,
    )
    if (answered) return (performance.now() - startedAtMs) / 1000
    if (seconds > 60) throw new Error(`Nothing answers at ${url}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
