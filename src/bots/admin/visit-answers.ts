import type { ClientStorage } from '../../storage/clients.ts'
import type { Member } from '../../storage/staff.ts'
import type { VisitStorage } from '../../storage/visits.ts'
import type { Answer } from './answer.ts'
import type { DeskRoute } from './desk-route.ts'
import type { Desk } from './desk.ts'
import type { ListRoute } from './list-route.ts'
import { plainScreen } from './plain-screens.ts'
import type { Screen } from './screen.ts'
import { lineChoice, visitRecorded } from './visit-screens.ts'

/** As many as a card shows. */
export const lastVisits = 3

export interface VisitAnswers {
  /** Asks what the client came for. */
  which(id: number, member: Member, back?: ListRoute): Promise<Answer>
  record(route: DeskRoute & { screen: 'record' }, member: Member, key: string): Promise<Answer>
  undo(route: DeskRoute & { screen: 'undo' }, member: Member): Promise<Answer>
}

/** "Anna was here: nails", in two taps. */
export function createVisitAnswers({
  visits,
  clients,
  deskOf,
  showCard,
  onPrompts,
}: {
  visits: VisitStorage
  clients: ClientStorage
  deskOf: (member: Member) => Desk
  showCard: (id: number, member: Member) => Promise<Screen>
  onPrompts: (promptIds: string[]) => Promise<void>
}): VisitAnswers {
  return {
    async which(id, member, back) {
      const desk = deskOf(member)
      const [client, last] = await Promise.all([clients.card(id), visits.ofClient(id, lastVisits)])
      return { screen: client ? lineChoice(client, last, desk, back) : plainScreen('admin.goneClient', desk) }
    },
    async record({ id, line }, member, key) {
      const desk = deskOf(member)
      const wish = { clientId: id, line, by: member.id, updateKey: key, at: desk.now }
      const recorded = await visits.record(wish)
      if (!recorded.ok) return { screen: await showCard(id, member) }
      if (recorded.fresh && recorded.promptId !== undefined) await onPrompts([recorded.promptId])
      return { screen: visitRecorded(recorded, { id, line }, desk) }
    },
    async undo({ id, visit }, member) {
      const { t } = deskOf(member)
      const undone = await visits.undo(visit)
      const toast = t(`desk.visit.undone.${undone.ok ? 'done' : undone.reason}`)
      return { screen: await showCard(id, member), toast }
    },
  }
}
