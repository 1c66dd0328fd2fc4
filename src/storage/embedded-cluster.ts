import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AdviceError } from '../domain/advice-error.ts'
import { explainFailure } from './embedded-advice.ts'
import { runProgram } from './embedded-program.ts'
import type { EventLog } from '../domain/event-log.ts'
import type { ServerAccount } from './embedded-account.ts'
import type { PostgresBinaries } from './embedded-binaries.ts'

interface ClusterOptions {
  readonly dataDir: string
  readonly clusterDir: string
  readonly binaries: PostgresBinaries
  readonly account: ServerAccount
  readonly transport: Transport
  readonly log: EventLog
  /** false only for throw-away databases of tests: nothing is flushed to the disk. */
  readonly durable: boolean
}

/** How clients reach the server: a unix socket in its folder, or (on Windows) a free port of the loopback address. */
export type Transport = 'socket' | 'loopback'

export const SUPERUSER = 'otklik'
export const PASSWORD_FILE = 'postgres.password'
const UNFINISHED = 'postgres.unfinished-'

/**
 * Makes sure that the database's files exist and are of our version.
 *
 * A new cluster is made under another name and renamed when it is whole and on the disk: a power cut or `kill -9` in
 * the middle leaves a folder that the next start throws away, never half a database.
 *
 * @throws AdviceError `storage.otherMajor`, `storage.diskFull`, `storage.folderClosed`, …
 */
export const ensureCluster = async (options: ClusterOptions): Promise<void> => {
  removeUnfinished(options.dataDir)
  const found = clusterMajor(options.clusterDir)
  const { major } = options.binaries
  if (found !== undefined && found !== major) {
    throw new AdviceError('storage.otherMajor', { dir: options.clusterDir, found, expected: major })
  }
  if (found === undefined) await createCluster(options)
  // Once more: an initdb whose parent was killed a moment ago may have gone on for some milliseconds.
  removeUnfinished(options.dataDir)
}

const clusterMajor = (clusterDir: string): number | undefined => {
  try {
    return Number.parseInt(readFileSync(join(clusterDir, 'PG_VERSION'), 'utf8'), 10)
  } catch (cause) {
    if (isMissing(cause)) return undefined
    throw new AdviceError('storage.folderClosed', { dir: clusterDir }, { cause })
  }
}

const createCluster = async (options: ClusterOptions): Promise<void> => {
  const { dataDir, clusterDir, binaries, account, log, durable } = options
  const startedAtMs = performance.now()
  const unfinished = join(dataDir, UNFINISHED + randomUUID())
  const init = async (args: readonly string[]) => {
    const { exitCode, output } = await runProgram(
      account,
      binaries.initdb,
      ['-D', unfinished, ...args],
      dataDir,
    )
    if (exitCode !== 0) throw explainFailure({ output, dir: dataDir })
  }
  try {
    mkdirSync(unfinished, { mode: 0o700 })
    account.own(unfinished)
    const access = accessArgs(options)
    await init(['--username', SUPERUSER, '--no-sync', '--no-instructions', ...LOCALE, ...access])
    if (durable) await init(['--sync-only', ...SYNC])
    renameSync(unfinished, clusterDir)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true, maxRetries: 3 })
    throw error
  }
  log.info({ event: 'embedded.created', durationMs: Math.round(performance.now() - startedAtMs) })
}

// PostgreSQL's own C.UTF-8: upper and lower case of Cyrillic work, and nothing depends on the machine's locales.
const LOCALE = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']

// By socket, whoever can open it is let in, and it lies in a folder that only the server's user can open. The loopback
// address is open to every program of the machine, hence a password.
const accessArgs = ({ transport, dataDir, account }: ClusterOptions): string[] => {
  if (transport === 'socket') return ['--auth-local=trust', '--auth-host=reject']
  const file = join(dataDir, PASSWORD_FILE)
  writeFileSync(file, randomUUID(), { mode: 0o600 })
  account.own(file)
  return ['--auth-local=scram-sha-256', '--auth-host=scram-sha-256', `--pwfile=${file}`]
}

// One call for the whole file system instead of one per file: 0.01 s instead of 2 s. Only Linux has it.
const SYNC = process.platform === 'linux' ? ['--sync-method=syncfs'] : []

const removeUnfinished = (dataDir: string): void => {
  for (const name of readdirSync(dataDir).filter((entry) => entry.startsWith(UNFINISHED))) {
    rmSync(join(dataDir, name), { recursive: true, force: true, maxRetries: 3 })
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
