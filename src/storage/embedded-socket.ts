import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { ServerAccount } from './embedded-account.ts'

// The kernel's limit for a socket's path is 107 bytes on Linux and 103 on macOS.
const PATH_LIMIT_BYTES = 103
const SOCKET_NAME = '.s.PGSQL.5432'
const TEMP_PREFIX = 'otklik-pg-'

/**
 * Where the server's socket goes: into the database's own folder, which nobody else can open, or, when that path is
 * too long for a socket, into a fresh private folder in the system's temporary one.
 *
 * @returns absolute path of the folder
 */
export const chooseSocketDir = (clusterDir: string, account: ServerAccount): string => {
  if (Buffer.byteLength(join(clusterDir, SOCKET_NAME)) <= PATH_LIMIT_BYTES) return clusterDir
  const directory = mkdtempSync(join(tmpdir(), TEMP_PREFIX))
  account.own(directory)
  return directory
}

/** Removes the folder if it is one of the temporary ones; anything else is left alone. */
export const removeSocketDir = (directory: string): void => {
  if (dirname(directory) !== tmpdir() || !basename(directory).startsWith(TEMP_PREFIX)) return
  rmSync(directory, { recursive: true, force: true })
}
