/** The salon's calendar while the simulation runs: 14 weeks, what has passed of the current one, and some days ahead. */

/** A day on the salon's clock, in epoch milliseconds. */
export interface SalonDay {
  /** 1 for the first week. Weeks begin on Monday at midnight. */
  week: number
  startsAt: number
  /** The salon is open: 10:00 to 20:00, on Sundays to 18:00. */
  opensAt: number
  closesAt: number
  /** When people look at their phones: from 8:00 to 23:00. */
  wakesAt: number
  sleepsAt: number
}

export interface SalonDays {
  /** Monday of the first week, midnight. */
  from: number
  /** The day that holds the instant; the first or the last one for what lies outside. */
  dayAt(at: number): SalonDay
  /** Days after the day that holds the instant. */
  daysAfter(at: number, days: number): SalonDay
}

const demoWeeks = 14
const daysAhead = 14
const dayMs = 24 * 60 * 60_000

/**
 * @param now the instant that the 14 weeks lead up to: they are the full weeks before the week of this instant
 * @param until how far the days must reach at least
 * @param timeZone IANA name of the salon's zone
 */
export function salonDays(now: number, until: number, timeZone: string): SalonDays {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate()
  const monday = today.subtract({ days: today.dayOfWeek - 1, weeks: demoWeeks })
  const length = Math.ceil((until - now) / dayMs) + demoWeeks * 7 + 7 + daysAhead
  const days = Array.from({ length }, (_, index) => salonDay(monday.add({ days: index }), index, timeZone))
  const from = days[0]?.startsAt ?? now
  const indexAt = (at: number) => {
    // Days of 23 and 25 hours put the guess off by one at most.
    const guess = Math.min(Math.max(Math.floor((at - from) / dayMs), 0), length - 1)
    if (at < (days[guess]?.startsAt ?? 0)) return Math.max(guess - 1, 0)
    return at >= (days[guess + 1]?.startsAt ?? Infinity) ? guess + 1 : guess
  }
  const day = (index: number) => days[Math.min(index, length - 1)] as SalonDay
  return {
    from,
    dayAt: (at) => day(indexAt(at)),
    daysAfter: (at, count) => day(indexAt(at) + count),
  }
}

function salonDay(date: Temporal.PlainDate, index: number, timeZone: string): SalonDay {
  const at = (hour: number) => date.toZonedDateTime({ timeZone, plainTime: { hour } }).epochMilliseconds
  return {
    week: Math.floor(index / 7) + 1,
    startsAt: at(0),
    opensAt: at(10),
    closesAt: at(date.dayOfWeek === 7 ? 18 : 20),
    wakesAt: at(8),
    sleepsAt: at(23),
  }
}
