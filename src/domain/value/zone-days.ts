const dayMs = 86_400_000

/** The days of a place's calendar as numbers, and the instants as their days. */
export interface ZoneDays {
  /** The day on which the instant falls there, in days since 1970-01-01. @param at epoch milliseconds */
  dayOf(at: number): number
  /** The first moment of the day, epoch milliseconds. */
  startOf(day: number): number
}

/**
 * @param timeZone IANA name; most days of a place have one offset from UTC, which is looked up once
 */
export function createZoneDays(timeZone: string): ZoneDays {
  /** By the day in UTC: the offset in milliseconds, or undefined where it changes within the day. */
  const offsets = new Map<number, number | undefined>()
  const offsetAt = (at: number): number =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6
  const offsetOf = (utcDay: number): number | undefined => {
    if (offsets.has(utcDay)) return offsets.get(utcDay)
    const [first, last] = [offsetAt(utcDay * dayMs), offsetAt((utcDay + 1) * dayMs - 1)]
    const only = first === last ? first : undefined
    offsets.set(utcDay, only)
    return only
  }
  return {
    dayOf: (at) => Math.floor((at + (offsetOf(Math.floor(at / dayMs)) ?? offsetAt(at))) / dayMs),
    startOf: (day) =>
      Temporal.PlainDate.from('1970-01-01').add({ days: day }).toZonedDateTime(timeZone).epochMilliseconds,
  }
}
