/** Days and times in the person's language, by the salon's clock. */
import type { Scene } from './question.ts'

type Said = Pick<Scene, 't' | 'salon' | 'now' | 'today'>

/** "сегодня", "завтра", "3 мая", "3 мая 2027". @param at epoch milliseconds */
export function showDay(at: number, said: Said): string {
  const days = dateAt(said.now, said).until(dateAt(at, said)).days
  if (days === 0 || days === 1) return said.t(days === 0 ? 'dialogue.today' : 'dialogue.tomorrow')
  return showDate(at, said)
}

/** "3 мая", "3 мая 2027": for what is read on another day, too. @param at epoch milliseconds */
export function showDate(at: number, said: Said): string {
  const { day, month, year } = dateAt(at, said)
  const dayAndMonth = said.t(`dialogue.months.${month}`, { day })
  return year === said.today.year ? dayAndMonth : `${dayAndMonth} ${year}`
}

const dateAt = (at: number, { salon }: Said): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(salon.timeZone).toPlainDate()

/** "19:00" */
export const showTime = (at: number, { salon }: Pick<Said, 'salon'>): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(salon.timeZone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' })
