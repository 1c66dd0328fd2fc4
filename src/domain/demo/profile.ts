import type { Chance } from './chance.ts'
import type { DemoClient } from './demo-client.ts'
import type { Person } from './people.ts'
import type { World } from './world.ts'

/** What the client told the bot when they got to know each other. */
export type Profile = Pick<
  DemoClient,
  'birthday' | 'sex' | 'lines' | 'master' | 'convenientTimes' | 'heardFrom'
>

/** Shares of those who tell it. */
const tells = { birthday: 0.75, year: 0.7, sex: 0.4, master: 0.7 }
const times = { morning: 0.2, day: 0.25, evening: 0.5, weekend: 0.4 }
const heardFrom = { friends: 34, social: 26, maps: 16, search: 10, nearby: 10, other: 4 }

/** Who wishes no master in particular says "any". */
export function profileOf(person: Person, { salon }: World, chance: Chance): Profile {
  const lines = person.habits.map((habit) => habit.line)
  const { day, month, year } = person.birthday
  const birthday = { day, month, ...(chance.yes(tells.year) && { year }) }
  const masters = salon.masters.filter((master) => master.lines.includes(lines[0] ?? ''))
  return {
    ...(chance.yes(tells.birthday) && { birthday }),
    ...(chance.yes(tells.sex) && { sex: person.sex }),
    lines: salon.lines.map((line) => line.id).filter((id) => lines.includes(id)),
    ...(masters.length > 1 && {
      master: chance.yes(tells.master) ? chance.pick(masters).id : 'any',
    }),
    convenientTimes: Object.entries(times).flatMap(([id, share]) => (chance.yes(share) ? [id] : [])),
    heardFrom: chance.weighted(heardFrom),
  }
}
