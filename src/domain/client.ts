import type { Birthday } from './birthday.ts'
import type { Platform } from './platform.ts'
import type { Language } from './salon.ts'

/** What is known of a person. Before the first consent nothing of it is. Times are epoch milliseconds. */
export interface Client {
  name?: string
  /** E.164; opens nothing until it is confirmed. */
  phone?: string
  confirmedPhone?: string
  birthday?: Birthday
  sex?: 'female' | 'male'
  city?: string
  /** Ids of service lines. */
  lines: string[]
  /** Id of a master, or "any". */
  master?: string
  convenientTimes: string[]
  heardFrom?: string
  preferredPlatform?: Platform
  personalDataConsentAt?: number
  /** The text that they agreed to does not name the preparing of personal offers: there are none for them. */
  olderTerms?: true
  advertisingConsentAt?: number
  onboardedAt?: number
  /** The first visit that is written down. */
  firstVisitAt?: number
  /** Has had the survey's gift: it is given once. */
  rewarded?: true
}

/** The chat that the person is writing in. */
export interface Chat {
  platform: Platform
  externalId: number
  language: Language
  source?: string
  sourceDetail?: string
  reachable: boolean
  callbackButtons: boolean
  profileName?: string
  liveMessageId?: number
  liveFrom?: string
  lastSeenAt: number
}

export const consentPurposes = ['personalData', 'advertising'] as const
export type ConsentPurpose = (typeof consentPurposes)[number]
