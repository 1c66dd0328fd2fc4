/** Offers: what is kept of them, and what carries them out at the tokens' pace. */
import type { Logger } from 'pino'
import { checkOffer } from '../domain/offers/check-offer.ts'
import type { OfferContext } from '../domain/offers/check-offer.ts'
import { defaultSpreadMs } from '../domain/offers/contact-policy.ts'
import type { OfferSpec } from '../domain/offers/offer.ts'
import type { Platform } from '../domain/platform.ts'
import type { Language, Salon } from '../domain/salon.ts'
import type { Survey } from '../domain/survey.ts'
import { halvesSegments } from '../domain/value/halves.ts'
import { quintileSegments } from '../domain/value/quintiles.ts'
import { createDeliver } from '../jobs/deliver.ts'
import type { Deliver, Way } from '../jobs/deliver.ts'
import { createOfferDrafts } from '../jobs/offer-drafts.ts'
import type { OfferDrafts } from '../jobs/offer-drafts.ts'
import { createPaceGate } from '../jobs/pace-gate.ts'
import type { PaceGate } from '../jobs/pace-gate.ts'
import type { Translate } from '../locales.ts'
import { createDeliveries } from '../storage/deliveries.ts'
import type { DeliveryStorage } from '../storage/deliveries.ts'
import { createDraftStorage } from '../storage/offer-drafts.ts'
import { createOffers } from '../storage/offers.ts'
import type { OfferStorage } from '../storage/offers.ts'
import { createTokenPace } from '../storage/token-pace.ts'
import type { Bots } from './bots.ts'
import { offerDoor } from './offer-door.ts'
import type { Storage } from './storage.ts'

export interface Offering {
  offers: OfferStorage
  deliveries: DeliveryStorage
  deliver: Deliver
  drafts: OfferDrafts
  gates: Record<Platform, PaceGate>
  /** The ways out of this process. */
  ways(bots: Bots, translate: (language: Language) => Translate): Partial<Record<Platform, Way>>
}

/** @param now epoch milliseconds */
export function offering({
  database,
  queues,
  run,
  survey,
  salon,
  words,
  announce,
  log,
  now,
}: Pick<Storage, 'database' | 'queues' | 'run' | 'survey'> & {
  salon: Salon
  words: (language: Language) => Translate
  /** Takes the ids of notices to the staff. */
  announce: (noticeIds: string[]) => Promise<void>
  log: Logger
  now: () => number
}): Offering {
  const { advertising, quietHours, timeZone, rates } = salon
  const { caps, ownerAbove } = salon.offers
  const pace = createTokenPace(database)
  const gate = (token: Platform, perSecond: number) => createPaceGate({ pace, token, perSecond })
  const gates = {
    telegram: gate('telegram', Math.min(rates.broadcastTelegramPerSecond, rates.telegramPerSecond)),
    vk: gate('vk', Math.min(rates.broadcastVkPerSecond, rates.vkPerSecond)),
  }
  const policy = { advertising, quietHours, timeZone, caps, spreadMs: defaultSpreadMs }
  const deliveries = createDeliveries({ ...database, runId: run.id, policy, now })
  const checked = (spec: OfferSpec) => ({
    problems: checkOffer(spec, contextOf(salon, survey, now())).length,
    discountPercent: percentOf(spec, salon),
  })
  const audience = { timeZone, advertising }
  const offers = createOffers({ ...database, checked, ownerAbove, audience, now })
  const deliver = createDeliver({ queues, offers, deliveries, log, now })
  const drafts = createOfferDrafts({
    queues,
    drafts: createDraftStorage({ ...database, audience, now }),
    offers,
    changed: (id) => deliver.changed(id),
    announce,
    salon,
    survey,
    words,
    log,
    now,
  })
  return {
    offers,
    deliveries,
    deliver,
    drafts,
    gates,
    ways(bots, translate) {
      const way = (platform: Platform): Way => ({
        door: offerDoor({ platform, bots, salon, translate, now }),
        gate: gates[platform],
      })
      return {
        ...(bots.telegram && { telegram: way('telegram') }),
        ...(bots.vk && { vk: way('vk') }),
      }
    },
  }
}

/** No name that is kept is longer. */
const longestName = 'Ж'.repeat(60)

function contextOf(salon: Salon, survey: Survey, at: number): OfferContext {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(salon.timeZone).toPlainDate()
  return {
    terms: {
      lines: salon.lines.map(({ id }) => id),
      segments: [...halvesSegments, ...quintileSegments],
      questions: survey.questions.map(({ id }) => id),
    },
    languages: salon.languages,
    today: Temporal.PlainDate.from('1970-01-01').until(today).days,
    now: at,
    longest: () => ({
      name: longestName,
      master: longestName,
      service: longestName,
      line: longestName,
      discount: longestName,
      until: longestName,
      days: longestName,
      code: 'ABCDE-FGHJK',
    }),
    frameLength: () => 200,
  }
}

/** Of an amount: its part of the cheapest service, at most all of it. */
function percentOf({ discount }: OfferSpec, { lines }: Salon): number {
  switch (discount.kind) {
    case 'none':
      return 0
    case 'percent':
      return discount.percent
    case 'gift':
      return 100
    case 'amount': {
      const cheapest = Math.min(...lines.flatMap(({ services }) => services.map((one) => one.priceKopecks)))
      return Math.min(100, (discount.kopecks / Math.max(1, cheapest)) * 100)
    }
  }
}
