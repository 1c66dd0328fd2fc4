import { ApiError } from './api-error.ts'
import type { CallOptions, Limiter } from './limiter.ts'
import type { Log } from './log.ts'
import { waited } from './redelivery.ts'

export interface CallerOptions {
  limiter: Limiter
  log: Log
  /** Waits before repeating after a hiccup, in milliseconds; as many repeats as waits. */
  backOffMs?: number[]
}

export interface RepeatOptions extends CallOptions {
  /** The call must not take effect twice: repeated only when it surely did not. */
  once?: boolean
  /**
   * For what was decided for this moment: not begun later, by `performance.now()`, and neither waited nor repeated: whoever asked
   * decides anew. A pause that the platform asks for is kept all the same.
   */
  notAfter?: number
}

export interface Caller {
  /**
   * Makes an API call within the token's rates, waiting out "too many requests" as told and repeating after hiccups.
   * @param attempt one try; rejects with an `ApiError`
   * @throws the last `ApiError` when repeating makes no sense or was in vain
   */
  call<T>(chatId: number, attempt: () => Promise<T>, options?: RepeatOptions): Promise<T>
  /** Ends the waits between repeats; the calls that waited fail. */
  stop(): void
}

/** When the platform says "too many" without saying how long to wait. */
const waitMs = 1_000
const floodMs = 15_000
/** Flood control looks at what is sent, not how fast: more of the same would only prolong it. */
const maxFloods = 2

export function createCaller({
  limiter,
  log,
  backOffMs = [100, 500, 2_000, 8_000, 20_000],
}: CallerOptions): Caller {
  const stopping = new AbortController()

  return {
    async call(chatId, attempt, { once = false, notAfter, ...options } = {}) {
      const begin = notAfter === undefined ? attempt : inTime(attempt, notAfter)
      const giveUp = () => lateBy(notAfter)
      let repeats = 0
      let floods = 0
      for (;;) {
        try {
          return await limiter.run(chatId, begin, { ...options, giveUp })
        } catch (error) {
          if (!(error instanceof ApiError) || stopping.signal.aborted) throw error
          switch (error.trouble) {
            case 'wait':
              pause(error, error.retryAfterMs ?? waitMs)
              if (notAfter !== undefined) throw error
              break
            case 'flood':
              pause(error, error.retryAfterMs ?? floodMs)
              floods += 1
              if (floods > maxFloods || notAfter !== undefined) throw error
              break
            case 'repeat': {
              // A dialogue's message whose connection was cut is sent again as well: it may appear twice, and a question
              // shown twice is harmless where a lost one leaves the person without a next step.
              const delayMs = backOffMs[repeats]
              if (delayMs === undefined || (once && error.sent) || notAfter !== undefined) throw error
              repeats += 1
              log.debug({ event: 'call.repeated', method: error.method, code: error.code, repeats })
              if (!(await waited(delayMs, stopping.signal))) throw error
              break
            }
            default:
              throw error
          }
        }
      }
    },
    stop: () => stopping.abort(),
  }

  function inTime<T>(attempt: () => Promise<T>, notAfter: number): () => Promise<T> {
    return async () => {
      const late = lateBy(notAfter)
      if (late) throw late
      return attempt()
    }
  }

  function lateBy(notAfter: number | undefined): ApiError | undefined {
    if (notAfter === undefined || performance.now() <= notAfter) return undefined
    return new ApiError({ method: 'call', description: 'its moment went by', trouble: 'late', sent: false })
  }

  function pause(error: ApiError, delayMs: number): void {
    log.warn({ event: 'token.paused', method: error.method, code: error.code, delayMs })
    limiter.pause(delayMs)
  }
}
