import type { Totals } from './visit-tally.ts'

/** Recency, frequency and monetary value of many clients, a column each. */
export interface RfmColumns {
  /** Days since the last visit: low is recent. */
  r: ArrayLike<number>
  /** Visits. */
  f: ArrayLike<number>
  /** Everything paid in the period, in kopecks (the schemes take any unit). */
  m: ArrayLike<number>
}

/** Where the scores of a group part: a value's score is higher for each cut that it is above. */
export interface RfmCuts {
  r: readonly number[]
  f: readonly number[]
  m: readonly number[]
}

/** A way to give each client a code, and each code a segment. */
export interface RfmScheme<Segment extends string = string> {
  id: string
  /** All codes there are, as people write them. */
  codes: readonly string[]
  segments: readonly Segment[]
  /** The segment of each code, by the code's place. */
  segmentOf: readonly Segment[]
  /** Where the scores of this group part. */
  cuts(columns: RfmColumns): RfmCuts
  /** A code for each client, as its place in `codes`, by the cuts of their own group, or of an earlier day. */
  code(columns: RfmColumns, cuts: RfmCuts): Uint8Array
}

/** A group of clients, coded. */
export interface Rfm<Segment extends string = string> {
  r: Int32Array
  f: Uint32Array
  m: Float64Array
  scheme: RfmScheme<Segment>
  /** By client: the place of their code in the scheme's. */
  code: Uint8Array
}

/**
 * Codes the clients of a group, each against the others of the group.
 * @param asOf the day from which R is counted, in days since 1970-01-01, not before any visit
 */
export function rfmOf<Segment extends string>(
  totals: Pick<Totals, 'lastDay' | 'visits' | 'kopecks'>,
  asOf: number,
  scheme: RfmScheme<Segment>,
): Rfm<Segment> {
  const columns = rfmColumnsOf(totals, asOf)
  return { ...columns, scheme, code: scheme.code(columns, scheme.cuts(columns)) }
}

/** @param asOf as in rfmOf */
export const rfmColumnsOf = (
  { lastDay, visits, kopecks }: Pick<Totals, 'lastDay' | 'visits' | 'kopecks'>,
  asOf: number,
) => ({ r: lastDay.map((day) => asOf - day), f: visits, m: kopecks })

/** How many clients have each code, and are in each segment; the sums of both are the group's size. */
export function countsOf<Segment extends string>({ code, scheme }: Pick<Rfm<Segment>, 'code' | 'scheme'>) {
  const perCode = scheme.codes.map(() => 0)
  for (const place of code) perCode[place] = (perCode[place] ?? 0) + 1
  const segments = Object.fromEntries(scheme.segments.map((segment) => [segment, 0])) as Record<
    Segment,
    number
  >
  scheme.segmentOf.forEach((segment, place) => (segments[segment] += perCode[place] ?? 0))
  return {
    codes: Object.fromEntries(scheme.codes.map((name, place) => [name, perCode[place] ?? 0])),
    segments,
  }
}
