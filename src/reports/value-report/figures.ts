import type { Language } from '../../domain/salon.ts'
import { showShare } from '../numbers.ts'

/** How figures are said in a language. */
export interface Figures {
  count(value: number): string
  /** Of one digit behind the point where it is below ten. */
  about(value: number): string
  /** Whole roubles. */
  roubles(kopecks: number): string
  /** Of a whole; "–" where there is no whole. */
  share(part: number, whole: number): string
  /** "30 июня 2026 г." @param day since 1970-01-01 */
  day(day: number): string
}

export function figuresIn(language: Language): Figures {
  const count = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const fine = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const roubles = new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'RUB',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 0,
  })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
  return {
    count: (value) => count.format(value),
    about: (value) => (Math.abs(value) < 10 ? fine : count).format(value),
    roubles: (kopecks) => roubles.format(Math.round(kopecks / 100) + 0),
    share: (part, whole) => (whole > 0 ? showShare(part / whole, language) : '–'),
    day: (number) => day.format(number * 86_400_000),
  }
}
