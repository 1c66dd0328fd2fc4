import type { InlineKeyboardButton } from 'telegraf/types'
import { showCode } from '../../domain/coupon.ts'
import type { Coupon } from '../../storage/coupon-rows.ts'
import type { FollowUp } from '../../storage/follow-ups.ts'
import type { ReasonNotNow } from '../../storage/invitations.ts'
import type { SurveyStanding } from '../../storage/survey-standing.ts'
import type { Visit } from '../../storage/recorded-visit.ts'
import { couponState, couponWords, isGood } from './coupon-screens.ts'
import { showDate, showMoment, type Desk } from './desk.ts'
import { scoreWords } from './feedback-words.ts'
import { wayTo } from './follow-up-screens.ts'
import { button } from './screen.ts'
import { visitWords } from './visit-words.ts'

/** What happened between the salon and a client: visits, the survey, an unhappy score, a gift. */
export interface ClientHistory {
  /** The last ones, the newest first. */
  visits: Visit[]
  standing: SurveyStanding
  /** The latest that waits for somebody. */
  followUp?: FollowUp
  /** The newest first. */
  coupons: readonly Coupon[]
  /** Why the client can't be invited to the survey now; absent: they can. */
  notInvited?: ReasonNotNow
}

type Line = readonly string[] | undefined

export function historyLines(history: ClientHistory, desk: Desk): Line[] {
  const { t } = desk
  const { visits, standing, followUp } = history
  const { scores } = standing
  return [
    visits.length > 0 ? [t('desk.card.visits', { value: visitWords(visits, desk) })] : undefined,
    ...surveyLines(history, desk),
    scores.length > 0 ? [t('desk.feedback.scores', { value: scoreWords(scores, desk) })] : undefined,
    followUp && [
      t(followUp.callWanted ? 'desk.card.callWanted' : 'desk.card.unhappy', {
        when: showMoment(followUp.createdAt, desk),
        context: wayTo(followUp),
      }),
    ],
    ...shownCoupons(history, desk).map((coupon) => [
      t('desk.card.coupon', {
        code: showCode(coupon.code),
        title: couponWords(coupon, desk),
        state: couponState(coupon, desk),
      }),
    ]),
  ]
}

export function historyButtons(id: number, history: ClientHistory, desk: Desk): InlineKeyboardButton[][] {
  const { t } = desk
  const { followUp, notInvited } = history
  return [
    [button(t('desk.buttons.visit'), { screen: 'visit', id }, 'primary')],
    ...(followUp ? [[button(t('desk.buttons.whatHappened'), { screen: 'followUp', id: followUp.id })]] : []),
    ...shownCoupons(history, desk)
      .filter((coupon) => isGood(coupon, desk))
      .map((coupon) => [
        button(t(coupon.offer ? 'coupon.desk.open' : 'desk.buttons.coupon'), {
          screen: 'coupon',
          code: coupon.code,
        }),
      ]),
    ...(notInvited === undefined
      ? [
          [
            button(t('desk.buttons.invite'), {
              screen: 'confirmInvites',
              audience: { kind: 'client', id },
            }),
          ],
        ]
      : []),
  ]
}

/** Those that are good; where none is, what became of the last one. */
function shownCoupons({ coupons }: ClientHistory, desk: Desk): readonly Coupon[] {
  const good = coupons.filter((coupon) => isGood(coupon, desk))
  return good.length > 0 ? good.slice(0, mostCoupons) : coupons.slice(0, 1)
}

const mostCoupons = 3
const dayMs = 24 * 60 * 60_000

/** Where the client stands with the survey and, where they can't be invited now, why or until when. */
function surveyLines({ standing: { last }, notInvited }: ClientHistory, desk: Desk): Line[] {
  const { t, salon } = desk
  const step = last && [t(`desk.card.survey.${last.what}`, { when: showMoment(last.at, desk) })]
  if (notInvited === 'unreachable') return [step, [t('desk.card.notInvited')]]
  if (notInvited === undefined || !last || last.what === 'planned' || last.what === 'going') return [step]
  const again = new Date(last.at.getTime() + salon.survey.everyDays * dayMs)
  return [step, [t('desk.card.inviteFrom', { date: showDate(again, desk) })]]
}
