/** The offer's text, or several that are compared. */
import type { OfferVariant } from '../../../domain/offers/offer.ts'
import { textIn } from '../../../domain/offers/offer.ts'
import { mostVariants, nextVariant } from '../../../domain/offers/variants-edit.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { Desk } from '../desk.ts'
import { button, lines, screen, type Part, type Screen } from '../screen.ts'
import { short } from '../imports/words.ts'
import { placeholderWords } from './edit-screens.ts'
import { languageRow, languageWords } from './language-row.ts'
import { inRows, wrong } from './part-words.ts'
import type { PartRoute } from './route.ts'
import { percentWords, titleOf } from './words.ts'

/** What the shares of two are for one press, in percent of the first. */
const readyShares = [70, 80] as const

/** Asks for the words of one variant, of the first unless one is named; a name that none has is the next one's. */
export function textScreen(offer: StoredOffer, route: PartRoute, desk: Desk, problem?: string): Screen {
  const { id, spec } = offer
  const { t, language, salon } = desk
  const { variants } = spec
  const found = variants.find((one) => one.id === (route.variant ?? variants[0]?.id))
  const name = found?.id ?? route.variant ?? ''
  const ask = found ? (variants.length > 1 ? 'textOf' : 'text') : 'textMore'
  const now = found && textIn(found.text, route.language ?? language, salon.languages)
  return screen(
    lines(
      [{ bold: titleOf(spec, desk) }],
      ...wrong(problem, desk),
      [t(`offers.ask.${ask}`, { variant: name })],
      ...languageWords(found?.text, route, desk),
      [],
      [placeholderWords(desk)],
      ...(now === undefined ? [] : [[], [t('offers.now')], [{ quote: now }]]),
    ),
    [
      ...languageRow(found?.text, route, desk),
      ...(variants.length === 1 && found ? [[moreButton(offer, desk)]] : []),
      [
        button(
          t('admin.buttons.back'),
          variants.length > 1 ? { screen: 'offerPart', id, part: 'variants' } : { screen: 'offerEdit', id },
        ),
      ],
    ],
  )
}

/** So much of each: all of them have to fit into one message. */
const shownUnits = 400

/** All variants and their shares. */
export function variantsScreen({ id, spec, ...offer }: StoredOffer, desk: Desk, problem?: string): Screen {
  const { t, language, salon } = desk
  const { variants } = spec
  const several = variants.length > 1
  const shown = variants.flatMap((one): (readonly Part[])[] => [
    [],
    ...(several ? [[{ bold: variantWords(one, desk) }]] : []),
    [{ quote: short(textIn(one.text, language, salon.languages), shownUnits) }],
  ])
  return screen(
    lines(
      [{ bold: titleOf(spec, desk) }],
      ...wrong(problem, desk),
      [
        t(
          variants.length === 2
            ? 'offers.ask.variantsTwo'
            : several
              ? 'offers.ask.variants'
              : 'offers.ask.variantsOne',
        ),
      ],
      ...shown,
    ),
    [
      ...variants.map((one) => [
        button(t('offers.variants.edit', { variant: one.id }), {
          screen: 'offerPart',
          id,
          part: 'text',
          variant: one.id,
        }),
        ...(several
          ? [
              button(t('offers.variants.drop', { variant: one.id }), {
                screen: 'offerSet',
                id,
                part: 'variants',
                value: `drop.${one.id}`,
              }),
            ]
          : []),
      ]),
      ...(several ? shareButtons(id, variants, desk) : []),
      ...(variants.length < mostVariants ? [[moreButton({ id, spec, ...offer }, desk)]] : []),
      [button(t('offers.buttons.ready'), { screen: 'offerEdit', id }, 'success')],
    ],
  )
}

/** "Вариант A, 50 %" */
export const variantWords = ({ id, share }: OfferVariant, desk: Desk): string =>
  desk.t('offers.variants.one', { variant: id, share: percentWords(share, desk) })

function shareButtons(id: number, variants: readonly OfferVariant[], { t }: Desk) {
  const [first] = variants
  const isEven = variants.every(({ share }) => Math.abs(share - 1 / variants.length) < 1e-9)
  const set = (words: string, isOn: boolean, value: string) =>
    button(`${isOn ? '✓ ' : ''}${words}`, { screen: 'offerSet', id, part: 'variants', value })
  const uneven = variants.length === 2 ? readyShares : []
  return inRows(
    [
      set(variants.length === 2 ? '50/50' : t('offers.variants.even'), isEven, 'even'),
      ...uneven.map((percent) =>
        set(
          `${percent}/${100 - percent}`,
          Math.round((first?.share ?? 0) * 100) === percent,
          `${percent}-${100 - percent}`,
        ),
      ),
    ],
    3,
  )
}

function moreButton({ id, spec }: StoredOffer, { t }: Desk) {
  const name = spec.variants.length === 1 ? 'second' : 'more'
  return button(t(`offers.variants.${name}`), {
    screen: 'offerPart',
    id,
    part: 'text',
    variant: nextVariant(spec),
  })
}
