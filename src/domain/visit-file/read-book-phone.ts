import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { readPhone } from '../phone.ts'

export type BookPhone =
  | { ok: true; /** E.164; undefined: the cell says that there is none. */ phone: string | undefined }
  | { ok: false; reason: 'phoneShortened' | 'phoneUnreadable' | 'phoneImpossible' }

/**
 * Reads a cell with a phone, or with several: the first mobile one is taken, or else the first that can be read. A number that
 * Excel has shortened (7.9123E+10) has lost its digits and can't be read.
 */
export function readBookPhone(cell: string): BookPhone {
  const text = cell.normalize('NFKC').trim()
  // Two phones and whose they are; patterns take too long over a novel.
  if (text.length > 200) return { ok: false, reason: 'phoneUnreadable' }
  if (none.test(text)) return { ok: true, phone: undefined }
  const russian = russianMobile(text)
  if (russian !== undefined) return { ok: true, phone: russian }
  if (shortened.test(text)) return { ok: false, reason: 'phoneShortened' }
  return severalPhones(text)
}

const none = /^(?:[-–—.]*|0|нет|нет телефона|не указан[оа]?|н\/?д|n\/?a|none|null|unknown|неизвест\p{L}*)$/iu

const shortened = /^\+?\d(?:[.,]\d+)?e\+?\d{1,2}$/i

const signs = /[\s()+\-–—.]/g

/** Most phones of a Russian salon, at a fiftieth of the time: to libphonenumber all of +7 9xx are mobile and valid, but for some of 930. */
function russianMobile(text: string): string | undefined {
  const digits = text.endsWith('.0') ? text.slice(0, -2) : text.replaceAll(signs, '')
  if (/^[78]9(?!30)\d{9}$/.test(digits)) return `+7${digits.slice(1)}`
  return /^9(?!30)\d{9}$/.test(digits) && !text.startsWith('+') ? `+7${digits}` : undefined
}

function severalPhones(text: string): BookPhone {
  const pieces = text
    .split(/[,;/|\n]|\s+(?:и|или|or|and|доб\.?|ext\.?)\s+/i)
    .map((piece) =>
      piece
        .replace(/^\D*?(?=[+\d(])/u, '')
        .replace(/\.0$/, '')
        .trim(),
    )
    .filter((piece) => /\d/.test(piece))
  const readings = (pieces.length > 1 ? pieces : [pieces[0] ?? text]).map(readPhone)
  const phones = readings.flatMap((reading) => (reading.ok ? [reading.phone] : []))
  if (phones.length > 0) return { ok: true, phone: phones.find(isMobile) ?? phones[0] }
  const impossible = readings.some((reading) => !reading.ok && reading.reason === 'impossible')
  return { ok: false, reason: impossible ? 'phoneImpossible' : 'phoneUnreadable' }
}

const isMobile = (phone: string): boolean => {
  const type = parsePhoneNumberFromString(phone)?.getType()
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE'
}
