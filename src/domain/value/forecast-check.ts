import { forecast } from './forecast.ts'
import { fitModels, historiesOf, tableOf } from './models.ts'
import type { Totals } from './visit-tally.ts'

/** So many days before the end the models are asked what will come. */
export const checkedDays = 90

/** What the models would have said some time ago, and what came. */
export interface ForecastCheck {
  /** Clients who were known by then. */
  clients: number
  expected: number
  actual: number
  /** By how often they had come again by then. */
  groups: readonly CheckedGroup[]
}

export interface CheckedGroup {
  /** Repeat visits by then: from, to (Infinity in the last group). */
  from: number
  to: number
  clients: number
  /** Visits in the checked days. */
  expected: number
  actual: number
}

const borders = [0, 1, 2, 3, 5, 10]

/**
 * Fits the models to what was known `checkedDays` before the end, and compares the visits that they expect with those that came.
 * @param before what was known by then
 * @param after what is known now: of the same clients, and others
 * @param cut the last day of `before`, in days since 1970-01-01
 * @returns undefined where there was too little data by then
 */
export function checkForecast(
  before: Totals,
  after: Pick<Totals, 'client' | 'visits'>,
  cut: number,
): ForecastCheck | undefined {
  const histories = historiesOf(before, cut)
  const table = tableOf(histories)
  const models = fitModels(histories, table)
  if (models.kind === 'tooLittleData') return undefined
  const { visits90 } = forecast(models, histories, table, 0)
  const groups = borders.map((from, place): CheckedGroup => {
    const next = borders[place + 1]
    return { from, to: next === undefined ? Infinity : next - 1, clients: 0, expected: 0, actual: 0 }
  })
  let row = 0
  for (let client = 0; client < before.client.length; client++) {
    while (after.client[row] !== before.client[client]) row++
    const group = groups.findLast(({ from }) => from <= (histories.x[client] as number))
    if (group === undefined) continue
    group.clients++
    group.expected += visits90[client] as number
    group.actual += (after.visits[row] as number) - (before.visits[client] as number)
  }
  const sum = (key: 'expected' | 'actual') => groups.reduce((all, group) => all + group[key], 0)
  return { clients: before.client.length, expected: sum('expected'), actual: sum('actual'), groups }
}
