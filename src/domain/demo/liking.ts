import type { Scale } from '../answer.ts'
import type { Chance } from './chance.ts'
import type { Habit, Person } from './people.ts'
import { illness } from './tempers.ts'
import type { World } from './world.ts'

/** How much clients differ in general, how much one client's lines differ, and one visit from the next. */
const spread = { warmth: 1, liking: 1.5, visit: 1 }

/**
 * What a client thinks of a line at an instant, on a scale from 1 to 10 without ends.
 * @param visit 1 for what one visit left behind, less for what many did
 */
export function opinion(
  person: Person,
  habit: Habit,
  at: number,
  { tempers, days }: World,
  chance: Chance,
  visit = 1,
): number {
  const temper = tempers.get(habit.line)
  const dip = temper?.ill ? illness(days.dayAt(at).week) : 0
  return (
    (temper?.liked ?? 7.5) -
    dip +
    spread.warmth * person.warmth +
    spread.liking * habit.liking +
    visit * spread.visit * chance.normal()
  )
}

/** An opinion as people give it on a scale of whole numbers. */
export function onScale(opinion: number, { from, to }: Scale): number {
  const answer = Math.round(from + ((opinion - 1) / 9) * (to - from))
  return Math.min(Math.max(answer, from), to)
}
