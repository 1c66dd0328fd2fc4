import { readBirthday } from './birthday.ts'

export type DayReading = { ok: true; day: Temporal.PlainDate } | { ok: false; reason: DayTrouble }
type DayTrouble = 'unreadable' | 'noSuchDay' | 'past'

export type MomentReading =
  /** Epoch milliseconds. */
  { ok: true; at: number } | { ok: false; reason: DayTrouble | 'noTime' }

/** Days from now, as people say it. */
const words: Readonly<Record<string, number>> = {
  сегодня: 0,
  today: 0,
  завтра: 1,
  tomorrow: 1,
  послезавтра: 2,
}

/**
 * Reads a day to come: "завтра", "31.12", "31 декабря", "31.12.2026", "2026-12-31". Without a year it is the next such day.
 * @param today the salon's date
 */
export function readComingDay(text: string, today: Temporal.PlainDate): DayReading {
  const word = text.trim().toLowerCase()
  const ahead = Object.hasOwn(words, word) ? words[word] : undefined
  if (ahead !== undefined) return { ok: true, day: today.add({ days: ahead }) }
  const written = withYear(word)
  if (written) return notBefore(written.year, written.month, written.day, today)
  const reading = readBirthday(text, { day: today.day, month: today.month, year: today.year })
  if (!reading.ok) return { ok: false, reason: reading.reason === 'noSuchDay' ? 'noSuchDay' : 'unreadable' }
  const { day, month, year } = reading.birthday
  if (year !== undefined) return notBefore(year, month, day, today)
  const found = [0, 1, 2, 3, 4].map((years) => dayIn(today.year + years, month, day))
  const next = found.find((one) => one !== undefined && Temporal.PlainDate.compare(one, today) >= 0)
  return next ? { ok: true, day: next } : { ok: false, reason: 'noSuchDay' }
}

/**
 * Reads a moment to come: "завтра 10:00", "31.12 18:30", "2026-12-31 в 9:00", "18:30" (the next time the clock shows it).
 * @param now epoch milliseconds
 * @param timeZone the salon's: IANA name
 */
export function readMoment(text: string, now: number, timeZone: string): MomentReading {
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone)
  const [, before = '', hour = '', mark, minute = ''] =
    /^(.*?)(?:^|[\s,]+)(?:(?:в|at)\s+)?([01]?\d|2[0-3])([:.])([0-5]\d)\s*$/iu.exec(text.trim()) ?? []
  // "10.12" alone is a day.
  if (hour === '' || (mark === '.' && before.trim() === ''))
    return { ok: false, reason: readComingDay(text, here.toPlainDate()).ok ? 'noTime' : 'unreadable' }
  const time = new Temporal.PlainTime(Number(hour), Number(minute))
  const atOn = (day: Temporal.PlainDate) =>
    day.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds
  if (before.trim() === '') {
    const today = atOn(here.toPlainDate())
    return { ok: true, at: today > now ? today : atOn(here.toPlainDate().add({ days: 1 })) }
  }
  const reading = readComingDay(before, here.toPlainDate())
  if (!reading.ok) return reading
  const at = atOn(reading.day)
  return at > now ? { ok: true, at } : { ok: false, reason: 'past' }
}

function withYear(text: string): { year: number; month: number; day: number } | undefined {
  const [, day, month, year] = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text) ?? []
  if (year !== undefined) return { year: Number(year), month: Number(month), day: Number(day) }
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  return isoYear === undefined
    ? undefined
    : { year: Number(isoYear), month: Number(isoMonth), day: Number(isoDay) }
}

function notBefore(year: number, month: number, day: number, today: Temporal.PlainDate): DayReading {
  const found = dayIn(year, month, day)
  if (!found) return { ok: false, reason: 'noSuchDay' }
  return Temporal.PlainDate.compare(found, today) < 0
    ? { ok: false, reason: 'past' }
    : { ok: true, day: found }
}

function dayIn(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    return undefined
  }
}
