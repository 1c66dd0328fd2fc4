import type { PolicySettings } from '../../../domain/offers/contact-policy.ts'
import type { OfferDefaults } from '../../../domain/offers/offer-edit.ts'
import type { BrokenRule } from '../../../domain/offers/do-not.ts'
import type { OfferSpec } from '../../../domain/offers/offer.ts'
import type { OfferProblem } from '../../../domain/offers/problem.ts'
import type { Segment } from '../../../domain/value/segment-rank.ts'
import type { Language } from '../../../domain/salon.ts'
import type { SurveyQuestion } from '../../../domain/survey.ts'
import type { Translate } from '../../../locales.ts'
import type { AudienceCounts } from '../../../storage/audience-counts.ts'
import type { DeliveryStorage } from '../../../storage/deliveries.ts'
import type { OfferPreviews } from '../../../storage/offer-preview.ts'
import type { OfferViewStorage } from '../../../storage/offer-views.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { OfferStorage } from '../../../storage/offers.ts'
import type { Member } from '../../../storage/staff.ts'
import type { PictureStorage } from '../../../storage/pictures.ts'
import type { Photos } from '../../photos.ts'
import type { Desk } from '../desk.ts'
import type { FetchFile } from '../fetch-file.ts'

/** What is needed to show offers to the staff, and to let them decide. */
export interface OfferBooks {
  offers: OfferStorage
  deliveries: Pick<DeliveryStorage, 'progress'>
  previews: OfferPreviews
  /** The sending's. */
  policy: PolicySettings
  problemsOf(spec: OfferSpec): OfferProblem[]
  /** What the salon says is not done, and this offer does. */
  brokenRulesOf(spec: OfferSpec): BrokenRule[]
  /** Whether only the owner may approve it. */
  needsOwner(spec: OfferSpec, recipients: number): boolean
  /** Until when the playbook drafts nothing like an offer that was put away, epoch milliseconds; undefined: it does not rest. */
  restsUntil(offer: StoredOffer): number | undefined
  /** What the playbook has for a segment of a line ("": overall); undefined: nothing. */
  draftFor(line: string, segment: Segment): { draftKey: string; spec: OfferSpec } | undefined
  /** The segments that clients are in now. */
  segments(): readonly Segment[]
  counts: AudienceCounts
  /** The survey that is asked now. */
  questions: readonly SurveyQuestion[]
  /** What a new offer has unless somebody says otherwise. */
  defaults: OfferDefaults
}

export interface OfferOptions {
  pictures: Pick<PictureStorage, 'keep' | 'byId'>
  /** This bot's own names of pictures. */
  photos: Pick<Photos, 'named'>
  books: OfferBooks
  /** Messages that follow an offer. */
  views: OfferViewStorage
  /** Hears that something was done to an offer: what follows from it is done. Does not reject. */
  onOffer: (id: number) => Promise<void>
}

export interface OfferContext extends OfferOptions {
  fetchFile: FetchFile
  deskOf: (member: Member) => Desk
  translate: (language: Language) => Translate
}
