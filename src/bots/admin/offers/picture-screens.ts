import type { InlineKeyboardButton } from 'telegraf/types'
import type { OfferPreview } from '../../../storage/offer-preview.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { Desk } from '../desk.ts'
import { aside, button, lines, screen, type Screen } from '../screen.ts'
import { anybody, exampleMessage } from './message-parts.ts'
import type { OfferContext } from './options.ts'
import { titleOf } from './words.ts'

/** Asks for a picture, or for another one. */
export function picturePart({ id, spec }: StoredOffer, desk: Desk): Screen {
  const { t } = desk
  const has = spec.picture !== undefined
  const text = lines(
    [{ bold: titleOf(spec, desk) }],
    [t(has ? 'offerPicture.askOther' : 'offerPicture.ask')],
    [t('offerPicture.room')],
  )
  const remove = { screen: 'offerSet', id, part: 'picture', value: 'none' } as const
  return screen(text, [
    ...lookRow({ id, spec }, desk),
    ...(has ? [[button(t('offerPicture.remove'), remove, 'danger')]] : []),
    [button(t('admin.buttons.back'), { screen: 'offerEdit', id })],
  ])
}

/** The button that shows the message with its picture; an offer of words alone has none. */
export const lookRow = (
  { id, spec }: Pick<StoredOffer, 'id' | 'spec'>,
  { t }: Desk,
): InlineKeyboardButton[][] =>
  spec.picture === undefined ? [] : [[button(t('offerPicture.show'), { screen: 'offerLook', id })]]

/** What comes under the picture, exactly as a client gets it. Pressed here, the client's buttons do nothing. */
export function lookScreen(
  { id, spec }: StoredOffer,
  preview: OfferPreview | undefined,
  { translate }: Pick<OfferContext, 'translate'>,
  desk: Desk,
): Screen {
  const at = preview?.startAt ?? desk.now.getTime()
  const example = preview?.examples[0] ?? anybody(spec, desk)
  const { text, groups } = exampleMessage(spec, example, at, { salon: desk.salon, translate })
  const buttons = groups.flatMap((group) =>
    group.buttons.map(({ label }) => [button(label, { screen: 'here' })]),
  )
  return screen([text.text], [...buttons, [aside(desk.t('offerPicture.toOffer'), { screen: 'offer', id })]])
}

/** Nothing asks for a picture: where one belongs. */
export const pictureUnasked = ({ t }: Desk): Screen =>
  screen(
    [t('offerPicture.unasked')],
    [
      [button(t('offers.buttons.new'), { screen: 'offerNew' })],
      [button(t('offers.buttons.list'), { screen: 'offers', page: 0 })],
    ],
  )
