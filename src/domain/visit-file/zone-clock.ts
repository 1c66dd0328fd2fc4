/** Turns what a clock on the salon's wall showed into an instant, and back into the day. */
export interface ZoneClock {
  /** Epoch milliseconds. A time that the clock skipped, or showed twice, is read as RFC 5545 does. */
  at(year: number, month: number, day: number, seconds: number): number
  /** The wall clock at an instant. */
  shown(at: number): { year: number; month: number; day: number; seconds: number }
}

const dayMs = 86_400_000

/** Offsets are remembered by day, so that a million rows cost no more than the days they fall on. */
export function createZoneClock(timeZone: string): ZoneClock {
  const offsets = new Map<number, number | undefined>()
  const zoned = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  /** Of a whole day, in milliseconds; undefined: the clock was changed on it, or beside it. */
  const offsetOf = (utcMidnight: number): number | undefined => {
    const [before, after] = [utcMidnight - dayMs, utcMidnight + 2 * dayMs].map(
      (at) => zoned(at).offsetNanoseconds / 1e6,
    )
    return before === after ? before : undefined
  }
  return {
    at(year, month, day, seconds) {
      const midnight = Date.UTC(year, month - 1, day)
      if (!offsets.has(midnight)) offsets.set(midnight, offsetOf(midnight))
      const offset = offsets.get(midnight)
      if (offset !== undefined) return midnight + seconds * 1000 - offset
      const [hour, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
      return Temporal.ZonedDateTime.from({ timeZone, year, month, day, hour, minute, second })
        .epochMilliseconds
    },
    shown(at) {
      const { year, month, day, hour, minute, second } = zoned(at)
      return { year, month, day, seconds: hour * 3600 + minute * 60 + second }
    },
  }
}
