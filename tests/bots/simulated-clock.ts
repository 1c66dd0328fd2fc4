/** A clock that moves only when told; timers fire in order of time, then in the order they were set. */
export interface SimulatedClock {
  now(): number
  setTimer(callback: () => void, delayMs: number): () => void
  /** Moves on by `ms`, firing what is due and letting promises settle in between. */
  advance(ms: number): Promise<void>
  /** Moves on until no timer is left; throws when that takes longer than `limitMs`. */
  runOut(limitMs: number): Promise<void>
  /** How many timers were ever set. */
  readonly timersSet: number
}

export function createSimulatedClock(): SimulatedClock {
  let time = 0
  let timersSet = 0
  let timers: { at: number; turn: number; callback: () => void }[] = []

  return {
    now: () => time,
    setTimer(callback, delayMs) {
      timersSet += 1
      const timer = { at: time + delayMs, turn: timersSet, callback }
      timers.push(timer)
      return () => (timers = timers.filter((other) => other !== timer))
    },
    async advance(ms) {
      const until = time + ms
      await settle()
      for (let next = first(); next && next.at <= until; next = first()) await fire(next)
      time = until
      await settle()
    },
    async runOut(limitMs) {
      const limit = time + limitMs
      await settle()
      for (let next = first(); next; next = first()) {
        if (next.at > limit) throw new Error(`A timer is set for ${next.at} ms, later than ${limit} ms`)
        await fire(next)
      }
    },
    get timersSet() {
      return timersSet
    },
  }

  function first() {
    return timers.toSorted((a, b) => a.at - b.at || a.turn - b.turn)[0]
  }

  async function fire(timer: { at: number; callback: () => void }): Promise<void> {
    timers = timers.filter((other) => other !== timer)
    time = timer.at
    timer.callback()
    await settle()
  }
}

/** Lets everything that waits only for promises go on. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
