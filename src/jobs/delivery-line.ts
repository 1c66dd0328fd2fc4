import { setTimeout as sleep } from 'node:timers/promises'
import type { EventLog } from '../domain/event-log.ts'
import type { Platform } from '../domain/platform.ts'
import type { Claim, ClaimedDelivery, DeliveryStorage } from '../storage/deliveries.ts'
import { describeFailure } from './job-failure.ts'
import type { PaceGate, Slot } from './pace-gate.ts'

/** How an advertising message goes out. */
export interface OfferDoor {
  /**
   * Says it, by `notAfter` (`performance.now()`) or not at all, and tries once.
   * @throws Error when nobody knows what came of it
   */
  say(delivery: ClaimedDelivery, notAfter: number): Promise<SayOutcome>
  /**
   * Resolves when messages of this offer can go: its picture is at the platform, or has to be brought there by the next one. Before a
   * slot is taken, so that nobody's slot passes while a picture is on its way.
   */
  ready(offerId: number): Promise<void>
}

export type SayOutcome =
  | { what: 'sent'; messageId?: number }
  /** This person can't be written to there any more. */
  | { what: 'unreachable' }
  /** The platform will never take it. */
  | { what: 'failed'; reason: string }
  /** It surely did not go: its moment went by, or the platform asked to wait. `down`: there is no way to the platform. */
  | { what: 'notSent'; down: boolean }
  /** Nobody knows whether it went. */
  | { what: 'unsure' }

export type Left =
  /** Nothing of the offer waits here any more. */
  { what: 'nothing' } | { what: 'more'; putOffMs: number }

export interface DeliveryLine {
  /**
   * Sends what is due of an offer, and what is due soon, until `signal` is aborted. Resolves when each message has ended. Whoever
   * comes back to a queue for more is asked again seconds later, so a turn is not cut short.
   */
  send(offerId: number, signal: AbortSignal): Promise<Left>
}

/** With a messenger that takes a second to answer, the rate needs as many on their way at once as it has messages a second. */
const onTheWay = 64
/** Where the database takes longer than a slot, several claims are on their way at once. */
const hands = 4
/** What is due so soon is waited for; what is being looked at by somebody else is due already. */
const soonMs = 5_000
const lookAgainMs = 200
const mostLeadMs = 250
/** What was decided longer ago is decided anew. */
const freshMs = 500
/** Where one is refused, more of the kind often follow: so many are looked at together then. */
const manyAtOnce = 20
/** A platform that recognises repeats gets a message whose fate is unknown so often. */
const mostTries = 6
const recognisesRepeats: Record<Platform, boolean> = { telegram: false, vk: true }
const waitMs = { least: 250, most: 60_000 }

/** A job's turn: `left` is set by the first who finds nothing more to do. */
interface Turn {
  offerId: number
  signal: AbortSignal
  mine: Set<Promise<void>>
  begun: number
  left?: Left
}

