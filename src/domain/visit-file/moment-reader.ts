import type { Salon } from '../salon.ts'
import type { Layout } from './layout.ts'
import { readDate, readTime, type DateReading } from './read-date.ts'
import { createZoneClock } from './zone-clock.ts'

export type Moment =
  | { ok: true; /** Epoch milliseconds. */ at: number; timeKnown: boolean }
  | {
      ok: false
      /** Which cell is wrong. */
      cell: 'date' | 'time'
      reason: Extract<DateReading, { ok: false }>['reason'] | 'dateFuture' | 'dateTooOld'
    }

export interface MomentReader {
  /** A time in its own cell goes before one behind the date. Midnight is how programs write a day without a time: its noon. */
  read(date: string, time: string): Moment
  /** Whether something date-like is there, be it right or wrong. */
  isDate(cell: string): boolean
}

const noon = 12 * 3600

/** Reads when a visit was, by the salon's clock. */
export function createMomentReader({
  salon,
  layout,
  now,
}: {
  salon: Pick<Salon, 'timeZone'>
  layout: Pick<Layout, 'dateOrder'>
  now: number
}): MomentReader {
  const clock = createZoneClock(salon.timeZone)
  const today = clock.shown(now)
  const todayNumber = dayNumber(today)
  return {
    read(dateCell, timeCell) {
      const date = readDate(dateCell, layout.dateOrder)
      if (!date.ok) return { ok: false, cell: 'date', reason: date.reason }
      const timeText = noTime.test(timeCell) ? '' : timeCell
      const ownTime = timeText === '' ? undefined : timeOf(timeText)
      if (timeText !== '' && ownTime === undefined)
        return { ok: false, cell: 'time', reason: 'timeUnreadable' }
      const instant =
        date.offsetMinutes === undefined || ownTime !== undefined
          ? undefined
          : Date.UTC(date.year, date.month - 1, date.day) +
            ((date.seconds ?? 0) - date.offsetMinutes * 60) * 1000
      const shown =
        instant === undefined ? { ...date, seconds: ownTime ?? date.seconds ?? 0 } : clock.shown(instant)
      if (shown.year < 1990) return { ok: false, cell: 'date', reason: 'dateTooOld' }
      if (dayNumber(shown) > todayNumber) return { ok: false, cell: 'date', reason: 'dateFuture' }
      const timeKnown = shown.seconds > 0
      const at =
        instant !== undefined && timeKnown
          ? instant
          : clock.at(shown.year, shown.month, shown.day, timeKnown ? shown.seconds : noon)
      if (timeKnown && at > now) return { ok: false, cell: 'date', reason: 'dateFuture' }
      return { ok: true, at, timeKnown }
    },
    isDate(cell) {
      const date = readDate(cell, layout.dateOrder)
      return (
        date.ok ||
        date.reason === 'dateNotReal' ||
        date.reason === 'dateAmbiguous' ||
        date.reason === 'timeUnreadable'
      )
    },
  }
}

const noTime = /^[-–—\s]*$/

/** Some programs write a time as one of the first day that they know ("30.12.1899 14:30:00"). */
function timeOf(cell: string): number | undefined {
  const date = readTime(cell) === undefined ? readDate(cell, 'dayFirst') : undefined
  return date?.ok === true ? (date.seconds ?? 0) : readTime(cell)
}

const dayNumber = ({ year, month, day }: { year: number; month: number; day: number }): number =>
  year * 10_000 + month * 100 + day
