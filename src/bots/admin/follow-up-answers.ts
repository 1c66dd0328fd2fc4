import type { FollowUpStorage } from '../../storage/follow-ups.ts'
import type { Member } from '../../storage/staff.ts'
import type { Answer } from './answer.ts'
import type { DeskRoute } from './desk-route.ts'
import type { Desk } from './desk.ts'
import { callList, callsOnPage, followUpScreen, handledWords } from './follow-up-screens.ts'
import { plainScreen } from './plain-screens.ts'

export interface FollowUpAnswers {
  /** Whom to call. */
  list(page: number, member: Member): Promise<Answer>
  show(id: number, member: Member): Promise<Answer>
  handle(route: DeskRoute & { screen: 'handle' }, member: Member, key: string): Promise<Answer>
}

/** The unhappy clients: whoever has spoken to one presses, and the others see it. */
export function createFollowUpAnswers({
  followUps,
  deskOf,
}: {
  followUps: FollowUpStorage
  deskOf: (member: Member) => Desk
}): FollowUpAnswers {
  return { list, show, handle }

  async function list(page: number, member: Member): Promise<Answer> {
    const found = await followUps.waiting({ offset: page * callsOnPage, limit: callsOnPage })
    const last = Math.max(0, Math.ceil(found.total / callsOnPage) - 1)
    // The list may have become shorter since the page was turned.
    return page > last ? list(last, member) : { screen: callList(found, page, deskOf(member)) }
  }

  async function show(id: number, member: Member): Promise<Answer> {
    const desk = deskOf(member)
    const followUp = await followUps.byId(id)
    return {
      screen: followUp
        ? followUpScreen(followUp, 'desk.calls.who', desk)
        : plainScreen('admin.goneClient', desk),
    }
  }

  async function handle(
    { id, page }: DeskRoute & { screen: 'handle' },
    member: Member,
    key: string,
  ): Promise<Answer> {
    const desk = deskOf(member)
    const handled = await followUps.handle({ id, by: member.id, updateKey: key })
    const shown = page === undefined ? await show(id, member) : await list(page, member)
    if (handled.ok) return { ...shown, toast: desk.t('desk.calls.thanks') }
    if (handled.reason !== 'handled') return shown
    return { ...shown, toast: handledWords(handled.followUp, desk) }
  }
}
