import type { PolicySettings } from '../../../domain/offers/contact-policy.ts'
import type { Progress } from '../../../storage/deliveries.ts'
import type { OfferNotice } from '../../../storage/notices.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { Desk } from '../desk.ts'
import { button, lines, screen, type Screen } from '../screen.ts'
import { progressLines } from './progress-lines.ts'
import { titleOf } from './words.ts'

/** What a notice about an offer needs besides itself. */
export interface ToldOffer {
  offer: StoredOffer
  progress: Progress
  policy: PolicySettings
}

/**
 * What happened to an offer, for those whom it concerns: that they are to decide, what was decided, and how it ended.
 * @returns undefined: somebody has decided meanwhile
 */
export function toldScreen(
  { what, asks, by, why }: OfferNotice,
  { offer, progress, policy }: ToldOffer,
  desk: Desk,
): Screen | undefined {
  const { t } = desk
  const { id, spec, standing } = offer
  if (asks && standing.state !== 'pending') return undefined
  const isOver = what === 'done' || what === 'expired'
  const say = asks ? 'asks' : what
  return screen(
    lines(
      [{ bold: `✉️ ${titleOf(spec, desk)}` }],
      [by === undefined ? t(`offers.toldOf.${say}`) : t(`offers.told.${say}`, { who: by })],
      why === undefined ? undefined : [t('offers.why', { why })],
      ...(isOver ? progressLines(offer, progress, policy, desk) : []),
    ),
    [[button(t('offers.buttons.open'), { screen: 'offer', id }, 'primary')]],
  )
}
