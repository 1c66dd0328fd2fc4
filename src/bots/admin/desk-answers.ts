import type { Member } from '../../storage/staff.ts'
import type { Answer } from './answer.ts'
import type { ClientStorages } from './client-answers.ts'
import { createCouponAnswers, type CouponAnswers } from './coupon-answers.ts'
import type { DeskRoute } from './desk-route.ts'
import type { Desk } from './desk.ts'
import { createFollowUpAnswers } from './follow-up-answers.ts'
import type { Screen } from './screen.ts'
import { createSurveyAnswers, type FileMaking } from './survey-answers.ts'
import { createVisitAnswers, type VisitAnswers } from './visit-answers.ts'

export interface DeskAnswers {
  follow(route: DeskRoute, member: Member, key: string): Promise<Answer>
  coupons: CouponAnswers
  visits: VisitAnswers
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
  const visits = createVisitAnswers(options)
  const followUps = createFollowUpAnswers(options)
  const coupons = createCouponAnswers(options)
  const survey = createSurveyAnswers(options)
  return { follow, coupons, visits }

  async function follow(route: DeskRoute, member: Member, key: string): Promise<Answer> {
    switch (route.screen) {
      case 'followUps':
        return followUps.list(route.page, member)
      case 'followUp':
        return followUps.show(route.id, member)
      case 'handle':
        return followUps.handle(route, member, key)
      case 'coupon':
        return coupons.show(route.code, member)
      case 'redeem':
        return coupons.redeem(route, member, key)
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
      default:
        return visits.follow(route, member, key)
    }
  }
}
