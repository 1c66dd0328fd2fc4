import { audienceLine } from '../domain/offers/audience-line.ts'
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
  /** The wished one, or who served them last; in an offer about a line who served them there last. */
  master?: string
  /** What they came for last. */
  service?: string
  /** The line they came for last, or the first one of interest. */
  line?: string
}

interface To {
  /** The delivery's number: it is in the button. */
  delivery: string
  platform: Platform
  language: Language
  addressee: Addressee
  code?: string
  /** When it is sent, epoch milliseconds. */
  at: number
}

/**
 * An offer as one person reads it: the mark that the law wants, the words, the way out. Its picture is brought by whoever sends it.
 */
export function offerMessage(
  { spec, variant }: { spec: OfferSpec; variant: string },
  to: To,
  { salon, t }: { salon: Salon; t: Translate },
): Message {
  const { language, at } = to
  const reader = { language, t, languages: salon.languages, timeZone: salon.timeZone }
  const values = offerValues(spec, personal(spec, to, salon), at, reader)
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
  { audience }: OfferSpec,
  { addressee: { name, master, service, line }, code, language }: Pick<To, 'addressee' | 'code' | 'language'>,
  { masters, lines }: Salon,
): PersonalValues {
  const about = audienceLine(audience)
  const fitting = about === undefined ? masters : masters.filter((one) => one.lines.includes(about))
  const nameIn = (all: readonly { id: string; name: { ru: string } }[], id: string | undefined) => {
    const found = all.find((one) => one.id === id)
    return found && named(found.name, language)
  }
  const shown = {
    name,
    master: nameIn(fitting, master),
    service: nameIn(
      lines.flatMap((one) => one.services),
      service,
    ),
    line: nameIn(lines, line),
    code,
  }
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined))
}
