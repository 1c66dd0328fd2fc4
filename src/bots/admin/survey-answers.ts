import type { ClientStorage } from '../../storage/clients.ts'
import type { Audience, InvitationStorage } from '../../storage/invitations.ts'
import { AdviceError } from '../../domain/advice-error.ts'
import type { Language } from '../../domain/salon.ts'
import type { Member } from '../../storage/staff.ts'
import type { OutgoingFile } from '../outgoing-file.ts'
import type { Answer } from './answer.ts'
import type { ExportFormat } from './desk-route.ts'
import type { Desk } from './desk.ts'
import type { Screen } from './screen.ts'
import { audienceChoice, funnelDays, inviteQuestion, surveyScreen } from './survey-screens.ts'

/** What the program can make to take away; absent where it can't. */
export interface FileMaking {
  /** The survey's QR code for printing. */
  poster?: (language: Language) => Promise<OutgoingFile>
  /** All answers as tables. */
  exportFile?: (format: ExportFormat, language: Language) => Promise<OutgoingFile[]>
}

export interface SurveyAnswers {
  overview(member: Member): Promise<Answer>
  lines(member: Member): Answer
  /** Asks before anybody is invited. */
  confirm(audience: Audience, member: Member): Promise<Answer>
  invite(audience: Audience, member: Member, key: string): Promise<Answer>
  poster(member: Member): Promise<Answer>
  export(format: ExportFormat, member: Member): Promise<Answer>
}

const dayMs = 24 * 60 * 60_000

/** The survey from the salon's side: how it goes, whom to invite, what to print and to take away. */
export function createSurveyAnswers({
  invitations,
  clients,
  poster,
  exportFile,
  deskOf,
  showCard,
  onPrompts,
}: FileMaking & {
  invitations: InvitationStorage
  clients: ClientStorage
  deskOf: (member: Member) => Desk
  showCard: (id: number, member: Member) => Promise<Screen>
  onPrompts: (promptIds: string[]) => Promise<void>
}): SurveyAnswers {
  return {
    overview,
    lines: (member) => ({ screen: audienceChoice(deskOf(member)) }),
    async confirm(audience, member) {
      const desk = deskOf(member)
      const who = await nameIn(audience, desk)
      return { screen: inviteQuestion(audience, await invitations.count(audience), who, desk) }
    },
    async invite(audience, member, key) {
      const desk = deskOf(member)
      const invited = await invitations.invite({ audience, updateKey: key })
      if (!invited.ok) return backTo(audience, member)
      await onPrompts(invited.promptIds)
      const who = await nameIn(audience, desk)
      const toast = desk.t(audience.kind === 'client' ? 'desk.survey.invitedOne' : 'desk.survey.invited', {
        who,
        count: invited.promptIds.length,
      })
      return { ...(await backTo(audience, member)), ...(invited.promptIds.length > 0 && { toast }) }
    },
    async poster(member) {
      return poster ? { files: [await poster(member.language)] } : overview(member)
    },
    async export(format, member) {
      if (!exportFile) return overview(member)
      if (member.role !== 'owner')
        return { ...(await overview(member)), toast: deskOf(member).t('admin.ownerOnly') }
      try {
        return { files: await exportFile(format, member.language) }
      } catch (error) {
        if (!(error instanceof AdviceError)) throw error
        return { ...(await overview(member)), toast: deskOf(member).t(error.key, error.params) }
      }
    },
  }

  async function overview(member: Member): Promise<Answer> {
    const desk = deskOf(member)
    const [funnel, count] = await Promise.all([
      invitations.funnel(new Date(desk.now.getTime() - funnelDays * dayMs)),
      invitations.count({ kind: 'all' }),
    ])
    // The answers of all clients are the owner's to take away; who works at the desk prints the poster.
    const offered = {
      poster: poster !== undefined,
      exportFile: exportFile !== undefined && member.role === 'owner',
    }
    return { screen: surveyScreen(funnel, count, offered, desk) }
  }

  async function backTo(audience: Audience, member: Member): Promise<Answer> {
    return audience.kind === 'client' ? { screen: await showCard(audience.id, member) } : overview(member)
  }

  async function nameIn(audience: Audience, { t }: Desk): Promise<string> {
    const client = audience.kind === 'client' ? await clients.card(audience.id) : undefined
    return client?.name ?? t('admin.client.noName')
  }
}
