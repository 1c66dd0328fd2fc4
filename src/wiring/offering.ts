/** Offers: what is kept of them, and what carries them out at the tokens' pace. */
import type { Logger } from 'pino'
import type { OfferBooks } from '../bots/admin/offers/options.ts'
import { createPhotos } from '../bots/photos.ts'
import { checkOffer } from '../domain/offers/check-offer.ts'
import { defaultSpreadMs } from '../domain/offers/contact-policy.ts'
import { defaultPlaybook } from '../domain/offers/default-playbook.ts'
import { discountPercent } from '../domain/offers/discount-percent.ts'
import { brokenRules } from '../domain/offers/do-not.ts'
import { offerContext } from '../domain/offers/offer-context.ts'
import type { Frame } from '../domain/offers/offer-context.ts'
import type { OfferSpec } from '../domain/offers/offer.ts'
import { changedPlaybook } from '../domain/offers/playbook.ts'
import type { AudienceTerms } from '../domain/offers/read-audience.ts'
import { needsOwner } from '../domain/offers/state.ts'
import { segmentDraft } from '../domain/offers/segment-draft.ts'
import type { Platform } from '../domain/platform.ts'
import type { Language, Salon } from '../domain/salon.ts'
import type { Survey } from '../domain/survey.ts'
import { halvesSegments } from '../domain/value/halves.ts'
import { quintileSegments } from '../domain/value/quintiles.ts'
import { segmentsOf } from '../domain/value/segment-rank.ts'
import { markLine } from '../flows/offer-message.ts'
import { createDeliver } from '../jobs/deliver.ts'
import type { Deliver, Way } from '../jobs/deliver.ts'
import { createOfferDrafts } from '../jobs/offer-drafts.ts'
import type { OfferDrafts } from '../jobs/offer-drafts.ts'
import { describeFailure } from '../jobs/job-failure.ts'
import { createPaceGate } from '../jobs/pace-gate.ts'
import type { PaceGate } from '../jobs/pace-gate.ts'
import { createPlaces } from '../jobs/places.ts'
import type { Places, TokenRates } from '../jobs/places.ts'
import type { Translate } from '../locales.ts'
import { createAudienceCounts } from '../storage/audience-counts.ts'
import { createDeliveries } from '../storage/deliveries.ts'
import type { DeliveryStorage } from '../storage/deliveries.ts'
import type { Database } from '../storage/database.ts'
import { createDraftStorage } from '../storage/offer-drafts.ts'
import { createOfferPreviews } from '../storage/offer-preview.ts'
import { createOffers } from '../storage/offers.ts'
import { createPictures } from '../storage/pictures.ts'
import type { PictureStorage } from '../storage/pictures.ts'
import { createTokenPace } from '../storage/token-pace.ts'
import type { Bots } from './bots.ts'
import { offerDoor } from './offer-door.ts'
import type { Storage } from './storage.ts'

export interface Offering {
  books: OfferBooks
  pictures: PictureStorage
  deliver: Deliver
  drafts: OfferDrafts
  gates: Record<Platform, PaceGate>
  places: Places<Platform>
  /** The ways out of this process. */
  ways(bots: Bots): Partial<Record<Platform, Way>>
}

