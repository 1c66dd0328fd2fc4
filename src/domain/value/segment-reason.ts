import type { SchemeName } from './value-settings.ts'

/** Why a client is in their segment, as it can be said to a person: which words hold, and the figures behind them. */
export interface SegmentReason {
  /** Against the others of the group; one visit is told as such. */
  frequency: 'once' | 'often' | 'average' | 'rarely'
  /** Against the others of the group; `unknown`: no amounts were ever noted for this client. */
  amount: 'much' | 'average' | 'little' | 'unknown'
  recency: 'recent' | 'average' | 'long'
  /** Days since the last visit. */
  daysAway: number
  /** Days between visits, usually; absent for who has come once or twice: one interval is no habit. */
  usualDays?: number
}

/** What of a client's row the reason rests on. */
export interface ReasonedRow {
  firstDay: number
  lastDay: number
  visits: number
  kopecks: number
  /** The scheme's code: "LHH", "543". */
  code: string
}

/**
 * Reads the code back into words. Halves: H is strictly above the group's mean. Quintiles: 4 and 5 are high, 3 is in the middle,
 * 1 and 2 are low; for R, 5 is the most recent there, and L in halves.
 * @param asOf the day from which the days away are counted, days since 1970-01-01
 */
export function segmentReason(row: ReasonedRow, scheme: SchemeName, asOf: number): SegmentReason {
  const { firstDay, lastDay, visits, kopecks, code } = row
  const [r, f, m] = Array.from(code, (letter) => levelOf(letter))
  const usualDays = visits > 2 ? (lastDay - firstDay) / (visits - 1) : undefined
  return {
    frequency: visits === 1 ? 'once' : frequencies[f ?? 1],
    amount: kopecks === 0 ? 'unknown' : amounts[m ?? 1],
    // A high score of the quintiles is a recent visit, a high R of the halves one of long ago.
    recency: scheme === 'halves' ? recencies[r ?? 1] : recencies[flipped[r ?? 1]],
    daysAway: Math.max(0, asOf - lastDay),
    ...(usualDays !== undefined && { usualDays }),
  }
}

type Level = 0 | 1 | 2
const frequencies = ['rarely', 'average', 'often'] as const
const amounts = ['little', 'average', 'much'] as const
const recencies = ['recent', 'average', 'long'] as const
const flipped = [2, 1, 0] as const

function levelOf(letter: string): Level {
  if (letter === 'L' || letter === '1' || letter === '2') return 0
  return letter === '3' ? 1 : 2
}
