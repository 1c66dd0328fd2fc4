import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'

/**
 * Makes a program of ours end when we do, even by `kill -9`: a shell of a megabyte waits for our end of a pipe to
 * close, which the kernel sees to, and then sends SIGINT (a server stops in order, initdb removes what it began). It
 * goes when the program goes. Should it be killed too, the next start clears up (embedded-orphan.ts). Windows has no
 * such shell and relies on the next start.
 */
export const startGuard = (program: ChildProcess): void => {
  if (process.platform === 'win32' || program.pid === undefined) return
  const guard = spawn(
    '/bin/sh',
    ['-c', 'read -r line; kill -INT "$1"', 'otklik-guard', String(program.pid)],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      cwd: '/',
    },
  )
  // Without it nothing is lost but this convenience.
  guard.on('error', () => {})
  guard.unref()
  program.once('exit', () => guard.kill('SIGKILL'))
}
