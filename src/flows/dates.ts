/** Days and times in the person's language, by the salon's clock. */
import type { Scene } from './question.ts'

type Said = Pick<Scene, 't' | 'salon' | 'now' | 'today'>

/** "сегодня", "завтра", "3 мая", "3 мая 2027". @param at epoch milliseconds */
export function showDay(at: number, { t, salon, now, today }: Said): string {
  const zoned = (instant: number) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(salon.timeZone).toPlainDate()
  const date = zoned(at)
  const days = zoned(now).until(date).days
  if (days === 0 || days === 1) return t(days === 0 ? 'dialogue.today' : 'dialogue.tomorrow')
  const dayAndMonth = t(`dialogue.months.${date.month}`, { day: date.day })
  return date.year === today.year ? dayAndMonth : `${dayAndMonth} ${date.year}`
}

/** "19:00" */
export const showTime = (at: number, { salon }: Pick<Said, 'salon'>): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(salon.timeZone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' })
