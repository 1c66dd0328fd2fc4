import { inviteLifetimeMs, type Member, type StaffRole } from '../../storage/staff.ts'
import { showDate, type Desk } from './desk.ts'
import { button, lines, screen, type Screen } from './screen.ts'

/** Who has access, with a button to remove each but oneself, and the two invitations. */
export function staffList(members: readonly Member[], me: Member, desk: Desk): Screen {
  const { t } = desk
  const text = lines(
    [{ bold: t('admin.staff.title') }],
    [],
    ...members.map((member) => [memberLine(member, me, desk)]),
  )
  const others = members.filter((member) => member.id !== me.id)
  return screen(text, [
    ...others.map((member) => [
      button(t('admin.staff.remove', { name: member.name }), { screen: 'removal', id: member.id }),
    ]),
    [button(t('admin.staff.inviteAdmin'), { screen: 'invite', role: 'admin' }, 'primary')],
    [button(t('admin.staff.inviteOwner'), { screen: 'invite', role: 'owner' })],
    [button(t('admin.buttons.menu'), { screen: 'menu' })],
  ])
}

/** A one-time link to pass on. Telegram's own share sheet opens from the button. */
export function invitation(role: StaffRole, link: string, desk: Desk): Screen {
  const { t } = desk
  const share = `https://t.me/share/url?url=${encodeURIComponent(link)}&text=${encodeURIComponent(t('admin.invite.share'))}`
  const text = lines(
    [{ bold: t(`admin.invite.${role}`) }],
    [],
    [link],
    [],
    [t('admin.invite.how', { hours: inviteLifetimeMs / 3_600_000 })],
  )
  return screen(text, [
    [{ text: t('admin.invite.send'), url: share }],
    [button(t('admin.buttons.back'), { screen: 'staff' })],
  ])
}

/** Asks once before somebody loses access. */
export function removalQuestion(member: Member, { t }: Desk): Screen {
  const keyboard = [
    [button(t('admin.removal.yes'), { screen: 'remove', id: member.id }, 'danger')],
    [button(t('admin.removal.no'), { screen: 'staff' })],
  ]
  return screen([t('admin.removal.ask', { name: member.name })], keyboard)
}

function memberLine(member: Member, me: Member, desk: Desk): string {
  const { t } = desk
  const notes = [
    t(`admin.role.${member.role}`),
    ...(member.id === me.id ? [t('admin.staff.you')] : []),
    ...(member.reachable ? [] : [t('admin.staff.blocked')]),
    t('admin.staff.since', { date: showDate(member.createdAt, desk) }),
  ]
  return `• ${member.name}: ${notes.join(', ')}`
}
