/** Changes of an offer's spec, as buttons and typed words mean them. */
import { readMoney } from '../money.ts'
import { readComingDay } from '../read-moment.ts'
import type { Language } from '../salon.ts'
import type { Discount, OfferSpec } from './offer.ts'
import type { Edited } from './edited.ts'
import { said, type Typed } from './said.ts'

const longest = { title: 60, gift: 100 }

/** What the salon has said of all its offers. */
export type OfferDefaults = Pick<OfferSpec, 'holdoutShare' | 'attributionDays' | 'mark'>

const usual: OfferDefaults = { holdoutShare: 0.1, attributionDays: 15 }

/** A new offer with these words: to everybody, without a discount, with the usual tenth held out to compare with. */
export function newOffer(text: string, language: Language, defaults: Partial<OfferDefaults> = {}): OfferSpec {
  return {
    title: { [language]: titleFrom(text) },
    variants: [{ id: 'A', text: { [language]: text.trim() }, share: 1 }],
    audience: { kind: 'everyone' },
    discount: { kind: 'none' },
    validity: { kind: 'days', days: 14 },
    limits: { perClient: 1 },
    channel: 'any',
    schedule: { kind: 'now' },
    ...usual,
    ...defaults,
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

export function withTitle(spec: OfferSpec, words: string, typed: Typed): Edited {
  const title = words.replace(/\s+/g, ' ').trim()
  if (Array.from(title).length > longest.title) return { ok: false, reason: 'titleTooLong' }
  return { ok: true, spec: { ...spec, title: said(spec.title, title, typed) } }
}

/** "10", "10 %", "500 ₽", "нет", or what is given: "маникюр в подарок". */
export function withDiscount(spec: OfferSpec, text: string, typed: Typed): Edited {
  const words = text.trim()
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
  const before = spec.discount.kind === 'gift' ? spec.discount.words : {}
  const discount: Discount = { kind: 'gift', words: said(before, words, typed) }
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
