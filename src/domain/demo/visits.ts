import type { Chance } from './chance.ts'
import type { DemoVisit } from './demo-client.ts'
import { visitMoment } from './people.ts'
import type { Habit, Person } from './people.ts'
import type { World } from './world.ts'

/**
 * All visits of a client that the bot knows of, in order: for each line a Poisson process that ends after a visit with the
 * client's probability to stay away, in whole days. The main line begins with the first visit, the others some time later.
 */
export function visitsOf(person: Person, world: World, chance: Chance): DemoVisit[] {
  const { days, until } = world
  return person.habits
    .flatMap((habit, index) => {
      const own = chance.fork(index)
      const start = index === 0 ? person.firstVisitAt : nextVisit(person.firstVisitAt, habit, world, own)
      const visits: DemoVisit[] = []
      for (let at = start; at <= until; at = nextVisit(at, habit, { days }, own)) {
        visits.push({ line: habit.line, at })
        if (own.yes(habit.dropout)) break
      }
      return visits
    })
    .sort((a, b) => a.at - b.at)
}

/** Somebody who was here today comes tomorrow at the earliest. */
function nextVisit(at: number, { gapDays }: Habit, { days }: Pick<World, 'days'>, chance: Chance): number {
  const wait = Math.max(1, Math.round(chance.exponential(gapDays)))
  return visitMoment(days.daysAfter(at, wait), chance)
}
