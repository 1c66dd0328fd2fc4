/** The sandbox's time: the machine's own, and what was skipped. It only ever goes forward. */
export interface Clock {
  /** What the phones and the program's calendars show, epoch milliseconds. */
  now(): number
  /** How far that is ahead of the machine's time, milliseconds; never negative. */
  offsetMs(): number
  /**
   * Puts the clock on at once, then lets everybody who listens do what has become due, one after another.
   * @param instant epoch milliseconds
   * @throws RangeError when it has passed already
   * @throws AggregateError when listeners failed: the others were called all the same, and the clock stays where it is
   */
  skipTo(instant: number): Promise<void>
  /**
   * Called after each skip and waited for, in the order of registration.
   * @returns the way to stop listening
   */
  onSkip(listener: () => unknown): () => void
  /** What is worth keeping over a restart, as JSON; give it back as `saved`. */
  save(): SavedClock
}

export interface SavedClock {
  offsetMs: number
}

/** @param realNow the machine's time, epoch milliseconds */
export function createClock({
  saved,
  realNow = Date.now,
}: { saved?: SavedClock | undefined; realNow?: () => number } = {}): Clock {
  let offsetMs = Math.max(0, saved?.offsetMs ?? 0)
  const listeners = new Set<() => unknown>()
  /** What an earlier skip has made due may still be under way. */
  let done: Promise<unknown> = Promise.resolve()
  const now = () => realNow() + offsetMs

  return {
    now,
    offsetMs: () => offsetMs,
    async skipTo(instant) {
      if (instant <= now()) throw new RangeError(`Time only goes forward: ${timeOf(instant)} has passed`)
      offsetMs = instant - realNow()
      const mine = done.then(() => callAll([...listeners]))
      done = mine.catch(() => undefined)
      await mine
    },
    onSkip(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    save: () => ({ offsetMs }),
  }
}

async function callAll(listeners: (() => unknown)[]): Promise<void> {
  const errors: unknown[] = []
  for (const listener of listeners) {
    try {
      await listener()
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length === 0) return
  const reasons = errors.map((error) => (error instanceof Error ? error.message : String(error)))
  throw new AggregateError(
    errors,
    `The clock was put on, but something due went wrong: ${reasons.join('; ')}`,
  )
}

const timeOf = (instant: number) => new Date(instant).toISOString()
