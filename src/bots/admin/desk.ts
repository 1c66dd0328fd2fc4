import type { Birthday } from '../../domain/birthday.ts'
import { named, type Language, type Salon } from '../../domain/salon.ts'
import type { Translate } from '../../locales.ts'

/** What every screen needs to speak to one member of the staff. */
export interface Desk {
  t: Translate
  language: Language
  salon: Salon
  now: Date
}

/** "3 мая 2026 г.", in the salon's zone. */
export const showDate = (date: Date, { language, salon }: Desk): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: salon.timeZone }).format(date)

/** "3 мая": for a list, where the year would only take room. The year is there when it is not this one. */
export function showShortDate(date: Date, desk: Desk): string {
  const { language, salon, now } = desk
  const sameYear = dayOf(date, salon).year === dayOf(now, salon).year
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    ...(!sameYear && { year: 'numeric' }),
    timeZone: salon.timeZone,
  }).format(date)
}

/** "сегодня в 14:05", "вчера в 9:30", "3 мая 2026 г." */
export function showMoment(date: Date, desk: Desk): string {
  const { t, language, salon, now } = desk
  const days = dayOf(date, salon).until(dayOf(now, salon)).days
  if (days !== 0 && days !== 1) return showDate(date, desk)
  const format = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: salon.timeZone })
  return t(days === 0 ? 'admin.time.today' : 'admin.time.yesterday', { time: format.format(date) })
}

/** A birthday has no zone: it is formatted in UTC from a UTC date. 2000 is a leap year, so that February 29 exists. */
export function showBirthday({ day, month, year }: Birthday, desk: Desk): string {
  return new Intl.DateTimeFormat(desk.language, {
    day: 'numeric',
    month: 'long',
    ...(year !== undefined && { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(new Date(Date.UTC(year ?? 2000, month - 1, day)))
}

/** Names by id from the salon's settings; an id that the settings no longer know is shown as it is. */
export const nameOf = (
  items: readonly { id: string; name: Salon['name'] }[],
  id: string,
  desk: Desk,
): string => {
  const item = items.find((one) => one.id === id)
  return item ? named(item.name, desk.language) : id
}

export const dayOf = (date: Date, salon: Salon): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(salon.timeZone).toPlainDate()

/** A name from the settings inside a sentence: "ногти". An abbreviation stays as it is: "SPA". */
export const inSentence = (name: string): string =>
  /^.\p{Lu}/u.test(name) ? name : name.charAt(0).toLocaleLowerCase() + name.slice(1)
