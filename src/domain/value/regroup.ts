import { rfmColumnsOf, type RfmCuts, type RfmScheme } from './rfm.ts'
import type { Totals } from './visit-tally.ts'

/** `came`: their own visits or amounts changed; `away`: they have not come; `others`: the others of the group have changed. */
export type MoveReason = 'came' | 'away' | 'others'

/** From one segment into another. */
export interface Move {
  /** The client's row in the columns. */
  row: number
  /** Places of the codes in the scheme's; the first segment of all has no `from`. */
  from?: number
  to: number
  reason: MoveReason
}

/** A group as it was coded last, beside its totals of today. */
export interface Coded {
  totals: Totals
  /** By client: the place of the code that they had, or `uncoded`. */
  before: Uint8Array
  /** By client: 1 where the totals are not what they were. */
  changed: Uint8Array
  /** The cuts by which they were coded; absent for a new group. */
  cuts?: RfmCuts | undefined
}

/** Has no code yet: a client who is new in the group. */
export const uncoded = 255

export interface Regrouped {
  /** By client: the place of the code that they have now. */
  code: Uint8Array
  cuts: RfmCuts
  moves: Move[]
}

/**
 * Codes a group anew, and tells who has moved from one segment into another and why: `came` when their own totals changed; else
 * `away` when the days that have gone by explain it alone, so that they would be in this segment by the cuts of before, too;
 * else `others`: the cuts have moved.
 * @param asOf the day from which R is counted, not before any visit
 */
export function regroup<Segment extends string>(
  { totals, before, changed, cuts: cutsBefore }: Coded,
  asOf: number,
  scheme: RfmScheme<Segment>,
): Regrouped {
  const columns = rfmColumnsOf(totals, asOf)
  const cuts = scheme.cuts(columns)
  const code = scheme.code(columns, cuts)
  const byTime = cutsBefore && scheme.code(columns, cutsBefore)
  const segmentAt = (place: number | undefined) => scheme.segmentOf[place ?? uncoded]
  const moves: Move[] = []
  for (let row = 0; row < code.length; row++) {
    const [from = uncoded, to = 0] = [before[row], code[row]]
    if (segmentAt(from) === segmentAt(to)) continue
    const alone = byTime !== undefined && segmentAt(byTime[row]) === segmentAt(to)
    const reason = changed[row] === 1 ? 'came' : alone ? 'away' : 'others'
    moves.push({ row, ...(from !== uncoded && { from }), to, reason })
  }
  return { code, cuts, moves }
}
