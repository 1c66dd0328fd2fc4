import { eachTime } from '../../../domain/offers/terms-edit.ts'
import type { OfferSpec } from '../../../domain/offers/offer.ts'
import { platforms } from '../../../domain/platform.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { Desk } from '../desk.ts'
import { button, lines, screen, type Part, type Screen } from '../screen.ts'
import { showCount, showProbability } from '../segments/words.ts'
import { languageRow, languageWords } from './language-row.ts'
import { inRows, wrong } from './part-words.ts'
import type { OfferPart, PartRoute } from './route.ts'
import { perClientTimes, shareWords, titleOf } from './words.ts'

/** What each part offers for one press; other values are typed. */
export const ready = {
  discount: ['none', '3', '5', '10', '15', '20'],
  validity: ['7', '14', '21', '30'],
  coupon: ['0', '1', '2'],
  holdout: ['0', '10', '20'],
  channel: ['any', ...platforms],
  recipients: ['none', '50', '100', '300'],
  perClient: ['1', '2', '3', String(eachTime)],
  attribution: ['7', '15', '30'],
  mark: ['none', 'salon'],
} as const

type ReadyPart = keyof typeof ready

export const isReadyPart = (part: OfferPart): part is ReadyPart => Object.hasOwn(ready, part)

/** Rarely another: these stand on a screen of their own. */
export const rareParts: readonly OfferPart[] = [
  'holdout',
  'channel',
  'recipients',
  'perClient',
  'attribution',
  'mark',
]

/** One part: what it may be. Typed words answer it, too. @param problem a key below "offers.wrong" */
export function partScreen(
  offer: StoredOffer,
  route: PartRoute & { part: ReadyPart | 'title' },
  mark: OfferSpec['mark'],
  desk: Desk,
  problem?: string,
): Screen {
  const { id, spec } = offer
  const { t } = desk
  const { part } = route
  const inWords =
    part === 'title'
      ? spec.title
      : part === 'discount' && spec.discount.kind === 'gift'
        ? spec.discount.words
        : undefined
  const text = lines(
    [{ bold: titleOf(spec, desk) }],
    ...wrong(problem, desk),
    [t(askOf(part, spec))],
    ...nowLines(part, spec, mark, desk),
    ...languageWords(inWords, route, desk),
  )
  const values = part === 'title' ? [] : ready[part].filter((one) => one !== 'salon' || mark !== undefined)
  const choices = values.map((value) =>
    button(`${isNow(spec, part, value, mark) ? '✓ ' : ''}${choiceWords(part, value, desk)}`, {
      screen: 'offerSet',
      id,
      part,
      value,
    }),
  )
  return screen(text, [
    ...inRows(choices, perRow[part] ?? 3),
    ...languageRow(inWords, route, desk),
    [
      button(
        t('admin.buttons.back'),
        rareParts.includes(part) ? { screen: 'offerMore', id } : { screen: 'offerEdit', id },
      ),
    ],
  ])
}

/** Where the words are long or the choices even. */
const perRow: Partial<Record<ReadyPart | 'title', number>> = {
  validity: 2,
  channel: 1,
  recipients: 2,
  perClient: 2,
  mark: 1,
}

/** How people are chosen where there are too many of them follows from when they get it. */
function askOf(part: ReadyPart | 'title', { schedule }: OfferSpec): string {
  return part === 'recipients' && schedule.kind === 'standing'
    ? 'offers.ask.recipientsStanding'
    : `offers.ask.${part}`
}

function nowLines(
  part: ReadyPart | 'title',
  spec: OfferSpec,
  mark: OfferSpec['mark'],
  desk: Desk,
): (readonly Part[])[] {
  const { t } = desk
  if (part !== 'mark') return []
  return [
    ...(spec.mark ? [[t('offers.now')], [{ quote: t('optOut.mark', { ...spec.mark }) }]] : []),
    ...(mark && !isSameMark(spec.mark, mark)
      ? [[t('offers.mark.salonNow')], [{ quote: t('optOut.mark', { ...mark }) }]]
      : []),
  ]
}

const isSameMark = (one: OfferSpec['mark'], other: OfferSpec['mark']): boolean =>
  one?.erid === other?.erid && one?.advertiser === other?.advertiser

function choiceWords(part: OfferPart, value: string, desk: Desk): string {
  const { t } = desk
  switch (part) {
    case 'discount':
      return value === 'none' ? t('offers.discount.none') : showProbability(Number(value) / 100, desk)
    case 'validity':
    case 'attribution':
      return t('offer.days', { count: Number(value) })
    case 'coupon':
      return t(`offers.coupon.${value === '0' ? 'no' : 'yes'}`, { count: Number(value) })
    case 'holdout':
      return shareWords(Number(value) / 100, desk)
    case 'channel':
      return t(`offers.channel.${value}`)
    case 'recipients':
      return value === 'none' ? t('offers.recipients.none') : showCount(Number(value), desk)
    case 'perClient':
      return perClientTimes(Number(value), desk)
    case 'mark':
      return t(`offers.mark.${value === 'none' ? 'no' : 'salon'}`)
    default:
      return value
  }
}

function isNow(spec: OfferSpec, part: OfferPart, value: string, mark: OfferSpec['mark']): boolean {
  const { discount, validity, coupon, holdoutShare, channel, limits, attributionDays } = spec
  switch (part) {
    case 'discount':
      return value === (discount.kind === 'percent' ? String(discount.percent) : discount.kind)
    case 'validity':
      return validity.kind === 'days' && value === String(validity.days)
    case 'coupon':
      return value === String(coupon?.uses ?? 0)
    case 'holdout':
      return value === String(Math.round(holdoutShare * 100))
    case 'channel':
      return value === channel
    case 'recipients':
      return value === (limits.recipients === undefined ? 'none' : String(limits.recipients))
    case 'perClient':
      return value === String(limits.perClient)
    case 'attribution':
      return value === String(attributionDays)
    case 'mark':
      return value === 'none'
        ? spec.mark === undefined
        : spec.mark !== undefined && isSameMark(spec.mark, mark)
    default:
      return false
  }
}
