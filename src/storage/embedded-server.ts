import { createInterface } from 'node:readline'
import type { ChildProcess } from 'node:child_process'
import { explainFailure } from './embedded-advice.ts'
import { startGuard } from './embedded-guard.ts'
import { OUTPUT_LIMIT, programEnvironment, runProgram } from './embedded-program.ts'
import type { EventLog } from '../domain/event-log.ts'
import type { ServerAccount } from './embedded-account.ts'
import type { PostgresBinaries } from './embedded-binaries.ts'

interface ServerOptions {
  readonly dataDir: string
  readonly clusterDir: string
  readonly binaries: PostgresBinaries
  readonly account: ServerAccount
  readonly settings: Readonly<Record<string, string>>
  readonly log: EventLog
}

/** A server that accepts connections. */
export interface RunningServer {
  readonly pid: number
  /** Resolves when the server is gone, however it went. */
  readonly ended: Promise<void>
  /** Fast shutdown: open sessions are ended, everything is written down; resolves when the process is gone. */
  stop(): Promise<void>
}

const STOP_PATIENCE_MS = 30_000

/**
 * Starts PostgreSQL on an existing cluster and waits until it accepts connections.
 *
 * It runs in a session of its own: Ctrl+C in the terminal reaches only us, and we stop it after our work is done.
 *
 * @throws AdviceError when it gives up before that (see `explainFailure`)
 */
export const runServer = async (options: ServerOptions): Promise<RunningServer> => {
  const { account, binaries, clusterDir, dataDir, settings } = options
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = account.start(binaries.postgres, ['-D', clusterDir, ...args], {
    cwd: dataDir,
    env: programEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  startGuard(child)
  await untilReady(child, options)
  return { pid: child.pid ?? 0, ended, stop: () => stop(child, ended, options) }
}

const untilReady = (child: ChildProcess, { dataDir, log }: ServerOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    let output = ''
    const fail = () => reject(explainFailure({ output, dir: dataDir }))
    if (child.stderr) {
      createInterface({ input: child.stderr }).on('line', (line) => {
        output = `${output}${line}\n`.slice(-OUTPUT_LIMIT)
        report(line, log)
        if (line.includes('database system is ready to accept connections')) resolve()
      })
    }
    child.once('error', (error) => {
      output += error.message
      fail()
    })
    child.once('close', fail)
  })

// log_line_prefix is '%e ', the SQLSTATE. What the server writes is about files, memory and connections: statements,
// their values and the details of their errors are switched off in SETTINGS.
const LINE = /^(?:(\w{5}) )?(LOG|WARNING|ERROR|FATAL|PANIC):\s+(.*)$/

const report = (line: string, log: EventLog): void => {
  const [, sqlState, severity, message] = LINE.exec(line) ?? []
  if (!severity) return
  const entry = { event: 'embedded.server', severity, sqlState, message }
  if (severity === 'LOG' || isOrdinaryEnd(sqlState)) log.debug(entry)
  else if (severity === 'PANIC') log.error(entry)
  else log.warn(entry)
}

const stop = async (child: ChildProcess, ended: Promise<void>, options: ServerOptions): Promise<void> => {
  if (process.platform === 'win32') {
    const { account, binaries, clusterDir } = options
    await runProgram(account, binaries.pgCtl, ['stop', '-D', clusterDir, '-m', 'fast', '-w'], clusterDir)
    return ended
  }
  child.kill('SIGINT')
  const impatience = setTimeout(() => child.kill('SIGQUIT'), STOP_PATIENCE_MS)
  await ended
  clearTimeout(impatience)
}

// Sessions that a shutdown ended (57P01), or that came while it lasted (57P03).
const isOrdinaryEnd = (sqlState: string | undefined): boolean => sqlState === '57P01' || sqlState === '57P03'
