import { defaultCaps, type Cap } from './contact-policy.ts'
import type { OfferFacts } from './state.ts'
import type { OfferSpec } from './offer.ts'
import type { NewcomerWeights } from './newcomer-weights.ts'
import type { PlaybookChanges } from './playbook.ts'

export interface NewcomerGift {
  discountPercent: number
  /** How much each thing speaks for an offer, where the salon's weights differ from ours. */
  weights?: Partial<NewcomerWeights>
}

/** How the salon makes offers. */
export interface OfferSettings {
  /** Advertising messages to one person, over both messengers together. */
  caps: readonly Cap[]
  /** Only the owner approves what is above. */
  ownerAbove: OfferFacts['ownerAbove']
  /** Stands on top of what the program drafts. */
  mark?: NonNullable<OfferSpec['mark']>
  /** Newcomers get so much off their first visit; absent: no personal offers. */
  newcomer?: NewcomerGift
  playbook: PlaybookChanges
}

/** Of a salon that says nothing. */
export const defaultOfferSettings: OfferSettings = {
  caps: defaultCaps,
  ownerAbove: {},
  newcomer: { discountPercent: 10 },
  playbook: {},
}
