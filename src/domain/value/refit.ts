import { fitModels, historiesOf, tableOf, type Models } from './models.ts'
import type { Totals } from './visit-tally.ts'

/** Models, and the day that they were fitted to, in days since 1970-01-01. */
export interface DatedModels {
  day: number
  models: Models
}

const everyDays = 7
/** So much more or less is another group. */
const otherGroup = 1.05

/**
 * Fits the models of a group when it is time: where there are none, after seven days, or when the clients who came again have
 * become more than 5 % more or fewer. Where there is too little data, that is said with the numbers of today.
 * @param before what was fitted last
 * @param asOf the end of the data, days since 1970-01-01
 */
export function refit(totals: Totals, before: DatedModels | undefined, asOf: number): DatedModels {
  const repeats = totals.visits.reduce((sum, visits) => sum + (visits > 1 ? 1 : 0), 0)
  if (before !== undefined && !isTime(before, repeats, asOf)) return before
  const histories = historiesOf(totals, asOf)
  return { day: asOf, models: fitModels(histories, tableOf(histories)) }
}

function isTime({ day, models }: DatedModels, repeats: number, asOf: number): boolean {
  if (models.kind === 'tooLittleData' && models.reason === 'fewRepeatClients') return true
  const known = models.repeatClients
  return asOf - day >= everyDays || repeats > known * otherGroup || repeats * otherGroup < known
}
