import { showCode } from '../../../domain/coupon.ts'
import type { OfferSpec } from '../../../domain/offers/offer.ts'
import type { Language, Salon } from '../../../domain/salon.ts'
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
 * The message word for word as one person gets it, and the button under it.
 * @param at when it would be sent, epoch milliseconds
 */
export function messageParts(
  spec: OfferSpec,
  { platform, language, variant, addressee }: Omit<Example, 'clientId'>,
  at: number,
  { salon, translate }: { salon: Salon; translate: (language: Language) => Translate },
): (readonly Part[])[] {
  const code = spec.coupon === undefined ? {} : { code: sampleCode }
  const to = { delivery: '0', platform, language, addressee, at, ...code }
  const { text, groups } = offerMessage({ spec, variant }, to, { salon, t: translate(language) })
  const labels = groups.flatMap(({ buttons }) => buttons.map(({ label }) => `[${label}]`))
  return [[{ quote: text.text }], [labels.join(' ')]]
}

/** Said where a code is shown: it is only an example. */
export const codeNote = ({ coupon }: OfferSpec, { t }: Desk): (readonly Part[])[] =>
  coupon === undefined ? [] : [[t('offers.sampleCode', { code: showCode(sampleCode) })]]
