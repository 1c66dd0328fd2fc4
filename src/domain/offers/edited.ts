import type { OfferSpec } from './offer.ts'

/** Keys below "offers.wrong": what can be wrong with typed words. */
export type EditTrouble =
  | 'titleTooLong'
  | 'textTooLong'
  | 'percent'
  | 'giftTooLong'
  | 'validity'
  | 'past'
  | 'noSuchDay'
  | 'tooManyVariants'
  | 'shares'
  | 'sharesOfMany'
  | 'recipients'
  | 'perClient'
  | 'attribution'
  | 'mark'
  | 'occasion'
  | 'noOccasion'

export type Edited = { ok: true; spec: OfferSpec } | { ok: false; reason: EditTrouble }
