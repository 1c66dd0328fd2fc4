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
/** So many days after a birthday a wish still comes, where nothing ran on the day itself; none comes later. */
export const birthdayGraceDays = 3

/**
 * What a client's visits are as occasions have them: all of a day are one.
 * @param days on which they came, in days since 1970-01-01; in any order
 */
export function overallOf(days: readonly number[], today: number): OccasionFacts['overall'] {
  const past = new Set(days.filter((day) => day <= today))
  if (past.size === 0) return undefined
  return { firstDay: Math.min(...past), lastDay: Math.max(...past), visits: past.size }
}

/**
 * What makes a standing offer reach a client today: the name of the occasion, which is the same as long as it is the same one, so
 * that it reaches them once for each. A birthday has its year, an absence the day it began.
 * @param today days since 1970-01-01 in the salon's zone
 * @param since the day from which on the offer stands: no birthday before it is made up for. Absent: it has stood for long
 * @returns undefined when there is none today
 */
export function occasionOf(
  occasion: Occasion,
  client: OccasionFacts,
  today: number,
  since = -Infinity,
): string | undefined {
  switch (occasion.kind) {
    case 'birthday':
      return birthdayYear(client, occasion.daysBefore, today, since)
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

function birthdayYear(
  { birthday }: OccasionFacts,
  daysBefore: number,
  today: number,
  since: number,
): string | undefined {
  if (birthday === undefined) return undefined
  // The one that was a moment ago, and then the next.
  const day = [today - birthdayGraceDays, today + 1]
    .map((from) => from + daysToBirthday(birthday, from))
    .find((one) => one - today <= daysBefore && one >= since)
  return day === undefined ? undefined : String(epoch.add({ days: day }).year)
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

const epoch = Temporal.PlainDate.from('1970-01-01')
