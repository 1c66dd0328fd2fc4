/** How a client's life is told in the options of the built-in questions. */
import type { Birthday } from '../birthday.ts'
import type { Salon } from '../salon.ts'
import type { Habit, Person } from './people.ts'
import { dayMs } from './world.ts'

/**
 * What decides the choice of a salon, 1 to 10 without ends. In the study 62 % gave the master and 86 % the quality 7 of 7.
 * `retention`: whether they would go on coming if it changed.
 */
export const factors: Readonly<Record<string, { importance: number; retention: number }>> = {
  master: { importance: 9.8, retention: 5.5 },
  quality: { importance: 11.2, retention: 3 },
  price: { importance: 7.6, retention: 6 },
  reputation: { importance: 7.2, retention: 6.5 },
  location: { importance: 6.6, retention: 7 },
  habit: { importance: 5, retention: 8 },
  other: { importance: 3, retention: 8.5 },
}

const yearMs = 365.25 * dayMs

function ageAt({ day, month, year }: Required<Birthday>, at: number): number {
  return Math.floor((at - Date.UTC(year, month - 1, day)) / yearMs)
}

export function ageGroup(birthday: Required<Birthday>, at: number): string {
  const age = ageAt(birthday, at)
  if (age < 18) return 'under18'
  if (age <= 25) return '18to25'
  if (age <= 35) return '26to35'
  return age <= 45 ? '36to45' : 'over45'
}

export function tenureOf(since: number, at: number): string {
  const years = (at - since) / yearMs
  if (years < 10 / 365) return 'first'
  if (years < 0.5) return 'under6m'
  if (years < 1) return '6to12m'
  if (years < 2) return '1to2y'
  return years < 5 ? '2to5y' : 'over5y'
}

export function frequencyOf(habit: Habit | undefined): string {
  if (habit === undefined) return 'never'
  const timesAYear = 365 / habit.gapDays
  if (timesAYear >= 9) return 'monthly'
  if (timesAYear >= 5) return 'every2m'
  if (timesAYear >= 2.5) return '3to4y'
  return timesAYear >= 1.2 ? '1to2y' : 'upTo1y'
}

/** Roubles in half a year, at the line's average price. */
export function spendOf(habit: Habit | undefined, { lines }: Salon): string {
  const services = lines.find((line) => line.id === habit?.line)?.services ?? []
  if (habit === undefined || services.length === 0) return '0'
  const average = services.reduce((sum, { priceKopecks }) => sum + priceKopecks, 0) / services.length / 100
  const roubles = (182 / habit.gapDays) * average
  const limits = [1500, 3000, 4500, 6000]
  const limit = limits.find((one) => roubles <= one)
  return limit === undefined ? 'over6000' : `to${limit}`
}

/** Weights of the options of what nobody but the client knows. */
export function toldOf(id: string, { birthday }: Person, at: number): Readonly<Record<string, number>> {
  const young = ageAt(birthday, at) < 24
  return (young ? youngPeople : grownUps)[id] ?? {}
}

const travel = { under10: 24, '10to20': 31, over20: 13, transport: 32 }

const grownUps: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  marital: { single: 17, married: 65, divorced: 12, widowed: 2, other: 4 },
  education: { secondary: 5, vocational: 22, unfinished: 6, higher: 65, other: 2 },
  employment: { notWorking: 9, looking: 3, fullTime: 68, partTime: 18, studying: 2 },
  travel,
}

const youngPeople: typeof grownUps = {
  marital: { single: 74, married: 20, divorced: 1, widowed: 0, other: 5 },
  education: { secondary: 24, vocational: 20, unfinished: 34, higher: 20, other: 2 },
  employment: { notWorking: 4, looking: 6, fullTime: 30, partTime: 22, studying: 38 },
  travel,
}
