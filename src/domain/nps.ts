/**
 * The Net Promoter Score (Reichheld, F. (2003), "The one number you need to grow", Harvard Business Review 81(12)) with its
 * interval by the adjusted Wald method (Rocks, B. (2016), "Interval estimation for the Net Promoter Score", The American
 * Statistician 70(4), 365-372). Everything here is on the scale -1..1; people are shown a hundred times that.
 */
import type { Scale } from './answer.ts'
import { twoSidedZ } from './normal-quantile.ts'

export type NpsClass = 'detractor' | 'passive' | 'promoter'

/** Under this many answers a figure is said in words: it would look more certain than it is. */
export const fewAnswers = 10

/** How many of each. Fractions are allowed: one person's weight may be split over several ratings. */
export interface NpsCounts {
  detractors: number
  passives: number
  promoters: number
}

export interface Interval {
  low: number
  high: number
}

export interface NpsFigures {
  counts: NpsCounts
  n: number
  shares: NpsCounts
  /** Promoters' share minus detractors' share, -1..1. */
  nps: number
  /** Of one answer: pP + pD - (pP - pD)^2. */
  variance: number
  /** sqrt(variance / n). */
  se: number
  /** nps -+ z se: here to be compared with, too narrow where n is small or everybody agrees. */
  wald: Interval
  /** After adding Rocks's three made-up answers. */
  adjusted: { centre: number; variance: number; se: number; interval: Interval }
  /** The adjusted Wald interval, clipped to [-1, 1]: the one that people are shown. */
  interval: Interval
  confidence: number
}

export type Nps =
  /** Nobody has answered. */
  | { kind: 'none'; n: 0 }
  /** Fewer than ten answers: has to be said in words. */
  | ({ kind: 'few' } & NpsFigures)
  | ({ kind: 'figure' } & NpsFigures)

export interface NpsOptions {
  /** Of the interval; 0.95 unless said otherwise. */
  confidence?: number
}

/**
 * Promoters are the two highest points (9-10), passives the two below (7-8), detractors all others, on 1-10 and on 0-10.
 * @param scale ends with 10
 */
export function npsClass(score: number, scale: Scale): NpsClass {
  if (score > scale.to - 2) return 'promoter'
  return score > scale.to - 4 ? 'passive' : 'detractor'
}

/**
 * The score with its variance and intervals: variance = pP + pD - (pP - pD)^2, se = sqrt(variance / n), Wald = nps -+ z se;
 * adjusted Wald AW(3, T) of Rocks (2016): the same after adding 0.75 detractors, 1.5 passives and 0.75 promoters (n + 3).
 * With weights that are split within a person the variance is an upper bound, so the interval errs on the careful side.
 * @param counts none is negative; their sum may be 0
 */
export function npsOf(counts: NpsCounts, { confidence = 0.95 }: NpsOptions = {}): Nps {
  const n = sizeOf(counts)
  if (n === 0) return { kind: 'none', n: 0 }
  const z = twoSidedZ(confidence)
  const plain = momentsOf(counts, n)
  const adjusted = momentsOf(withThree(counts), n + 3)
  const wide = around(adjusted.centre, z * adjusted.se)
  return {
    kind: n < fewAnswers ? 'few' : 'figure',
    counts,
    n,
    shares: {
      detractors: counts.detractors / n,
      passives: counts.passives / n,
      promoters: counts.promoters / n,
    },
    nps: plain.centre,
    variance: plain.variance,
    se: plain.se,
    wald: around(plain.centre, z * plain.se),
    adjusted: { ...adjusted, interval: wide },
    interval: clipped(wide, 1),
    confidence,
  }
}

export interface NpsChange {
  before: NpsFigures
  after: NpsFigures
  /** after - before, -2..2. */
  difference: number
  se: number
  wald: Interval
  adjusted: { difference: number; se: number }
  /** Adjusted Wald on both sides, clipped to [-2, 2]. Around the adjusted difference: with few answers it may miss the plain one. */
  interval: Interval
  /** The interval leaves out 0: hardly chance. */
  certain: boolean
}

export type NpsComparison =
  /** Nobody has answered on one side. */
  | { kind: 'none'; before: Nps; after: Nps }
  /** Fewer than ten answers on one side. */
  | ({ kind: 'few' } & NpsChange)
  | ({ kind: 'change' } & NpsChange)

/**
 * How the score has changed from one sample to another: se = sqrt(se1^2 + se2^2), of the plain samples (Wald) or of both
 * after Rocks's adjustment, as Agresti and Caffo (2000, The American Statistician 54(4), 280-288) do with two proportions.
 * Takes the samples as independent; people who are in both, and agree with themselves, make it too careful.
 */
export function compareNps(
  beforeCounts: NpsCounts,
  afterCounts: NpsCounts,
  { confidence = 0.95 }: NpsOptions = {},
): NpsComparison {
  const before = npsOf(beforeCounts, { confidence })
  const after = npsOf(afterCounts, { confidence })
  if (before.kind === 'none' || after.kind === 'none') return { kind: 'none', before, after }
  const z = twoSidedZ(confidence)
  const difference = after.nps - before.nps
  const se = Math.hypot(before.se, after.se)
  const adjusted = {
    difference: after.adjusted.centre - before.adjusted.centre,
    se: Math.hypot(before.adjusted.se, after.adjusted.se),
  }
  const interval = clipped(around(adjusted.difference, z * adjusted.se), 2)
  return {
    kind: before.kind === 'few' || after.kind === 'few' ? 'few' : 'change',
    before,
    after,
    difference,
    se,
    wald: around(difference, z * se),
    adjusted,
    interval,
    certain: interval.low > 0 || interval.high < 0,
  }
}

/** People are whole, and thirds of them add up to 1 only almost. */
function sizeOf({ detractors, passives, promoters }: NpsCounts): number {
  const sum = detractors + passives + promoters
  return Math.abs(sum - Math.round(sum)) < 1e-9 ? Math.round(sum) : sum
}

function momentsOf({ detractors, promoters }: NpsCounts, n: number) {
  const centre = (promoters - detractors) / n
  // Everybody of one opinion: 1 - 1 may come out as a tiny negative number when counts are fractions.
  const variance = Math.max(0, (promoters + detractors) / n - centre ** 2)
  return { centre, variance, se: Math.sqrt(variance / n) }
}

const withThree = ({ detractors, passives, promoters }: NpsCounts): NpsCounts => ({
  detractors: detractors + 0.75,
  passives: passives + 1.5,
  promoters: promoters + 0.75,
})

const around = (centre: number, half: number): Interval => ({ low: centre - half, high: centre + half })

const clipped = ({ low, high }: Interval, most: number): Interval => ({
  low: Math.max(-most, low),
  high: Math.min(most, high),
})
