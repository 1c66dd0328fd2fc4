import { AdviceError } from '../../../domain/advice-error.ts'
import type { Language } from '../../../domain/salon.ts'
import type { SegmentOverview } from '../../../storage/segment-overview.ts'
import type { Member } from '../../../storage/staff.ts'
import type { Log } from '../../log.ts'
import type { OutgoingFile } from '../../outgoing-file.ts'
import type { Answer } from '../answer.ts'
import type { ClientStorages } from '../client-answers.ts'
import type { ExportFormat } from '../desk-route.ts'
import type { Desk } from '../desk.ts'
import { plainScreen } from '../plain-screens.ts'
import { aside, button, screen, type Screen } from '../screen.ts'
import { surveyOfScreen } from '../survey-of-screen.ts'
import { aboutScreen } from './about-screen.ts'
import { leavingScreen, listedOnPage, membersScreen, movesOf, movesScreen } from './list-screens.ts'
import { overviewScreen, type Sight } from './overview-screen.ts'
import type { SegmentRoute } from './route.ts'
import { segmentsPicture } from './segments-picture.ts'
import { todayOf } from './words.ts'
import { visitsPicture } from './visits-picture.ts'

/** The segments as tables to take away; absent where the process can't make them. */
export interface SegmentFiles {
  exportSegments?: (format: ExportFormat, language: Language) => Promise<OutgoingFile[]>
}

/** Moves are told of so many days. */
const monthDays = 30

export type SegmentAnswers = (route: SegmentRoute, member: Member) => Promise<Answer>

/**
 * Who the valuable, new, vulnerable and no-value clients are, for all of the staff. What the salon earns (sums, shares of money,
 * lists with amounts, files) is for the owners: whoever sits at the desk serves clients one by one, and sees the money of one
 * on their card.
 */
export function createSegmentAnswers({
  segments,
  worths,
  walks,
  clients,
  insights,
  exportSegments,
  deskOf,
  showMenu,
  log,
}: Pick<ClientStorages, 'segments' | 'worths' | 'walks' | 'clients' | 'insights'> &
  SegmentFiles & {
    deskOf: (member: Member) => Desk
    showMenu: (member: Member) => Promise<Screen>
    log: Log
  }): SegmentAnswers {
  return async function to(route, member) {
    const desk = deskOf(member)
    switch (route.screen) {
      case 'visitChart':
        return visits(route.id, desk)
      case 'surveyOf':
        return survey(route.id, route.page, desk)
      case 'exportSegments':
        return files(route.format, member)
      default:
        return table(route, member)
    }
  }

  async function table(
    route: Exclude<SegmentRoute, { screen: 'visitChart' | 'surveyOf' | 'exportSegments' }>,
    member: Member,
  ): Promise<Answer> {
    const desk = deskOf(member)
    const overview = await segments.overview()
    if (!overview) return { screen: plainScreen('value.empty', desk) }
    const sight = sightOf(member)
    const [whole] = overview.groups
    switch (route.screen) {
      case 'segments': {
        const photo = await segmentsPicture(overview, sight, desk, log)
        const place = photo ? 'picture' : 'alone'
        return {
          ...(whole && { screen: overviewScreen(overview, whole, sight, desk, place) }),
          ...(photo && { photo }),
        }
      }
      case 'segmentsOf': {
        const group = overview.groups.find(({ line }) => line === route.line) ?? whole
        return group ? { screen: overviewScreen(overview, group, sight, desk, 'alone') } : {}
      }
      case 'aboutSegments':
        return { screen: aboutScreen(overview, desk) }
      default:
        return { screen: await list(route, overview, sight, desk) }
    }
  }

  async function list(
    route: Extract<SegmentRoute, { screen: 'in' | 'moved' | 'leaving' }>,
    { day, demo, warnings }: SegmentOverview,
    sight: Sight,
    desk: Desk,
  ): Promise<Screen> {
    const rows = { offset: route.page * listedOnPage, limit: listedOnPage }
    switch (route.screen) {
      case 'in':
        return membersScreen(await segments.members({ ...route, ...rows }), route, { sight, demo }, desk)
      case 'moved': {
        const since = Math.min(day, todayOf(desk)) - monthDays
        const counts = await segments.moveCounts(route.line, since)
        const total = movesOf(counts, route.way).reduce((sum, { clients }) => sum + clients, 0)
        // No more than there are: to look for one more, all first segments of a new salon would be read.
        const limit = Math.min(rows.limit, total - rows.offset)
        const moves = limit > 0 ? await segments.moves({ ...route, since, ...rows, limit }) : []
        return movesScreen(moves, counts, { route, since, demo }, desk)
      }
      case 'leaving': {
        const { kopecks } = warnings
        return leavingScreen(await segments.warnings(rows), { route, sight, kopecks, demo }, desk)
      }
    }
  }

  function sightOf({ role }: Member): Sight {
    const isOwner = role === 'owner'
    return { money: isOwner, files: isOwner && exportSegments !== undefined }
  }

  async function files(format: ExportFormat, member: Member): Promise<Answer> {
    const { t } = deskOf(member)
    if (member.role !== 'owner') return { screen: await showMenu(member), toast: t('admin.ownerOnly') }
    if (!exportSegments) return table({ screen: 'segmentsOf', line: '' }, member)
    try {
      const made = await exportSegments(format, member.language)
      return { files: made.map((file) => ({ ...file, caption: t('value.export.caption') })) }
    } catch (error) {
      if (!(error instanceof AdviceError)) throw error
      const words = t(error.key, error.params)
      return { screen: screen([words], [[toOverview(deskOf(member))]]) }
    }
  }

  async function visits(id: number, desk: Desk): Promise<Answer> {
    const [client, paid] = await Promise.all([clients.card(id), worths.visitsOf(id)])
    if (!client) return { screen: plainScreen('admin.goneClient', desk) }
    if (paid.length === 0) return { toast: desk.t('value.chart.none') }
    const photo = await visitsPicture(client, paid, desk, log)
    if (!photo) return { toast: desk.t('value.chart.failed') }
    const caption = desk.t('value.chart.caption', { name: client.name ?? desk.t('admin.client.noName') })
    return { photo, screen: screen([{ bold: caption }], [[toCard(id, desk)]]) }
  }

  async function survey(id: number, page: number, desk: Desk): Promise<Answer> {
    const [client, given] = await Promise.all([clients.card(id), walks.ofClient(id)])
    if (!client) return { screen: plainScreen('admin.goneClient', desk) }
    return { screen: surveyOfScreen(client, given, insights.survey.questions, page, desk) }
  }
}

const toOverview = ({ t }: Desk) => button(t('value.buttons.overview'), { screen: 'segmentsOf', line: '' })
/** Below: a picture has no words to be turned into a card. */
const toCard = (id: number, { t }: Desk) => aside(t('value.buttons.card'), { screen: 'client', id })
