/** Where one can skip to. `monday` is when the owners' digest is due, on whatever day the salon wants it. */
export const skipNames = ['hour', 'evening', 'tomorrow', 'monday'] as const
export type SkipName = (typeof skipNames)[number]

/** The salon's hours that something happens at. Times are wall-clock, "HH:MM". */
export interface SalonHours {
  /** IANA name, e.g. "Europe/Moscow". */
  timeZone: string
  /** When "in the evening" is. */
  eveningAt: string
  /** ISO weekday: 1 is Monday. */
  digest: { weekday: number; at: string }
}

const hourMs = 3600_000
const morningAt = '10:00'

/**
 * The next of each, by the salon's clock. A time that the change to summer time leaves out comes an hour later.
 * @param now epoch milliseconds
 * @returns epoch milliseconds, all of them after `now`
 */
export function skipTargets(
  now: number,
  { timeZone, eveningAt, digest }: SalonHours,
): Record<SkipName, number> {
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone)
  const at = (days: number, time: string): number =>
    here
      .toPlainDate()
      .add({ days })
      .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds
  const next = (days: number, time: string, everyDays: number): number =>
    at(days, time) > now ? at(days, time) : at(days + everyDays, time)
  return {
    hour: now + hourMs,
    evening: next(0, eveningAt, 1),
    tomorrow: at(1, morningAt),
    monday: next((digest.weekday - here.dayOfWeek + 7) % 7, digest.at, 7),
  }
}
