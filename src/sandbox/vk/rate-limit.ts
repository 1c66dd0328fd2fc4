/**
 * At most `perSecond` calls in any second, whichever second you look at. Refused calls do not count.
 * @param now epoch milliseconds
 * @returns asks for one call: true when it may go through
 */
export function createRateLimit({ perSecond, now }: { perSecond: number; now: () => number }): () => boolean {
  const taken = new Float64Array(perSecond).fill(-Infinity)
  let oldest = 0
  return () => {
    const time = now()
    if (time - (taken[oldest] ?? 0) < 1000) return false
    taken[oldest] = time
    oldest = (oldest + 1) % perSecond
    return true
  }
}
