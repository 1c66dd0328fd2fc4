/** What the salon does about the answers: it speaks to the unhappy, and gives the gift that it promised. */
import { expiryOf } from '../coupon.ts'
import { answeredSomething, recommendId } from '../survey.ts'
import type { Walk } from '../known.ts'
import { isUnhappy } from '../happiness.ts'
import type { Chance } from './chance.ts'
import type { DemoCoupon, DemoFollowUp, DemoVisit } from './demo-client.ts'
import { hourMs, minuteMs } from './world.ts'
import type { World } from './world.ts'

/** Nobody has spoken to these, however long it has been. */
const forgotten = 0.08
/** Hours until somebody has: most at the first try, some when they are reached at last. */
const waitHours = { first: 1.5, reachedLate: 30 }
const reachedLate = 0.1
/** Of those who come again while the coupon holds. */
const redeems = 0.7

/** A follow-up for every walk with a detractor's score. Nobody is quicker than ten minutes. */
export function followUpsOf(walks: readonly Walk[], world: World, chance: Chance): DemoFollowUp[] {
  return walks.flatMap(({ name, run, answers }) => {
    const saidAt = answers[recommendId]?.at
    if ((name !== 'visit' && name !== 'survey') || saidAt === undefined) return []
    const own = chance.fork(name === 'visit' ? run : 0)
    const mean = waitHours[own.yes(reachedLate) ? 'reachedLate' : 'first']
    const waitMs = 10 * minuteMs + Math.round(own.gamma(1.2, mean / 1.2) * hourMs)
    const handledAt = atWork(saidAt + waitMs, world)
    const waits = own.yes(forgotten) || handledAt > world.until
    const wanted = answers['callMe']?.value
    if (!isUnhappy(answers[recommendId])) return []
    return [
      {
        dialogue: name,
        run,
        createdAt: saidAt,
        ...(typeof wanted === 'boolean' && { callWanted: wanted }),
        ...(!waits && { handledAt }),
      },
    ]
  })
}

/** The instant itself, or the next morning: nobody is called before nine or after ten. */
function atWork(at: number, { days }: World): number {
  const today = days.dayAt(at)
  const morning = hourMs + (at % hourMs)
  if (at < today.wakesAt + hourMs) return today.wakesAt + morning
  return at <= today.sleepsAt - hourMs ? at : days.daysAfter(at, 1).wakesAt + morning
}

/** The gift for a finished survey, taken at one of the next visits. */
export function couponOf(
  walks: readonly Walk[],
  visits: readonly DemoVisit[],
  { salon }: World,
  chance: Chance,
): DemoCoupon | undefined {
  const reward = salon.rewards.survey
  const finished = walks.find((walk) => walk.name === 'survey' && walk.status === 'finished')
  if (reward === undefined || finished === undefined || !answeredSomething(finished.answers)) return undefined
  const issuedAt = finished.changedAt
  const expiresAt = expiryOf(issuedAt, reward.validDays, salon.timeZone)
  const next = visits.find((visit) => visit.at > issuedAt && visit.at < expiresAt)
  const taken = chance.yes(redeems) ? next : undefined
  return { issuedAt, expiresAt, ...(taken && { redeemedAt: taken.at }) }
}
