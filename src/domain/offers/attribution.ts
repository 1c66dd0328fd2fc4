import type { Outcome } from './uplift.ts'

/** A row of the salon's books. */
export interface VisitRow {
  /** Epoch milliseconds; noon in the salon's zone where only the day is known. */
  at: number
  timeKnown: boolean
  /** Below 0: a refund, which is no visit; absent: not known. */
  kopecks?: number
}

const dayMs = 24 * 3600_000

/**
 * What a person did within the window after a message, with or without its coupon. All rows of one day are one visit. Where only
 * the day is known, the day of the message is before it: nobody knows better.
 * @param sentAt epoch milliseconds; for who was held out: when the message would have gone
 * @param timeZone the salon's, IANA name
 */
export function outcomeOf(
  rows: readonly VisitRow[],
  sentAt: number,
  attributionDays: number,
  timeZone: string,
): Outcome {
  const dayOf = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()
  const day = dayOf(sentAt)
  const counted = rows.filter(
    ({ at, timeKnown }) =>
      at > sentAt && at <= sentAt + attributionDays * dayMs && (timeKnown || dayOf(at) !== day),
  )
  const visits = counted.filter(({ kopecks }) => kopecks === undefined || kopecks >= 0)
  return {
    visits: new Set(visits.map(({ at }) => dayOf(at))).size,
    kopecks: counted.reduce((sum, { kopecks = 0 }) => sum + kopecks, 0),
  }
}
