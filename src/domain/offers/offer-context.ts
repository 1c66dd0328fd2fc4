import type { Language, Salon } from '../salon.ts'
import type { OfferContext } from './check-offer.ts'
import type { AudienceTerms } from './read-audience.ts'

/** No name that is kept is longer. */
const longestName = 'Ж'.repeat(60)

export type Frame = OfferContext['frameLength']

const roomForMark: Frame = (_, { mark }) => (mark ? mark.advertiser.length + mark.erid.length + 40 : 0)

/**
 * What this salon's offers are checked against.
 * @param at epoch milliseconds
 * @param frameLength of the mark as it is worded; absent: as long as it may be
 */
export function offerContext(
  salon: { languages: readonly Language[] } & Pick<Salon, 'timeZone'>,
  terms: AudienceTerms,
  at: number,
  frameLength: Frame = roomForMark,
): OfferContext {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(salon.timeZone).toPlainDate()
  return {
    terms,
    languages: salon.languages,
    today: Temporal.PlainDate.from('1970-01-01').until(day).days,
    now: at,
    longest: () => ({
      name: longestName,
      master: longestName,
      service: longestName,
      line: longestName,
      discount: longestName,
      until: longestName,
      days: longestName,
      code: 'ABCDE-FGHJK',
    }),
    frameLength,
  }
}
