import type { Member } from '../../../storage/staff.ts'
import type { Answer } from '../answer.ts'
import { plainScreen } from '../plain-screens.ts'
import { button, lines, screen } from '../screen.ts'
import { nameOf } from '../desk.ts'
import { segmentName } from '../segments/words.ts'
import type { OfferContext } from './options.ts'
import type { OfferRoute } from './route.ts'

type ForRoute = Extract<OfferRoute, { screen: 'offerFor' }>

/** Offers that begin with something that is there: a segment, or an earlier offer. @param show the offer's card */
export function createBegun(
  { books, deskOf }: OfferContext,
  show: (id: number, member: Member) => Promise<Answer>,
) {
  const { offers } = books

  return {
    /** The playbook's draft for a segment: made once, and found again afterwards. */
    async forSegment(route: ForRoute, member: Member): Promise<Answer> {
      const drafted = books.draftFor(route.line, route.segment)
      if (!drafted) return nothing(route, member)
      const { draftKey, spec } = drafted
      const made = await offers.create({ origin: 'playbook', spec, draftKey })
      const offer = made ?? (await offers.byDraftKey(draftKey))
      if (!offer) return { screen: plainScreen('offers.gone', deskOf(member)) }
      const toast = deskOf(member).t(made ? 'offers.begun.drafted' : 'offers.begun.known')
      return { ...(await show(offer.id, member)), toast }
    },
    async again(id: number, member: Member, key: string): Promise<Answer> {
      const desk = deskOf(member)
      const offer = await offers.byId(id)
      if (!offer) return { screen: plainScreen('offers.gone', desk) }
      // A day that is over can't come again.
      const spec = {
        ...offer.spec,
        ...(offer.spec.schedule.kind !== 'standing' && { schedule: { kind: 'now' as const } }),
        ...(offer.spec.validity.kind === 'until' && { validity: { kind: 'days' as const, days: 14 } }),
      }
      const made = await offers.create({ origin: 'manual', spec, by: member.id, updateKey: key })
      if (!made) return show(id, member)
      return { ...(await show(made.id, member)), toast: desk.t('offers.begun.again') }
    },
  }

  /** Nothing is to be spent on them, or their offers are made for each line. */
  function nothing({ line, segment }: ForRoute, member: Member): Answer {
    const desk = deskOf(member)
    const { t, salon } = desk
    const lead = salon.lines
      .filter(({ id }) => line === '' && books.draftFor(id, segment) !== undefined)
      .map(({ id }) => [button(nameOf(salon.lines, id, desk), { screen: 'offerFor', line: id, segment })])
    const say = lead.length > 0 ? 'offers.begun.whichLine' : 'offers.begun.nothing'
    return {
      screen: screen(lines([{ bold: segmentName(segment, desk) }], [t(say)]), [
        ...lead,
        [button(t('offers.buttons.new'), { screen: 'offerNew' })],
        [button(t('admin.buttons.back'), { screen: 'in', line, segment, page: 0 })],
      ]),
    }
  }
}
