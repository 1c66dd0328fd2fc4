/**
 * A day as people write it: "16.11", "16.11.26", "16.11.2026", "16/11", "2026-11-16".
 * @param today tells which year is meant where none is written: the last one whose day is not after the running week
 * @returns undefined for what is no day
 */
export function readDay(typed: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  const spoken = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?$/.exec(typed)
  const [year, month, day] = iso ? iso.slice(1) : [spoken?.[3], spoken?.[2], spoken?.[1]]
  if (month === undefined || day === undefined) return undefined
  if (year !== undefined) return dateOf(Number(year.padStart(4, '20')), month, day)
  const sunday = today.add({ days: 7 - today.dayOfWeek })
  // Eight years, because the 29th of February may be that long ago.
  for (let back = -1; back <= leapYears; back++) {
    const date = dateOf(today.year - back, month, day)
    if (date && Temporal.PlainDate.compare(date, sunday) <= 0) return date
  }
  return undefined
}
const leapYears = 8

function dateOf(year: number, month: string, day: string): Temporal.PlainDate | undefined {
  try {
    const parts = { year, month: Number(month), day: Number(day) }
    return Temporal.PlainDate.from(parts, { overflow: 'reject' })
  } catch {
    return undefined
  }
}
