import { showCode } from '../coupon.ts'
import type { Language } from '../salon.ts'
import type { Translate } from '../survey-words.ts'
import { textIn, validUntil, type Discount, type OfferSpec } from './offer.ts'
import type { PlaceholderValues } from './template.ts'

export interface Reader {
  language: Language
  t: Translate
  /** The salon's; the first one is read where a text has not the reader's. */
  languages: readonly Language[]
  /** The salon's: IANA name. */
  timeZone: string
}

/** What is known of the person, in their language: what is not is absent. */
export interface PersonalValues {
  name?: string
  master?: string
  service?: string
  line?: string
  /** The coupon's. */
  code?: string
}

/**
 * What stands in the place of the placeholders.
 * @param sentAt epoch milliseconds
 */
export function offerValues(
  { discount, validity }: Pick<OfferSpec, 'discount' | 'validity'>,
  { code, ...person }: PersonalValues,
  sentAt: number,
  reader: Reader,
): PlaceholderValues {
  const dayOf = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(reader.timeZone).toPlainDate()
  const [today, last] = [dayOf(sentAt), dayOf(validUntil(validity, sentAt, reader.timeZone))]
  const dayAndMonth = reader.t(`dialogue.months.${last.month}`, { day: last.day })
  const shown = discountWords(discount, reader)
  return {
    ...person,
    ...(shown !== undefined && { discount: shown }),
    until: last.year === today.year ? dayAndMonth : `${dayAndMonth} ${last.year}`,
    days: reader.t('offer.days', { count: Math.max(1, today.until(last).days) }),
    ...(code !== undefined && { code: showCode(code) }),
  }
}

/** "5 %", "500 ₽", or the gift's words; undefined: there is none. */
export function discountWords(
  discount: Discount,
  { language, languages }: Pick<Reader, 'language' | 'languages'>,
): string | undefined {
  switch (discount.kind) {
    case 'none':
      return undefined
    case 'percent':
      return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(
        discount.percent / 100,
      )
    case 'amount':
      return new Intl.NumberFormat(language, {
        style: 'currency',
        currency: 'RUB',
        currencyDisplay: 'narrowSymbol',
        trailingZeroDisplay: 'stripIfInteger',
      }).format(discount.kopecks / 100)
    case 'gift':
      return textIn(discount.words, language, languages)
  }
}
