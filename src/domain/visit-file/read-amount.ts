export type AmountReading =
  | {
      ok: true
      /** Integer; below 0: a refund; undefined: the cell doesn't tell. */ kopecks: number | undefined
    }
  | { ok: false; reason: 'amountUnreadable' | 'amountTooFine' | 'amountAmbiguous' | 'amountTooLarge' }

/** How a column writes its amounts (amount-signs.ts). */
export interface AmountSigns {
  /** Signs that separate thousands where a cell alone doesn't tell: "1,500". */
  thousands: readonly (',' | '.')[]
  /** The cells hold kopecks. */
  kopecks?: boolean
}

/**
 * Reads "1 500,50 ₽", "1500.5", "1,500.50", "1.500,50", "(500)", "-500", "−500", with any kind of spaces; "" and "бесплатно" are
 * not known. Digits are counted, never rounded. "1,500" and "1.500" are read as the whole column is, or not at all.
 */
export function readAmount(cell: string, { thousands, kopecks = false }: AmountSigns): AmountReading {
  const number = readNumber(cell)
  if (number === 'none') return { ok: true, kopecks: undefined }
  if (number === undefined) return { ok: false, reason: 'amountUnreadable' }
  const { negative, whole, decimals, unclear } = number
  if (unclear !== undefined) {
    if (!thousands.includes(unclear)) return { ok: false, reason: 'amountAmbiguous' }
    return exact(negative, whole + decimals, '', kopecks)
  }
  return exact(negative, whole, decimals, kopecks)
}

/** A billion roubles: what is beyond is a phone, or another number that came into the wrong column. */
const mostKopecks = 100_000_000_000

function exact(negative: boolean, whole: string, written: string, kopecks: boolean): AmountReading {
  const decimals = written.replace(/0+$/, '')
  if (decimals.length > (kopecks ? 0 : 2)) return { ok: false, reason: 'amountTooFine' }
  const amount = kopecks ? Number(whole) : Number(whole) * 100 + Number(decimals.padEnd(2, '0'))
  if (amount > mostKopecks) return { ok: false, reason: 'amountTooLarge' }
  return { ok: true, kopecks: negative && amount > 0 ? -amount : amount }
}

/** A number's digits; `unclear`: the sign before the last three of them may part thousands. */
export interface WrittenNumber {
  negative: boolean
  whole: string
  decimals: string
  unclear?: ',' | '.'
  /** What the signs are, where this number alone tells. */
  decimalSign?: ',' | '.'
  thousandsSign?: ',' | '.'
}

const unknown = /^(?:[-–—]+|бесплатно|бесп\.?|даром|нет|н\/?д|free|none|n\/?a|null|nan|не указан[оа]?)?$/i
const currency = /\s*(?:₽|руб(?:\.|лей|ля|ль|ли)?|р\.?|rub\.?|rur\.?)$/i
const minus = /^[-−–—]\s*|\s*[-−]$/

/** @returns 'none' where the cell says that there is none; undefined where it is no number */
export function readNumber(cell: string): WrittenNumber | 'none' | undefined {
  if (/^\d{1,12}$/.test(cell)) return { negative: false, whole: cell, decimals: '' }
  const text = cell.normalize('NFKC').trim()
  // No amount is longer, and patterns take too long over a novel.
  if (text.length > 64) return undefined
  if (unknown.test(text)) return 'none'
  const bracketed = /^\((.+)\)$/.exec(text)
  const bare = (bracketed?.[1] ?? text)
    .replace(/^(?:₽|rub)\s*/i, '')
    .replace(currency, '')
    .trim()
  const negative = bracketed !== null || minus.test(bare)
  // "(-500)" is neither.
  if (bracketed !== null && minus.test(bare)) return undefined
  const unsigned = bare
    .replace(minus, '')
    .replace(/^\+\s*/, '')
    .replace(currency, '')
    .trim()
  const digits = readDigits(unsigned)
  return digits && { negative, ...digits }
}

const spaced = /^\d{1,3}(?:[\s'’]\d{3})+(?=$|[.,])/u
const grouped = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/

function readDigits(text: string): Omit<WrittenNumber, 'negative'> | undefined {
  const inSpaces = spaced.exec(text)?.[0]
  const plain = inSpaces === undefined ? text : inSpaces.replaceAll(/\D/g, '') + text.slice(inSpaces.length)
  if (!/^\d*(?:[.,]\d+)*$/.test(plain) || plain === '') return undefined
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','))
  if (last < 0) return plain.length > 15 ? undefined : { whole: plain, decimals: '' }
  const sign = plain.charAt(last) as ',' | '.'
  const [head, tail] = [plain.slice(0, last), plain.slice(last + 1)]
  if (head.length + tail.length > 30) return undefined
  const inHead = /[.,]/.exec(head)?.[0] as ',' | '.' | undefined
  if (inHead === undefined) {
    const unclear = inSpaces === undefined && tail.length === 3 && /^[1-9]\d{0,2}$/.test(head)
    if (unclear) return { whole: head, decimals: tail, unclear: sign }
    return { whole: head === '' ? '0' : head, decimals: tail, decimalSign: sign }
  }
  // Several signs: thousands, and at most one other at the end. Not together with spaces.
  if (inSpaces !== undefined) return undefined
  if (inHead === sign)
    return grouped.test(plain)
      ? { whole: plain.replaceAll(sign, ''), decimals: '', thousandsSign: sign }
      : undefined
  if (!grouped.test(head)) return undefined
  return { whole: head.replaceAll(inHead, ''), decimals: tail, decimalSign: sign, thousandsSign: inHead }
}
