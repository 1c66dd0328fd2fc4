/** Whether one person gets an advertising message now: decided at the very moment of sending, for each anew. */
import type { Platform } from '../platform.ts'
import { nextTime, quietUntil } from '../quiet-hours.ts'
import type { Language } from '../language.ts'
import { chanceOf } from './hash.ts'
import type { OfferSpec } from './offer.ts'
import type { OfferStanding } from './state.ts'
import { isOver } from './transitions.ts'

/** At most so many advertising messages in any so many days, on all platforms together. */
export interface Cap {
  messages: number
  days: number
}

export const defaultCaps: readonly Cap[] = [
  { messages: 2, days: 7 },
  { messages: 4, days: 30 },
]

/** In the morning after quiet hours messages are spread over so long. */
export const defaultSpreadMs = 60 * 60_000

export interface PolicySettings {
  /** Whether advertising may be sent on a platform at all. */
  advertising: Record<Platform, boolean>
  quietHours: { from: string; to: string }
  /** The salon's: IANA name. */
  timeZone: string
  caps: readonly Cap[]
  spreadMs: number
}

export interface ContactChat {
  platform: Platform
  externalId: number
  language: Language
  reachable: boolean
  /** Epoch milliseconds. */
  lastSeenAt: number
}

/** What is known of the person as of now. */
export interface ContactPerson {
  /** The client's number: spreads people over the morning. */
  clientId: number | bigint
  advertisingConsent: boolean
  /** An unhappy score that nobody has marked as handled. */
  openComplaint: boolean
  chats: readonly ContactChat[]
  preferredPlatform?: Platform
  /** IANA name, as their city tells; absent: not known. */
  timeZone?: string
  /** When advertising messages went, or may have gone, to this person: deliveries that are sent, sending or unknown. Epoch ms. */
  contactedAt: readonly number[]
  /** How many of them were this offer's. */
  ofThisOffer: number
}

export interface ContactOffer {
  standing: OfferStanding
  spec: Pick<OfferSpec, 'channel' | 'limits'>
  /** Spreads each offer in another order. */
  seed: string
  /** This person is to get nothing, to be compared with (holdout.ts). */
  heldOut: boolean
  /** Of a standing offer: what was to make it reach this person is not so any more (occasion.ts). */
  moot?: boolean
}

/** Reasons to send nothing at all, in the order in which they are looked for: what a person sees is the first that holds. */
export const neverReasons = [
  'over',
  'noOccasion',
  'noConsent',
  'complaint',
  'noChat',
  'channelOff',
  'unreachable',
  'perClient',
  'cap',
  'heldOut',
] as const
export type NeverReason = (typeof neverReasons)[number]

export type ContactDecision =
  | { say: 'send'; platform: Platform; chat: ContactChat }
  /** Quiet hours: ask again then, epoch milliseconds. */
  | { say: 'later'; at: number }
  /** The offer is paused, or not approved as it stands now: nobody gets it until a person decides. */
  | { say: 'hold' }
  | { say: 'never'; reason: NeverReason }

/**
 * Decides for one person. First whether it is the moment at all: the offer is over (never); paused, or not approved as it stands
 * (hold); quiet hours (later, or never when the offer ends before they do). Nothing is said of the person then, for it may be
 * otherwise when the moment comes. At the moment, in this order: the occasion has passed or was none; no consent; an open complaint; no chat on the offer's channel;
 * advertising switched off there; not reachable there; had it often enough; cap reached; and at last held out: only those who
 * would have got it can be compared with those who did.
 *
 * The caps hold only if nothing else is sent to the person between the question and the answer's coming true: the caller
 * writes `sending` under the client's lock before it asks for the next of the same person.
 *
 * What would become of an offer that waits for its approval: ask with a standing as if it were sending, by day.
 * @param now epoch milliseconds
 */
export function contactDecision(
  now: number,
  offer: ContactOffer,
  person: ContactPerson,
  settings: PolicySettings,
): ContactDecision {
  const { standing } = offer
  const expiresAt = standing.expiresAt ?? Infinity
  if (isOver(standing.state) || now > expiresAt) return never('over')
  if (standing.state !== 'sending' || standing.approvedVersion !== standing.version) return { say: 'hold' }
  const chance = chanceOf(offer.seed, 'morning', person.clientId)
  const morning = afterQuiet(now, clocksOf(person, settings), settings, chance)
  if (morning !== undefined) return morning > expiresAt ? never('over') : { say: 'later', at: morning }
  if (offer.moot === true) return never('noOccasion')
  const reason = whyNotThem(person)
  if (reason !== undefined) return never(reason)
  const chat = chatFor(offer.spec.channel, person, settings)
  if (typeof chat === 'string') return never(chat)
  const enough = whyNotAgain(now, offer, person, settings)
  if (enough !== undefined) return never(enough)
  return offer.heldOut ? never('heldOut') : { say: 'send', platform: chat.platform, chat }
}

