/** Changes of an offer's spec, as buttons and typed words mean them. */
import { readMoney } from '../money.ts'
import { readComingDay } from '../read-moment.ts'
import type { Language } from '../salon.ts'
import type { Discount, OfferSpec } from './offer.ts'

/** Keys below "offers.wrong": what can be wrong with typed words. */
export type EditTrouble =
  | 'titleTooLong'
  | 'textTooLong'
  | 'percent'
  | 'giftTooLong'
  | 'validity'
  | 'past'
  | 'noSuchDay'

export type Edited = { ok: true; spec: OfferSpec } | { ok: false; reason: EditTrouble }

const longest = { title: 60, text: 4096, gift: 100 }

/** A new offer with these words: to everybody, without a discount, with the usual tenth held out to compare with. */
export function newOffer(text: string, language: Language): OfferSpec {
  return {
    title: { [language]: titleFrom(text) },
    variants: [{ id: 'A', text: { [language]: text.trim() }, share: 1 }],
    audience: { kind: 'everyone' },
    discount: { kind: 'none' },
    validity: { kind: 'days', days: 14 },
    limits: { perClient: 1 },
    channel: 'any',
    schedule: { kind: 'now' },
    holdoutShare: 0.1,
    attributionDays: 15,
  }
}

/** The first words without what is put in: "{name}, скоро осень!" is called "Скоро осень". */
function titleFrom(text: string): string {
  const plain = text
    .replace(/\{\w+\}|[[\]|]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,.!?–—-]+/, '')
    .trim()
  const sentences = plain
    .split(/[.!?\n]/)
    .map((one) => one.replace(/[\s,]+$/, '').trim())
    .filter((one) => one !== '')
  // All offers say hello.
  const words = sentences.find((one) => !greeting.test(one)) ?? sentences[0] ?? text.trim()
  const short = Array.from(words).slice(0, 40).join('').trim()
  return short.charAt(0).toLocaleUpperCase() + short.slice(1)
}

const greeting =
  /^(здравствуйте|добрый (день|вечер)|доброе утро|привет|hello|hi|good (morning|day|evening))$/iu

/** @param language the salon's first: what is typed once is for everybody */
export function withTitle(spec: OfferSpec, typed: string, language: Language): Edited {
  const title = typed.replace(/\s+/g, ' ').trim()
  if (Array.from(title).length > longest.title) return { ok: false, reason: 'titleTooLong' }
  return { ok: true, spec: { ...spec, title: { [language]: title } } }
}

/** Of all variants one is left: what is typed is the offer's text. */
export function withText(spec: OfferSpec, typed: string, language: Language): Edited {
  const text = typed.trim()
  if (text.length > longest.text) return { ok: false, reason: 'textTooLong' }
  return { ok: true, spec: { ...spec, variants: [{ id: 'A', text: { [language]: text }, share: 1 }] } }
}

/** "10", "10 %", "500 ₽", "нет", or what is given: "маникюр в подарок". */
export function withDiscount(spec: OfferSpec, typed: string, language: Language): Edited {
  const words = typed.trim()
  if (/^(нет|без скидки|none|no)$/iu.test(words))
    return { ok: true, spec: { ...spec, discount: { kind: 'none' } } }
  const percent = /^(\d{1,3}(?:[.,]\d)?)\s*(?:%|процент\p{L}*)?$/u.exec(words)?.[1]
  if (percent !== undefined) {
    const number = Number(percent.replace(',', '.'))
    return number < 1 || number > 100
      ? { ok: false, reason: 'percent' }
      : { ok: true, spec: { ...spec, discount: { kind: 'percent', percent: number } } }
  }
  const kopecks = readMoney(words)
  if (kopecks !== undefined) return { ok: true, spec: { ...spec, discount: { kind: 'amount', kopecks } } }
  if (Array.from(words).length > longest.gift) return { ok: false, reason: 'giftTooLong' }
  const discount: Discount = { kind: 'gift', words: { [language]: words } }
  return { ok: true, spec: { ...spec, discount } }
}

/** "14", "14 дней", "31.12". @param today the salon's date */
export function withValidity(spec: OfferSpec, typed: string, today: Temporal.PlainDate): Edited {
  const days = /^(\d{1,3})\s*(?:дн\p{L}*|день|days?)?$/iu.exec(typed.trim())?.[1]
  if (days !== undefined)
    return Number(days) > 365
      ? { ok: false, reason: 'validity' }
      : { ok: true, spec: { ...spec, validity: { kind: 'days', days: Number(days) } } }
  const reading = readComingDay(typed.replace(/^(до|until|by)\s+/iu, ''), today)
  if (!reading.ok) return { ok: false, reason: reading.reason === 'unreadable' ? 'validity' : reading.reason }
  return { ok: true, spec: { ...spec, validity: { kind: 'until', date: reading.day.toString() } } }
}

/** 0: none. */
export function withCoupon({ coupon: _, ...spec }: OfferSpec, uses: number): OfferSpec {
  return uses === 0 ? spec : { ...spec, coupon: { uses } }
}

export function withoutPicture({ picture: _, ...words }: OfferSpec): OfferSpec {
  return words
}
