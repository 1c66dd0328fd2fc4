import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AdviceError } from '../domain/advice-error.ts'
import { runProgram } from './embedded-program.ts'
import { removeSocketDir } from './embedded-socket.ts'
import type { EventLog } from '../domain/event-log.ts'
import type { ServerAccount } from './embedded-account.ts'
import type { PostgresBinaries } from './embedded-binaries.ts'

interface OrphanOptions {
  readonly clusterDir: string
  readonly binaries: PostgresBinaries
  readonly account: ServerAccount
  readonly log: EventLog
}

const FAST_STOP_MS = 30_000
const IMMEDIATE_STOP_MS = 10_000

/**
 * Ends a server that outlived its parent on this folder, and clears away what it left behind.
 *
 * It is stopped and not adopted: nobody reads its messages, its exit can't be awaited, it may run with the settings
 * or the programs of an earlier version, and the dead parent's transactions may still hold locks in it. A fast stop
 * ends those and costs a tenth of a second. The caller holds the folder's lock, so no living copy is robbed.
 *
 * @throws AdviceError `storage.serverWontStop` when the server survives even an immediate stop
 */
export const endOrphan = async ({ clusterDir, binaries, account, log }: OrphanOptions): Promise<void> => {
  const left = readPidFile(clusterDir)
  if (!left) return
  if (serves(left.pid, clusterDir)) {
    log.warn({ event: 'embedded.orphanFound', serverPid: left.pid })
    await stopServer({ pid: left.pid, clusterDir, binaries, account })
    log.info({ event: 'embedded.orphanStopped', serverPid: left.pid })
  }
  // The number in a stale file may by now belong to another process of the same user, and then PostgreSQL would
  // refuse to start. A server that died leaving children behind is still noticed by its shared memory.
  rmSync(join(clusterDir, 'postmaster.pid'), { force: true })
  removeSocketDir(left.socketDir)
}

interface PidFile {
  readonly pid: number
  readonly socketDir: string
}

// Lines of postmaster.pid: 1 process, 2 folder, 3 start time, 4 port, 5 socket folder, 6 address, 7 memory, 8 state.
const readPidFile = (clusterDir: string): PidFile | undefined => {
  try {
    const lines = readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number.parseInt(lines[0] ?? '', 10) || 0, socketDir: lines[4] ?? '' }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new AdviceError('storage.folderClosed', { dir: clusterDir }, { cause: error })
  }
}

/** Whether the process is a PostgreSQL on this very folder: its working directory is the folder, wherever it began. */
const serves = (pid: number, clusterDir: string): boolean => {
  if (pid <= 1 || !isAlive(pid)) return false
  if (process.platform === 'linux') return workingDirectory(pid) === realpathSync(clusterDir)
  if (process.platform === 'win32')
    return commandOutput('tasklist', ['/FI', `PID eq ${pid}`]).includes('postgres')
  return commandOutput('ps', ['-o', 'command=', '-p', String(pid)]).includes(clusterDir)
}

const workingDirectory = (pid: number): string | undefined => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    // Ended in between, or another user's process: then it can't be at work in a folder that is only ours.
    return undefined
  }
}

const commandOutput = (program: string, args: string[]): string =>
  spawnSync(program, args, { encoding: 'utf8', windowsHide: true }).stdout ?? ''

interface StopOptions extends Omit<OrphanOptions, 'log'> {
  readonly pid: number
}

/** SIGINT: end the sessions, write everything down, exit. SIGQUIT if that hangs: safe, the next start recovers. */
const stopServer = async ({ pid, clusterDir, binaries, account }: StopOptions): Promise<void> => {
  if (process.platform === 'win32') {
    await runProgram(account, binaries.pgCtl, ['stop', '-D', clusterDir, '-m', 'fast', '-w'], clusterDir)
  }
  for (const { signal, waitMs } of STOP_STEPS) {
    signalQuietly(pid, signal)
    if (await hasEnded(pid, waitMs)) return
  }
  throw new AdviceError('storage.serverWontStop', { dir: clusterDir, pid })
}

const STOP_STEPS = [
  { signal: 'SIGINT', waitMs: FAST_STOP_MS },
  { signal: 'SIGQUIT', waitMs: IMMEDIATE_STOP_MS },
] as const

const hasEnded = async (pid: number, waitMs: number): Promise<boolean> => {
  const deadlineMs = performance.now() + waitMs
  while (isAlive(pid)) {
    if (performance.now() > deadlineMs) return false
    await sleep(10)
  }
  return true
}

// Windows knows no signals; there pg_ctl has already done the work.
const signalQuietly = (pid: number, signal: 'SIGINT' | 'SIGQUIT'): void => {
  if (process.platform === 'win32') return
  try {
    process.kill(pid, signal)
  } catch {
    // It ended by itself a moment ago, which is what was wanted; if not, hasEnded() will tell.
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

// In a container whose first process reaps nobody, an ended server stays listed for ever.
const isZombie = (pid: number): boolean => {
  if (process.platform !== 'linux') return false
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
