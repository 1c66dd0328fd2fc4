import type { Interval } from '../nps.ts'
import { amountsDifference, sharesDifference, type Amounts, type Difference } from './difference.ts'

/** What one person did within the window (attribution.ts). */
export interface Outcome {
  visits: number
  kopecks: number
}

/** Of all people of a group; `variance` with n - 1. */
export type Moments = Pick<Amounts, 'mean' | 'variance'>

/** A group of people and what they did, on average; SQL's count, avg and var_samp do as well. */
export interface Arm {
  people: number
  /** So many came at all. */
  came: number
  visits: Moments
  kopecks: Moments
}

export interface Comparison {
  people: { one: number; other: number }
  /** Share of people who came, visits a person, kopecks a person: one minus the other. */
  came: Difference
  visits: Difference
  kopecks: Difference
}

/** What an offer has earned. */
export interface Uplift extends Comparison {
  /** The window of the last message is open: the figures will change. */
  preliminary: boolean
  /** Kopecks of all who got it, above what they would have brought anyway; absent where that can't be said. */
  earned?: { kopecks: number; interval: Interval }
}

/**
 * Those who got something minus those held out. Who was chosen counts, not who read it: also whom the platform did not take the
 * message for ("intention to treat"), or the groups would not be alike. Whoever the contact policy refused is in neither.
 * @param now epoch milliseconds
 * @param windowEndsAt when the window of the last message closes, epoch milliseconds
 */
export function uplift(treated: Arm, heldOut: Arm, now: number, windowEndsAt: number): Uplift {
  const comparison = compareArms(treated, heldOut)
  const { kopecks } = comparison
  const times = ({ low, high }: Interval) => ({ low: low * treated.people, high: high * treated.people })
  return {
    ...comparison,
    preliminary: now < windowEndsAt,
    ...('interval' in kopecks && {
      earned: { kopecks: kopecks.difference * treated.people, interval: times(kopecks.interval) },
    }),
  }
}

/** Two texts, or any two groups that chance has put together: the first minus the second. */
export function compareArms(one: Arm, other: Arm): Comparison {
  return {
    people: { one: one.people, other: other.people },
    came: sharesDifference(
      { people: one.people, count: one.came },
      { people: other.people, count: other.came },
    ),
    visits: amountsDifference(amounts(one, 'visits'), amounts(other, 'visits')),
    kopecks: amountsDifference(amounts(one, 'kopecks'), amounts(other, 'kopecks')),
  }
}

/** What a group has brought, to be compared. */
export const amounts = ({ people, came, ...arm }: Arm, what: 'visits' | 'kopecks'): Amounts => ({
  people,
  came,
  ...arm[what],
})

/** The group that these people are; those who did not come count, with nothing. */
export function armOf(outcomes: readonly Outcome[]): Arm {
  return {
    people: outcomes.length,
    came: outcomes.filter(({ visits }) => visits > 0).length,
    visits: momentsOf(outcomes.map(({ visits }) => visits)),
    kopecks: momentsOf(outcomes.map(({ kopecks }) => kopecks)),
  }
}

/** 0 and 0 where there is nobody; one person has no variance. */
function momentsOf(all: readonly number[]): Moments {
  const mean = all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length)
  const squares = all.reduce((sum, one) => sum + (one - mean) ** 2, 0)
  return { mean, variance: squares / Math.max(1, all.length - 1) }
}
