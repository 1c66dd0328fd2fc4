import type { OfferState } from '../../../domain/offers/transitions.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import { arrows } from '../arrows.ts'
import type { Desk } from '../desk.ts'
import { button, lines, screen, type Screen } from '../screen.ts'
import { stateWords, titleOf } from './words.ts'

export const listedOnPage = 8

/** What waits for a person comes first. */
export const openStates = [
  'pending',
  'sending',
  'paused',
  'approved',
  'scheduled',
  'draft',
  'rejected',
] as const satisfies readonly OfferState[]
export const overStates = ['done', 'cancelled', 'expired'] as const satisfies readonly OfferState[]

const icons: Readonly<Record<OfferState, string>> = {
  draft: '📝',
  pending: '❗',
  approved: '✅',
  scheduled: '🕙',
  sending: '▶️',
  paused: '⏸',
  done: '✔️',
  rejected: '✖️',
  cancelled: '■',
  expired: '⌛',
}

export interface ListRoute {
  screen: 'offers' | 'offersOver' | 'offersRetired'
  page: number
}

export interface ListFacts {
  /** Those of the page. */
  shown: readonly StoredOffer[]
  total: number
  /** For a decision. */
  waiting: number
  /** Were put away. */
  retired: number
}

const titles = {
  offers: ['title', 'empty'],
  offersOver: ['over', 'noneOver'],
  offersRetired: ['retired', 'noneRetired'],
} as const

export function listScreen(
  { shown, total, waiting, retired }: ListFacts,
  route: ListRoute,
  desk: Desk,
): Screen {
  const { t } = desk
  const isOpen = route.screen === 'offers'
  const [title, empty] = titles[route.screen]
  const text = lines(
    [{ bold: t(`offers.list.${title}`) }],
    total === 0 ? [t(`offers.list.${empty}`)] : undefined,
    isOpen && waiting > 0 ? [t('offers.list.waiting', { count: waiting })] : undefined,
    [],
    ...shown.map((offer) => [
      `${icons[offer.standing.state]} `,
      { bold: titleOf(offer.spec, desk) },
      `: ${stateWords(offer, desk)}`,
    ]),
  )
  return screen(text, [
    ...shown.map((offer) => [
      button(`${icons[offer.standing.state]} ${titleOf(offer.spec, desk)}`, {
        screen: 'offer',
        id: offer.id,
      }),
    ]),
    ...arrows({ total, page: route.page, perPage: listedOnPage }, (page) => ({ ...route, page }), desk),
    ...(isOpen ? [[button(t('offers.buttons.new'), { screen: 'offerNew' }, 'success')]] : []),
    ...(route.screen === 'offersOver' && retired > 0
      ? [[button(t('offers.buttons.retired', { count: retired }), { screen: 'offersRetired', page: 0 })]]
      : []),
    [
      route.screen !== 'offersOver'
        ? button(t('offers.buttons.over'), { screen: 'offersOver', page: 0 })
        : button(t('offers.buttons.list'), { screen: 'offers', page: 0 }),
      button(t('admin.buttons.menu'), { screen: 'menu' }),
    ],
  ])
}
