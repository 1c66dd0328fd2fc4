import type { Member } from '../../../storage/staff.ts'
import type { Log } from '../../log.ts'
import type { Answer } from '../answer.ts'
import type { ClientStorages } from '../client-answers.ts'
import type { Desk } from '../desk.ts'
import { plainScreen } from '../plain-screens.ts'
import { resultPicture } from './result-picture.ts'
import { resultScreen } from './result-screen.ts'
import type { OfferResultRoute } from './route.ts'

export type OfferResultAnswers = (route: OfferResultRoute, member: Member) => Promise<Answer>

/** What offers have brought, for all of the staff; sums are for the owners. */
export function createOfferResultAnswers({
  offerResults,
  deskOf,
  log,
}: Pick<ClientStorages, 'offerResults'> & {
  deskOf: (member: Member) => Desk
  log: Log
}): OfferResultAnswers {
  return async function to({ id }, member) {
    const desk = deskOf(member)
    const report = await offerResults.of(id)
    if (!report) return { screen: plainScreen('offerResult.gone', desk) }
    const sight = { money: member.role === 'owner' }
    const photo = await resultPicture(report, sight, desk, log)
    return {
      screen: resultScreen(report, sight, desk, photo ? 'picture' : 'alone'),
      ...(photo && { photo }),
    }
  }
}
