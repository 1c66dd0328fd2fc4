import type { RfmColumns, RfmCuts, RfmScheme } from './rfm.ts'

export const halvesSegments = ['valuable', 'new', 'vulnerable', 'noValue'] as const
export type HalvesSegment = (typeof halvesSegments)[number]

/** R, F and M in turn: H is strictly above the group's mean. */
export const halvesCodes = ['LLL', 'LLH', 'LHL', 'LHH', 'HLL', 'HLH', 'HHL', 'HHH'] as const
export type HalvesCode = (typeof halvesCodes)[number]

/** Hiziroglu, A. and Sengul, S. (2012), "Investigating two customer lifetime value models from segmentation perspective", Procedia - Social and Behavioral Sciences 62, 766-774. "New" for HHH and HLH, who have not come for long, is the scheme's own word. */
const published: Readonly<Record<HalvesCode, HalvesSegment>> = {
  LHH: 'valuable',
  HHH: 'new',
  LLH: 'new',
  HLH: 'new',
  LHL: 'vulnerable',
  HHL: 'vulnerable',
  HLL: 'noValue',
  LLL: 'noValue',
}

/**
 * RFM 2 x 2 x 2: each of R, F and M is H when strictly above the mean of the group, else L. Whoever is at the mean is L, and so
 * is everybody where all are equal, or where there is one client only.
 * @param remapped codes that are to be in another segment than the published one
 */
export function halves(remapped: Partial<Record<HalvesCode, HalvesSegment>> = {}): RfmScheme<HalvesSegment> {
  const table = { ...published, ...remapped }
  const segmentOf = halvesCodes.map((one) => table[one])
  return { id: 'halves', codes: halvesCodes, segments: halvesSegments, segmentOf, cuts, code }
}

const cuts = ({ r, f, m }: RfmColumns): RfmCuts => ({ r: [meanOf(r)], f: [meanOf(f)], m: [meanOf(m)] })

function code(
  { r, f, m }: RfmColumns,
  { r: [meanR = 0], f: [meanF = 0], m: [meanM = 0] }: RfmCuts,
): Uint8Array {
  const codes = new Uint8Array(r.length)
  for (let client = 0; client < codes.length; client++)
    codes[client] =
      ((r[client] as number) > meanR ? 4 : 0) +
      ((f[client] as number) > meanF ? 2 : 0) +
      ((m[client] as number) > meanM ? 1 : 0)
  return codes
}

/** Sums of whole numbers are exact up to 2^53, whatever the order. */
function meanOf(column: ArrayLike<number>): number {
  let sum = 0
  for (let client = 0; client < column.length; client++) sum += column[client] as number
  return sum / column.length
}
