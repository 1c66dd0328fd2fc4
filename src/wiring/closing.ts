import type { EventLog } from '../domain/event-log.ts'

/** What has been started so far; it is stopped in the opposite order. */
export type Closing = (() => Promise<unknown> | void)[]

/** Stops everything, the last started first; one that fails does not keep the others running. */
export async function closeAll(closing: Closing, log: EventLog): Promise<void> {
  for (const close of closing.splice(0).toReversed()) {
    try {
      await close()
    } catch (error) {
      log.error({ event: 'stop.failed', error })
    }
  }
}

/**
 * Waits for both, also when one fails: what the other has started must be known before everything is stopped.
 * @throws the first error
 */
export async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second])
  return Promise.all([first, second])
}
