/** The date at an instant. It is asked for several times an update and never changes within a minute: once a minute will do. */
export function calendarOf(timeZone: string): (at: number) => { day: number; month: number; year: number } {
  let minute: number | undefined
  let today = { day: 0, month: 0, year: 0 }
  return (at) => {
    if (minute !== Math.floor(at / 60_000)) {
      minute = Math.floor(at / 60_000)
      const { day, month, year } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
      today = { day, month, year }
    }
    return today
  }
}
