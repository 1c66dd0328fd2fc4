/** A date, and a time, as they stand in a cell of the books. Pure, and fast enough for millions of cells. */

export interface CellDate {
  year: number
  month: number
  day: number
  /** Of the day; undefined: the cell has no time. */
  seconds: number | undefined
  /** From UTC, in minutes; undefined: by the salon's clock. */
  offsetMinutes: number | undefined
}

export type DateReading =
  | ({ ok: true } & CellDate)
  | { ok: false; reason: 'dateEmpty' | 'dateUnreadable' | 'dateNotReal' | 'dateAmbiguous' | 'timeUnreadable' }

/**
 * Which number of 03/04/2024 is the day: decided on the whole column (date-order.ts). With `unclear`, only dates that can be read
 * in one way are read. Dates with dots always begin with the day.
 */
export type DateOrder = 'dayFirst' | 'monthFirst' | 'unclear'

/**
 * Reads dd.mm.yyyy, d.m.yy, dd/mm/yyyy and mm/dd/yyyy (by `order`), yyyy-mm-dd, yyyy/mm/dd, yyyymmdd, "5 марта 2024",
 * "5-Mar-2024", and Excel's serial numbers (days since 1899-12-30), each with or without a time; ISO 8601 with Z or an offset.
 * Years of two digits are 1990 to 2089.
 */
export function readDate(cell: string, order: DateOrder): DateReading {
  const text = cell.trim()
  if (text.length > mostLetters) return { ok: false, reason: 'dateUnreadable' }
  const dotted = dottedDate.exec(text)
  if (dotted !== null) return dated(dotted[3], dotted[2], dotted[1], text.slice(dotted[0].length))
  const iso = isoDate.exec(text)
  if (iso !== null) return dated(iso[1], iso[2], iso[3], text.slice(iso[0].length))
  const slashed = slashedDate.exec(text)
  if (slashed !== null) return readSlashed(slashed, order, text.slice(slashed[0].length))
  return readRareDate(text, order)
}

/** No date is longer, and patterns take too long over a novel. */
const mostLetters = 64

const dottedDate = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?!\d)/
const isoDate = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/
/** Also for the evidence of a whole column. */
export const slashedDate = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?!\d)/
const serialDate = /^\d{5}(?:[.,]\d+)?$/
const compactDate = /^(\d{4})(\d\d)(\d\d)(?=$|[T ])/
const weekday = /^(?:пн|вт|ср|чт|пт|сб|вс|mon|tue|wed|thu|fri|sat|sun)\p{L}*[.,]*\s+/iu
const namedDate = /^(\d{1,2})[\s.-]+(\p{L}{3,})\.?,?[\s.-]+(\d{4}|\d{2})(?!\d)(?:\s*г(?:ода|\.)?)?/u

function readRareDate(text: string, order: DateOrder): DateReading {
  if (text === '') return { ok: false, reason: 'dateEmpty' }
  const compact = compactDate.exec(text)
  if (compact !== null) return dated(compact[1], compact[2], compact[3], text.slice(8))
  if (serialDate.test(text)) return readSerial(Number(text.replace(',', '.')))
  if (weekday.test(text)) return readDate(text.replace(weekday, ''), order)
  const named = namedDate.exec(text)
  const month = named === null ? -1 : months.findIndex((names) => isMonth(names, named[2] ?? ''))
  if (named === null || month < 0) return { ok: false, reason: 'dateUnreadable' }
  return dated(named[3], String(month + 1), named[1], text.slice(named[0].length))
}

const months = [
  'январь января january',
  'февраль февраля february',
  'март марта march',
  'апрель апреля april',
  'май мая may',
  'июнь июня june',
  'июль июля july',
  'август августа august',
  'сентябрь сентября september',
  'октябрь октября october',
  'ноябрь ноября november',
  'декабрь декабря december',
].map((names) => names.split(' '))

/** A month's name, whole or cut to no less than three letters. */
const isMonth = (names: readonly string[], word: string): boolean =>
  names.some((name) => name.startsWith(word.toLowerCase()))

function readSlashed([, first, second, year]: RegExpExecArray, order: DateOrder, rest: string): DateReading {
  const [one, two] = [Number(first), Number(second)]
  if (order === 'dayFirst') return dated(year, second, first, rest)
  if (order === 'monthFirst') return dated(year, first, second, rest)
  if (one > 12 || one === two) return dated(year, second, first, rest)
  if (two > 12) return dated(year, first, second, rest)
  return { ok: false, reason: 'dateAmbiguous' }
}

const daySeconds = 86_400

