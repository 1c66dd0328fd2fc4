import type { StoredOffer } from '../../../storage/offers.ts'
import type { Member, StaffStorage } from '../../../storage/staff.ts'
import type { Log } from '../../log.ts'
import type { Desk } from '../desk.ts'
import type { Gateway } from '../gateway.ts'
import { button, lines, screen } from '../screen.ts'
import type { OfferBooks, TellStaff, ToldAct } from './options.ts'
import { titleOf } from './words.ts'

/** Who may approve hears of what waits for them, and the author of what was decided. Whoever did it knows. */
export function createTellStaff({
  gateway,
  staff,
  books,
  deskOf,
  log,
}: {
  gateway: Pick<Gateway, 'send'>
  staff: Pick<StaffStorage, 'list'>
  books: Pick<OfferBooks, 'needsOwner'>
  deskOf: (member: Member) => Desk
  log: Log
}): TellStaff {
  return async (offer, act, by, why) => {
    try {
      const forOwner = books.needsOwner(offer.spec, 0)
      const concerned = (await staff.list()).filter(({ id, role }) =>
        act === 'submit' ? !forOwner || role === 'owner' : id === offer.createdBy,
      )
      for (const member of concerned.filter(({ id, reachable }) => reachable && id !== by.id))
        await gateway.send(member.telegramId, told(offer, act, by, why, deskOf(member)))
    } catch (error) {
      log.warn({ event: 'offer.notTold', offer: offer.id, error: (error as Error).name })
    }
  }
}

function told(
  { id, spec }: StoredOffer,
  act: ToldAct,
  { name }: Member,
  why: string | undefined,
  desk: Desk,
) {
  const { t } = desk
  return screen(
    lines(
      [{ bold: `✉️ ${titleOf(spec, desk)}` }],
      [t(`offers.told.${act}`, { who: name })],
      why === undefined ? undefined : [t('offers.why', { why })],
    ),
    [[button(t('offers.buttons.open'), { screen: 'offer', id }, 'primary')]],
  )
}
