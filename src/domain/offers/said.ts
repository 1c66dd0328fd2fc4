import type { Language } from '../language.ts'
import type { OfferText } from './offer.ts'

/** In which language something was typed. */
export interface Typed {
  language: Language
  /** The other languages keep what they have. Absent: what is typed once is for everybody. */
  only?: boolean
}

/** What was typed, in its language, or for all of them. */
export const said = (before: OfferText, words: string, { language, only }: Typed): OfferText =>
  only ? { ...before, [language]: words } : { [language]: words }
