import type { Language } from './salon.ts'

/**
 * An amount as people read it: "1 300 ₽", "1 500,50 ₽"; in English "₽1,300".
 * @param kopecks integer; below 0: a refund
 */
export const showMoney = (kopecks: number, language: Language): string =>
  new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'RUB',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: kopecks % 100 === 0 ? 0 : 2,
  }).format(kopecks / 100)

const maxRoubles = 10_000_000

/**
 * Reads an amount as people type it: "1500", "1 500,50", "1.500 ₽", "0", "2000 руб.".
 * @returns integer kopecks, 0 or more; undefined: no amount, or more than ten million roubles
 */
export function readMoney(text: string): number | undefined {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/^₽\s*/, '')
    .replace(/\s*(?:₽|руб(?:\.|л[а-я]+)?|р\.?|rub|rou?bles?)$/iu, '')
  const [, whole, fraction = ''] = /^(\d{1,3}(?:[ .,'’]\d{3})+|\d+)(?:[.,](\d{1,2}))?$/.exec(plain) ?? []
  if (whole === undefined) return undefined
  const roubles = Number(whole.replace(/\D/g, ''))
  return roubles > maxRoubles ? undefined : roubles * 100 + Number(fraction.padEnd(2, '0'))
}
