import { spawn, spawnSync } from 'node:child_process'
import { chownSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { AdviceError } from '../domain/advice-error.ts'

/**
 * Who the database server runs as. PostgreSQL refuses to run as root, and people do start programs as root on their
 * servers, so root starts it
 * - as the user who owns the folder, or else as a user `otklik` or `postgres`, if that user can reach the files;
 * - otherwise (a bare container, a folder under /root) in a user namespace, where root wears another number and the
 *   files stay root's. Needs util-linux's `unshare`; nothing on the machine is changed for it.
 * Everybody else starts it as themselves.
 */
export interface ServerAccount {
  /** Starts a program as that user; never through a shell. */
  start(program: string, args: readonly string[], options: SpawnOptions): ChildProcess
  /** Makes a fresh file or folder theirs. */
  own(path: string): void
}

interface Identity {
  readonly uid: number
  readonly gid: number
}

/**
 * @param dataDir absolute path of the data folder (exists)
 * @param clusterDir absolute path of the database's own folder (may not exist yet)
 * @param programDir absolute path of the folder with the server's programs
 * @throws AdviceError `storage.rootNeedsUser` when this is root and there is no one else to run the server as
 */
export const chooseAccount = (dataDir: string, clusterDir: string, programDir: string): ServerAccount => {
  if (process.getuid?.() !== 0) return sameUser
  const owner = ownerOf(clusterDir)
  if (owner) return owner.uid === 0 ? requireNamespace(dataDir) : otherUser(owner)
  const user = [nearestOwner(dataDir), namedUser('otklik'), namedUser('postgres')].find(
    (candidate) => candidate !== undefined && canReach(candidate, dataDir) && canReach(candidate, programDir),
  )
  return user ? otherUser(user) : requireNamespace(dataDir)
}

const sameUser: ServerAccount = {
  start: (program, args, options) => spawn(program, args, options),
  own: () => {},
}

const otherUser = ({ uid, gid }: Identity): ServerAccount => ({
  start: (program, args, options) => spawn(program, args, { ...options, uid, gid }),
  own: (path) => chownSync(path, uid, gid),
})

// User 1 exists on every Linux (initdb looks its own name up); outside the namespace all of it still is root.
const NAMESPACE = ['--user', '--map-user=1', '--map-group=1', '--'] as const

const namespace: ServerAccount = {
  start: (program, args, options) => spawn('unshare', [...NAMESPACE, program, ...args], options),
  own: () => {},
}

const requireNamespace = (dataDir: string): ServerAccount => {
  const probe = spawnSync('unshare', [...NAMESPACE, 'true'], { stdio: 'ignore' })
  if (probe.status === 0) return namespace
  throw new AdviceError('storage.rootNeedsUser', { dir: dataDir })
}

const ownerOf = (path: string): Identity | undefined => {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats && { uid: stats.uid, gid: stats.gid }
}

// Root in somebody's folder works with that person's hands, so that the person can start it without root later.
const nearestOwner = (path: string): Identity | undefined => {
  const owner = ownerOf(path)
  // Their own group, not the folder's: the folder may belong to root's.
  if (owner && owner.uid !== 0) return namedUser(String(owner.uid))
  const parent = dirname(path)
  return parent === path ? undefined : nearestOwner(parent)
}

// By name or number; a number without a name is no user (initdb looks its own name up).
const namedUser = (name: string): Identity | undefined => {
  const uid = identify('-u', name)
  const gid = identify('-g', name)
  return uid !== undefined && gid !== undefined && uid !== 0 ? { uid, gid } : undefined
}

const identify = (flag: '-u' | '-g', name: string): number | undefined => {
  const { status, stdout } = spawnSync('id', [flag, name], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return status === 0 ? Number.parseInt(stdout, 10) : undefined
}

/** Whether a user may walk down to `path` and read it, going by the permission bits (not by access lists). */
const canReach = ({ uid, gid }: Identity, path: string): boolean => {
  const stats = statSync(path)
  const shift = stats.uid === uid ? 6 : stats.gid === gid ? 3 : 0
  const mayEnter = ((stats.mode >> shift) & 0o1) !== 0
  const parent = dirname(path)
  return mayEnter && (parent === path || canReach({ uid, gid }, parent))
}
