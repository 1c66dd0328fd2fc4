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
  return day.toZonedDateTime({ timeZone, plainTime: end }).epochMilliseconds
}

/**
 * The next time that a clock shows `time` ("HH:MM"), at least `notBeforeMs` from `at` on.
 * @returns epoch milliseconds
 */
export function nextTime(at: number, time: string, timeZone: string, notBeforeMs = 0): number {
  const from = Temporal.Instant.fromEpochMilliseconds(at + notBeforeMs).toZonedDateTimeISO(timeZone)
  const plainTime = Temporal.PlainTime.from(time)
  const today = from.toPlainDate().toZonedDateTime({ timeZone, plainTime })
  const next =
    Temporal.ZonedDateTime.compare(today, from) >= 0
      ? today
      : from.toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone, plainTime })
  return next.epochMilliseconds
}