/** One platform's messages leaving this process, each at a slot of the token's timetable. */
export function createDeliveryLine({
  platform,
  door,
  gate,
  deliveries,
  log,
  now = Date.now,
}: {
  platform: Platform
  door: OfferDoor
  gate: PaceGate
  deliveries: DeliveryStorage
  log: EventLog
  now?: () => number
}): DeliveryLine {
  const busy = new Set<Promise<void>>()

  /** How long a claim takes, as of lately. */
  let claimMs = 5

  return {
    async send(offerId, signal) {
      for (;;) {
        const turn: Turn = { offerId, signal, mine: new Set(), begun: 0 }
        await Promise.all(Array.from({ length: hands }, () => sendOneByOne(turn)))
        await Promise.all(turn.mine)
        // What was claimed when nothing waited any more may have come back to wait again.
        if (turn.begun > 0 && turn.left?.what === 'nothing' && !signal.aborted) continue
        return turn.left ?? { what: 'more', putOffMs: 0 }
      }
    },
  }

  /** Claimed so long before its slot that it is ready when the slot begins, and no longer: what decides about it is fresh. */
  async function sendOneByOne(turn: Turn): Promise<void> {
    while (!turn.left && !turn.signal.aborted) {
      while (busy.size >= onTheWay) await Promise.race(busy)
      await door.ready(turn.offerId)
      const slot = await gate.slot(turn.signal, Math.min(mostLeadMs, claimMs * 1.5))
      if (!slot) return
      const claim = await claimAt(slot, turn.offerId)
      if (claim.what === 'message') await sendAt(slot, claim.delivery, turn)
      if (claim.what === 'none') await idle(claim.nextAt, turn)
    }
  }

  async function idle(nextAt: number | undefined, turn: Turn): Promise<void> {
    const soon = nextAt !== undefined && nextAt < now() + soonMs
    if (soon) await sleep(lookAgainMs, undefined, { signal: turn.signal }).catch(() => {})
    else turn.left ??= leftOf(nextAt)
  }

  /** Looks for one to send as long as the slot is good. */
  async function claimAt(slot: Slot, offerId: number): Promise<Claim> {
    let claim = await timed(deliveries.claim({ offerId, platform, limit: 1 }))
    while (claim.what === 'passed' && !slot.missed())
      claim = await timed(deliveries.claim({ offerId, platform, limit: manyAtOnce }))
    return claim
  }

  async function timed(claiming: Promise<Claim>): Promise<Claim> {
    const askedAt = performance.now()
    const claim = await claiming
    claimMs = claimMs * 0.8 + (performance.now() - askedAt) * 0.2
    return claim
  }

  /** A slot that went by while the database was asked is replaced, as long as what was decided is fresh. */
  async function sendAt(first: Slot, delivery: ClaimedDelivery, turn: Turn): Promise<void> {
    // Also what is put back at once: meanwhile the others saw that nothing waits.
    turn.begun += 1
    const claimedAt = performance.now()
    const slot = first.missed() ? await gate.slot(turn.signal) : first
    await slot?.begins()
    if (!slot || performance.now() - claimedAt > freshMs)
      return deliveries.again(delivery.id, { at: now(), unsure: false })
    const work = deliver(delivery, slot).finally(() => {
      busy.delete(work)
      turn.mine.delete(work)
    })
    busy.add(work)
    turn.mine.add(work)
  }

  async function deliver(delivery: ClaimedDelivery, slot: Slot): Promise<void> {
    const outcome = await said(delivery, slot)
    try {
      await settled(delivery, outcome)
    } catch (error) {
      // The row is closed as unknown later, and not sent again.
      log.error({ event: 'delivery.notEnded', delivery: delivery.id, ...describeFailure(error) })
    }
  }

  async function said(delivery: ClaimedDelivery, slot: Slot): Promise<SayOutcome> {
    try {
      return await door.say(delivery, slot.until)
    } catch (error) {
      log.error({ event: 'delivery.failed', delivery: delivery.id, ...describeFailure(error) })
      return { what: 'unsure' }
    }
  }

  async function settled(delivery: ClaimedDelivery, outcome: SayOutcome): Promise<void> {
    const { id, tries, person, chat } = delivery
    log.debug({ event: 'delivery.said', delivery: id, offer: delivery.offer.id, outcome: outcome.what })
    switch (outcome.what) {
      case 'sent': {
        const { messageId } = outcome
        return deliveries.end(id, { state: 'sent', ...(messageId !== undefined && { messageId }) })
      }
      case 'unreachable':
        // Their other messenger may do: decided anew.
        return person.chats.some((one) => one.reachable && one.platform !== chat.platform)
          ? deliveries.again(id, { at: now(), unsure: false })
          : deliveries.end(id, { state: 'refused', reason: 'unreachable' })
      case 'failed':
        return deliveries.end(id, { state: 'failed', reason: outcome.reason })
      case 'notSent':
        return deliveries.again(id, { at: now() + (outcome.down ? backOffMs(tries) : 0), unsure: false })
      case 'unsure':
        return recognisesRepeats[platform] && tries + 1 < mostTries
          ? deliveries.again(id, { at: now() + backOffMs(tries), unsure: true })
          : deliveries.end(id, { state: 'unknown' })
    }
  }

  function leftOf(nextAt: number | undefined): Left {
    if (nextAt === undefined) return { what: 'nothing' }
    return { what: 'more', putOffMs: Math.min(waitMs.most, Math.max(waitMs.least, nextAt - now())) }
  }
}

const backOffMs = (tries: number): number => Math.min(60_000, 1_000 * 2 ** tries)
