/** The made-up salon of the oracle figures, counted plainly: visits of one day are one visit. */
import type { HistoryColumns } from '../../../src/domain/value/repeat-table.ts'
import oracle from '../../fixtures/clv/salon_oracle.json' with { type: 'json' }
import { fixture } from './close.ts'

export interface SalonVisit {
  client: string
  day: number
  line: string
  roubles: number
}

export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000

export const salonVisits: SalonVisit[] = fixture('salon_visits.csv')
  .trim()
  .split('\n')
  .slice(1)
  .map((row) => {
    const [client = '', date = '', line = '', amount = ''] = row.split(',')
    return { client, day: dayOf(date), line, roubles: Number(amount) }
  })

export const salonEnd = dayOf(oracle.end_of_data)

/** By client: first day, days and roubles of each day. */
function days(): Map<string, Map<number, number>> {
  const clients = new Map<string, Map<number, number>>()
  for (const { client, day, roubles } of salonVisits) {
    const own = clients.get(client) ?? new Map<number, number>()
    clients.set(client, own.set(day, (own.get(day) ?? 0) + roubles))
  }
  return clients
}

/** x, t_x, T in days, and m, the mean of the repeat days in roubles. */
export function salonHistories(): HistoryColumns & { m: number[] } {
  const columns = { x: [] as number[], tx: [] as number[], T: [] as number[], m: [] as number[] }
  for (const own of days().values()) {
    const dates = [...own.keys()].sort((one, other) => one - other)
    const [first = 0] = dates
    const repeats = dates.slice(1)
    columns.x.push(repeats.length)
    columns.tx.push((dates.at(-1) ?? 0) - first)
    columns.T.push(salonEnd - first)
    columns.m.push(repeats.reduce((sum, day) => sum + (own.get(day) ?? 0), 0) / (repeats.length || 1))
  }
  return columns
}
