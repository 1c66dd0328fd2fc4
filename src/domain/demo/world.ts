import { quietUntil } from '../quiet-hours.ts'
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

/** The instant itself, or the end of the quiet hours that it falls into. */
export const outOfQuietHours = (at: number, { salon }: World): number =>
  quietUntil(at, salon.quietHours, salon.timeZone) ?? at
