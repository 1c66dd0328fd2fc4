import type { Caller } from './caller.ts'
import type { Delivery } from './delivery.ts'
import type { Limiter } from './limiter.ts'
import type { Log } from './log.ts'
import type { Polling } from './poll-telegram.ts'
import { waited } from './redelivery.ts'

/**
 * Ends a client bot in order: no more updates, those in hand are committed, then what is still to be said is said.
 * @param timeoutMs longest wait for the saying; what is unsaid then is lost, the dialogues show it again when asked
 */
export async function windDown(
  {
    polling,
    delivery,
    limiter,
    caller,
    log,
  }: {
    polling: Polling | undefined
    delivery: Delivery
    limiter: Limiter
    caller: Caller
    log: Log
  },
  timeoutMs: number,
): Promise<void> {
  await polling?.stop()
  const late = new AbortController()
  const said = Promise.all([delivery.idle(), limiter.drain(timeoutMs)]).then(() => true)
  const inTime = await Promise.race([said, waited(timeoutMs, late.signal).then(() => false)])
  late.abort()
  caller.stop()
  if (!inTime) log.warn({ event: 'replies.unsaid', ...limiter.stats() })
}
