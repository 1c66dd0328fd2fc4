import { placeholders } from '../../../domain/offers/template.ts'
import type { OfferSpec } from '../../../domain/offers/offer.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { Desk } from '../desk.ts'
import { button, lines, screen, type Screen } from '../screen.ts'
import { showCount } from '../segments/words.ts'
import { inRows, wrong } from './part-words.ts'
import type { OfferPart } from './route.ts'
import {
  discountShown,
  perClientWords,
  scheduleWords,
  shareWords,
  titleOf,
  validityWords,
  variantShares,
  whomWords,
} from './words.ts'

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
export const placeholderWords = ({ t }: Desk): string =>
  `${t('offers.placeholders.title')} ${placeholders
    .map((name) => `{${name}} ${t(`offers.placeholders.${name}`)}`)
    .join(', ')}. ${t('offers.placeholders.hint')}`

/** What is often another, each a button that says what it is now. */
export function editScreen({ id, spec, standing }: StoredOffer, desk: Desk): Screen {
  const { t } = desk
  const wasApproved = !['draft', 'pending', 'rejected'].includes(standing.state)
  const part = partButton(id, desk)
  const uses = spec.coupon?.uses ?? 0
  const stands = spec.schedule.kind === 'standing'
  return screen(
    lines(
      [{ bold: t('offers.edit.title', { title: titleOf(spec, desk) }) }],
      [`${t('offers.terms.whom')} ${whomWords(spec, desk)}`],
      [t('offers.terms.when', { when: scheduleWords(spec, desk) })],
      wasApproved ? [t('offers.edit.again')] : undefined,
    ),
    [
      [
        spec.variants.length > 1 ? part('variants', variantShares(spec, desk)) : part('text', ''),
        part('title', ''),
      ],
      [part('picture', t(`offerPicture.${spec.picture === undefined ? 'no' : 'yes'}`))],
      [
        part('audience', ''),
        button(
          t('offers.buttons.when'),
          stands ? { screen: 'offerPart', id, part: 'standing' } : { screen: 'offerWhen', id },
        ),
      ],
      [part('discount', discountShown(spec, desk)), part('validity', validityWords(spec.validity, desk))],
      [
        part('coupon', t(`offers.coupon.${uses === 0 ? 'no' : 'yes'}`, { count: uses })),
        button(t('offers.buttons.more'), { screen: 'offerMore', id }),
      ],
      [button(t('offers.buttons.ready'), { screen: 'offer', id }, 'success')],
    ],
  )
}

/** What is rarely another. */
export function moreScreen({ id, spec }: StoredOffer, desk: Desk): Screen {
  const { t } = desk
  const part = partButton(id, desk)
  return screen(lines([{ bold: titleOf(spec, desk) }], [t('offers.edit.more')]), [
    ...inRows(
      [
        part('holdout', shareWords(spec.holdoutShare, desk)),
        part('channel', t(`offers.channel.${spec.channel}`)),
        part('recipients', recipientsShown(spec, desk)),
        ...(spec.schedule.kind === 'standing' ? [part('perClient', perClientWords(spec, desk))] : []),
        part('attribution', t('offer.days', { count: spec.attributionDays })),
        part('mark', t(`offers.mark.${spec.mark ? 'yes' : 'no'}`)),
      ],
      1,
    ),
    [button(t('admin.buttons.back'), { screen: 'offerEdit', id })],
  ])
}

const recipientsShown = ({ limits: { recipients } }: OfferSpec, desk: Desk): string =>
  recipients === undefined ? desk.t('offers.recipients.none') : showCount(recipients, desk)

const partButton =
  (id: number, { t }: Desk) =>
  (name: OfferPart, value: string) =>
    button(`${t(`offers.part.${name}`)}${value === '' ? '' : `: ${value}`}`, {
      screen: 'offerPart',
      id,
      part: name,
    })
