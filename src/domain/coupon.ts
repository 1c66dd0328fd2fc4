/** Coupon codes: unguessable, and read aloud without mistakes. */

/** No 0 and O, no 1, I and L: they are taken for each other. */
const symbols = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const codeLength = 10

/** What a coupon's QR code opens the salon's own bot with: "coupon-<CODE>". */
export const couponPayload = 'coupon-'

/**
 * A new code: ten of 31 symbols, so that one in 8 * 10^14 is hit by a guess.
 * @param random a whole number from 0 to `below` - 1, each equally likely and not to be foreseen (node's `randomInt`)
 */
export const couponCode = (random: (below: number) => number): string =>
  Array.from({ length: codeLength }, () => symbols.charAt(random(symbols.length))).join('')

/** "ABCDE-FGHJK": in halves it is easier to read and to say. */
export const showCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`

/**
 * When a coupon stops being good: with the end of its last day, because a day is what it says.
 * @param issuedAt epoch milliseconds
 * @param validDays whole days after the day it is given on
 * @param timeZone IANA name of the salon's zone
 * @returns the last millisecond it is good, epoch milliseconds
 */
export function expiryOf(issuedAt: number, validDays: number, timeZone: string): number {
  const today = Temporal.Instant.fromEpochMilliseconds(issuedAt).toZonedDateTimeISO(timeZone).toPlainDate()
  return today.add({ days: validDays + 1 }).toZonedDateTime(timeZone).epochMilliseconds - 1
}

/** Cyrillic letters that look like a Latin one of the code. */
const lookalikes: Record<string, string> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  К: 'K',
  М: 'M',
  Р: 'P',
  Т: 'T',
  Х: 'X',
  У: 'Y',
}

/**
 * Reads a code as people type or paste it: "abcde fghjk", "АВСЕН-23456" in Cyrillic letters, the whole link of a QR code.
 * @returns undefined when it can't be one
 */
export function readCode(typed: string): string | undefined {
  const code = typed.replace(linkBefore, '').normalize('NFKC').toUpperCase().replace(separators, '')
  const latin = Array.from(code, (letter) => lookalikes[letter] ?? letter)
  if (latin.length !== codeLength || !latin.every((one) => symbols.includes(one))) return undefined
  return latin.join('')
}

const linkBefore = new RegExp(`^.*${couponPayload}`, 'is')
const separators = /[\s\p{Pd}.,]/gu
