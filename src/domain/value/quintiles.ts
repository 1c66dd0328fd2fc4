import type { RfmColumns, RfmScheme } from './rfm.ts'

/** Which scores of R, F and M (from, to; 1-5, 5 is best) make a segment. */
export interface QuintileRule<Segment extends string = string> {
  segment: Segment
  r: readonly [number, number]
  f: readonly [number, number]
  m: readonly [number, number]
}

export const quintileSegments = [
  'champions',
  'potentialLoyalist',
  'loyalCustomers',
  'promising',
  'newCustomers',
  'cantLoseThem',
  'atRisk',
  'needAttention',
  'aboutToSleep',
  'lost',
  'others',
] as const
export type QuintileSegment = (typeof quintileSegments)[number]

/**
 * The common names, first match wins; there is no single standard. This is the table of the R package rfm (Hebbali, A.,
 * rsquaredacademy), as in its README and its segmentation vignette.
 */
const commonQuintileRules: readonly QuintileRule<QuintileSegment>[] = [
  { segment: 'champions', r: [5, 5], f: [5, 5], m: [5, 5] },
  { segment: 'potentialLoyalist', r: [3, 5], f: [3, 5], m: [2, 5] },
  { segment: 'loyalCustomers', r: [2, 4], f: [2, 4], m: [2, 4] },
  { segment: 'promising', r: [3, 4], f: [1, 3], m: [3, 5] },
  { segment: 'newCustomers', r: [4, 5], f: [1, 3], m: [1, 5] },
  { segment: 'cantLoseThem', r: [1, 2], f: [3, 4], m: [4, 5] },
  { segment: 'atRisk', r: [1, 2], f: [2, 5], m: [4, 5] },
  { segment: 'needAttention', r: [1, 3], f: [3, 5], m: [3, 5] },
  { segment: 'aboutToSleep', r: [2, 3], f: [1, 3], m: [1, 4] },
  { segment: 'lost', r: [1, 1], f: [1, 5], m: [1, 5] },
]

export interface QuintileOptions {
  rules?: readonly QuintileRule<QuintileSegment>[]
  /**
   * A value less than so much above a quantile counts as at it. The R package takes 1 for all three, as it counts in whole days,
   * visits and currency; no step in money keeps the scores the same in roubles and kopecks.
   */
  step?: { r: number; f: number; m: number }
}

const scores = [1, 2, 3, 4, 5] as const
const codes = scores.flatMap((r) => scores.flatMap((f) => scores.map((m) => `${r}${f}${m}`)))

/**
 * RFM in quintiles: scores 1 to 5 by the quantiles at 20, 40, 60 and 80 %; a value at a quantile has the lower score (for R the
 * higher one: 5 is the most recent). Where all are equal, or there is one client, everybody has the lowest F and M and the
 * best R.
 */
export function quintiles(options: QuintileOptions = {}): RfmScheme<QuintileSegment> {
  const { rules = commonQuintileRules, step = { r: 1, f: 1, m: 0 } } = options
  return {
    id: 'quintiles',
    codes,
    segments: quintileSegments,
    segmentOf: codes.map((code) => segmentOf(rules, code)),
    cuts: ({ r, f, m }) => ({ r: fifthsOf(r), f: fifthsOf(f), m: fifthsOf(m) }),
    code({ r, f, m }, cuts) {
      const [placeR, placeF, placeM] = [
        ranks(r, cuts.r, step.r),
        ranks(f, cuts.f, step.f),
        ranks(m, cuts.m, step.m),
      ]
      return placeR.map(
        (rank, client) => (4 - rank) * 25 + (placeF[client] as number) * 5 + (placeM[client] as number),
      )
    },
  }
}

function segmentOf(rules: readonly QuintileRule<QuintileSegment>[], code: string): QuintileSegment {
  const [r = 0, f = 0, m = 0] = Array.from(code, Number)
  const within = (score: number, [from, to]: readonly [number, number]) => score >= from && score <= to
  return (
    rules.find((rule) => within(r, rule.r) && within(f, rule.f) && within(m, rule.m))?.segment ?? 'others'
  )
}

function fifthsOf(column: RfmColumns['r']): number[] {
  const sorted = Float64Array.from(column).sort()
  return [0.2, 0.4, 0.6, 0.8].map((share) => quantile(sorted, share))
}

/** In which fifth each value lies, 0-4. */
function ranks(column: RfmColumns['r'], cuts: readonly number[], step: number): Uint8Array {
  return Uint8Array.from(column, (value) => {
    let rank = 0
    while (rank < 4 && value > (cuts[rank] ?? 0) && value >= (cuts[rank] ?? 0) + step) rank++
    return rank
  })
}

/** Type 7 of Hyndman, R. J. and Fan, Y. (1996), "Sample quantiles in statistical packages", The American Statistician 50(4), 361-365. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] ?? 0
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? 0
  return low + (place - below) * (high - low)
}
