export interface Riders {
  readonly size: number
  /** Whether somebody goes soon whom one can join, or others wait already. */
  readonly expected: boolean
  /** `start` tells whether it still wanted to. */
  add(start: () => boolean): void
  /** A broadcast's call has its place: those who wait go along. */
  join(): void
  /** A place was found for them alone. @returns false when nobody needs it any more */
  ownPlace(): boolean
}

/** Who sends in such steps, or shorter ones, is worth waiting for: a longer one would be noticed. */
const waitMs = 200

/**
 * Calls that wait for a place of somebody else's: while a broadcast goes out, its next request is never far, and a dialogue's call
 * that goes with it takes nothing of the rate. So neither keeps the other waiting, however full the window is.
 * @param perRequest so many calls in one request
 * @param carry finds a place for those who wait, and calls `ownPlace` when it has come
 */
export function createRiders({
  perRequest,
  now,
  setTimer,
  carry,
}: {
  perRequest: number
  now: () => number
  setTimer: (callback: () => void, delayMs: number) => () => void
  carry: () => void
}): Riders {
  const waiting: { start: () => boolean; since: number }[] = []
  let lastBroadcastAt = -Infinity
  let carried = false
  let timed = false

  return {
    get size() {
      return waiting.length
    },
    get expected() {
      return waiting.length > 0 || flows()
    },
    add(start) {
      waiting.push({ start, since: now() })
      if (flows()) wait(waitMs)
      else findPlace()
    },
    join() {
      lastBroadcastAt = now()
      go(perRequest - 1)
    },
    ownPlace() {
      carried = false
      const gone = go(perRequest)
      if (waiting.length > 0) findPlace()
      return gone > 0
    },
  }

  function flows(): boolean {
    return now() - lastBroadcastAt < waitMs
  }

  function go(most: number): number {
    let gone = 0
    while (gone < most) {
      const first = waiting.shift()
      if (!first) break
      if (first.start()) gone += 1
    }
    return gone
  }

  /** Should the broadcast end, or be held up. */
  function wait(delayMs: number): void {
    if (timed) return
    timed = true
    setTimer(() => {
      timed = false
      const [first] = waiting
      if (!first) return
      const leftMs = first.since + waitMs - now()
      if (leftMs > 0) wait(leftMs)
      else findPlace()
    }, delayMs)
  }

  function findPlace(): void {
    if (carried) return
    carried = true
    carry()
  }
}
