import { mondayOf } from '../../../domain/weeks.ts'
import type { Insights } from '../../../storage/insights.ts'
import type { Member } from '../../../storage/staff.ts'
import type { Log } from '../../log.ts'
import type { Answer } from '../answer.ts'
import { dayOf, type Desk } from '../desk.ts'
import { plainScreen } from '../plain-screens.ts'
import type { Screen } from '../screen.ts'
import { digestPicture } from './digest-picture.ts'
import { digestScreen } from './digest-screen.ts'
import { funnelScreen } from './funnel-screen.ts'
import { groupsScreen } from './groups-screen.ts'
import { linesScreen, npsScreen, quotesScreen } from './nps-screens.ts'
import { questionScreen, questionsScreen } from './question-screens.ts'
import { readDay } from './read-day.ts'
import type { InsightRoute } from './route.ts'

export interface InsightAnswers {
  /** What stands behind an owner's button; anybody else is led back to the menu. */
  to(route: InsightRoute, member: Member): Promise<Answer>
  /** `/digest` with whatever was written behind it: any day of the week that is wanted. */
  digestOf(typed: string, member: Member): Promise<Answer>
}

/** The owner's results: the digest now and of any week, and what stands behind its numbers. */
export function createInsightAnswers({
  insights,
  deskOf,
  showMenu,
  log,
}: {
  insights: Insights
  deskOf: (member: Member) => Desk
  showMenu: (member: Member) => Promise<Screen>
  log: Log
}): InsightAnswers {
  return { to, digestOf }

  async function to(route: InsightRoute, member: Member): Promise<Answer> {
    const desk = deskOf(member)
    if (member.role !== 'owner') return { screen: await showMenu(member), toast: desk.t('admin.ownerOnly') }
    switch (route.screen) {
      case 'nps': {
        const insight = await insights.digest(thisMonday(desk).add({ weeks: 1 }))
        return { screen: npsScreen(insight, desk) }
      }
      case 'digest':
        return digest(route.week === undefined ? thisMonday(desk) : dateOf(route.week), desk)
      case 'npsLines':
        return { screen: linesScreen(await insights.digest(dateOf(route.week)), desk) }
      case 'quotes':
        return { screen: quotesScreen(await insights.digest(dateOf(route.week)), route, desk) }
      default:
        return { screen: await resultsScreen(route, desk) }
    }
  }

  async function resultsScreen(
    route: Extract<InsightRoute, { screen: 'questions' | 'question' | 'funnel' | 'groups' }>,
    desk: Desk,
  ): Promise<Screen> {
    const insight = await insights.results()
    const question = 'id' in route ? insights.survey.questions.find(({ id }) => id === route.id) : undefined
    switch (route.screen) {
      case 'questions':
        return questionsScreen(insight, route.page, desk)
      case 'question':
        return question
          ? questionScreen(insight, question, route.page, desk)
          : questionsScreen(insight, 0, desk)
      case 'funnel':
        return funnelScreen(insight, insights.survey, desk)
      case 'groups':
        return groupsScreen(insight, question, desk)
    }
  }

  async function digestOf(typed: string, member: Member): Promise<Answer> {
    const desk = deskOf(member)
    if (typed === '' || member.role !== 'owner') return to({ screen: 'digest' }, member)
    const day = readDay(typed, dayOf(desk.now, desk.salon))
    if (!day) return { screen: plainScreen('nps.wrongWeek', desk) }
    const monday = day.subtract({ days: day.dayOfWeek - 1 })
    if (Temporal.PlainDate.compare(monday, thisMonday(desk)) > 0)
      return { screen: plainScreen('nps.futureWeek', desk) }
    return digest(monday.add({ weeks: 1 }), desk)
  }

  /** @param week the Monday that it is due on; the one of the running week has not come yet */
  async function digest(week: Temporal.PlainDate, desk: Desk): Promise<Answer> {
    const next = thisMonday(desk).add({ weeks: 1 })
    const asked = Temporal.PlainDate.compare(week, next) > 0 ? next : week
    const insight = await insights.digest(asked)
    const running = asked.equals(next)
    const photo = await digestPicture(insight, desk, log)
    return { screen: digestScreen(insight, desk, { running }), ...(photo && { photo }) }
  }
}

const dateOf = (week: string): Temporal.PlainDate => Temporal.PlainDate.from(week)

const thisMonday = ({ now, salon }: Desk): Temporal.PlainDate => mondayOf(now.getTime(), salon.timeZone)
