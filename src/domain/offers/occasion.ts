import { daysToBirthday } from './audience.ts'
import type { Occasion } from './offer.ts'

/** What occasions are made of. Days since 1970-01-01 in the salon's zone. */
export interface OccasionFacts {
  birthday?: { day: number; month: number }
  /** Over all lines; absent: has never come. */
  overall?: { firstDay: number; lastDay: number; visits: number }
}

/** Whoever has been away for so many usual intervals is lost, and not late: as the early warnings have it. */
const lostAfter = 3
/** So many days after the first visit it can still be called that: a day when nothing ran is made up for. */
const firstVisitGraceDays = 7

/**
 * What makes a standing offer reach a client today: the name of the occasion, which is the same as long as it is the same one, so
 * that it reaches them once for each. A birthday has its year, an absence the day it began.
 * @param today days since 1970-01-01 in the salon's zone
 * @returns undefined when there is none today
 */
export function occasionOf(occasion: Occasion, client: OccasionFacts, today: number): string | undefined {
  switch (occasion.kind) {
    case 'birthday':
      return birthdayYear(client, occasion.daysBefore, today)
    case 'overdue':
      return absence(client, occasion.days, today)
    case 'firstVisit':
      return firstVisit(client, occasion.daysAfter, today)
  }
}

/** How many days before or after it is. */
export function occasionDays(occasion: Occasion): number {
  switch (occasion.kind) {
    case 'birthday':
      return occasion.daysBefore
    case 'overdue':
      return occasion.days
    case 'firstVisit':
      return occasion.daysAfter
  }
}

function birthdayYear({ birthday }: OccasionFacts, daysBefore: number, today: number): string | undefined {
  if (birthday === undefined) return undefined
  const days = daysToBirthday(birthday, today)
  if (days > daysBefore) return undefined
  return String(Temporal.PlainDate.from('1970-01-01').add({ days: today + days }).year)
}

/** The usual interval is the mean one; one interval is no habit. */
function absence({ overall }: OccasionFacts, days: number, today: number): string | undefined {
  if (overall === undefined || overall.visits < 3) return undefined
  const { firstDay, lastDay, visits } = overall
  const usualDays = (lastDay - firstDay) / (visits - 1)
  const away = today - lastDay
  return away >= usualDays + days && away <= lostAfter * usualDays + days ? `since:${lastDay}` : undefined
}

function firstVisit({ overall }: OccasionFacts, daysAfter: number, today: number): string | undefined {
  if (overall?.visits !== 1) return undefined
  const since = today - overall.firstDay
  return since >= daysAfter && since <= daysAfter + firstVisitGraceDays ? 'first' : undefined
}
