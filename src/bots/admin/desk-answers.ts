import type { Member } from '../../storage/staff.ts'
import type { Answer } from './answer.ts'
import type { ClientStorages } from './client-answers.ts'
import { createCouponAnswers, type CouponAnswers } from './coupon-answers.ts'
import type { DeskRoute } from './desk-route.ts'
import type { Desk } from './desk.ts'
import { createFollowUpAnswers } from './follow-up-answers.ts'
import { plainScreen } from './plain-screens.ts'
import type { Screen } from './screen.ts'
import { createSurveyAnswers, type FileMaking } from './survey-answers.ts'
import { createVisitAnswers } from './visit-answers.ts'

export interface DeskAnswers {
  follow(route: DeskRoute, member: Member, key: string): Promise<Answer>
  coupons: CouponAnswers
}

/** What is done by hand between two customers. */
export function createDeskAnswers(
  options: ClientStorages &
    FileMaking & {
      deskOf: (member: Member) => Desk
      showCard: (id: number, member: Member) => Promise<Screen>
      /** Hands new prompts to the job that sends them. Does not reject. */
      onPrompts: (promptIds: string[]) => Promise<void>
    },
): DeskAnswers {
  const { deskOf } = options
  const visits = createVisitAnswers(options)
  const followUps = createFollowUpAnswers(options)
  const coupons = createCouponAnswers(options)
  const survey = createSurveyAnswers(options)
  return { follow, coupons }

  async function follow(route: DeskRoute, member: Member, key: string): Promise<Answer> {
    switch (route.screen) {
      case 'visits':
        return { screen: plainScreen('desk.visit.ask', deskOf(member)) }
      case 'visit':
        return visits.which(route.id, member, route.back)
      case 'record':
        return visits.record(route, member, key)
      case 'undo':
        return visits.undo(route, member)
      case 'followUps':
        return followUps.list(route.page, member)
      case 'followUp':
        return followUps.show(route.id, member)
      case 'handle':
        return followUps.handle(route, member, key)
      case 'coupon':
        return coupons.show(route.code, member)
      case 'redeem':
        return coupons.redeem(route.code, member, key)
      case 'survey':
        return survey.overview(member)
      case 'lines':
        return survey.lines(member)
      case 'confirmInvites':
        return survey.confirm(route.audience, member)
      case 'sendInvites':
        return survey.invite(route.audience, member, key)
      case 'poster':
        return survey.poster(member)
      case 'export':
        return survey.export(route.format, member)
    }
  }
}
