import { lateMs } from '../domain/even-pace.ts'
import type { TokenPace } from '../storage/token-pace.ts'

/** A moment at which one message may go out. */
export interface Slot {
  /** It has gone by: what was to use it needs another one. */
  missed(): boolean
  /** When it does, in the gate's clock. */
  readonly until: number
  /** Resolves when it begins. */
  begins(): Promise<void>
}

export interface PaceGate {
  /**
   * Resolves when the next message may go, in the order of the calls; undefined when `signal` is aborted before.
   * @param leadMs so much earlier, for what has to be made ready; `begins` is then still to come
   */
  slot(signal: AbortSignal, leadMs?: number): Promise<Slot | undefined>
  /** The platform told this token to wait: every process does, and is slower for a while. */
  silence(delayMs: number): Promise<void>
}

/** Slots are taken so far ahead: with longer steps a pause would be heard of late, with shorter ones the database asked for each. */
const aheadMs = 120

/**
 * Evenly spaced sending with one token: a second, stricter gate before the limiter's, for advertising only. Slots come from one
 * timetable for all processes.
 * @param token names the token: "telegram", "vk"
 * @param perSecond messages, in all processes together
 * @param noticeMs how much later a broadcast begins than it could: places.ts
 * @param now monotonic milliseconds
 * @param setTimer calls back once after `delayMs`; returns the way to forget it
 */
export function createPaceGate({
  pace,
  token,
  perSecond,
  noticeMs = () => 0,
  now = () => performance.now(),
  setTimer = nodeTimer,
}: {
  pace: Pick<TokenPace, 'take' | 'silence'>
  token: string
  perSecond: number
  noticeMs?: () => number
  now?: () => number
  setTimer?: (callback: () => void, delayMs: number) => () => void
}): PaceGate {
  const count = Math.max(1, Math.round((perSecond * aheadMs) / 1000))
  let ready: { at: number; until: number }[] = []
  let last: Promise<unknown> = Promise.resolve()

  return {
    slot(signal, leadMs = 0) {
      const mine = last.then(() => next(signal, leadMs))
      last = mine.catch(() => undefined)
      return mine
    },
    async silence(delayMs) {
      ready = []
      await pace.silence(token, delayMs)
      ready = []
    },
  }

  async function next(signal: AbortSignal, leadMs: number): Promise<Slot | undefined> {
    while (!signal.aborted) {
      const [slot] = ready
      if (!slot) ready = await taken()
      else if (slot.at - leadMs > now()) await waited(slot.at - leadMs - now(), signal)
      else if (ready.shift() === slot && now() <= slot.until) return slotOf(slot, signal)
    }
    return undefined
  }

  function slotOf({ at, until }: { at: number; until: number }, signal: AbortSignal): Slot {
    return {
      until,
      missed: () => now() > until,
      begins: async () => (at > now() ? waited(at - now(), signal) : undefined),
    }
  }

  /** Counted from the answer, slots are late by no more than the answer took, which is taken off what they may be late. */
  async function taken(): Promise<{ at: number; until: number }[]> {
    const askedAt = now()
    const wish = { perSecond, count, noticeMs: noticeMs() }
    const { firstInMs, stepMs, count: given } = await pace.take(token, wish)
    const answeredAt = now()
    const spareMs = Math.max(1, lateMs(perSecond) - (answeredAt - askedAt))
    return Array.from({ length: given }, (_, index) => {
      const at = answeredAt + firstInMs + index * stepMs
      return { at, until: at + spareMs }
    })
  }

  function waited(delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        cancel()
        signal.removeEventListener('abort', done)
        resolve()
      }
      const cancel = setTimer(done, Math.max(1, Math.ceil(delayMs)))
      signal.addEventListener('abort', done)
    })
  }
}

function nodeTimer(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs)
  return () => clearTimeout(timer)
}
