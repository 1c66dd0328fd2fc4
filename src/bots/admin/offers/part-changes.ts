/** What a press or typed words make of an offer's spec. */
import type { Language } from '../../../domain/language.ts'
import type { OfferSpec } from '../../../domain/offers/offer.ts'
import {
  withCoupon,
  withDiscount,
  withoutPicture,
  withTitle,
  withValidity,
} from '../../../domain/offers/offer-edit.ts'
import type { Edited } from '../../../domain/offers/edited.ts'
import {
  occasionWith,
  withAttribution,
  withMark,
  withOccasion,
  withoutOccasion,
  withPerClient,
  withRecipients,
  withStanding,
} from '../../../domain/offers/terms-edit.ts'
import {
  withEvenShares,
  withoutLanguage,
  withoutVariant,
  withShares,
  withText,
} from '../../../domain/offers/variants-edit.ts'
import { dayOf, type Desk } from '../desk.ts'
import { ready, isReadyPart } from './part-screens.ts'
import type { OfferPart, PartRoute } from './route.ts'
import { readOccasion } from './standing-part.ts'

/** Undefined: this part is not typed. */
export function readPart(
  spec: OfferSpec,
  { part, variant, language }: PartRoute,
  text: string,
  desk: Desk,
): Edited | undefined {
  const first = desk.salon.languages[0] ?? 'ru'
  const typed = language === undefined ? { language: first } : { language, only: true }
  switch (part) {
    case 'title':
      return withTitle(spec, text, typed)
    case 'text':
      return withText(spec, text, typed, variant)
    case 'variants':
      return withShares(spec, text)
    case 'discount':
      return withDiscount(spec, text, typed)
    case 'validity':
      return withValidity(spec, text, dayOf(desk.now, desk.salon))
    case 'standing':
      return withStanding(spec, text)
    case 'recipients':
      return withRecipients(spec, text)
    case 'perClient':
      return withPerClient(spec, text)
    case 'attribution':
      return withAttribution(spec, text)
    case 'mark':
      return withMark(spec, text)
    case 'picture':
    case 'audience':
    case 'coupon':
    case 'holdout':
    case 'channel':
      return undefined
  }
}

/** Undefined: not a button of this version. @param mark the salon's */
export function pressedPart(
  spec: OfferSpec,
  part: OfferPart,
  value: string,
  mark: OfferSpec['mark'],
): OfferSpec | undefined {
  const [name = '', ...rest] = value.split('.')
  if (name === 'drop') return dropped(spec, part, rest)
  if (part === 'variants') return value === 'even' ? withEvenShares(spec) : edited(withShares(spec, value))
  if (part === 'picture') return value === 'none' ? withoutPicture(spec) : undefined
  if (part === 'standing') return occasionPressed(spec, value)
  if (!isReadyPart(part) || !ready[part].some((one) => one === value)) return undefined
  const number = Number(value)
  const { mark: _, ...unmarked } = spec
  switch (part) {
    case 'discount':
      return { ...spec, discount: value === 'none' ? { kind: 'none' } : { kind: 'percent', percent: number } }
    case 'validity':
      return { ...spec, validity: { kind: 'days', days: number } }
    case 'coupon':
      return withCoupon(spec, number)
    case 'holdout':
      return { ...spec, holdoutShare: number / 100 }
    case 'channel':
      return { ...spec, channel: value as OfferSpec['channel'] }
    case 'recipients':
      return edited(withRecipients(spec, value))
    case 'perClient':
      return edited(withPerClient(spec, value))
    case 'attribution':
      return edited(withAttribution(spec, value))
    case 'mark':
      if (value === 'none') return unmarked
      return mark && { ...spec, mark }
  }
}

function occasionPressed(spec: OfferSpec, value: string): OfferSpec | undefined {
  if (value === 'off') return withoutOccasion(spec)
  const occasion = readOccasion(value)
  return occasion && withOccasion(spec, occasionWith(occasion.kind, occasion.days))
}

const edited = (one: Edited): OfferSpec | undefined => (one.ok ? one.spec : undefined)

/** A variant, or the words in one language. */
function dropped(spec: OfferSpec, part: OfferPart, names: readonly string[]): OfferSpec | undefined {
  const [one = '', other] = names
  switch (part) {
    case 'variants':
      return withoutVariant(spec, one)
    case 'text':
      return withoutLanguage(
        spec,
        other === undefined ? (spec.variants[0]?.id ?? '') : one,
        (other ?? one) as Language,
      )
    case 'title':
      return { ...spec, title: withoutOne(spec.title, one as Language) }
    case 'discount':
      if (spec.discount.kind !== 'gift') return undefined
      return {
        ...spec,
        discount: { ...spec.discount, words: withoutOne(spec.discount.words, one as Language) },
      }
    default:
      return undefined
  }
}

function withoutOne(text: OfferSpec['title'], language: Language): OfferSpec['title'] {
  const { [language]: _, ...rest } = text
  return Object.keys(rest).length > 0 ? rest : text
}
