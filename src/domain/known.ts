/** What a conversation stands on: all that is loaded before an update and written after it. */
import type { Chat, Client, ConsentPurpose } from './client.ts'
import type { Discount } from './offers/offer.ts'
import type { Platform } from './platform.ts'
import type { NewPrompt } from './prompt.ts'
import type { Answers } from './answer.ts'

/** One walk through a dialogue. */
export interface Walk {
  name: string
  /** 1 for the first walk, 2 for the next. */
  run: number
  version: number
  status: 'open' | 'paused' | 'finished' | 'stopped'
  answers: Answers
  startedAt: number
  changedAt: number
}

export interface Known {
  client: Client
  chat: Chat
  reachableOn: readonly Platform[]
  /** The last walk of every dialogue. */
  walks: readonly Walk[]
  /** The chat was never seen before. */
  fresh?: boolean
}

/** What happened, beside the new state: rows that are only ever added, and work for the shell. */
export type Fact =
  | { kind: 'event'; what: string; about?: string; tookMs?: number }
  | { kind: 'consent'; purpose: ConsentPurpose; granted: boolean; documentHash: string; evidence: string }
  | { kind: 'notice'; what: 'newClient' | 'message'; text?: string }
  /** A detractor's score was given in this walk: a person of the salon must know. */
  | { kind: 'unhappy'; dialogue: string; run: number }
  /** The unhappy client's answer to "may we call you?". */
  | { kind: 'callWanted'; dialogue: string; run: number; wanted: boolean }
  /** The gift is earned; whoever has it already gets the same one. */
  | { kind: 'reward'; reward: 'survey'; expiresAt: number }
  /** Something is to be said on our side later. */
  | { kind: 'prompt'; prompt: NewPrompt }
  /** Nothing more is to be said about this run of the survey. */
  | { kind: 'endPrompts'; run: number }
  /** A phone was given: storage finds out whose it is, links or sends a code. */
  | { kind: 'phone'; phone: string; confirmed: boolean }
  | { kind: 'code'; code: string }
  /** Everything about this person goes. */
  | { kind: 'erase' }

/** What storage found out while it committed the facts. */
export type Finding =
  /** The phone is another chat's: this chat belongs to the same person from now on. */
  | { kind: 'linked' }
  /** The phone is confirmed in another chat: the code goes there and is asked for here. */
  | { kind: 'codeSent'; code: string; to: ChatAddress[] }
  /** The phone, confirmed here now, was typed in another chat: the code is shown here and asked for there. */
  | { kind: 'codeHere'; code: string; askedIn: ChatAddress[] }
  | { kind: 'wrongCode' }
  | { kind: 'codeExpired' }
  /** The gift: a new one, or the one from last time. */
  | ({ kind: 'coupon' } & Coupon)

/** A gift as its owner sees it. Times are epoch milliseconds. */
export interface Coupon {
  code: string
  expiresAt: number
  redeemedAt?: number
  /** Of an offer: its message, what it promised, and how many uses are left. */
  offer?: { delivery: string; discount: Discount; left: number }
}

/** A visit as the client sees it: ids of the salon's settings, or the words of its books. */
export interface OwnVisit {
  /** Epoch milliseconds. */
  at: number
  line?: string
  service?: string
  master?: string
  /** What was paid; below 0: given back. */
  kopecks?: number
}

/** A chat on a platform. */
export interface ChatAddress {
  platform: Platform
  externalId: number
}

/** Whether anything about this person may be kept. */
export const consented = (known: Known): boolean => known.client.personalDataConsentAt !== undefined

export const walkOf = (known: Known, name: string): Walk | undefined =>
  known.walks.find((walk) => walk.name === name)

/** Puts the walk in the place of the former one of the same dialogue. */
export const withWalk = (known: Known, walk: Walk): Known => ({
  ...known,
  walks: [...known.walks.filter((one) => one.name !== walk.name), walk],
})

/** Everything that is kept about a person. */
export interface PersonalData {
  walks: Walk[]
  coupons: Coupon[]
  /** The newest first. */
  visits: OwnVisit[]
  eventCount: number
  /** All rows as JSON values: times are ISO 8601 strings, ids decimal strings. */
  file: unknown
}
