import type { Member, StaffRole, StaffStorage } from '../../storage/staff.ts'
import type { Answer } from './answer.ts'
import type { Desk } from './desk.ts'
import type { Screen } from './screen.ts'
import { invitation, removalQuestion, staffList } from './staff-screens.ts'

export interface StaffAnswers {
  list(member: Member): Promise<Answer>
  invite(role: StaffRole, member: Member, key: string): Promise<Answer>
  /** Asks before the removal of the person with this staff id. */
  askRemoval(id: number, member: Member): Promise<Answer>
  remove(id: number, member: Member, key: string): Promise<Answer>
}

/** The link that opens this bot with a token. */
export const inviteLink = (username: string, token: string): string =>
  `https://t.me/${username}?start=${token}`

/** The owner's part of the bot: who has access, invitations, removal. Anybody else is led back to the menu. */
export function createStaffAnswers({
  staff,
  username,
  deskOf,
  showMenu,
}: {
  staff: StaffStorage
  username: () => Promise<string>
  deskOf: (member: Member) => Desk
  showMenu: (member: Member) => Promise<Screen>
}): StaffAnswers {
  return { list, invite, askRemoval, remove }

  async function list(member: Member, toast?: string): Promise<Answer> {
    if (member.role !== 'owner') return refuse(member)
    const screen = staffList(await staff.list(), member, deskOf(member))
    return { screen, ...(toast !== undefined && { toast }) }
  }

  async function invite(role: StaffRole, member: Member, key: string): Promise<Answer> {
    const desk = deskOf(member)
    const name = await username()
    const made = await staff.invite({ role, by: member.id, updateKey: key })
    if (made.ok) return { screen: invitation(role, inviteLink(name, made.token), desk) }
    // The token of the first time is kept nowhere, so a copy of the press cannot show it again.
    return made.reason === 'repeated' ? list(member, desk.t('admin.invite.repeated')) : refuse(member)
  }

  async function askRemoval(id: number, member: Member): Promise<Answer> {
    if (member.role !== 'owner') return refuse(member)
    const desk = deskOf(member)
    const other = await staff.byId(id)
    return other ? { screen: removalQuestion(other, desk) } : list(member, desk.t('admin.removal.gone'))
  }

  async function remove(id: number, member: Member, key: string): Promise<Answer> {
    const { t } = deskOf(member)
    const removed = await staff.remove({ id, by: member.id, updateKey: key })
    if (removed.ok) {
      const toast = t('admin.removal.done', { name: removed.member.name })
      return { ...(await list(member, toast)), left: removed.member }
    }
    switch (removed.reason) {
      case 'notOwner':
        return refuse(member)
      case 'self':
        return list(member, t('admin.removal.self'))
      case 'gone':
        return list(member, t('admin.removal.gone'))
      case 'repeated':
        return list(member)
    }
  }

  async function refuse(member: Member): Promise<Answer> {
    return { screen: await showMenu(member), toast: deskOf(member).t('admin.ownerOnly') }
  }
}
