import type { Chance } from './chance.ts'
import { hourMs, minuteMs, secondMs } from './world.ts'
import type { World } from './world.ts'

/** Most answer within the hour, some in the evening, a few the next day; nobody at night. */
export function answerTime(askedAt: number, { days }: Pick<World, 'days'>, chance: Chance): number {
  const mean = chance.yes(0.65) ? 25 * minuteMs : 9 * hourMs
  const wait = 40 * secondMs + Math.round(chance.exponential(mean))
  return awake(askedAt + wait, { days }, chance)
}

/** The instant itself, or the next morning. */
function awake(at: number, { days }: Pick<World, 'days'>, chance: Chance): number {
  const today = days.dayAt(at)
  const late = chance.whole(0, 90 * 60) * secondMs
  if (at < today.wakesAt) return today.wakesAt + late
  return at < today.sleepsAt ? at : days.daysAfter(at, 1).wakesAt + late
}
