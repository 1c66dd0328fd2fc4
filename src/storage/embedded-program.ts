import { startGuard } from './embedded-guard.ts'
import type { ServerAccount } from './embedded-account.ts'

export interface ProgramResult {
  /** null when a signal ended it. */
  readonly exitCode: number | null
  /** What it wrote, both streams, the last 8,000 characters. */
  readonly output: string
}

/**
 * Runs one of PostgreSQL's programs to its end.
 *
 * @param account who to run it as
 * @param program absolute path
 * @param args its arguments
 * @param directory where it runs
 * @returns exit code and output; a program that can't be started at all is reported as exit code null with the reason
 */
export const runProgram = (
  account: ServerAccount,
  program: string,
  args: readonly string[],
  directory: string,
): Promise<ProgramResult> =>
  new Promise((resolve) => {
    const child = account.start(program, args, {
      cwd: directory,
      env: programEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    startGuard(child)
    let output = ''
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-OUTPUT_LIMIT)
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.on('error', (error) => resolve({ exitCode: null, output: error.message }))
    child.on('close', (exitCode) => resolve({ exitCode, output }))
  })

export const OUTPUT_LIMIT = 8000

/**
 * The server's whole environment: the caller's PGDATA, PGPORT, PGOPTIONS and locale must not change what we start,
 * and secrets such as bot tokens have no business in another process.
 */
export const programEnvironment = (): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = { LC_ALL: 'C' }
  for (const name of ['PATH', 'SystemRoot', 'TEMP', 'TMPDIR', 'LD_LIBRARY_PATH']) {
    if (process.env[name] !== undefined) env[name] = process.env[name]
  }
  return env
}
