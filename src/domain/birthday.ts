/** Birthdays as people write them. The year is optional: many would rather not tell it. */

export interface Birthday {
  /** 1-31 */
  day: number
  /** 1-12 */
  month: number
  year?: number
}

/** Whether a stored value is a birthday. */
export const isBirthday = (value: unknown): value is Birthday =>
  typeof value === 'object' &&
  value !== null &&
  'day' in value &&
  'month' in value &&
  Number.isInteger(value.day) &&
  Number.isInteger(value.month)

export type BirthdayReading =
  | { ok: true; birthday: Birthday }
  | { ok: false; reason: 'unreadable' | 'noSuchDay' | 'future' | 'tooOld' }

const oldestYears = 110

/**
 * Reads "17.04.1990", "17.04", "17/4/90", "17041990", "1990-04-17", "17 апреля", "17-го апр. 1990 г.", "April 17, 1990".
 * @param text what the person wrote
 * @param today the salon's date, to tell a future date and what two digits of a year mean
 */
export function readBirthday(text: string, today: Birthday & { year: number }): BirthdayReading {
  const parts = splitDate(tidied(text))
  if (!parts) return { ok: false, reason: 'unreadable' }
  const { day, month } = parts
  const year = parts.year === undefined ? undefined : fullYear(parts.year, today.year)
  if (month < 1 || month > 12 || day < 1 || day > daysIn(month, year))
    return { ok: false, reason: 'noSuchDay' }
  if (year === undefined) return { ok: true, birthday: { day, month } }
  if (isAfter({ day, month, year }, today)) return { ok: false, reason: 'future' }
  if (today.year - year > oldestYears) return { ok: false, reason: 'tooOld' }
  return { ok: true, birthday: { day, month, year } }
}

/** Years of age on `today`, or undefined when the year was not told. */
export function ageOn(birthday: Birthday, today: Birthday & { year: number }): number | undefined {
  if (birthday.year === undefined) return undefined
  const had = today.month > birthday.month || (today.month === birthday.month && today.day >= birthday.day)
  return today.year - birthday.year - (had ? 0 : 1)
}

/** Lower case, ordinary digits and spaces, without "г." and "года" at the end. */
const tidied = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(\d)\s*(?:г|года?|год рождения|г ?\. ?р)\.?$/, '$1')
    .replace(/[.,!]+$/, '')

function splitDate(text: string): { day: number; month: number; year?: number } | undefined {
  const iso = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(text)
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }
  const digits = /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text)
  if (digits) return withYear(Number(digits[1]), Number(digits[2]), digits[3])
  const numeric = /^(\d{1,2})\s*[./,\-\s]\s*(\d{1,2})(?:\s*[./,\-\s]\s*(\d{4}|\d{2}))?$/.exec(text)
  if (numeric) return withYear(Number(numeric[1]), Number(numeric[2]), numeric[3])
  const dayFirst =
    /^(\d{1,2})(?:-?(?:о?го|о?е|st|nd|rd|th)(?= ))? ?(?:of )?(\p{L}{3,})[.,]* ?(\d{4}|\d{2})?$/u.exec(text)
  if (dayFirst) return named(dayFirst[1], dayFirst[2], dayFirst[3])
  const monthFirst = /^(\p{L}{3,})\.? ?(\d{1,2})(?:st|nd|rd|th)?(?:[, ]+(\d{4}|\d{2}))?$/u.exec(text)
  return monthFirst ? named(monthFirst[2], monthFirst[1], monthFirst[3]) : undefined
}

/** What a month is called; any beginning of three letters or more is understood ("апр", "sept"). */
const monthNames = [
  ['январь', 'января', 'january'],
  ['февраль', 'февраля', 'february'],
  ['март', 'марта', 'march'],
  ['апрель', 'апреля', 'april'],
  ['май', 'мая', 'may'],
  ['июнь', 'июня', 'june'],
  ['июль', 'июля', 'july'],
  ['август', 'августа', 'august'],
  ['сентябрь', 'сентября', 'september'],
  ['октябрь', 'октября', 'october'],
  ['ноябрь', 'ноября', 'november'],
  ['декабрь', 'декабря', 'december'],
]

function named(day: string | undefined, word: string | undefined, year: string | undefined) {
  const month = monthNames.findIndex((names) => names.some((name) => name.startsWith(word ?? ''))) + 1
  return month === 0 ? undefined : withYear(Number(day), month, year)
}

const withYear = (day: number, month: number, year: string | undefined) =>
  year === undefined ? { day, month } : { day, month, year: Number(year) }

/** Two digits mean the last such year that is not in the future: in 2026, 90 is 1990 and 12 is 2012. */
function fullYear(year: number, thisYear: number): number {
  if (year >= 100) return year
  const guess = thisYear - (thisYear % 100) + year
  return guess > thisYear ? guess - 100 : guess
}

function daysIn(month: number, year: number | undefined): number {
  if (month === 2) return year === undefined || isLeap(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

const isAfter = (a: Required<Birthday>, b: Required<Birthday>) =>
  a.year !== b.year ? a.year > b.year : a.month !== b.month ? a.month > b.month : a.day > b.day
