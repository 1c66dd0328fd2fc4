import { textIn } from '../domain/offers/offer.ts'
import type { OfferSpec } from '../domain/offers/offer.ts'
import { offerValues } from '../domain/offers/offer-values.ts'
import type { PersonalValues } from '../domain/offers/offer-values.ts'
import { fill } from '../domain/offers/template.ts'
import type { Platform } from '../domain/platform.ts'
import { named } from '../domain/salon.ts'
import type { Language, Salon } from '../domain/salon.ts'
import type { Message } from './conversation.ts'
import { offerCouponButton } from './offer-coupon.ts'
import { optOutButton } from './opt-out.ts'
import type { Translate } from './question.ts'
import { rich } from './rich.ts'

/** What an offer's text may call by its name; ids of the salon's settings, or what the books say. */
export interface Addressee {
  name?: string
  /** The wished one, or who served them last. */
  master?: string
  /** What they came for last. */
  service?: string
  /** The line they came for last, or the first one of interest. */
  line?: string
}

/**
 * An offer as one person reads it: the mark that the law wants, the words, the way out. Its picture is brought by whoever sends it.
 * @param to.delivery the delivery's number: it is in the button
 * @param to.at when it is sent, epoch milliseconds
 */
export function offerMessage(
  { spec, variant }: { spec: OfferSpec; variant: string },
  to: {
    delivery: string
    platform: Platform
    language: Language
    addressee: Addressee
    code?: string
    at: number
  },
  { salon, t }: { salon: Salon; t: Translate },
): Message {
  const { language, at } = to
  const reader = { language, t, languages: salon.languages, timeZone: salon.timeZone }
  const values = offerValues(spec, personal(to.addressee, to.code, salon, language), at, reader)
  const chosen = spec.variants.find(({ id }) => id === variant) ?? spec.variants[0]
  const words = fill(textIn(chosen?.text ?? {}, language, salon.languages), values)
  return {
    text: rich(markLine(spec.mark, t) + words),
    groups: [
      ...(to.code === undefined ? [] : [offerCouponButton(to.delivery, t)]),
      optOutButton(to.delivery, t),
    ],
  }
}

/** What stands over the words where the law wants it. */
export const markLine = (mark: OfferSpec['mark'], t: Translate): string =>
  mark ? `${t('optOut.mark', { ...mark })}\n\n` : ''

/** Names in the reader's language; what the settings don't know is called as the books call it, but never by an id. */
function personal(
  { name, master, service, line }: Addressee,
  code: string | undefined,
  { masters, lines }: Salon,
  language: Language,
): PersonalValues {
  const nameIn = (all: readonly { id: string; name: { ru: string } }[], id: string | undefined) => {
    const found = all.find((one) => one.id === id)
    return found && named(found.name, language)
  }
  const shown = {
    name,
    master: nameIn(masters, master),
    service: nameIn(
      lines.flatMap((one) => one.services),
      service,
    ),
    line: nameIn(lines, line),
    code,
  }
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined))
}