/** What is kept of offers, and what the staff are told of them. @param now epoch milliseconds */
export function offerBooks({
  database,
  runId,
  survey,
  salon,
  translate,
  announce,
  now,
}: {
  database: Pick<Database, 'prisma' | 'pool'>
  runId: number
  survey: Survey
  salon: Salon
  translate: (language: Language) => Translate
  /** Takes the ids of notices to the staff. */
  announce: (noticeIds: string[]) => Promise<void>
  now: () => number
}): OfferBooks & { deliveries: DeliveryStorage } {
  const { advertising, quietHours, timeZone } = salon
  const { caps, ownerAbove } = salon.offers
  const playbook = changedPlaybook(defaultPlaybook, salon.offers.playbook)
  const policy = { advertising, quietHours, timeZone, caps, spreadMs: defaultSpreadMs }
  const frameLength: Frame = (language, { mark }) => markLine(mark, translate(language)).length
  const problemsOf = (spec: OfferSpec) =>
    checkOffer(spec, offerContext(salon, termsOf(salon, survey), now(), frameLength))
  const checked = (spec: OfferSpec) => ({
    problems: problemsOf(spec).length,
    discountPercent: discountPercent(spec.discount, salon),
  })
  const segments = segmentsOf(salon.value.scheme)
  return {
    offers: createOffers({
      ...database,
      checked,
      ownerAbove,
      audience: { timeZone, advertising },
      announce,
      now,
    }),
    deliveries: createDeliveries({ ...database, runId, policy, now }),
    previews: createOfferPreviews({ ...database, policy, now }),
    policy,
    problemsOf,
    brokenRulesOf: (spec) => brokenRules(spec, playbook.doNot, salon),
    needsOwner: (spec, recipients) =>
      needsOwner({ discountPercent: discountPercent(spec.discount, salon), recipients, ownerAbove }),
    restsUntil({ origin, standing: { retiredAt } }) {
      if (origin !== 'playbook' || retiredAt === undefined) return undefined
      const until = retiredAt + playbook.restDays * dayMs
      return until > now() ? until : undefined
    },
    draftFor: (line, segment) =>
      segmentDraft(line, segment, {
        terms: { ...termsOf(salon, survey), segments },
        playbook,
        day: dayAt(now(), salon),
        salon,
        words: translate,
      }),
    segments: () => segments,
    counts: createAudienceCounts({ prisma: database.prisma, timeZone, now }),
    questions: survey.questions,
    defaults: {
      holdoutShare: playbook.holdoutShare,
      attributionDays: playbook.attributionDays,
      ...(salon.offers.mark && { mark: salon.offers.mark }),
    },
  }
}

/** @param now epoch milliseconds */
export function offering({
  database,
  queues,
  run,
  survey,
  salon,
  translate,
  announce,
  isShared,
  log,
  now,
}: Pick<Storage, 'database' | 'queues' | 'run' | 'survey'> & {
  salon: Salon
  translate: (language: Language) => Translate
  /** Takes the ids of notices to the staff. */
  announce: (noticeIds: string[]) => Promise<void>
  /** Other processes may be at the same database. */
  isShared: boolean
  log: Logger
  now: () => number
}): Offering {
  const { advertising, timeZone, rates } = salon
  const pace = createTokenPace(database)
  const tokenRates = {
    telegram: ratesOf(rates.telegramPerSecond, rates.broadcastTelegramPerSecond),
    vk: ratesOf(rates.vkPerSecond, rates.broadcastVkPerSecond),
  }
  const onTrouble = (error: unknown) => log.warn({ event: 'token.notAsked', ...describeFailure(error) })
  const places = createPlaces({ pace, rates: tokenRates, isShared, onTrouble })
  const gate = (token: Platform) =>
    createPaceGate({
      pace,
      token,
      perSecond: tokenRates[token].broadcast,
      noticeMs: () => places.noticeMs(),
    })
  const gates = { telegram: gate('telegram'), vk: gate('vk') }
  const books = offerBooks({ database, runId: run.id, survey, salon, translate, announce, now })
  const { offers, deliveries } = books
  const pictures = createPictures({ ...database, now })
  const deliver = createDeliver({ queues, offers, deliveries, log, now })
  const drafts = createOfferDrafts({
    queues,
    drafts: createDraftStorage({ ...database, audience: { timeZone, advertising }, now }),
    offers,
    changed: (id) => deliver.changed(id),
    announce,
    salon,
    survey,
    words: translate,
    log,
    now,
  })
  return {
    books,
    pictures,
    deliver,
    drafts,
    gates,
    places,
    ways(bots) {
      const way = (platform: Platform, token: string): Way => {
        const photos = createPhotos({ pictures, token, log, now })
        return { door: offerDoor({ platform, bots, photos, salon, translate, now }), gate: gates[platform] }
      }
      return {
        ...(bots.telegram && { telegram: way('telegram', bots.telegram.tokenName) }),
        ...(bots.vk && { vk: way('vk', bots.vk.tokenName) }),
      }
    },
  }
}

const dayMs = 24 * 3600_000

const ratesOf = (limit: number, broadcast: number): TokenRates => ({
  limit,
  broadcast: Math.min(broadcast, limit),
})

const dayAt = (at: number, { timeZone }: Salon): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate()

const termsOf = ({ lines }: Salon, { questions }: Survey): AudienceTerms => ({
  lines: lines.map(({ id }) => id),
  segments: [...halvesSegments, ...quintileSegments],
  questions: questions.map(({ id }) => id),
})
