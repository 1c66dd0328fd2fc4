import { halvesSegments, type HalvesSegment } from './halves.ts'
import { quintileSegments, type QuintileSegment } from './quintiles.ts'
import type { SchemeName } from './value-settings.ts'

export type Segment = HalvesSegment | QuintileSegment

/** The segments of a scheme in the order in which people read them. */
export const segmentsOf = (scheme: SchemeName): readonly Segment[] =>
  scheme === 'halves' ? halvesSegments : quintileSegments

/** Whatever scheme it is of; undefined for what is no segment. */
export const readSegment = (text: string): Segment | undefined =>
  [...halvesSegments, ...quintileSegments].find((one) => one === text)

/**
 * How well a client of this segment stands with the salon, 0 is the worst: moving to a higher one is a rise, to a lower one a
 * slip. The schemes name segments without an order; this one is ours. Who pays and comes is above who has just come, and those
 * are above who is leaving.
 */
const ranks: Readonly<Record<Segment, number>> = {
  valuable: 3,
  new: 2,
  vulnerable: 1,
  noValue: 0,
  champions: 9,
  loyalCustomers: 8,
  potentialLoyalist: 7,
  promising: 6,
  newCustomers: 5,
  needAttention: 4,
  others: 4,
  cantLoseThem: 3,
  atRisk: 2,
  aboutToSleep: 1,
  lost: 0,
}

export type Way = 'up' | 'down'

/** Which way a move from one segment into another leads; undefined: neither up nor down. */
export function wayOf(from: Segment, to: Segment): Way | undefined {
  const difference = ranks[to] - ranks[from]
  if (difference === 0) return undefined
  return difference > 0 ? 'up' : 'down'
}
