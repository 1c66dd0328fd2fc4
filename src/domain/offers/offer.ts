/** What is offered to whom: the document that an offer's version is. It is JSON, and it is kept as such. */
import type { Platform } from '../platform.ts'
import type { Language } from '../language.ts'
import type { Audience } from './audience.ts'

/** A text in the salon's languages; a language that is not there reads the salon's first. */
export type OfferText = Partial<Record<Language, string>>

/** One of the texts that are compared: "A", "B"... */
export interface OfferVariant {
  /** [A-Z] */
  id: string
  /** With placeholders (template.ts). */
  text: OfferText
  /** Its part of those who get something, 0-1; the shares of all variants add up to 1. */
  share: number
}

export type Discount =
  | { kind: 'none' }
  /** 1-100 */
  | { kind: 'percent'; percent: number }
  | { kind: 'amount'; kopecks: number }
  /** In words: what is given, as it stands in the text. */
  | { kind: 'gift'; words: OfferText }

/** How long a client may use it: whole days after the day it was sent, or until a day's end. */
export type Validity = { kind: 'days'; days: number } | { kind: 'until'; /** "2026-12-31" */ date: string }

/** What makes a standing offer reach a client. */
export type Occasion =
  | { kind: 'birthday'; daysBefore: number }
  /** So many days after the client's usual interval between visits has passed. */
  | { kind: 'overdue'; days: number }
  | { kind: 'firstVisit'; daysAfter: number }

export type Schedule =
  /** As soon as it is approved. */
  | { kind: 'now' }
  /** Epoch milliseconds. */
  | { kind: 'at'; at: number }
  /** Again and again until revoked: each day at `at` ("HH:MM" in the salon's zone) for those whose occasion it is. */
  | { kind: 'standing'; occasion: Occasion; at: string }

export interface OfferSpec {
  /** What the salon's people call it. */
  title: OfferText
  variants: readonly OfferVariant[]
  /** The number of the kept picture (storage/pictures.ts), for all variants and platforms; absent: words only. */
  picture?: number
  audience: Audience
  discount: Discount
  validity: Validity
  /** A code for each client, good for so many uses; absent: none. */
  coupon?: { uses: number }
  /** `recipients`: at most so many in all, absent: everybody. `perClient`: at most so often the same person. */
  limits: { recipients?: number; perClient: number }
  channel: 'any' | Platform
  schedule: Schedule
  /** Part of the audience that gets nothing, to be compared with: 0-0.5; usually 0.1. */
  holdoutShare: number
  /** A visit within so many days after the message is counted for it: usually 15. */
  attributionDays: number
  /** Who advertises, and the number that the register of advertising gave it: stands on top of the message. */
  mark?: { advertiser: string; erid: string }
}

/**
 * A spec as it was kept. Where it names pictures as an earlier version would have (a file's name for each platform), it is read
 * without one: those names were never given by this program.
 */
export function specFrom(kept: unknown): OfferSpec {
  const spec = kept as OfferSpec
  if (spec.picture === undefined || typeof spec.picture === 'number') return spec
  const { picture: _, ...words } = spec
  return words
}

/** The text in `language`, or in the first of the salon's languages that it has. */
export const textIn = (text: OfferText, language: Language, languages: readonly Language[]): string =>
  text[language] ?? languages.map((one) => text[one]).find((one) => one !== undefined) ?? ''

/**
 * Until when a client may use it: to the end of the last day where the salon is.
 * @param sentAt epoch milliseconds
 * @returns the last millisecond, epoch milliseconds
 */
export function validUntil(validity: Validity, sentAt: number, timeZone: string): number {
  const last =
    validity.kind === 'until'
      ? Temporal.PlainDate.from(validity.date)
      : Temporal.Instant.fromEpochMilliseconds(sentAt)
          .toZonedDateTimeISO(timeZone)
          .toPlainDate()
          .add({ days: validity.days })
  return last.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds - 1
}
