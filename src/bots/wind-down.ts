import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Caller } from './caller.ts'
import type { Delivery } from './delivery.ts'
import type { Intake } from './intake.ts'
import type { Limiter } from './limiter.ts'
import type { Log } from './log.ts'
import type { Polling } from './poll-telegram.ts'
import { waited } from './redelivery.ts'

/**
 * Ends a client bot in order: no more updates, those in hand are committed, then what is still to be said is said.
 * @param timeoutMs longest wait; what is uncommitted then comes again, what is unsaid is lost and shown again when asked
 */
export async function windDown(
  {
    polling,
    intake,
    delivery,
    limiter,
    caller,
    log,
  }: {
    polling: Polling | undefined
    intake: Intake
    delivery: Delivery
    limiter: Limiter
    caller: Caller
    log: Log
  },
  timeoutMs: number,
): Promise<void> {
  const late = new AbortController()
  const ended = (async () => {
    await Promise.all([polling?.stop(), intake.close()])
    // Presses are answered a turn after they were taken.
    await nextTurn()
    await Promise.all([delivery.idle(), limiter.drain(timeoutMs)])
    return true
  })()
  const inTime = await Promise.race([ended, waited(timeoutMs, late.signal).then(() => false)])
  late.abort()
  caller.stop()
  if (!inTime) log.warn({ event: 'stop.unfinished', ...limiter.stats() })
}
