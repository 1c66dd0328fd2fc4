/** Reading cells from their bytes where they are written plainly; what is not, is left to those who read texts. */

/** No plain cell: to be read as a text. */
export const notPlain = -0x80000000

const [zero, nine] = [48, 57]
const [minus, dot, comma, space, colon, letterT] = [45, 46, 44, 32, 58, 84]

const digit = (byte: number | undefined): number =>
  byte !== undefined && byte >= zero && byte <= nine ? byte - zero : notPlain

const two = (bytes: Uint8Array, at: number): number => digit(bytes[at]) * 10 + digit(bytes[at + 1])
const four = (bytes: Uint8Array, at: number): number => two(bytes, at) * 100 + two(bytes, at + 2)

/**
 * "2026-06-30" and "30.06.2026", also with a time "10:30" or "10:30:00" behind them.
 * @returns days since 1970-01-01, or notPlain
 */
export function readPlainDay(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 10 || !isPlainTime(bytes, start + 10, end)) return notPlain
  const isMachine = bytes[start + 4] === minus && bytes[start + 7] === minus
  const isRussian = bytes[start + 2] === dot && bytes[start + 5] === dot
  if (!isMachine && !isRussian) return notPlain
  const [year, month, day] = isMachine
    ? [four(bytes, start), two(bytes, start + 5), two(bytes, start + 8)]
    : [four(bytes, start + 6), two(bytes, start + 3), two(bytes, start)]
  if (year < firstYear || year > lastYear || month < 1 || month > 12) return notPlain
  const before = (year - firstYear) * 12 + month - 1
  const first = monthStarts[before] as number
  const length = (monthStarts[before + 1] as number) - first
  return day >= 1 && day <= length ? first + day - 1 : notPlain
}

/** Nothing, or " 10:30", "T10:30:00": a wall clock's time, without a zone. */
function isPlainTime(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end) return true
  const length = end - start
  if ((length !== 6 && length !== 9) || (bytes[start] !== space && bytes[start] !== letterT)) return false
  if (bytes[start + 3] !== colon || (length === 9 && bytes[start + 6] !== colon)) return false
  const [hour, minute] = [two(bytes, start + 1), two(bytes, start + 4)]
  const second = length === 9 ? two(bytes, start + 7) : 0
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60
}

const [firstYear, lastYear] = [1950, 2149]

/** The first day of each month, in days since 1970-01-01. */
const monthStarts = Int32Array.from(
  { length: (lastYear - firstYear + 1) * 12 + 1 },
  (_, month) => Date.UTC(firstYear, month) / 86_400_000,
)

/**
 * "1950", "-300", "1950.5", "1950,50", at most a billion.
 * @returns kopecks, or notPlain
 */
export function readPlainKopecks(bytes: Uint8Array, start: number, end: number): number {
  const isNegative = bytes[start] === minus
  let at = isNegative ? start + 1 : start
  const first = at
  let roubles = 0
  while (at < end) {
    const value = (bytes[at] as number) - zero
    if (value < 0 || value > 9) break
    roubles = roubles * 10 + value
    at++
  }
  if (at === first || at - first > 9) return notPlain
  let kopecks = 0
  if (at < end) {
    const sign = bytes[at]
    const places = end - at - 1
    if ((sign !== dot && sign !== comma) || places < 1 || places > 2) return notPlain
    kopecks = places === 1 ? digit(bytes[at + 1]) * 10 : two(bytes, at + 1)
    if (kopecks < 0) return notPlain
  }
  const amount = roubles * 100 + kopecks
  return isNegative && amount > 0 ? -amount : amount
}

const [plus, open, close, three, seven, eight] = [43, 40, 41, 51, 55, 56]

/**
 * A Russian mobile as people write it: "+7 912 345-67-89", "8(912)3456789", "79123456789", "9123456789".
 * @param into gets "+79123456789"
 * @returns whether it is one
 */
export function readPlainPhone(bytes: Uint8Array, start: number, end: number, into: Uint8Array): boolean {
  let digits = 0
  let country = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    if (byte < zero || byte > nine) {
      if (
        byte === space ||
        byte === minus ||
        byte === open ||
        byte === close ||
        (byte === plus && at === start)
      )
        continue
      return false
    }
    if (digits === 0 && country === 0 && (byte === seven || byte === eight)) country = byte
    else if (digits === 10 || (digits === 0 && byte !== nine)) return false
    else into[2 + digits++] = byte
  }
  if (digits !== 10 || (bytes[start] === plus && country !== seven)) return false
  // Not all numbers of +7 930 are given out: those who know which are to say.
  if (into[3] === three && into[4] === zero) return false
  into[0] = plus
  into[1] = seven
  return true
}

/** The sign before the decimals of a plain amount. */
export function decimalSignOf(bytes: Uint8Array, start: number, end: number): ',' | '.' | undefined {
  const near = end - start > 2 ? bytes[end - 2] : undefined
  const sign = near === dot || near === comma || end - start < 4 ? near : bytes[end - 3]
  return sign === dot ? '.' : sign === comma ? ',' : undefined
}
