import type { InlineKeyboardButton } from 'telegraf/types'
import { placeholders } from '../../../domain/offers/template.ts'
import { toSimple, type SimpleAudience } from '../../../domain/offers/simple-audience.ts'
import { textIn } from '../../../domain/offers/offer.ts'
import { platforms } from '../../../domain/platform.ts'
import type { Segment } from '../../../domain/value/segment-rank.ts'
import type { StoredOffer } from '../../../storage/offers.ts'
import { nameOf, type Desk } from '../desk.ts'
import { button, lines, screen, type Part, type Screen } from '../screen.ts'
import { segmentName, showProbability } from '../segments/words.ts'
import { type OfferPart } from './route.ts'
import { discountShown, titleOf, validityWords, whomWords } from './words.ts'

/** What each part offers for one press; other values are typed. */
export const ready = {
  discount: ['none', '3', '5', '10', '15', '20'],
  validity: ['7', '14', '21', '30'],
  coupon: ['0', '1', '2'],
  holdout: ['0', '10', '20'],
  channel: ['any', ...platforms],
  away: ['30', '60', '90', '180'],
  came: ['30', '90'],
  birthday: ['7', '30'],
} as const

/** @param problem a key below "offers.wrong" */
export function newScreen(desk: Desk, problem?: string): Screen {
  const { t } = desk
  const text = lines(
    [{ bold: t('offers.new.title') }],
    ...wrong(problem, desk),
    [t('offers.new.ask')],
    [],
    [placeholderWords(desk)],
  )
  return screen(text, [[button(t('offers.buttons.list'), { screen: 'offers', page: 0 })]])
}

/** All placeholders with what they stand for, in one line each. */
const placeholderWords = ({ t }: Desk): string =>
  `${t('offers.placeholders.title')} ${placeholders
    .map((name) => `{${name}} ${t(`offers.placeholders.${name}`)}`)
    .join(', ')}. ${t('offers.placeholders.hint')}`

/** All parts, each a button that says what it is now. */
export function editScreen({ id, spec, standing }: StoredOffer, desk: Desk): Screen {
  const { t } = desk
  const wasApproved = !['draft', 'pending', 'rejected'].includes(standing.state)
  const part = (name: OfferPart, value: string) =>
    button(`${t(`offers.part.${name}`)}${value === '' ? '' : `: ${value}`}`, {
      screen: 'offerPart',
      id,
      part: name,
    })
  const uses = spec.coupon?.uses ?? 0
  return screen(
    lines(
      [{ bold: t('offers.edit.title', { title: titleOf(spec, desk) }) }],
      [`${t('offers.terms.whom')} ${whomWords(spec, desk)}`],
      wasApproved ? [t('offers.edit.again')] : undefined,
    ),
    [
      [part('text', ''), part('title', '')],
      [part('picture', t(`offerPicture.${spec.picture === undefined ? 'no' : 'yes'}`))],
      [part('audience', '')],
      [part('discount', discountShown(spec, desk)), part('validity', validityWords(spec.validity, desk))],
      [
        part('coupon', t(`offers.coupon.${uses === 0 ? 'no' : 'yes'}`, { count: uses })),
        part('holdout', showShareOf(spec.holdoutShare, desk)),
      ],
      [part('channel', t(`offers.channel.${spec.channel}`))],
      [button(t('offers.buttons.ready'), { screen: 'offer', id }, 'success')],
    ],
  )
}

const showShareOf = (share: number, desk: Desk): string =>
  share === 0 ? desk.t('offers.holdout.no') : showProbability(share, desk)

/** One part: what it is now, what it may be. Typed words answer it, too. @param problem a key below "offers.wrong" */
export function partScreen(
  offer: StoredOffer,
  part: Exclude<OfferPart, 'picture'>,
  { segments }: { segments: readonly Segment[] },
  desk: Desk,
  problem?: string,
): Screen {
  const { id, spec } = offer
  const { t, language, salon } = desk
  const ask = [[{ bold: titleOf(spec, desk) }], ...wrong(problem, desk), [t(`offers.ask.${part}`)]]
  const toEdit = [button(t('admin.buttons.back'), { screen: 'offerEdit', id })]
  if (part === 'audience') return audienceScreen(offer, segments, desk)
  if (part === 'text')
    return screen(
      lines(
        ...ask,
        [],
        [placeholderWords(desk)],
        [],
        [t('offers.now')],
        [{ quote: textIn(spec.variants[0]?.text ?? {}, language, salon.languages) }],
      ),
      [toEdit],
    )
  if (part === 'title') return screen(lines(...ask), [toEdit])
  const values = ready[part]
  const choices = values.map((value) =>
    button(`${isNow(offer, part, value) ? '✓ ' : ''}${choiceWords(part, value, desk)}`, {
      screen: 'offerSet',
      id,
      part,
      value,
    }),
  )
  return screen(lines(...ask), [...inRows(choices, 3), toEdit])
}

