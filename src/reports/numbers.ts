import type { Language } from '../domain/salon.ts'

const minus = '\u2212'

/** An NPS as it is said: "+42", "−8" with a true minus, "0". @param nps from -1 to 1 */
export function showNps(nps: number, language: Language): string {
  const points = Math.round(nps * 100)
  const digits = new Intl.NumberFormat(language).format(Math.abs(points))
  return points === 0 ? digits : `${points > 0 ? '+' : minus}${digits}`
}

/** "58 %" in Russian, "58%" in English. @param share from 0 to 1 */
export const showShare = (share: number, language: Language): string =>
  new Intl.NumberFormat(language, { style: 'percent' }).format(share)

/** "+12", "−3" with a true minus, "0". */
export const showChange = (change: number, language: Language): string => {
  const digits = new Intl.NumberFormat(language).format(Math.abs(change))
  return change === 0 ? digits : `${change > 0 ? '+' : minus}${digits}`
}

/** "45 600 ₽": in whole roubles, because a sum over years is not told to the kopeck. */
export const showRoubles = (kopecks: number, language: Language): string => roubles(kopecks, language, {})

/** "12,4 млн ₽", where there is no room. */
export const showRoublesShortly = (kopecks: number, language: Language): string =>
  roubles(kopecks, language, { notation: 'compact', maximumFractionDigits: 1 })

function roubles(kopecks: number, language: Language, options: Intl.NumberFormatOptions): string {
  const whole = Math.round(Math.abs(kopecks) / 100)
  const shown = new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'RUB',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 0,
    ...options,
  }).format(whole)
  return kopecks < 0 && whole > 0 ? `${minus}${shown}` : shown
}
