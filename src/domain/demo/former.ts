/** Whom only the books know: they had left before the bot came. */
import type { Language } from '../salon.ts'
import { billedDays } from './books.ts'
import type { Chance } from './chance.ts'
import type { DemoFormer } from './demo-client.ts'
import { drawPerson } from './people.ts'
import type { Habit, Person } from './people.ts'
import type { World } from './world.ts'

const formerCount = 240
const yearsBefore = 3
/** Their numbers, from which phones are made, begin far behind those of the others. */
const firstNumber = 5_000_001

/**
 * Clients who found the salon on an even spread of days in the three years before the bot, and stayed away for good before it
 * came: whoever has not left by then is drawn again.
 * @param now epoch milliseconds: what the weeks of the bot lead up to
 */
export function formerClients(now: number, world: World, language: Language, chance: Chance): DemoFormer[] {
  return Array.from({ length: formerCount }, (_, index) => {
    for (let attempt = 0; ; attempt++) {
      const own = chance.fork(index + attempt * formerCount)
      const person = drawPerson(firstNumber + index, { before: now }, world, language, own)
      const found = dateOf(world.days.from, world).subtract({ days: 30 + own.whole(0, yearsBefore * 365) })
      const days = person.habits.flatMap((habit, at) => {
        const dates = datesOf(habit, at === 0, found, world, own.fork(at))
        return dates && [{ habit, dates }]
      })
      if (days.every((one) => one !== undefined))
        return { ...identity(person), books: billedDays(days, world, own) }
    }
  })
}

const identity = ({ number, name, phone }: Person) => ({ number, name, phone })

const dateOf = (at: number, { salon }: World): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(salon.timeZone).toPlainDate()

/** The days on which they came in a line; undefined: they have not left before the bot came. */
function datesOf(
  { gapDays, dropout }: Habit,
  main: boolean,
  found: Temporal.PlainDate,
  world: World,
  chance: Chance,
): Temporal.PlainDate[] | undefined {
  const from = dateOf(world.days.from, world)
  const dates: Temporal.PlainDate[] = []
  const wait = () => Math.max(1, Math.round(chance.exponential(gapDays)))
  let date = main ? found : found.add({ days: wait() })
  for (;;) {
    if (Temporal.PlainDate.compare(date, from) >= 0) return undefined
    dates.push(date)
    if (chance.yes(dropout)) return dates
    date = date.add({ days: wait() })
  }
}
