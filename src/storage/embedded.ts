import { mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { AdviceError } from '../domain/advice-error.ts'
import { chooseAccount } from './embedded-account.ts'
import { foundAnother } from './embedded-advice.ts'
import { locateBinaries } from './embedded-binaries.ts'
import { PASSWORD_FILE, SUPERUSER, ensureCluster } from './embedded-cluster.ts'
import { lockFolder } from './embedded-lock.ts'
import { endOrphan } from './embedded-orphan.ts'
import { runServer } from './embedded-server.ts'
import { keepRunning } from './embedded-supervisor.ts'
import { serverSettings } from './embedded-settings.ts'
import { chooseSocketDir, removeSocketDir } from './embedded-socket.ts'
import type { EventLog } from '../domain/event-log.ts'
import type { ServerAccount } from './embedded-account.ts'
import type { PostgresBinaries } from './embedded-binaries.ts'
import type { Transport } from './embedded-cluster.ts'
import type { FolderLock } from './embedded-lock.ts'

export interface EmbeddedOptions {
  /** The data folder; made if missing. The database lives in its subfolder `postgres`. */
  readonly dataDir: string
  readonly log: EventLog
  /** false: nothing is flushed to the disk. For throw-away databases of tests only. Default true. */
  readonly durable?: boolean
  /** How many may be connected at a time. Default 50: more than one salon's processes ever are. */
  readonly connections?: number
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
  const { dataDir, isNew } = makeDataDir(options.dataDir)
  const lock = lockFolder(dataDir)
  try {
    const account = chooseAccount(dataDir, join(dataDir, CLUSTER), binaries.directory)
    for (const path of isNew ? [dataDir, lock.path] : [lock.path]) account.own(path)
    return await start({ ...options, dataDir }, { binaries, account, lock })
  } catch (error) {
    lock.release()
    throw error
  }
}

/** The database's own folder in the data folder. */
export const CLUSTER = 'postgres'

interface Means {
  readonly binaries: PostgresBinaries
  readonly account: ServerAccount
  readonly lock: FolderLock
}

const start = async (
  options: EmbeddedOptions,
  { binaries, account, lock }: Means,
): Promise<EmbeddedPostgres> => {
  const { dataDir, log, durable = true, connections = 50, transport = DEFAULT_TRANSPORT } = options
  const clusterDir = join(dataDir, CLUSTER)
  const common = { dataDir, clusterDir, binaries, account, log }
  await endOrphan(common)
  await ensureCluster({ ...common, transport, durable })
  const socketDir = transport === 'socket' ? chooseSocketDir(clusterDir, account) : ''
  const port = transport === 'socket' ? 5432 : await freePort()
  const settings = serverSettings({ transport, socketDir, port, durable, connections })
  const begin = () => runServer({ ...common, settings })
  // A parent that was killed a moment ago may leave a server that has only just begun: its pid file comes after our look.
  const beginAlone = () =>
    begin().catch(async (error: unknown) => {
      if (!foundAnother(error)) throw error
      await endOrphan(common)
      return begin()
    })
  const server = await keepRunning(beginAlone, log).catch((error: unknown) => {
    removeSocketDir(socketDir)
    throw error
  })
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

const DEFAULT_TRANSPORT: Transport = process.platform === 'win32' ? 'loopback' : 'socket'

const makeDataDir = (path: string): { dataDir: string; isNew: boolean } => {
  const dataDir = resolve(path)
  try {
    // As root the server runs as somebody else, who must be able to walk through this folder to its own.
    const made = mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    return { dataDir: realpathSync(dataDir), isNew: made !== undefined }
  } catch (cause) {
    const isFull = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC'
    throw new AdviceError(isFull ? 'storage.diskFull' : 'storage.folderClosed', { dir: dataDir }, { cause })
  }
}

/** Of a server that is reached by a socket in this folder. */
export const socketUrl = (socketDir: string): string =>
  `postgresql://${SUPERUSER}@/postgres?host=${encodeURIComponent(socketDir)}`

/** Of a server on this port of the loopback address. */
export const loopbackUrl = (dataDir: string, port: number): string => {
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
