import { hostname } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AdviceError } from '../domain/advice-error.ts'

export interface FolderLock {
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
  const file = open(path, dataDir)
  try {
    // Nothing in the file is worth a disk flush: only the lock counts, and it lives in the kernel.
    file.exec('PRAGMA synchronous = OFF')
    file.exec('BEGIN IMMEDIATE')
    file.exec('CREATE TABLE IF NOT EXISTS holder (pid INTEGER, host TEXT, since TEXT)')
    file.exec('DELETE FROM holder')
    file.prepare('INSERT INTO holder VALUES (?, ?, ?)').run(process.pid, hostname(), now())
    file.exec('COMMIT')
    // Held from here on: a writer's lock keeps other writers out and still lets them read who we are.
    file.exec('BEGIN IMMEDIATE')
  } catch (error) {
    const holder = isBusy(error) ? readHolder(file) : undefined
    file.close()
    if (holder) throw new AdviceError('storage.secondCopy', { dir: dataDir, ...holder }, { cause: error })
    throw new AdviceError('storage.folderClosed', { dir: dataDir, user: userName() }, { cause: error })
  }
  return { release: () => file.close() }
}

const open = (path: string, dataDir: string): DatabaseSync => {
  try {
    return new DatabaseSync(path)
  } catch (cause) {
    throw new AdviceError('storage.folderClosed', { dir: dataDir, user: userName() }, { cause })
  }
}

const SQLITE_BUSY = 5

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY

// Between two of the holder's statements the row may be missing or unreadable: then the name is unknown, not the fact.
const readHolder = (file: DatabaseSync): { pid: number; host: string; since: string } => {
  try {
    const row = file.prepare('SELECT pid, host, since FROM holder').get()
    if (row) return { pid: Number(row['pid']), host: String(row['host']), since: String(row['since']) }
  } catch (error) {
    if (!isBusy(error)) throw error
  }
  return { pid: 0, host: hostname(), since: '' }
}

const now = (): string =>
  Temporal.Now.plainDateTimeISO().toString({ smallestUnit: 'second' }).replace('T', ' ')

const userName = (): string => String(process.getuid?.() ?? '')