function choiceWords(part: keyof typeof ready, value: string, desk: Desk): string {
  const { t } = desk
  switch (part) {
    case 'discount':
      return value === 'none' ? t('offers.discount.none') : showProbability(Number(value) / 100, desk)
    case 'validity':
      return t('offer.days', { count: Number(value) })
    case 'coupon':
      return t(`offers.coupon.${value === '0' ? 'no' : 'yes'}`, { count: Number(value) })
    case 'holdout':
      return showShareOf(Number(value) / 100, desk)
    case 'channel':
      return t(`offers.channel.${value}`)
    case 'away':
    case 'came':
    case 'birthday':
      return t(`offers.audience.${part}`, { count: Number(value) })
  }
}

function isNow({ spec }: StoredOffer, part: OfferPart, value: string): boolean {
  const { discount, validity, coupon, holdoutShare, channel } = spec
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
    default:
      return false
  }
}

/** Conditions to be switched on and off; all that are on have to hold. */
function audienceScreen({ id, spec }: StoredOffer, segments: readonly Segment[], desk: Desk): Screen {
  const { t, salon } = desk
  const simple = toSimple(spec.audience)
  const text = lines(
    [{ bold: titleOf(spec, desk) }],
    [{ bold: t('offers.terms.whom') }, ` ${whomWords(spec, desk)}`],
    [],
    [t(simple ? 'offers.ask.audience' : 'offers.audience.complex')],
  )
  const toggle = (words: string, isOn: boolean, value: string) =>
    button(`${isOn ? '✓ ' : ''}${words}`, { screen: 'offerSet', id, part: 'audience', value })
  const done = [button(t('offers.buttons.ready'), { screen: 'offerEdit', id }, 'success')]
  const anew = [button(t('offers.audience.anew'), { screen: 'offerSet', id, part: 'audience', value: 'all' })]
  if (!simple) return screen(text, [anew, done])
  const days = (name: 'away' | 'came' | 'birthday', now: number | undefined) =>
    ready[name].map((value) =>
      toggle(choiceWords(name, value, desk), now === Number(value), `${name}.${value}`),
    )
  return screen(text, [
    ...inRows(
      segments.map((one) => toggle(segmentName(one, desk), simple.segments.includes(one), `seg.${one}`)),
      2,
    ),
    ...inRows(
      salon.lines.map((one) =>
        toggle(nameOf(salon.lines, one.id, desk), simple.line === one.id, `line.${one.id}`),
      ),
      2,
    ),
    ...inRows(days('away', simple.awayDays), 2),
    days('came', simple.cameDays),
    days('birthday', simple.birthdayDays),
    done,
  ])
}

/** What a pressed condition makes of the audience: on becomes off. Undefined: not a condition of this version. */
export function toggled(simple: SimpleAudience, value: string): SimpleAudience | undefined {
  const [name = '', which = ''] = value.split('.')
  const { line, awayDays, cameDays, birthdayDays, segments } = simple
  const days = Number(which)
  switch (name) {
    case 'seg':
      return {
        ...simple,
        segments: segments.includes(which) ? segments.filter((one) => one !== which) : [...segments, which],
      }
    case 'line': {
      const { line: _, ...rest } = simple
      return line === which ? rest : { ...rest, line: which }
    }
    case 'away': {
      // Away for long and here lately is nobody.
      const { awayDays: _, cameDays: _came, ...rest } = simple
      return awayDays === days ? rest : { ...rest, awayDays: days }
    }
    case 'came': {
      const { cameDays: _, awayDays: _away, ...rest } = simple
      return cameDays === days ? rest : { ...rest, cameDays: days }
    }
    case 'birthday': {
      const { birthdayDays: _, ...rest } = simple
      return birthdayDays === days ? rest : { ...rest, birthdayDays: days }
    }
    default:
      return undefined
  }
}

const wrong = (problem: string | undefined, { t }: Desk): (readonly Part[])[] =>
  problem === undefined ? [] : [[`⚠️ ${t(`offers.wrong.${problem}`)}`]]

const inRows = (buttons: readonly InlineKeyboardButton[], perRow: number): InlineKeyboardButton[][] =>
  Array.from({ length: Math.ceil(buttons.length / perRow) }, (_, row) =>
    buttons.slice(row * perRow, (row + 1) * perRow),
  )
