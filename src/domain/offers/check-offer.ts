/** What is wrong with an offer: asked before it can be submitted and approved. */
import { checkText, type TextContext } from './check-text.ts'
import type { Discount, OfferSpec, OfferText, OfferVariant } from './offer.ts'
import { occasionDays } from './occasion.ts'
import type { OfferProblem } from './problem.ts'
import { readAudience, type AudienceTerms } from './read-audience.ts'

export interface OfferContext extends TextContext {
  terms: AudienceTerms
  /** Days since 1970-01-01 in the salon's zone, and epoch milliseconds. */
  today: number
  now: number
}

export function checkOffer(spec: OfferSpec, context: OfferContext): OfferProblem[] {
  const audience = readAudience(spec.audience, context.terms)
  return [
    ...checkTitle(spec.title),
    ...checkShares(spec.variants),
    ...spec.variants.flatMap((variant) => checkText(variant, spec, context)),
    ...checkDiscount(spec.discount, context),
    ...checkNumbers(spec),
    ...checkTimes(spec, context),
    ...(audience.ok ? [] : audience.problems),
  ]
}

const checkTitle = (title: OfferText): OfferProblem[] =>
  Object.values(title).some((text) => text.trim() !== '') ? [] : [{ reason: 'noTitle', where: 'title' }]

function checkShares(variants: readonly OfferVariant[]): OfferProblem[] {
  const where = 'variants'
  if (variants.length === 0) return [{ reason: 'noVariants', where }]
  const ids = variants.map(({ id }) => id)
  const strange = ids.filter((id, place) => !/^[A-Z]$/.test(id) || ids.indexOf(id) !== place)
  const sum = variants.reduce((before, { share }) => before + share, 0)
  const right = variants.every(({ share }) => share > 0 && share <= 1) && Math.abs(sum - 1) < 1e-9
  return [
    ...strange.map((id) => ({ reason: 'variantId', where, params: { id } }) as const),
    ...(right ? [] : [{ reason: 'shares', where, params: { percent: Math.round(sum * 100) } } as const]),
  ]
}

function checkDiscount(discount: Discount, { languages: [first] }: OfferContext): OfferProblem[] {
  const where = 'discount'
  switch (discount.kind) {
    case 'none':
      return []
    case 'percent':
      return between(discount.percent, 1, 100, false) ? [] : [{ reason: 'percent', where }]
    case 'amount':
      return between(discount.kopecks, 100, 100_000_000) ? [] : [{ reason: 'amount', where }]
    case 'gift':
      return first === undefined || (discount.words[first] ?? '').trim() === ''
        ? [{ reason: 'giftWords', where }]
        : []
  }
}

function checkNumbers({ coupon, limits, holdoutShare, attributionDays, mark }: OfferSpec): OfferProblem[] {
  const wrong: [boolean, OfferProblem['reason'], string][] = [
    [coupon !== undefined && !between(coupon.uses, 1, 100), 'couponUses', 'coupon.uses'],
    [
      limits.recipients !== undefined && !between(limits.recipients, 1, 100_000_000),
      'recipients',
      'limits.recipients',
    ],
    [!between(limits.perClient, 1, 100), 'perClient', 'limits.perClient'],
    [!between(holdoutShare, 0, 0.5, false), 'holdout', 'holdoutShare'],
    [!between(attributionDays, 1, 90), 'attribution', 'attributionDays'],
    [mark !== undefined && (mark.advertiser.trim() === '' || !/^[\w-]+$/.test(mark.erid)), 'mark', 'mark'],
  ]
  return wrong.flatMap(([is, reason, where]) => (is ? [{ reason, where }] : []))
}

function checkTimes({ validity, schedule }: OfferSpec, { today, now }: OfferContext): OfferProblem[] {
  const wrong: [boolean, OfferProblem['reason'], string][] = [
    [validity.kind === 'days' && !between(validity.days, 0, 365), 'validDays', 'validity'],
    [validity.kind === 'until' && !isFrom(validity.date, today), 'validUntil', 'validity'],
    [schedule.kind === 'at' && !(schedule.at > now), 'past', 'schedule'],
    [schedule.kind === 'standing' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(schedule.at), 'time', 'schedule'],
    [
      schedule.kind === 'standing' && !between(occasionDays(schedule.occasion), 0, 365),
      'occasionDays',
      'schedule',
    ],
  ]
  return wrong.flatMap(([is, reason, where]) => (is ? [{ reason, where }] : []))
}

/** A day of the calendar, today or later. */
function isFrom(date: string, today: number): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return false
  try {
    return Temporal.PlainDate.from('1970-01-01').until(Temporal.PlainDate.from(date)).days >= today
  } catch {
    return false
  }
}

const between = (number: number, least: number, most: number, whole = true): boolean =>
  number >= least && number <= most && (!whole || Number.isInteger(number))
