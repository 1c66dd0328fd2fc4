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
