import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from './log.ts'

export interface Redelivery {
  /**
   * Hands one update over until it is taken.
   * @param id what the log may say of the update
   * @param take resolves when the update is committed, rejects when nothing was
   * @returns 'taken'; 'skipped' when it was given up; 'stopped' when `stop` came first: it must be delivered again
   */
  deliver(id: number | string, take: () => Promise<void>): Promise<'taken' | 'skipped' | 'stopped'>
  /** Ends the waits; what is being taken just now may still finish. */
  stop(): void
}

export interface RedeliveryOptions {
  log: Log
  /** Waits between the tries; the last one repeats. */
  delaysMs?: number[]
  /** An update that fails for so long is given up even when all others fail too. */
  giveUpAfterMs?: number
  now?: () => number
}

/**
 * Tries an update again when it could not be committed. An update is given up only when the fault seems to be its own:
 * it used up all tries while another update was committed. While nothing at all is committed (the database is away), every
 * update waits.
 */
export function createRedelivery({
  log,
  delaysMs = [100, 400, 1_500, 5_000],
  giveUpAfterMs = 3_600_000,
  now = () => performance.now(),
}: RedeliveryOptions): Redelivery {
  const stopping = new AbortController()
  let lastTakenAt = -Infinity

  return {
    async deliver(id, take) {
      let firstFailedAt: number | undefined
      for (let tries = 1; ; tries += 1) {
        // Also before the first try: an earlier update of this person may have been stopped, and order must be kept.
        if (stopping.signal.aborted) return 'stopped'
        try {
          await take()
          lastTakenAt = now()
          return 'taken'
        } catch (error) {
          firstFailedAt ??= now()
          const ownFault = tries > delaysMs.length && lastTakenAt >= firstFailedAt
          if (ownFault || now() - firstFailedAt >= giveUpAfterMs) {
            log.error({ event: 'update.skipped', update: id, tries, ...reason(error) })
            return 'skipped'
          }
          log.warn({ event: 'update.retried', update: id, tries, ...reason(error) })
        }
        const delayMs = delaysMs[Math.min(tries, delaysMs.length) - 1] ?? 0
        await waited(delayMs, stopping.signal)
      }
    },
    stop: () => stopping.abort(),
  }
}

/** @returns false when `signal` cut the wait short */
export async function waited(delayMs: number, signal: AbortSignal): Promise<boolean> {
  return sleep(delayMs, true, { signal }).catch(() => false)
}

/** What the log may say of an error: its kind and the place, not its message (which may quote a client). */
function reason(error: unknown): { error: string; code?: string } {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = (error as { code?: unknown }).code
  return { error: error.name, ...(typeof code === 'string' ? { code } : {}) }
}
