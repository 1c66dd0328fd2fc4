import { readBirthday } from './birthday.ts'

export type VisitDayReading =
  | { ok: true; day: Temporal.PlainDate }
  | { ok: false; reason: 'unreadable' | 'noSuchDay' | 'future' }

/** Days ago, as people say it. */
const words: Readonly<Record<string, number>> = {
  сегодня: 0,
  today: 0,
  вчера: 1,
  yesterday: 1,
  позавчера: 2,
}

/**
 * Reads the day of a visit: "вчера", "17.04", "17 апреля", "17.04.2026", "2026-04-17". Without a year it is the last such day.
 * @param today the salon's date
 */
export function readVisitDay(text: string, today: Temporal.PlainDate): VisitDayReading {
  const word = text.trim().toLowerCase()
  const ago = Object.hasOwn(words, word) ? words[word] : undefined
  if (ago !== undefined) return { ok: true, day: today.subtract({ days: ago }) }
  const { day, month, year } = today
  const reading = readBirthday(text, { day, month, year })
  if (!reading.ok) return { ok: false, reason: reading.reason === 'tooOld' ? 'noSuchDay' : reading.reason }
  const found =
    reading.birthday.year === undefined ? lastSuch(reading.birthday, today) : plainDate(reading.birthday)
  return { ok: true, day: found }
}

/** 29 February was four or eight years ago at most. */
function lastSuch(
  { day, month }: { day: number; month: number },
  today: Temporal.PlainDate,
): Temporal.PlainDate {
  for (let { year } = today; ; year -= 1) {
    const exists = month !== 2 || day < 29 || new Temporal.PlainYearMonth(year, 2).daysInMonth === 29
    if (!exists) continue
    const found = plainDate({ day, month, year })
    if (Temporal.PlainDate.compare(found, today) <= 0) return found
  }
}

const plainDate = ({
  day,
  month,
  year = 0,
}: {
  day: number
  month: number
  year?: number
}): Temporal.PlainDate => new Temporal.PlainDate(year, month, day)
