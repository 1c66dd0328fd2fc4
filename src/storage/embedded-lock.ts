import { hostname } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AdviceError } from '../domain/advice-error.ts'

export interface FolderLock {
  /** The lock's file. */
  readonly path: string
  release(): void
}

/**
 * Takes the data folder for this process until `release()` or the process's end, however it ends.
 *
 * The lock is the operating system's own file lock, taken through an SQLite file: the kernel drops it together with
 * the process, so `kill -9` leaves nothing stale, a recycled process number can't be mistaken for us, and two
 * containers that share the folder see each other although they don't see each other's processes. The file also
 * names its holder, for the message only.
 *
 * @param dataDir absolute path of an existing folder
 * @throws AdviceError `storage.secondCopy` when another copy runs on the folder, `storage.folderClosed` when the
 * lock file can't be written
 */
export const lockFolder = (dataDir: string): FolderLock => {
  const path = join(dataDir, 'otklik.lock')
  let file: DatabaseSync | undefined
  try {
    file = new DatabaseSync(path, { timeout: PATIENCE_MS })
    take(file)
  } catch (error) {
    const advice = explain(error, file, dataDir)
    file?.close()
    throw advice
  }
  const held = file
  return { path, release: () => held.close() }
}

// Long enough for a copy that is just starting to write its name down, or one that is just ending to let go.
const PATIENCE_MS = 250

const take = (file: DatabaseSync): void => {
  // Nothing in the file is worth a disk flush: only the lock counts, and it lives in the kernel.
  file.exec('PRAGMA synchronous = OFF')
  file.exec('BEGIN IMMEDIATE')
  file.exec('CREATE TABLE IF NOT EXISTS holder (pid INTEGER, host TEXT, since TEXT)')
  file.exec('DELETE FROM holder')
  file.prepare('INSERT INTO holder VALUES (?, ?, ?)').run(process.pid, hostname(), now())
  file.exec('COMMIT')
  // Held from here on: a writer's lock keeps other writers out and still lets them read who we are.
  file.exec('BEGIN IMMEDIATE')
}

// SQLite's own result codes.
const SQLITE_BUSY = 5
const SQLITE_FULL = 13

const explain = (error: unknown, file: DatabaseSync | undefined, dataDir: string): AdviceError => {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined
  const params = { dir: dataDir, ...(code === SQLITE_BUSY && file ? readHolder(file) : {}) }
  const key = code === SQLITE_BUSY ? 'secondCopy' : code === SQLITE_FULL ? 'diskFull' : 'folderClosed'
  return new AdviceError(`storage.${key}`, params, { cause: error })
}

const readHolder = (file: DatabaseSync): { pid: number; host: string; since: string } => {
  const row = file.prepare('SELECT pid, host, since FROM holder').get()
  return {
    pid: Number(row?.['pid'] ?? 0),
    host: String(row?.['host'] ?? ''),
    since: String(row?.['since'] ?? ''),
  }
}

const now = (): string =>
  Temporal.Now.plainDateTimeISO().toString({ smallestUnit: 'second' }).replace('T', ' ')
