import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

export type PhoneReading = { ok: true; phone: string } | { ok: false; reason: 'unreadable' | 'impossible' }

/**
 * Reads a phone as people type it ("8 (912) 345-67-89", "+7 912 345 67 89", "912 345 67 89").
 * Numbers without a country code are taken as Russian.
 * @returns E.164 with "+", e.g. "+79123456789"
 */
export function readPhone(text: string): PhoneReading {
  const digits = text.match(/\p{Nd}/gu)?.length ?? 0
  if (digits < 7 || digits > 15) return { ok: false, reason: 'unreadable' }
  const parsed = parsePhoneNumberFromString(text.normalize('NFKC'), 'RU')
  if (!parsed?.isValid()) return { ok: false, reason: 'impossible' }
  return { ok: true, phone: parsed.number }
}

/**
 * The phone that Telegram's contact button sends: international digits, often without "+". Telegram has called or texted it,
 * so a number that our tables don't know (a new range, a virtual operator) is believed.
 */
export function readContactPhone(phone: string): PhoneReading {
  const digits = phone.replace(/\D/g, '')
  if (digits.length < 7 || digits.length > 15) return { ok: false, reason: 'unreadable' }
  return { ok: true, phone: `+${digits}` }
}

/** "+79123456789" as people read it: "+7 912 345 67 89". Russian ones are many and quick to show. */
export function showPhone(phone: string): string {
  const [, code, ...groups] = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone) ?? []
  if (code !== undefined) return `+7 ${code} ${groups.join(' ')}`
  return parsePhoneNumberFromString(phone)?.formatInternational() ?? phone
}
