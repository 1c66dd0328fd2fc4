import type { Digest } from '../../../domain/digest.ts'
import { showRoubles } from '../../../reports/numbers.ts'
import type { Desk } from '../desk.ts'

/** What last month's offers have brought, in a few lines: nothing where there were none, and no more than is known. */
export function earnedWords({ offers: found }: Digest, desk: Desk): string[] {
  if (!found) return []
  const { t, language } = desk
  const { month, offers, people, withCoupon } = found
  const name = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(
    new Date(month.toPlainDate({ day: 1 }).toZonedDateTime('UTC').epochMilliseconds),
  )
  const values = { month: name, count: offers, people, withCoupon }
  return [
    t(withCoupon > 0 ? 'offerResult.digest.withCoupon' : 'offerResult.digest.sent', values),
    [sureWords(found, desk), ...partWords(found, desk)].join(' '),
    ...(found.open > 0 ? [t('offerResult.digest.open', { count: found.open })] : []),
  ]
}

/** What the sum leaves out. */
const partWords = ({ earned, compared, offers }: NonNullable<Digest['offers']>, { t }: Desk): string[] =>
  earned && compared < offers ? [t('offerResult.digest.part', { compared, offers })] : []

function sureWords({ earned }: NonNullable<Digest['offers']>, { t, language }: Desk): string {
  if (!earned) return t('offerResult.digest.notCompared')
  const { kopecks, interval } = earned
  const show = (sum: number) => showRoubles(Number(sum.toPrecision(2)), language)
  if (interval.low > 0)
    return t('offerResult.digest.earned', {
      value: show(kopecks),
      low: show(interval.low),
      high: show(interval.high),
    })
  if (interval.high < 0)
    return t('offerResult.digest.lost', {
      value: show(-kopecks),
      low: show(-interval.high),
      high: show(-interval.low),
    })
  return t('offerResult.digest.unclear', { low: show(interval.low), high: show(interval.high) })
}
