/** Whether what made a standing offer reach a client is still so, by what is known at this moment. */
import { occasionOf, overallOf } from '../domain/offers/occasion.ts'
import type { OfferSpec } from '../domain/offers/offer.ts'
import type { ZoneDays } from '../domain/value/zone-days.ts'

/** Undefined: the offer does not stand, and has no occasions. */
export interface OccasionNow {
  birthDay: number | null
  birthMonth: number | null
  /** All visits, epoch milliseconds. */
  visitedAt: readonly number[]
}

/**
 * What is asked of client "c" for a delivery of offer "o". The visits themselves, and not what they added up to last night: who
 * came today is not missed.
 */
export const occasionColumn = `
  CASE WHEN o."spec" -> 'schedule' ->> 'kind' = 'standing' THEN json_build_object(
    'birthDay', c."birthDay", 'birthMonth', c."birthMonth",
    'visitedAt', (SELECT coalesce(json_agg(extract(epoch FROM w."at")::float8 * 1000), '[]') FROM "Visit" w
      WHERE w."clientId" = c."id" AND coalesce(w."kopecks", 0) >= 0)) END AS "occasionNow"`

/**
 * @param name of the occasion that the delivery was written for
 * @param at epoch milliseconds
 */
export function isMoot(
  { schedule }: Pick<OfferSpec, 'schedule'>,
  name: string,
  known: OccasionNow | undefined,
  at: number,
  { dayOf }: ZoneDays,
): boolean {
  if (schedule.kind !== 'standing' || !known) return false
  const { birthDay: day, birthMonth: month, visitedAt } = known
  const today = dayOf(at)
  const overall = overallOf(visitedAt.map(dayOf), today)
  const facts = {
    ...(day !== null && month !== null && { birthday: { day, month } }),
    ...(overall && { overall }),
  }
  return occasionOf(schedule.occasion, facts, today) !== name
}
