/**
 * When quiet hours end that an instant falls into.
 * @param at epoch milliseconds
 * @param quiet wall-clock times "HH:MM"; `from` after `to` means over midnight
 * @param timeZone IANA name of the zone whose clock counts
 * @returns epoch milliseconds; undefined when it is not quiet
 */
export function quietUntil(
  at: number,
  { from, to }: { from: string; to: string },
  timeZone: string,
): number | undefined {
  const now = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  const [begin, end] = [Temporal.PlainTime.from(from), Temporal.PlainTime.from(to)]
  const time = now.toPlainTime()
  const compare = Temporal.PlainTime.compare
  const overMidnight = compare(begin, end) > 0
  const late = compare(time, begin) >= 0
  const early = compare(time, end) < 0
  if (overMidnight ? !late && !early : !late || !early) return undefined
  const day = overMidnight && late ? now.toPlainDate().add({ days: 1 }) : now.toPlainDate()
  return shownOn(day, end, timeZone).find((one) => one > at)
}

/**
 * The next time that a clock shows `time` ("HH:MM"), at least `notBeforeMs` from `at` on.
 * @returns epoch milliseconds
 */
export function nextTime(at: number, time: string, timeZone: string, notBeforeMs = 0): number {
  const earliest = at + notBeforeMs
  const today = Temporal.Instant.fromEpochMilliseconds(earliest).toZonedDateTimeISO(timeZone).toPlainDate()
  const plainTime = Temporal.PlainTime.from(time)
  // Two days on there is always one: a day may have been left out (Samoa, 2011).
  const shown = [0, 1, 2].flatMap((days) => shownOn(today.add({ days }), plainTime, timeZone))
  return shown.find((one) => one >= earliest) ?? earliest
}

/** When a clock shows a time on a day: twice where it is put back then. A time that is left out comes an hour later. */
const shownOn = (day: Temporal.PlainDate, time: Temporal.PlainTime, timeZone: string): number[] =>
  (['compatible', 'later'] as const).map(
    (disambiguation) =>
      day.toPlainDateTime(time).toZonedDateTime(timeZone, { disambiguation }).epochMilliseconds,
  )
