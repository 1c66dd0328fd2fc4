import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { OfferLogRow } from '../../../storage/offers.ts'
import { arrows } from '../arrows.ts'
import type { Desk } from '../desk.ts'
import { button, lines, screen, type Part, type Screen } from '../screen.ts'
import { eventWords, titleOf } from './words.ts'

const perPage = 15

/** All that was done to an offer, the latest first: what, by whom, when and why. @param page counts from 0 */
export function historyScreen(
  { id, spec }: StoredOffer,
  log: readonly OfferLogRow[],
  page: number,
  desk: Desk,
): Screen {
  const { t } = desk
  const shown = log.toReversed().slice(page * perPage, (page + 1) * perPage)
  return screen(
    lines(
      [{ bold: t('offers.history.title', { title: titleOf(spec, desk) }) }],
      [],
      ...shown.flatMap((row) => rowLines(row, desk)),
    ),
    [
      ...arrows(
        { total: log.length, page, perPage },
        (to) => ({ screen: 'offerHistory', id, page: to }),
        desk,
      ),
      [button(t('offers.history.back'), { screen: 'offer', id })],
    ],
  )
}

/** An approval is of one version, so an edit says which one it made. */
function rowLines(row: OfferLogRow, desk: Desk): (readonly Part[])[] {
  const { t } = desk
  const event = eventWords(row, desk)
  const { what, version, why } = row
  return [
    [`• ${what === 'edited' ? t('offers.log.version', { event, version }) : event}`],
    ...(why === null ? [] : [[`  ${t('offers.why', { why })}`]]),
  ]
}
