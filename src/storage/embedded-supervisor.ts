import { setTimeout as sleep } from 'node:timers/promises'
import { AdviceError } from '../domain/advice-error.ts'
import type { EventLog } from '../domain/event-log.ts'
import type { RunningServer } from './embedded-server.ts'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 30_000

/**
 * Starts the server, and starts it again whenever it dies by itself (out of memory, a full disk), with growing pauses
 * and for as long as it takes: the salon's bot runs unattended. Pools make their connections anew.
 *
 * @param run starts the server once
 * @returns `stop`, after which it stays stopped
 * @throws what the first start throws
 */
export const keepRunning = async (
  run: () => Promise<RunningServer>,
  log: EventLog,
): Promise<{ stop(): Promise<void> }> => {
  const stopping = new AbortController()
  let server = await run()
  log.info({ event: 'embedded.started', serverPid: server.pid })

  const watch = async (): Promise<void> => {
    for (;;) {
      await server.ended
      if (stopping.signal.aborted) return
      log.error({ event: 'embedded.died', serverPid: server.pid })
      const again = await restart(run, log, stopping.signal)
      if (!again) return
      server = again
    }
  }
  const watching = watch()
  return {
    stop: async () => {
      stopping.abort()
      await server.stop()
      await watching
    },
  }
}

/** @returns the new server; undefined when told to stop meanwhile */
const restart = async (
  run: () => Promise<RunningServer>,
  log: EventLog,
  stopping: AbortSignal,
): Promise<RunningServer | undefined> => {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    await sleep(pauseMs, undefined, { signal: stopping }).catch(() => {})
    if (stopping.aborted) return undefined
    try {
      const server = await run()
      log.warn({ event: 'embedded.restarted', serverPid: server.pid })
      if (!stopping.aborted) return server
      await server.stop()
      return undefined
    } catch (error) {
      const reason = error instanceof AdviceError ? error.key : 'unknown'
      log.error({ event: 'embedded.restartFailed', reason, pauseMs })
    }
  }
}
