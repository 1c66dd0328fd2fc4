/**
 * Customer lifetime value by the basic structural model: Jain, D. and Singh, S. S. (2002), "Customer lifetime value research in
 * marketing: a review and future directions", Journal of Interactive Marketing 16(2), 34-46:
 * CLV = sum over i = 1..n of (R_i - C_i) / (1 + d)^(i - 0.5), money coming in the middle of each year. The number of years
 * n = 1 / (1 - r) is Reichheld's (1996, The Loyalty Effect), with the retention r = (T / N)^k.
 */
import type { Totals } from './visit-tally.ts'

/** When in a year the money is thought to come: in the middle (the model), at its start, at its end. */
export type Timing = 'start' | 'middle' | 'end'

const share = { start: 1, middle: 0.5, end: 0 } as const

/**
 * The discounted sum of (revenue - cost) of years 1, 2, ...
 * @param discount per year, 0.11 is 11 %; above -1
 */
export const discountedSum = (
  margins: readonly number[],
  discount: number,
  timing: Timing = 'middle',
): number =>
  margins.reduce((sum, margin, index) => sum + margin / (1 + discount) ** (index + 1 - share[timing]), 0)

/** How time is counted for the retention: in whole units that have passed. */
export type TimeUnit = 'day' | 'month' | 'year'
const daysIn = { day: 1, month: 365.25 / 12, year: 365.25 } as const

export interface StructuralClvSettings {
  /** Per year: 0.11 is 11 %. */
  discount: number
  /** Nobody is expected to stay for longer. */
  horizonYears: number
  unit: TimeUnit
  /** What it costs to keep one client for a year. */
  yearlyCostKopecks: number
}

/** The thesis's rate was 11 %, the key rate of its year. */
export const defaultClvSettings: StructuralClvSettings = {
  discount: 0.11,
  horizonYears: 10,
  unit: 'day',
  yearlyCostKopecks: 0,
}

/** What a salon spends to keep its clients. */
export interface KeepingCosts {
  /** Messages: how many a year to each client, and what one costs (fractions of a kopeck are possible). */
  messages: readonly { perYear: number; kopecks: number }[]
  /** Spent each month whoever comes: shared by all clients. */
  monthlyKopecks: number
}

export function yearlyCostOf({ messages, monthlyKopecks }: KeepingCosts, clients: number): number {
  const own = messages.reduce((sum, { perYear, kopecks }) => sum + perYear * kopecks, 0)
  return own + (clients > 0 ? (12 * monthlyKopecks) / clients : 0)
}

/** One client in one line, or overall. */
export interface StructuralClient {
  firstDay: number
  lastDay: number
  visits: number
  kopecks: number
}

/**
 * The years that a client is expected to stay: n = 1 / (1 - (T / N)^k), T from the first visit to the last, N from the first
 * visit to the end of the data, k visits. One visit: r = 0, n = 1. Nobody stays for longer than the horizon, where r = 1
 * (the last visit is today) would say for ever.
 * @param asOf the end of the data, days since 1970-01-01
 */
export function expectedYears(
  { firstDay, lastDay, visits }: StructuralClient,
  asOf: number,
  { horizonYears, unit }: Pick<StructuralClvSettings, 'horizonYears' | 'unit'>,
): number {
  const T = Math.floor((lastDay - firstDay) / daysIn[unit])
  const N = Math.floor((asOf - firstDay) / daysIn[unit])
  const retention = N > 0 ? (T / N) ** visits : 0
  return Math.min(horizonYears, 1 / (1 - retention))
}

/**
 * The structural CLV of everybody in a group, in kopecks. The yearly revenue is what the client paid over the years since the
 * first visit, at least one: by less, a first visit last week would be worth fifty of them. A part of a year at the end counts
 * for its part, in its middle. Below 0 where keeping costs more than the client pays.
 */
export function structuralClv(
  { firstDay, lastDay, visits, kopecks }: Pick<Totals, 'firstDay' | 'lastDay' | 'visits' | 'kopecks'>,
  asOf: number,
  settings: StructuralClvSettings = defaultClvSettings,
): Float64Array {
  const annuity = annuityOf(settings)
  return kopecks.map((paid, row) => {
    const client = {
      firstDay: firstDay[row] as number,
      lastDay: lastDay[row] as number,
      visits: visits[row] as number,
      kopecks: paid,
    }
    const years = Math.max(1, (asOf - client.firstDay) / daysIn.year)
    return (paid / years - settings.yearlyCostKopecks) * annuity(expectedYears(client, asOf, settings))
  })
}

/** What 1 a year is worth for so many years. */
function annuityOf({ discount, horizonYears }: StructuralClvSettings): (years: number) => number {
  const sums = [0]
  for (let year = 1; year <= horizonYears; year++)
    sums.push((sums[year - 1] ?? 0) + (1 + discount) ** -(year - 0.5))
  return (years) => {
    const whole = Math.floor(years)
    const rest = years - whole
    return (sums[whole] as number) + (rest > 0 ? rest * (1 + discount) ** -(whole + rest / 2) : 0)
  }
}
