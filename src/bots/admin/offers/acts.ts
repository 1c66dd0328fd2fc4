import type { OfferSpec } from '../../../domain/offers/offer.ts'
import type { StoredOffer } from '../../../storage/offer-rows.ts'
import type { OfferAct, OfferChanged } from '../../../storage/offers.ts'
import type { Member } from '../../../storage/staff.ts'
import type { Answer } from '../answer.ts'
import type { Desk } from '../desk.ts'
import { peopleWords } from '../segments/words.ts'
import type { OfferContext } from './options.ts'
import { eventWords } from './words.ts'

export type Act = (id: number, act: OfferAct, member: Member, key: string) => Promise<Answer>

/** Another spec for an offer as it was looked at: whoever changes it at the same time is told. */
export const editOf = ({ standing: { version } }: StoredOffer, spec: OfferSpec): OfferAct => ({
  kind: 'edit',
  version,
  spec,
})

/**
 * Does something to an offer and shows how it stands. Of two at once one wins, and the other reads who was first and when; a
 * redelivered press changes nothing.
 * @param show the offer's card
 */
export function createAct(
  { books, onOffer, deskOf }: OfferContext,
  show: (id: number, member: Member) => Promise<Answer>,
): Act {
  return async (id, act, member, key) => {
    const desk = deskOf(member)
    const changed = await books.offers.change({ id, act, by: member.id, updateKey: key })
    const toast = changed.ok ? doneWords(act, changed, desk) : await refusedWords(id, changed.reason, desk)
    return {
      ...(await show(id, member)),
      ...(toast !== undefined && { toast }),
      ...(changed.ok && { afterwards: () => onOffer(id) }),
    }
  }

  async function refusedWords(
    id: number,
    reason: Exclude<OfferChanged, { ok: true }>['reason'],
    desk: Desk,
  ): Promise<string | undefined> {
    if (reason === 'repeated' || reason === 'gone') return undefined
    const last = (await books.offers.log(id)).at(-1)
    const isLate = reason === 'notPossible' || reason === 'otherVersion'
    return isLate && last
      ? desk.t('offers.late', { event: eventWords(last, desk) })
      : desk.t(`offer.refusals.${reason}`)
  }
}

function doneWords(act: OfferAct, { frozen }: OfferChanged & { ok: true }, desk: Desk): string {
  if (act.kind === 'approve' && frozen)
    return desk.t('offers.done.approve', { people: peopleWords(frozen.recipients, desk) })
  return desk.t(`offers.done.${act.kind}`)
}