/** The first is asked alone where they have no day in common. */
type Clocks = readonly [string, ...string[]]

/** Theirs and the salon's: what a profile says of their city may be old, and then they sleep by the salon's clock. */
const clocksOf = ({ timeZone }: ContactPerson, salon: PolicySettings): Clocks =>
  timeZone === undefined || timeZone === salon.timeZone ? [salon.timeZone] : [timeZone, salon.timeZone]

/**
 * When a message that would come in quiet hours comes instead: after their end, everybody at a moment of their own, and never
 * in quiet hours again, however short the time between them is.
 * @param now epoch milliseconds
 * @param clocks IANA names: it is quiet when it is by one of them
 * @param chance in [0, 1): the moment's place in the spread
 * @returns epoch milliseconds; undefined when it is not quiet now
 */
export function afterQuiet(
  now: number,
  clocks: Clocks,
  { quietHours, spreadMs }: Pick<PolicySettings, 'quietHours' | 'spreadMs'>,
  chance: number,
): number | undefined {
  const day = commonDay(now, quietHours, clocks)
  if (day === undefined) return afterQuiet(now, [clocks[0]], { quietHours, spreadMs }, chance)
  if (day === now) return undefined
  const evening = Math.min(...clocks.map((timeZone) => quietFrom(day, quietHours, timeZone)))
  return day + Math.floor(chance * Math.min(spreadMs, evening - day))
}

type QuietHours = PolicySettings['quietHours']

/** Of two clocks whose days have a moment in common one is found after a night or two of each. */
const nightsLookedAt = 6

/** The first moment from `at` on that is quiet by none of the clocks; undefined: there is hardly one. */
function commonDay(at: number, quietHours: QuietHours, clocks: Clocks): number | undefined {
  let day = at
  for (let nights = 0; nights <= nightsLookedAt; nights++) {
    const ends = clocks.map((timeZone) => quietEnd(day, quietHours, timeZone) ?? day)
    const latest = Math.max(...ends)
    if (latest === day) return day
    day = latest
  }
  return undefined
}

/** The first moment that is not quiet: when the clock shows it, or is put past it. */
function quietEnd(at: number, quietHours: QuietHours, timeZone: string): number | undefined {
  const byClock = quietUntil(at, quietHours, timeZone)
  if (byClock === undefined) return undefined
  const change = nextChange(at, timeZone)
  if (change < byClock && quietUntil(change, quietHours, timeZone) === undefined) return change
  // Clocks that are put back may begin the quiet hours once more.
  return quietEnd(byClock, quietHours, timeZone) ?? byClock
}

/** The first moment after `at`, which is not quiet, that is: when the clock shows it, or is put into it. */
function quietFrom(at: number, quietHours: QuietHours, timeZone: string): number {
  const byClock = nextTime(at, quietHours.from, timeZone)
  const change = nextChange(at, timeZone)
  return change < byClock && quietUntil(change, quietHours, timeZone) !== undefined ? change : byClock
}

/** When the clocks are changed next; Infinity: never. */
const nextChange = (at: number, timeZone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).getTimeZoneTransition('next')
    ?.epochMilliseconds ?? Infinity

const never = (reason: NeverReason): ContactDecision => ({ say: 'never', reason })

function whyNotThem(person: ContactPerson): NeverReason | undefined {
  if (!person.advertisingConsent) return 'noConsent'
  return person.openComplaint ? 'complaint' : undefined
}

/** One person with two chats gets one message: where they prefer it, else where they were last. */
function chatFor(
  channel: OfferSpec['channel'],
  { chats, preferredPlatform }: ContactPerson,
  { advertising }: PolicySettings,
): ContactChat | NeverReason {
  const there = chats.filter(({ platform }) => channel === 'any' || platform === channel)
  if (there.length === 0) return 'noChat'
  const allowed = there.filter(({ platform }) => advertising[platform])
  if (allowed.length === 0) return 'channelOff'
  const preference = (chat: ContactChat) => Number(chat.platform === preferredPlatform)
  const best = allowed
    .filter(({ reachable }) => reachable)
    .sort((one, other) => preference(other) - preference(one) || other.lastSeenAt - one.lastSeenAt)[0]
  return best ?? 'unreachable'
}

function whyNotAgain(
  now: number,
  { spec }: ContactOffer,
  { contactedAt, ofThisOffer }: ContactPerson,
  { caps }: PolicySettings,
): NeverReason | undefined {
  if (ofThisOffer >= spec.limits.perClient) return 'perClient'
  const full = caps.some(
    ({ messages, days }) => contactedAt.filter((at) => at > now - days * dayMs).length >= messages,
  )
  return full ? 'cap' : undefined
}

const dayMs = 24 * 3600_000
