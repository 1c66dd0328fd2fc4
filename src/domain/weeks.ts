/**
 * ISO weeks as the salon lives them: from Monday 00:00 on its own clock to the next one, 167 to 169 hours where clocks
 * change. Instants are epoch milliseconds, weeks are named by their Monday.
 */

/** From a moment (included) to another (excluded). */
export interface Period {
  from: number
  until: number
}

/** When something comes every week, on the salon's clock. */
export interface Timetable {
  /** ISO: 1 is Monday, 7 is Sunday. */
  weekday: number
  /** "HH:MM". */
  at: string
  timeZone: string
}

/** One turn of a timetable. */
export interface Turn {
  /** The instant it is due. */
  at: number
  /** The Monday of its week: what the turn is known by, once and for all. */
  monday: Temporal.PlainDate
}

/** The Monday of the week that the instant falls into. */
export function mondayOf(at: number, timeZone: string): Temporal.PlainDate {
  const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate()
  return date.subtract({ days: date.dayOfWeek - 1 })
}

/** The week that begins on `monday`. */
export const weekOf = (monday: Temporal.PlainDate, timeZone: string): Period => weeksFrom(monday, 1, timeZone)

/** `count` weeks on end: the first begins on `monday`. */
export const weeksFrom = (monday: Temporal.PlainDate, count: number, timeZone: string): Period => ({
  from: startOf(monday, timeZone),
  until: startOf(monday.add({ weeks: count }), timeZone),
})

/** The Mondays of the `count` weeks before the one that begins on `monday`, oldest first. */
export const mondaysBefore = (monday: Temporal.PlainDate, count: number): Temporal.PlainDate[] =>
  Array.from({ length: count }, (_, index) => monday.subtract({ weeks: count - index }))

/**
 * The last turn at or before the instant. A time of day that a clock change leaves out comes as much later as the clock was
 * put forward; one that comes twice is taken the first time.
 */
export function lastTurn(timetable: Timetable, now: number): Turn {
  let turn = turnIn(mondayOf(now, timetable.timeZone), timetable)
  while (turn.at > now) turn = turnIn(turn.monday.subtract({ weeks: 1 }), timetable)
  return turn
}

/** The first turn after the instant. */
export const nextTurn = (timetable: Timetable, now: number): Turn =>
  turnIn(lastTurn(timetable, now).monday.add({ weeks: 1 }), timetable)

function turnIn(monday: Temporal.PlainDate, { weekday, at, timeZone }: Timetable): Turn {
  const plainTime = Temporal.PlainTime.from(at)
  const due = monday.add({ days: weekday - 1 }).toZonedDateTime({ timeZone, plainTime })
  return { at: due.epochMilliseconds, monday }
}

/** Midnight, or the first moment of a day that has none. */
const startOf = (date: Temporal.PlainDate, timeZone: string): number =>
  date.toZonedDateTime(timeZone).epochMilliseconds
