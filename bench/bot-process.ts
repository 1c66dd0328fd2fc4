/** A bot under test as a process of its own: started, watched from outside (CPU, memory), stopped. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** What every bot under test is told; it comes as JSON in the first argument. */
export interface BotConfig {
  platform: 'telegram' | 'vk'
  /** The stand-in's address, without a slash at the end. */
  apiRoot: string
  token: string
  /** Absent: updates are asked for by long polling. */
  webhook?: { port: number; path: string; secret: string; confirmation: string }
  /** Absent for a bot that stores nothing. */
  databaseUrl?: string
}

export interface BotProcess {
  /** CPU seconds used so far by all of the process's threads. */
  cpuSeconds(): number
  /** Resident memory, in megabytes. */
  memoryMb(): number
  stop(): Promise<void>
}

const ticksPerSecond = 100

/**
 * Starts a bot and waits until it takes updates.
 * @param program file under bench/, which calls `botConfig` and `botReady`
 * @param profileDir absent: no profile; otherwise a .cpuprofile of the whole life is written there at the end
 * @throws Error with what the bot printed when it ends before it is ready
 */
export async function startBot(program: string, config: BotConfig, profileDir?: string): Promise<BotProcess> {
  const profile = profileDir === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profileDir]
  const flags = [...(program.endsWith('otklik.ts') ? startFlags() : []), ...profile]
  const child = spawn(
    process.execPath,
    [...flags, path.join(import.meta.dirname, program), JSON.stringify(config)],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(-4_000)))
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    void exited.then((code) => reject(new Error(`${program} ended with ${code}:\n${printed}`)))
  })
  child.on('exit', (code) => {
    if (code !== 0) process.stderr.write(`${program} ended with ${code}:\n${printed}\n`)
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${program} has no process id`)
  return {
    cpuSeconds: () => cpuSecondsOf(pid),
    memoryMb: () => statusMb(pid),
    async stop() {
      // Closing the channel asks it to end: what it started itself (a profile, a pool) is finished first.
      if (child.connected) child.disconnect()
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await exited
      clearTimeout(late)
    },
  }
}

/** What `npm start` gives Node: the product is measured as it is run. */
function startFlags(): string[] {
  const file = path.join(import.meta.dirname, '..', 'package.json')
  const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as { scripts: { start: string } }
  return scripts.start.split(' ').filter((word) => word.startsWith('--'))
}

/** In a bot: what it was told. */
export function botConfig(): BotConfig {
  return JSON.parse(process.argv[2] ?? '{}') as BotConfig
}

/** In a bot: tells that updates are being taken, and calls `stop` when the measuring is over. */
export function botReady(stop: () => Promise<unknown> | void): void {
  process.once('disconnect', () => {
    void Promise.resolve(stop()).finally(() => process.exit(0))
  })
  process.send?.('ready')
}

/** CPU seconds of a process, user and system, from /proc (Linux). */
export function cpuSecondsOf(pid: number): number {
  // The second field is a name that may hold anything; what follows its bracket is numbers.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

function statusMb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kb) / 1024
}
