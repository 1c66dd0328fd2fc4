import { AdviceError } from '../domain/advice-error.ts'

interface Failure {
  /** What the program wrote, in English (it runs under LC_ALL=C). */
  readonly output: string
  readonly dir: string
}

/**
 * Turns what initdb or the server said before it gave up into an error that says what to do.
 *
 * @param failure the program's output and the data folder
 * @returns an AdviceError with one of the keys below, or `storage.serverFailed` with the server's own last words
 */
export const explainFailure = ({ output, dir }: Failure): AdviceError => {
  const known = CAUSES.find(({ pattern }) => pattern.test(output))
  const detail = lastWords(output)
  return new AdviceError(known?.key ?? 'storage.serverFailed', { dir, detail })
}

/** Whether it gave up because another server is at work in the folder (SQLSTATE F0001, lock_file_exists). */
export const foundAnother = (error: unknown): boolean =>
  error instanceof AdviceError && String(error.params['detail']).startsWith('F0001 ')

const CAUSES: readonly { key: string; pattern: RegExp }[] = [
  { key: 'storage.diskFull', pattern: /No space left on device|Disk quota exceeded|disk full/i },
  {
    key: 'storage.binariesBroken',
    pattern:
      /error while loading shared libraries|cannot execute binary|Exec format error|spawn .* E(NOENT|ACCES)/,
  },
  {
    key: 'storage.noUnixFolder',
    pattern: /data directory ".*" has invalid permissions|could not change permissions/,
  },
  { key: 'storage.folderClosed', pattern: /Permission denied|wrong ownership|Read-only file system/ },
  {
    key: 'storage.noSharedMemory',
    pattern:
      /could not (create|resize|open|map) (anonymous )?shared memory|pre-existing shared memory|semaphores/,
  },
  {
    key: 'storage.damaged',
    pattern:
      /could not locate a valid checkpoint record|invalid (primary )?checkpoint|could not (?:open|find|read) .*(?:pg_control|PG_VERSION|pg_wal|pg_filenode.map)/,
  },
]

// The first FATAL, PANIC or error line; these speak of files and settings, not of what is stored.
const lastWords = (output: string): string => {
  const lines = output.split('\n').map((line) => line.trim())
  return (
    lines.find((line) => /(FATAL|PANIC|error|could not).*:/.test(line)) ??
    lines.findLast((line) => line !== '') ??
    ''
  )
}
