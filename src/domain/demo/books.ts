/** What the salon's books say: the visits before the bot, what was done at each one, by whom, and for how much. */
import type { Salon, Service } from '../salon.ts'
import type { Chance } from './chance.ts'
import type { DemoBookRow, DemoVisit } from './demo-client.ts'
import type { Habit, Person } from './people.ts'
import type { Profile } from './profile.ts'
import { dayMs } from './world.ts'
import type { World } from './world.ts'

/** How often it is what they always have, and who does it always. */
const usual = { service: 0.65, master: 0.8 }
/** A tenth off, for one visit in eight: a card, a birthday. */
const discounted = { share: 0.12, percent: 10 }
/** Money that is given back within three days: all of it, or half. */
const refunded = { share: 0.015, whole: 0.6 }

/** The streams of a client's books: lines, the time before the bot, visits. */
const streams = { tastes: 0, earlier: 100, visits: 1000 }

/**
 * Bills for the visits that the bot knows of, and what the books hold beside them: refunds, and the visits of the time before the
 * bot, of which only the day is known. However long the simulation goes on, what was drawn for a visit stays.
 */
export function booksOf(
  person: Person,
  profile: Profile,
  visits: readonly DemoVisit[],
  world: World,
  chance: Chance,
): { visits: DemoVisit[]; books: DemoBookRow[] } {
  const tasteIn = tastesOf(person.habits, world, chance, profile.master)
  const earlier = person.habits.flatMap((habit, index) => {
    const own = chance.fork(streams.earlier + index)
    return daysBefore(person, habit, index === 0, world, own).map((date) =>
      billed({ line: habit.line, at: noonOf(date, world) }, tasteIn, own),
    )
  })
  const known = visits.map((visit, index) => billed(visit, tasteIn, chance.fork(streams.visits + index)))
  const refunds = known.flatMap((visit, index) =>
    refundOf(visit, world, chance.fork(streams.visits + index).fork(0)),
  )
  return { visits: known, books: inOrder([...earlier.map(ofTheDay), ...refunds]) }
}

/** Rows of the books for days on which somebody came. */
export function billedDays(
  days: readonly { habit: Habit; dates: readonly Temporal.PlainDate[] }[],
  world: World,
  chance: Chance,
): DemoBookRow[] {
  const habits = days.map(({ habit }) => habit)
  const tasteIn = tastesOf(habits, world, chance)
  const rows = days.flatMap(({ habit, dates }, index) => {
    const own = chance.fork(streams.earlier + index)
    return dates.map((date) => billed({ line: habit.line, at: noonOf(date, world) }, tasteIn, own))
  })
  return inOrder(rows.map(ofTheDay))
}

const ofTheDay = (visit: DemoVisit): DemoBookRow => ({ ...visit, timeKnown: false })
const inOrder = (rows: DemoBookRow[]): DemoBookRow[] => rows.sort((one, other) => one.at - other.at)

const noonOf = (date: Temporal.PlainDate, { salon }: World): number =>
  date.toZonedDateTime({ timeZone: salon.timeZone, plainTime: '12:00' }).epochMilliseconds

type Tastes = ReadonlyMap<string, Taste>

const tastesOf = (habits: readonly Habit[], { salon }: World, chance: Chance, wished?: string): Tastes =>
  new Map(
    habits.map((habit, index) => [
      habit.line,
      tasteOf(habit, wished, salon, chance.fork(streams.tastes + index)),
    ]),
  )

const billed = (visit: DemoVisit, tastes: Tastes, chance: Chance): DemoVisit => ({
  ...visit,
  ...billOf(tastes.get(visit.line), chance),
})

/** What a client always has in a line, and with whom. */
interface Taste {
  services: readonly Service[]
  masters: readonly string[]
  service?: Service
  master?: string
}

function tasteOf({ line }: Habit, wished: string | undefined, salon: Salon, chance: Chance): Taste {
  const services = salon.lines.find(({ id }) => id === line)?.services ?? []
  const masters = salon.masters.filter(({ lines }) => lines.includes(line)).map(({ id }) => id)
  const [service, master] = [pick(services, chance), pick(masters, chance)]
  const own = wished !== undefined && masters.includes(wished) ? wished : master
  return { services, masters, ...(service && { service }), ...(own !== undefined && { master: own }) }
}

function billOf(taste: Taste | undefined, chance: Chance): Omit<DemoVisit, 'line' | 'at'> {
  if (taste === undefined) return {}
  const [sameService, sameMaster] = [chance.yes(usual.service), chance.yes(usual.master)]
  const [otherService, otherMaster] = [pick(taste.services, chance), pick(taste.masters, chance)]
  const service = sameService ? taste.service : otherService
  const master = sameMaster ? taste.master : otherMaster
  const percent = chance.yes(discounted.share) ? 100 - discounted.percent : 100
  return {
    ...(service && { service: service.id, kopecks: Math.round((service.priceKopecks * percent) / 100) }),
    ...(master !== undefined && { master }),
  }
}

/** Draws also from a list of nothing, so that the others stay as they are. */
function pick<T>(list: readonly T[], chance: Chance): T | undefined {
  return list[Math.floor(chance.fraction() * list.length)]
}

function refundOf(visit: DemoVisit, { until }: World, chance: Chance): DemoBookRow[] {
  const { kopecks = 0 } = visit
  const [back, whole, days] = [chance.yes(refunded.share), chance.yes(refunded.whole), chance.whole(1, 3)]
  const at = visit.at + days * dayMs
  if (!back || kopecks === 0 || at > until) return []
  return [{ ...visit, at, kopecks: -(whole ? kopecks : Math.round(kopecks / 2)), timeKnown: true }]
}

/**
 * The days on which a regular client came before the bot: from the first visit of all on for the main line, from some day on for
 * another one, at the rate that is theirs. They have not left, or the bot would not know them.
 */
function daysBefore(
  { newcomer, since, firstVisitAt }: Person,
  { gapDays }: Habit,
  main: boolean,
  { salon }: World,
  chance: Chance,
): Temporal.PlainDate[] {
  if (newcomer) return []
  const dateOf = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(Math.round(at)).toZonedDateTimeISO(salon.timeZone).toPlainDate()
  const end = dateOf(firstVisitAt)
  const dates: Temporal.PlainDate[] = []
  let date = dateOf(main ? since : since + chance.fraction() * (firstVisitAt - since))
  while (Temporal.PlainDate.compare(date, end) < 0) {
    dates.push(date)
    date = date.add({ days: Math.max(1, Math.round(chance.exponential(gapDays))) })
  }
  return dates
}