function readSerial(serial: number): DateReading {
  const seconds = Math.round(serial * daySeconds)
  const date = new Date(Date.UTC(1899, 11, 30) + Math.floor(seconds / daySeconds) * daySeconds * 1000)
  const time = seconds % daySeconds
  return {
    ok: true,
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    seconds: time === 0 ? undefined : time,
    offsetMinutes: undefined,
  }
}

type Digits = string | undefined

function dated(yearText: Digits, monthText: Digits, dayText: Digits, rest: string): DateReading {
  const [shortYear, month, day] = [Number(yearText), Number(monthText), Number(dayText)]
  const year = yearText?.length === 2 ? shortYear + (shortYear < 90 ? 2000 : 1900) : shortYear
  if (!isReal(year, month, day)) return { ok: false, reason: 'dateNotReal' }
  if (rest === '') return { ok: true, year, month, day, seconds: undefined, offsetMinutes: undefined }
  return timed({ year, month, day }, rest)
}

const isReal = (year: number, month: number, day: number): boolean =>
  month >= 1 &&
  month <= 12 &&
  day >= 1 &&
  day <= (monthDays[month] ?? 0) &&
  (day < 29 || month !== 2 || leap(year))

const monthDays = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const leap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** What may stand behind a date without saying more: "г.", a weekday, a comma, "в". */
const ornament = /^(?:\s*г(?:ода|\.)?)?(?:\s*\(?(?:пн|вт|ср|чт|пт|сб|вс)\)?\.?)?(?:[T,]\s*|\s+в\s+|\s+)?/i
const zoneAtEnd = /\s*(?:(Z)|UTC|([+-])(\d\d):?(\d\d)?)$/i

function timed(date: Pick<CellDate, 'year' | 'month' | 'day'>, behind: string): DateReading {
  const rest = behind.replace(ornament, '')
  if (rest === '') return { ok: true, ...date, seconds: undefined, offsetMinutes: undefined }
  const zone = zoneAtEnd.exec(rest)
  // "14:30-15:30" is no offset, and "9-30" has no seconds behind it.
  const isZone =
    zone !== null &&
    (zone[2] === undefined || (/:\d\d(?:\.\d+)?\s*[+-]\d\d(?::?\d\d)?$/.test(rest) && !range.test(rest)))
  const seconds = readTime(isZone ? rest.slice(0, zone.index) : rest)
  if (seconds === undefined) return { ok: false, reason: 'timeUnreadable' }
  if (!isZone) return { ok: true, ...date, seconds, offsetMinutes: undefined }
  const minutes = Number(zone[3] ?? 0) * 60 + Number(zone[4] ?? 0)
  return { ok: true, ...date, seconds, offsetMinutes: zone[2] === '-' ? -minutes : minutes }
}

/** From when until when: the end is hours that are later on the same day, so "14:30-15:30" is none of a zone. */
const range = /^\d{1,2}:\d\d\s*[-–—]\s*\d{1,2}:\d\d$/

const clockTime =
  /^(\d{1,2})[:.\-ч](\d\d)(?:м|мин)?(?::(\d\d)(?:[.,]\d+)?)?\s*(am|pm)?(?:\s*[-–—]\s*\d{1,2}[:.]\d\d.*)?$/i
const bareHour = /^(\d{1,2})(?:\s*(?:ч\.?|час\p{L}*|(am|pm)))?$/iu
const fraction = /^0[.,]\d+$/

/**
 * A time of the day: 9:30, 09.30, 9-30, 9:30:15, 2:30 PM, "9 ч", 14:30-15:30 (when it began), or Excel's fraction of a day.
 * @returns seconds since midnight; undefined: not a time
 */
export function readTime(cell: string): number | undefined {
  const text = cell.trim()
  if (text.length > mostLetters) return undefined
  if (fraction.test(text)) return Math.round(Number(text.replace(',', '.')) * daySeconds) % daySeconds
  const clock = clockTime.exec(text)
  const hour = clock === null ? bareHour.exec(text) : null
  if (clock === null && hour === null) return undefined
  const half = (clock?.[4] ?? hour?.[2])?.toLowerCase()
  const said = Number(clock?.[1] ?? hour?.[1])
  if (half !== undefined && (said < 1 || said > 12)) return undefined
  const hours = half === undefined ? said : (said % 12) + (half === 'pm' ? 12 : 0)
  const [minutes, seconds] = [Number(clock?.[2] ?? 0), Number(clock?.[3] ?? 0)]
  return hours > 23 || minutes > 59 || seconds > 59 ? undefined : hours * 3600 + minutes * 60 + seconds
}
