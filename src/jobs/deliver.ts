import type { EventLog } from '../domain/event-log.ts'
import type { Platform } from '../domain/platform.ts'
import type { DeliveryStorage } from '../storage/deliveries.ts'
import type { OfferStorage } from '../storage/offers.ts'
import { createDeliveryLine } from './delivery-line.ts'
import type { OfferDoor } from './delivery-line.ts'
import { describeFailure } from './job-failure.ts'
import type { PaceGate } from './pace-gate.ts'
import type { JobHandler, JobQueue, WorkerSettings } from './queues.ts'

/** A part of an offer's sending on one platform: whoever has a slice takes what is next, so any number of them may be at work. */
export type DeliverJob = { offerId: number; slice: number }
/** Looks at all offers. */
export type OffersJob = { offerId: 'all' }

const deliverQueue = { telegram: 'deliverTelegram', vk: 'deliverVk' } as const
type DeliverQueue = (typeof deliverQueue)[Platform]

/** What this job needs of the queues; `createQueues` gives it. */
export interface DeliverQueues {
  queue(name: DeliverQueue): Pick<JobQueue<DeliverJob>, 'addMany' | 'remove'>
  queue(name: 'offers'): Pick<JobQueue<OffersJob>, 'schedule'>
  worker(name: DeliverQueue, handler: JobHandler<DeliverJob>, settings: WorkerSettings): Promise<void>
  worker(name: 'offers', handler: JobHandler<OffersJob>, settings: WorkerSettings): Promise<void>
}

/** A platform's way out: one for each token that this process has. */
export interface Way {
  door: OfferDoor
  gate: PaceGate
}

export interface Deliver {
  /**
   * Something was done to an offer: what follows from it (it begins, goes on, or what waited is called off) is done at once.
   * Never rejects: what could not be done is done by a sweep.
   */
  changed(offerId: number): Promise<void>
  /** Looks at all offers: every minute, at the start, and when the clock was put on. */
  sweep(): Promise<void>
  /** Sends in this process, and sweeps. */
  work(ways: Partial<Record<Platform, Way>>): Promise<void>
}

const sweepEveryMs = 60_000
/** Nothing takes so long: who has not ended a delivery by now never will. */
const stuckAfterMs = 10 * 60_000
/** Two, so that a second process is at work already when the first one dies. */
const slices = [0, 1]
/** So many jobs of a platform at once in a process: slices of several offers. */
const atOnce = 8

/**
 * Sends what was approved. The rows are the truth; a job says only that there is something to be done about an offer, and a sweep
 * finds what a queue lost. Each message is decided anew at its moment (storage/deliveries.ts), so whatever was committed before
 * counts from the next message on: a pause, a consent, a complaint.
 */
export function createDeliver({
  queues,
  offers,
  deliveries,
  log,
  now = Date.now,
}: {
  queues: DeliverQueues
  offers: OfferStorage
  deliveries: DeliveryStorage
  log: EventLog
  now?: () => number
}): Deliver {
  const platforms = Object.keys(deliverQueue) as Platform[]
  const queueOf = { telegram: queues.queue('deliverTelegram'), vk: queues.queue('deliverVk') }
  let wakes = 0

  /**
   * @param anew also where a slice is at work: it may have seen the pause that is over now, and be about to end
   */
  const wake = async (offerId: number, { anew }: { anew: boolean }): Promise<void> => {
    wakes += 1
    const suffix = anew ? `-${now().toString(36)}-${wakes}` : ''
    for (const platform of platforms) {
      const jobs = slices.map((slice) => ({
        data: { offerId, slice },
        options: { id: `deliver-${offerId}-${slice}${suffix}`, attempts: 10 },
      }))
      // A job that waits for its time, or is done, still holds the id; one at work can't be removed, and needn't be.
      if (!anew) for (const { options } of jobs) await queueOf[platform].remove(options.id)
      await queueOf[platform].addMany(jobs)
    }
  }

  const tried = async (work: () => Promise<unknown>, offerId: number): Promise<void> => {
    try {
      await work()
    } catch (error) {
      log.warn({ event: 'offer.notFollowed', offer: offerId, ...describeFailure(error) })
    }
  }

  const start = async (offerId: number): Promise<void> => {
    const changed = await offers.change({ id: offerId, act: { kind: 'start' } })
    if (changed.ok) log.info({ event: 'offer.started', offer: offerId })
  }

  /** When nothing waits any more. A standing offer waits for the next occasion. */
  const finish = async (offerId: number): Promise<boolean> => {
    const offer = await offers.byId(offerId)
    const state = offer?.standing.state
    // What was in hand when it was called off, and did not leave, waits again.
    if (state === 'cancelled' || state === 'expired') await deliveries.closeWaiting(offerId, state)
    if (offer?.standing.state !== 'sending' || offer.spec.schedule.kind === 'standing') return false
    if ((await deliveries.unfinished(offerId)) > 0) return false
    const { ok } = await offers.change({ id: offerId, act: { kind: 'finish' } })
    if (ok) log.info({ event: 'offer.done', offer: offerId })
    return ok
  }

  const follow = async (offerId: number): Promise<void> => {
    const due = await offers.due()
    if (due.start.includes(offerId)) await start(offerId)
    const offer = await offers.byId(offerId)
    switch (offer?.standing.state) {
      case 'sending':
        return wake(offerId, { anew: true })
      case 'cancelled':
      case 'expired':
        return void (await deliveries.closeWaiting(offerId, offer.standing.state))
      default:
        return undefined
    }
  }

  /** @param anew where this process has just begun: the jobs of one that crashed look as if they were at work, for a while */
  const sweep = async ({ anew }: { anew: boolean }): Promise<void> => {
    const lost = await deliveries.closeDead(stuckAfterMs)
    if (lost > 0) log.warn({ event: 'delivery.unknown', deliveries: lost })
    const due = await offers.due()
    for (const id of due.expire) await offers.change({ id, act: { kind: 'expire' } })
    for (const id of due.start) await start(id)
    for (const { id, state } of await offers.leftovers()) await deliveries.closeWaiting(id, state)
    for (const id of await offers.sending()) if (!(await finish(id))) await wake(id, { anew })
  }

  return {
    sweep: () => sweep({ anew: false }),
    changed: (offerId) => tried(() => follow(offerId), offerId),
    async work(ways) {
      for (const platform of platforms) {
        const way = ways[platform]
        if (!way) continue
        const line = createDeliveryLine({ platform, ...way, deliveries, log, now })
        const handler: JobHandler<DeliverJob> = async ({ data: { offerId }, signal }) => {
          const left = await line.send(offerId, signal)
          if (left.what === 'nothing') await finish(offerId)
          return left.what === 'nothing' ? undefined : { putOffMs: left.putOffMs }
        }
        await queues.worker(deliverQueue[platform], handler, { concurrency: atOnce })
      }
      await queues.worker('offers', () => sweep({ anew: false }), {})
      await queues.queue('offers').schedule('offers-sweep', { everyMs: sweepEveryMs }, { offerId: 'all' })
      await sweep({ anew: true })
    },
  }
}
