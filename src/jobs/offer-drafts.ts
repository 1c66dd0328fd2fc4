import type { EventLog } from '../domain/event-log.ts'
import { defaultPlaybook } from '../domain/offers/default-playbook.ts'
import type { NewcomerFacts } from '../domain/offers/newcomer.ts'
import { newcomerDraft, newcomerKey, newcomerSeed } from '../domain/offers/newcomer-draft.ts'
import type { NewcomerGift } from '../domain/offers/offer-settings.ts'
import { changedPlaybook } from '../domain/offers/playbook.ts'
import { draftsFor, isOfThePast, isResting } from '../domain/offers/playbook-drafts.ts'
import type { Language, Salon } from '../domain/salon.ts'
import type { Survey } from '../domain/survey.ts'
import { halvesSegments } from '../domain/value/halves.ts'
import { quintileSegments } from '../domain/value/quintiles.ts'
import type { Translate } from '../locales.ts'
import type { DraftStorage, PendingDraft } from '../storage/offer-drafts.ts'
import type { StoredOffer } from '../storage/offer-rows.ts'
import type { OfferStorage } from '../storage/offers.ts'
import { describeFailure } from './job-failure.ts'
import type { JobHandler, JobQueue } from './queues.ts'

/** It needs no data: it looks for what is to be drafted. */
export type OfferDraftsJob = Record<string, never>

/** What this job needs of the queues; `createQueues` gives it. */
export interface OfferDraftsQueues {
  queue(name: 'offerDrafts'): Pick<JobQueue<OfferDraftsJob>, 'add' | 'schedule'>
  worker(name: 'offerDrafts', handler: JobHandler<OfferDraftsJob>): Promise<void>
}

export interface OfferDraftsOptions {
  queues: OfferDraftsQueues
  drafts: DraftStorage
  offers: Pick<OfferStorage, 'create' | 'change'>
  /** What follows when a standing offer has somebody to reach. */
  changed: (offerId: number) => Promise<void>
  /** Takes the ids of notices to the staff. */
  announce: (noticeIds: string[]) => Promise<void>
  salon: Salon
  survey: Survey
  words: (language: Language) => Translate
  log: EventLog
  /** Epoch milliseconds. */
  now: () => number
}

export interface OfferDrafts {
  /** All that is due by now: drafts, what is out of date, the occasions of standing offers, the notice to the staff. */
  run(): Promise<void>
  /** The segments have changed: looks soon. Never rejects. */
  look(): Promise<void>
  /**
   * The personal offer of a newcomer, drafted for approval once.
   * @returns undefined: there is none for them, or it was decided upon
   */
  forNewcomer(clientId: number): Promise<PendingDraft | undefined>
  /** Looks every hour, and at the start. */
  work(): Promise<void>
}

const dayMs = 24 * 3600_000
const hourly = '5 * * * *'
/** Nobody of the staff is woken by it. */
const tellingHours = { from: 9, to: 21 }

/**
 * Drafts that make themselves, for people to decide upon. Each has a key, so it is drafted once, by whichever process and however
 * often it looks; what a dead process left half-way goes on at the next look.
 */
export function createOfferDrafts(options: OfferDraftsOptions): OfferDrafts {
  const { queues, drafts, offers, salon, log, now } = options
  const queue = queues.queue('offerDrafts')
  const playbook = changedPlaybook(defaultPlaybook, salon.offers.playbook)
  const { mark, newcomer } = salon.offers
  const marked = mark && { mark }
  const clock = () => Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(salon.timeZone)

  const submit = async (id: number): Promise<void> => {
    const changed = await offers.change({ id, act: { kind: 'submit' } })
    // What a salon's own words made wrong stays a draft: the staff see what is to be mended.
    if (!changed.ok) log.warn({ event: 'offer.notSubmitted', offer: id, reason: changed.reason })
  }
  const draft = async (one: Parameters<OfferStorage['create']>[0]): Promise<StoredOffer | undefined> => {
    const offer = await offers.create(one)
    if (offer) await submit(offer.id)
    return offer
  }

  const byPlaybook = async (): Promise<number> => {
    const { scheme, facts } = await drafts.segments()
    if (facts.length === 0) return 0
    const terms = termsOf(options, scheme === 'halves' ? halvesSegments : quintileSegments)
    const proposed = draftsFor({ ...options, ...marked, facts, terms, playbook, day: clock().toPlainDate() })
    const known = await drafts.known(proposed.map(({ draftKey }) => draftKey))
    const retired = await drafts.retired(now() - playbook.restDays * dayMs)
    const fresh = proposed.filter(({ draftKey }) => !known.has(draftKey) && !isResting(draftKey, retired))
    for (const one of fresh) await draft(one)
    return fresh.length
  }

  const ofNewcomer = (facts: NewcomerFacts, gift: NewcomerGift) => {
    const { holdoutShare, attributionDays } = playbook
    const { salon, words } = options
    const terms = { salon, words, ...gift, holdoutShare, attributionDays, ...marked }
    return draft({ ...newcomerDraft(facts, terms), seed: newcomerSeed })
  }

  /** What a dead process has not submitted, and what nobody has decided in its time. */
  const tidy = async (): Promise<number> => {
    const day = clock().toPlainDate()
    const undecided = await drafts.undecided()
    const stale = undecided.filter(({ draftKey, moot }) => moot || isOfThePast(draftKey, day))
    for (const { id } of stale) await offers.change({ id, act: { kind: 'expire', stale: true } })
    for (const one of undecided) if (one.state === 'draft' && !stale.includes(one)) await submit(one.id)
    return stale.length
  }

  const reach = async (): Promise<number> => {
    let written = 0
    for (const id of await drafts.standing()) {
      const deliveries = await drafts.writeOccasions(id)
      if (deliveries > 0) await options.changed(id)
      written += deliveries
    }
    return written
  }

  const tell = async (): Promise<void> => {
    const { hour } = clock()
    if (hour < tellingHours.from || hour >= tellingHours.to) return
    const id = await drafts.notice(`offers:${clock().toPlainDate().toString()}`)
    if (id !== undefined) await options.announce([id])
  }

  const run = async (): Promise<void> => {
    const expired = await tidy()
    const newcomers = newcomer ? await drafts.newcomers() : []
    if (newcomer) for (const facts of newcomers) await ofNewcomer(facts, newcomer)
    const drafted = (await byPlaybook()) + newcomers.length
    const deliveries = await reach()
    await tell()
    if (drafted + expired + deliveries > 0)
      log.info({ event: 'offers.drafted', drafted, expired, deliveries })
  }

  return {
    run,
    async look() {
      await queue
        .add({})
        .catch((error: unknown) => log.warn({ event: 'offers.notLooked', ...describeFailure(error) }))
    },
    async forNewcomer(clientId) {
      if (!newcomer) return undefined
      const [facts] = await drafts.newcomers(clientId)
      if (facts) await ofNewcomer(facts, newcomer)
      return drafts.pending(newcomerKey(clientId))
    },
    async work() {
      await queues.worker('offerDrafts', run)
      await queue.schedule('offer-drafts', { pattern: hourly, timeZone: salon.timeZone }, {})
      await queue.add({})
    },
  }
}

const termsOf = ({ salon, survey }: OfferDraftsOptions, segments: readonly string[]) => ({
  lines: salon.lines.map(({ id }) => id),
  segments,
  questions: survey.questions.map(({ id }) => id),
})
