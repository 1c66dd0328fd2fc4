import type { Birthday } from '../birthday.ts'
import type { Language } from '../salon.ts'
import type { Chance } from './chance.ts'
import { fullName, mensNames, surnames, womensNames } from './names.ts'
import type { SalonDay } from './salon-days.ts'
import { dayMs, minuteMs } from './world.ts'
import type { World } from './world.ts'

/** A client as nature made them: the salon sees their visits and answers, never this. */
export interface Person {
  number: number
  name: string
  phone: string
  sex: 'female' | 'male'
  birthday: Required<Birthday>
  /** Found the salon while the simulation runs, and the bot before the first visit. */
  newcomer: boolean
  /** When they came to the salon for the first time: long before the bot for some. */
  since: number
  /** When they got to know the bot. */
  joinedAt: number
  /** The first visit that the bot knows of. */
  firstVisitAt: number
  /** Standard normal: how easily pleased, whatever the line. */
  warmth: number
  /** The main line first. */
  habits: Habit[]
}

/** One client and one line. */
export interface Habit {
  line: string
  /** Days between two visits on average. */
  gapDays: number
  /** Probability to stay away for good after a visit. */
  dropout: number
  /** Standard normal: how they find this line, apart from their warmth. */
  liking: number
}

/** Somebody who came between the first week and `now`, or a newcomer after it. */
export type Arrival = { before: number } | { at: number }

export const regularShare = 0.55
const maleShare = 0.08
/** Each line beside the main one. */
const otherLineShare = 0.22
/** How unlike the clients' rates are: the shape of their Gamma distribution. */
const rateShape = 2.5
/** How long a regular client has been coming when the bot begins: 30 days and an exponential time. */
const meanYearsBefore = 1.6

/** Draws one client. @param number 1, 2, 3... */
export function drawPerson(
  number: number,
  arrival: Arrival,
  world: World,
  language: Language,
  chance: Chance,
): Person {
  const sex = chance.yes(maleShare) ? 'male' : 'female'
  const first = chance.pick(sex === 'male' ? mensNames : womensNames)
  const name = fullName(first, chance.pick(surnames), sex, language)
  const newcomer = !chance.yes(regularShare) || 'at' in arrival
  return {
    number,
    name,
    phone: demoPhone(number),
    sex,
    birthday: drawBirthday(world, chance),
    newcomer,
    warmth: chance.normal(),
    habits: drawHabits(world, chance),
    ...(newcomer ? newcomerTimes(arrival, world, chance) : regularTimes(arrival, world, chance)),
  }
}

/**
 * "+7 000" and seven digits, another for every client. No area or operator in the Russian plan begins with a zero, so that nobody
 * has such a number and nobody can type one in (domain/phone.ts calls it impossible).
 */
const demoPhone = (number: number): string => `+7000${1_000_000 + ((number * 7919) % 9_000_000)}`

/** When on a day somebody is done at the salon and an admin notes it: more in the evening than in the morning. */
export function visitMoment({ opensAt, closesAt }: SalonDay, chance: Chance): number {
  const from = opensAt + 40 * minuteMs
  const part = Math.max(chance.fraction(), chance.fraction())
  return Math.floor((from + part * (closesAt - from)) / minuteMs) * minuteMs
}

/** A regular client opens the bot at the desk, minutes before the visit is noted. */
function regularTimes(arrival: Arrival, world: World, chance: Chance) {
  const firstVisitAt = drawMoment(arrival, 1.2, visitMoment, world, chance)
  const yearsMs = chance.exponential(meanYearsBefore) * 365 * dayMs
  return {
    firstVisitAt,
    joinedAt: firstVisitAt - chance.whole(5, 30) * minuteMs - chance.whole(0, 59_000),
    since: firstVisitAt - 30 * dayMs - yearsMs,
  }
}

/** A newcomer opens the bot at home and comes within a week. */
function newcomerTimes(arrival: Arrival, world: World, chance: Chance) {
  const joinedAt = drawMoment(arrival, 1, phoneMoment, world, chance)
  const firstVisitAt = visitMoment(world.days.daysAfter(joinedAt, chance.whole(1, 6)), chance)
  return { joinedAt, firstVisitAt, since: firstVisitAt }
}

const phoneMoment = ({ wakesAt, sleepsAt }: SalonDay, chance: Chance): number =>
  wakesAt + Math.floor(chance.fraction() * (sleepsAt - wakesAt))

/** @param skew above 1: more come in the first weeks */
function drawMoment(
  arrival: Arrival,
  skew: number,
  momentOf: typeof visitMoment,
  { days }: World,
  chance: Chance,
): number {
  if ('at' in arrival) return momentOf(days.daysAfter(arrival.at, 1), chance)
  const { before } = arrival
  const day = days.dayAt(days.from + chance.fraction() ** skew * (before - days.from))
  const moment = momentOf(day, chance)
  return moment > before ? momentOf(days.daysAfter(moment, -1), chance) : moment
}

function drawBirthday({ days }: World, chance: Chance): Required<Birthday> {
  const years = Math.min(Math.max(36 + 11 * chance.normal(), 16), 74)
  const born = new Date(days.from - Math.round(years * 365.25) * dayMs)
  return { day: born.getUTCDate(), month: born.getUTCMonth() + 1, year: born.getUTCFullYear() }
}

function drawHabits({ salon, tempers }: World, chance: Chance): Habit[] {
  const draws = Object.fromEntries([...tempers].map(([line, { draw }]) => [line, draw]))
  const main = chance.weighted(draws)
  const others = salon.lines.map(({ id }) => id).filter((id) => chance.yes(otherLineShare) && id !== main)
  return [main, ...others].flatMap((line) => {
    const temper = tempers.get(line)
    if (temper === undefined) return []
    const { gapDays, dropout } = temper
    const perDay = chance.gamma(rateShape, 1 / (gapDays * rateShape))
    return [
      { line, gapDays: 1 / perDay, dropout: chance.beta(dropout.a, dropout.b), liking: chance.normal() },
    ]
  })
}
