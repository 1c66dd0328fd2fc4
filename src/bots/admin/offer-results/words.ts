/** What an offer has brought, in words: under the picture, in the picture, and without one. */
import { textIn } from '../../../domain/offers/offer.ts'
import { upliftWords, variantsWords } from '../../../domain/offers/uplift-words.ts'
import { showRoubles } from '../../../reports/numbers.ts'
import type { OfferReport } from '../../../storage/offer-results.ts'
import { showDate, type Desk } from '../desk.ts'

/** What may be shown: the salon's income is for the owners. */
export interface Sight {
  money: boolean
}

export const titleOf = ({ title }: OfferReport, { language, salon }: Desk): string =>
  textIn(title, language, salon.languages)

/** Whether there is anybody to tell of. */
export const isEmpty = ({ result }: OfferReport): boolean =>
  result.treated.people + result.heldOut.people === 0

/** "Написали 900 клиентам, для сравнения отложили 100." */
export function peopleWords({ result: { treated, heldOut } }: OfferReport, { t }: Desk): string {
  const written = t('offerResult.written', { count: treated.people })
  return heldOut.people === 0 ? written : `${written} ${t('offerResult.heldOut', { count: heldOut.people })}`
}

/** Why there is nobody to tell of. */
export const emptyWords = ({ standing, attributionDays }: OfferReport, { t }: Desk): string =>
  standing ? t('offerResult.emptyStanding', { count: attributionDays }) : t('offerResult.empty')

/** What is counted. */
export function howWords({ standing, attributionDays, result }: OfferReport, { t }: Desk): string {
  const how = t(result.heldOut.people > 0 ? 'offerResult.how' : 'offerResult.howAlone', {
    count: attributionDays,
  })
  return standing ? `${how} ${t('offerResult.standing')}` : how
}

/** What can be said of it, a sentence each. */
export function verdictWords(report: OfferReport, sight: Sight, desk: Desk): string[] {
  const { uplift, texts, windowEndsAt } = report.result
  const reader = { language: desk.language, t: desk.t, money: sight.money }
  return [
    ...upliftWords(uplift, showDate(new Date(windowEndsAt), desk), reader),
    ...texts.flatMap(({ ids, comparison }) => variantsWords(comparison, ids, reader)),
  ]
}

/** "Купоны: выдали 90, погасили 13. Скидки стоили примерно 12 300 ₽." */
export function couponWords({ result: { coupons } }: OfferReport, { money }: Sight, desk: Desk): string[] {
  if (!coupons) return []
  const { t, language } = desk
  const { given, people, uses, cost } = coupons
  const told = t(uses === people ? 'offerResult.coupons' : 'offerResult.couponsOften', {
    given,
    people,
    uses,
  })
  if (!money || uses === 0) return [told]
  const costs = [
    cost.kopecks > 0 ? t('offerResult.cost', { amount: showRoubles(cost.kopecks, language) }) : '',
    cost.unknown > 0 ? t('offerResult.costUnknown', { count: cost.unknown }) : '',
    cost.gifts > 0 ? t('offerResult.gifts', { count: cost.gifts }) : '',
  ]
  return [[told, ...costs].filter((part) => part !== '').join(' ')]
}
