import { mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AdviceError } from '../domain/advice-error.ts'
import { chooseAccount } from './embedded-account.ts'
import { locateBinaries } from './embedded-binaries.ts'
import { PASSWORD_FILE, SUPERUSER, ensureCluster } from './embedded-cluster.ts'
import { lockFolder } from './embedded-lock.ts'
import { endOrphan } from './embedded-orphan.ts'
import { runServer } from './embedded-server.ts'
import { serverSettings } from './embedded-settings.ts'
import { chooseSocketDir, removeSocketDir } from './embedded-socket.ts'
import type { EventLog } from '../domain/event-log.ts'
import type { Transport } from './embedded-cluster.ts'
import type { FolderLock } from './embedded-lock.ts'
import type { RunningServer } from './embedded-server.ts'

export interface EmbeddedOptions {
  /** The data folder; made if missing. The database lives in its subfolder `postgres`. */
  readonly dataDir: string
  readonly log: EventLog
  /** false: nothing is flushed to the disk. For throw-away databases of tests only. Default true. */
  readonly durable?: boolean
  /** How to reach the server. Default: a unix socket, on Windows a port of the loopback address. */
  readonly transport?: Transport
}

export interface EmbeddedPostgres {
  /** For `pg`, Prisma's adapter and BullMQ alike. Treat as a secret: by loopback it holds a password. */
  readonly connectionString: string
  /** Stops the server and gives the folder back; when it resolves, the next start works at once. */
  stop(): Promise<void>
}

/**
 * Starts a real PostgreSQL of its own in a folder: makes the database on the first start, takes over what a killed
 * predecessor left, keeps the server running until `stop()` (should it die, it is started again).
 *
 * @returns the connection string and `stop`
 * @throws AdviceError `storage.secondCopy`, `.diskFull`, `.otherMajor`, `.folderClosed`, `.noUnixFolder`,
 * `.rootNeedsUser`, `.unsupportedPlatform`, `.binariesBroken`, `.noSharedMemory`, `.damaged`, `.serverWontStop`,
 * `.serverFailed`: texts in locales/…/storage.json
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<EmbeddedPostgres> => {
  const binaries = locateBinaries()
  const dataDir = makeDataDir(options.dataDir)
  const lock = lockFolder(dataDir)
  try {
    return await start({ ...options, dataDir }, binaries, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

type Binaries = ReturnType<typeof locateBinaries>

const start = async (
  options: EmbeddedOptions,
  binaries: Binaries,
  lock: FolderLock,
): Promise<EmbeddedPostgres> => {
  const {
    dataDir,
    log,
    durable = true,
    transport = process.platform === 'win32' ? 'loopback' : 'socket',
  } = options
  const clusterDir = join(dataDir, 'postgres')
  const account = chooseAccount(dataDir, clusterDir, binaries.directory)
  const common = { dataDir, clusterDir, binaries, account, log }
  await endOrphan(common)
  await ensureCluster({ ...common, transport, durable })
  const socketDir = transport === 'socket' ? chooseSocketDir(clusterDir, account) : ''
  const port = transport === 'socket' ? 5432 : await freePort()
  const settings = serverSettings({ transport, socketDir, port, durable })
  const server = await keepRunning(() => runServer({ ...common, settings }), log)
  const release = async () => {
    await server.stop()
    removeSocketDir(socketDir)
    lock.release()
  }
  let stopping: Promise<void> | undefined
  return {
    connectionString: transport === 'socket' ? socketUrl(socketDir) : loopbackUrl(dataDir, port),
    stop: () => (stopping ??= release()),
  }
}

const makeDataDir = (path: string): string => {
  const dataDir = resolve(path)
  try {
    // As root the server runs as somebody else, who must be able to walk through this folder to its own.
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    return realpathSync(dataDir)
  } catch (cause) {
    const isFull = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC'
    throw new AdviceError(isFull ? 'storage.diskFull' : 'storage.folderClosed', { dir: dataDir }, { cause })
  }
}

const RESTART_PAUSE_MS = { first: 100, longest: 30_000 } as const

/**
 * Starts the server and starts it again whenever it dies by itself (out of memory, a full disk), with growing pauses,
 * for as long as it takes: the salon's bot runs unattended, and connections are made anew by the pool.
 */
const keepRunning = async (
  run: () => Promise<RunningServer>,
  log: EventLog,
): Promise<{ stop(): Promise<void> }> => {
  const stopped = new AbortController()
  let server = await run()
  log.info({ event: 'embedded.started', serverPid: server.pid })
  const watch = async () => {
    let pauseMs: number = RESTART_PAUSE_MS.first
    for (;;) {
      await server.ended
      if (stopped.signal.aborted) return
      log.error({ event: 'embedded.died', serverPid: server.pid })
      for (;;) {
        await sleep(pauseMs, undefined, { signal: stopped.signal }).catch(() => {})
        if (stopped.signal.aborted) return
        const again = await run().catch((error: unknown) => {
          log.error({
            event: 'embedded.restartFailed',
            reason: error instanceof AdviceError ? error.key : 'unknown',
          })
          return undefined
        })
        pauseMs = again ? RESTART_PAUSE_MS.first : Math.min(pauseMs * 2, RESTART_PAUSE_MS.longest)
        if (!again) continue
        server = again
        log.warn({ event: 'embedded.restarted', serverPid: server.pid })
        break
      }
    }
  }
  const watching = watch()
  return {
    stop: async () => {
      stopped.abort()
      await server.stop()
      await watching
    },
  }
}

const socketUrl = (socketDir: string): string =>
  `postgresql://${SUPERUSER}@/postgres?host=${encodeURIComponent(socketDir)}`

const loopbackUrl = (dataDir: string, port: number): string => {
  const password = readFileSync(join(dataDir, PASSWORD_FILE), 'utf8').trim()
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`
}

const freePort = (): Promise<number> =>
  new Promise((resolvePort, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolvePort(typeof address === 'object' && address ? address.port : 0))
    })
  })
