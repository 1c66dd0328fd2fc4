/** The texts of an offer on its card, each as a client gets it. */
import type { OfferSpec } from '../../../domain/offers/offer.ts'
import { textIn } from '../../../domain/offers/offer.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { Example } from '../../../storage/offer-preview.ts'
import type { Desk } from '../desk.ts'
import { button, type Part } from '../screen.ts'
import { messageParts } from './message-parts.ts'
import { variantWords } from './variants-part.ts'

/** UTF-16 units that all texts may have together: what else the card says has to fit under them. */
const roomForAll = 1600

/** All variants, or the one chosen where all would not fit. @param at when it would be sent, epoch milliseconds */
export function variantParts(
  spec: OfferSpec,
  example: Omit<Example, 'clientId'>,
  at: number,
  context: Parameters<typeof messageParts>[3],
  desk: Desk,
): (readonly Part[])[] {
  const { variants } = spec
  if (variants.length < 2) return messageParts(spec, example, at, context)
  const chosen = variants.filter(({ id }) => fitTogether(spec, desk) || id === shownOf(spec, example.variant))
  return chosen.flatMap((one): (readonly Part[])[] => [
    [],
    [{ bold: variantWords(one, desk) }],
    ...messageParts(spec, { ...example, variant: one.id }, at, context),
  ])
}

/** The way to the next text, where only one is shown. */
export function variantRow({ id, spec }: StoredOffer, now: string, desk: Desk) {
  const { variants } = spec
  if (variants.length < 2 || fitTogether(spec, desk)) return []
  const place = variants.findIndex((one) => one.id === shownOf(spec, now))
  const next = variants[(place + 1) % variants.length]
  if (!next) return []
  return [
    [button(desk.t('offers.variants.next', { variant: next.id }), { screen: 'offer', id, variant: next.id })],
  ]
}

const shownOf = ({ variants }: OfferSpec, wished: string): string =>
  (variants.find(({ id }) => id === wished) ?? variants[0])?.id ?? wished

const fitTogether = ({ variants }: OfferSpec, { language, salon }: Desk): boolean =>
  variants.reduce((sum, { text }) => sum + textIn(text, language, salon.languages).length, 0) <= roomForAll
