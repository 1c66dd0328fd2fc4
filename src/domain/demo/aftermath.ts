/** What the salon does about the answers: it speaks to the unhappy, and gives the gift that it promised. */
import { recommendId } from '../survey.ts'
import type { Walk } from '../known.ts'
import type { Chance } from './chance.ts'
import type { DemoCoupon, DemoFollowUp, DemoVisit } from './demo-client.ts'
import { dayMs, hourMs } from './world.ts'
import type { World } from './world.ts'

/** The answer to "may we call you about it?". */
const callWanted = { yes: 40, no: 38, silent: 22 }
/** Nobody has spoken to these, however long it has been. */
const forgotten = 0.08
/** Hours until somebody has. */
const meanHours = 3
/** Of those who come again while the coupon holds. */
const redeems = 0.7

/** A follow-up for every walk with a score below 7: unhappy on both scales. */
export function followUpsOf(walks: readonly Walk[], world: World, chance: Chance): DemoFollowUp[] {
  return walks.flatMap((walk) => {
    const { name, run } = walk
    if (name !== 'visit' && name !== 'survey') return []
    const saidAt = unhappyAt(walk)
    if (saidAt === undefined) return []
    const own = chance.fork(name === 'visit' ? run : 0)
    const wish = own.weighted(callWanted)
    const handledAt = atWork(saidAt + Math.round(own.gamma(1.2, meanHours / 1.2) * hourMs), world)
    const waits = own.yes(forgotten) || handledAt > world.until
    return [
      {
        dialogue: name,
        run,
        createdAt: saidAt,
        ...(wish !== 'silent' && { callWanted: wish === 'yes' }),
        ...(!waits && { handledAt }),
      },
    ]
  })
}

/** When a score below 7 was given, if there is one. */
function unhappyAt({ answers }: Walk): number | undefined {
  const { value, at } = answers[recommendId] ?? {}
  const scores = typeof value === 'object' && value !== null ? Object.values(value) : [value]
  return scores.some((score) => typeof score === 'number' && score < 7) ? at : undefined
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
  if (reward === undefined || finished === undefined) return undefined
  const issuedAt = finished.changedAt
  const expiresAt = issuedAt + reward.validDays * dayMs
  const next = visits.find((visit) => visit.at > issuedAt && visit.at < expiresAt)
  const taken = chance.yes(redeems) ? next : undefined
  return { issuedAt, expiresAt, ...(taken && { redeemedAt: taken.at }) }
}
