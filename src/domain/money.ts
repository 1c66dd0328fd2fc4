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
