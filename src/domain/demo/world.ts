import type { Salon } from '../salon.ts'
import type { Survey } from '../survey.ts'
import type { SalonDays } from './salon-days.ts'
import type { Temper } from './tempers.ts'

/** What is the same for every client of the simulation. */
export interface World {
  salon: Salon
  survey: Survey
  days: SalonDays
  /** By the line's id. */
  tempers: ReadonlyMap<string, Temper>
  /** What would come after this instant has not happened yet. Epoch milliseconds. */
  until: number
}

export const secondMs = 1000
export const minuteMs = 60 * secondMs
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** "21:00" as minutes of the day. */
const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** The instant at which the salon's clock shows `time` next, at or after `at`. */
export function nextTime(time: string, at: number, { days }: Pick<World, 'days'>): number {
  const today = days.dayAt(at).startsAt + minuteOf(time) * minuteMs
  return today >= at ? today : days.daysAfter(at, 1).startsAt + minuteOf(time) * minuteMs
}

/** The instant itself, or the end of the quiet hours that it falls into. */
export function outOfQuietHours(at: number, { salon, days }: World): number {
  const { from, to } = { from: minuteOf(salon.quietHours.from), to: minuteOf(salon.quietHours.to) }
  const minute = (at - days.dayAt(at).startsAt) / minuteMs
  const quiet = from < to ? minute >= from && minute < to : minute >= from || minute < to
  return quiet ? nextTime(salon.quietHours.to, at, { days }) : at
}
