/** What the salon is: the part of the settings that the dialogues speak of. Money is integer kopecks. */
import { languages, type Language } from './language.ts'
import type { OfferSettings } from './offers/offer-settings.ts'
import type { ValueSettings } from './value/value-settings.ts'

export { languages, type Language }

/** A name in the salon's languages; Russian is always there, the others fall back to it. */
export type Named = { ru: string } & Partial<Record<Language, string>>

export interface Service {
  id: string
  name: Named
  priceKopecks: number
}

export interface ServiceLine {
  id: string
  name: Named
  services: Service[]
}

export interface Master {
  id: string
  name: Named
  /** Ids of the service lines this person works in. */
  lines: string[]
}

export interface Salon {
  name: Named
  /** Who processes personal data: stands in the consent text. */
  operator: { name: string; taxId?: string; address: string; email: string }
  phone?: string
  website?: string
  /** IANA name, e.g. "Europe/Moscow". */
  timeZone: string
  languages: Language[]
  lines: ServiceLine[]
  masters: Master[]
  /** Wall-clock times "HH:MM" between which no advertising goes out. */
  quietHours: { from: string; to: string }
  reminders: { surveyAfterDays: number[] }
  rewards: { survey?: { title: Named; validDays: number } }
  /** Where a client who praised the salon can leave a review. */
  reviewLink?: string
  survey: {
    /**
     * Nobody is asked the same again before so many days have passed: neither the survey nor the short form after a visit. The
     * short form is not asked after the survey either; the survey, which asks much more, may follow the short form.
     */
    everyDays: number
    /** "In the evening" is then, wall-clock time "HH:MM". */
    eveningAt: string
    /** The short form comes so many hours after a visit was recorded. */
    afterVisitHours: number
  }
  /** How clients are divided into segments, and how what they are worth is counted. */
  value: ValueSettings
  offers: OfferSettings
  /** When the owners get the weekly digest: ISO weekday (1 is Monday) and wall-clock time "HH:MM". */
  digest: { weekday: number; at: string }
  /** Whether advertising may be sent on a platform at all: the installer decides, there is no default. */
  advertising: { telegram: boolean; vk: boolean }
  /** Messages (Telegram) and API calls (VK) a second, at most; and how many of them may be offers, so that dialogues keep room. */
  rates: {
    telegramPerSecond: number
    vkPerSecond: number
    broadcastTelegramPerSecond: number
    broadcastVkPerSecond: number
  }
}

/** The name in `language`, or in Russian where there is none. */
export const named = (name: Named, language: Language): string => name[language] ?? name.ru
