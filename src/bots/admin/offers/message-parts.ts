import { showCode } from '../../../domain/coupon.ts'
import type { OfferSpec } from '../../../domain/offers/offer.ts'
import type { Language, Salon } from '../../../domain/salon.ts'
import type { Message } from '../../../flows/conversation.ts'
import { offerMessage } from '../../../flows/offer-message.ts'
import type { Translate } from '../../../locales.ts'
import type { Example } from '../../../storage/offer-preview.ts'
import type { Desk } from '../desk.ts'
import type { Part } from '../screen.ts'

/** Stands where each client gets a code of their own. */
const sampleCode = 'ABCDEFGHJK'

/** Nobody in particular: what is not known of a person leaves no gap. */
export const anybody = (spec: OfferSpec, { language }: Desk): Omit<Example, 'clientId'> => ({
  platform: spec.channel === 'any' ? 'telegram' : spec.channel,
  language,
  variant: spec.variants[0]?.id ?? 'A',
  addressee: {},
})

/**
 * The message as one person gets it.
 * @param at when it would be sent, epoch milliseconds
 */
export function exampleMessage(
  spec: OfferSpec,
  { platform, language, variant, addressee }: Omit<Example, 'clientId'>,
  at: number,
  { salon, translate }: { salon: Salon; translate: (language: Language) => Translate },
): Message {
  const code = spec.coupon === undefined ? {} : { code: sampleCode }
  const to = { delivery: '0', platform, language, addressee, at, ...code }
  return offerMessage({ spec, variant }, to, { salon, t: translate(language) })
}

/** The same word for word, and the buttons under it. */
export function messageParts(
  spec: OfferSpec,
  example: Omit<Example, 'clientId'>,
  at: number,
  words: { salon: Salon; translate: (language: Language) => Translate },
): (readonly Part[])[] {
  const { text, groups } = exampleMessage(spec, example, at, words)
  const labels = groups.flatMap(({ buttons }) => buttons.map(({ label }) => `[${label}]`))
  return [[{ quote: text.text }], [labels.join(' ')]]
}

/** Said where a code is shown: it is only an example. */
export const codeNote = ({ coupon }: OfferSpec, { t }: Desk): (readonly Part[])[] =>
  coupon === undefined ? [] : [[t('offers.sampleCode', { code: showCode(sampleCode) })]]
