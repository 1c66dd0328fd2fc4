export interface SlidingWindow {
  /** When the next call may start; in the past: now. */
  freeAt(): number
  took(time: number): void
}

/** A bit over a second: clocks differ, and what left evenly may arrive bunched. */
const windowMs = 1020

/**
 * Never more than `perSecond` starts in any 1.02 s, not only in those that begin at a full second (fixed windows let a double burst
 * through at their edge).
 * @throws Error when `perSecond` is not a whole number above 0
 */
export function createSlidingWindow(perSecond: number): SlidingWindow {
  if (!Number.isInteger(perSecond) || perSecond < 1)
    throw new Error(`The rate must be a whole number of calls a second, 1 or more; got ${perSecond}`)
  // The times of the last `perSecond` starts; `oldest` is where the next one goes.
  const starts = new Float64Array(perSecond).fill(-Infinity)
  let oldest = 0
  return {
    freeAt: () => (starts[oldest] ?? -Infinity) + windowMs,
    took(time) {
      starts[oldest] = time
      oldest = (oldest + 1) % perSecond
    },
  }
}
