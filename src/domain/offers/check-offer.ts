/** What is wrong with an offer: asked before it can be submitted and approved. */
import type { Platform } from '../platform.ts'
import { platforms } from '../platform.ts'
import type { Language } from '../salon.ts'
import type { Discount, OfferSpec, OfferText, OfferVariant, Occasion } from './offer.ts'
import type { OfferProblem } from './problem.ts'
import { readAudience, type AudienceTerms } from './read-audience.ts'
import {
  fill,
  isPlaceholder,
  lostWithout,
  namesIn,
  type Placeholder,
  type PlaceholderValues,
} from './template.ts'

export interface OfferContext {
  terms: AudienceTerms
  /** The salon's: its first is the one that a text has to be there in. */
  languages: readonly Language[]
  /** Days since 1970-01-01 in the salon's zone, and epoch milliseconds. */
  today: number
  now: number
  /** The longest values there may be, to see whether a text fits when it is filled in. */
  longest: (language: Language) => PlaceholderValues
  /** UTF-16 units that come with the text: the advertiser's mark. */
  frameLength: (language: Language) => number
}

/** UTF-16 units of a message; Telegram allows fewer under a picture. */
const longestText: Record<Platform, { plain: number; underPicture: number }> = {
  telegram: { plain: 4096, underPicture: 1024 },
  vk: { plain: 4096, underPicture: 4096 },
}

export function checkOffer(spec: OfferSpec, context: OfferContext): OfferProblem[] {
  const audience = readAudience(spec.audience, context.terms)
  return [
    ...checkTitle(spec.title),
    ...checkShares(spec.variants),
    ...spec.variants.flatMap((variant) => checkVariant(variant, spec, context)),
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

function checkVariant({ id, text }: OfferVariant, spec: OfferSpec, context: OfferContext): OfferProblem[] {
  const [first] = context.languages
  const missing = context.languages.filter(
    (language) => (language === first && text[language] === undefined) || text[language]?.trim() === '',
  )
  return [
    ...missing.map(
      (language) =>
        ({ reason: 'noText', where: `variants.${id}.${language}`, params: { variant: id } }) as const,
    ),
    ...entriesOf(text).flatMap(([language, words]) =>
      checkText(words, language, `variants.${id}.${language}`, spec, context),
    ),
  ]
}

const entriesOf = (text: OfferText) => Object.entries(text) as [Language, string][]

function checkText(
  text: string,
  language: Language,
  where: string,
  spec: OfferSpec,
  context: OfferContext,
): OfferProblem[] {
  const names = namesIn(text)
  const notGiven: [boolean, Placeholder, OfferProblem['reason']][] = [
    [spec.discount.kind === 'none' && names.includes('discount'), 'discount', 'noDiscount'],
    [spec.coupon === undefined && names.includes('code'), 'code', 'noCoupon'],
    [spec.coupon !== undefined && text.trim() !== '' && !names.includes('code'), 'code', 'codeMissing'],
  ]
  return [
    ...bracesIn(text)
      .filter((name) => !isPlaceholder(name))
      .map((name) => ({ reason: 'unknownPlaceholder', where, params: { placeholder: name } }) as const),
    ...(bracketsMatch(text) ? [] : [{ reason: 'brackets', where } as const]),
    ...notGiven.flatMap(([wrong, placeholder, reason]) =>
      wrong ? [{ reason, where, params: { placeholder } }] : [],
    ),
    ...lostWithout(text).map(
      (placeholder) => ({ reason: 'lostWith', where, params: { placeholder } }) as const,
    ),
    ...checkLength(text, language, where, spec, context),
  ]
}

/** What stands in braces, also what can't be a name: "{ name }", "{имя}". */
const bracesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{([^{}\n]*)\}/g)].map((match) => match[1] ?? '')),
]

/** Every bracket is closed before the next one opens. */
const bracketsMatch = (text: string): boolean => !/[[\]]/.test(text.replace(/\[[^[\]]*\]/g, ''))

function checkLength(
  text: string,
  language: Language,
  where: string,
  spec: OfferSpec,
  context: OfferContext,
): OfferProblem[] {
  const length = fill(text, context.longest(language)).length + context.frameLength(language)
  return platforms
    .filter((platform) => spec.channel === 'any' || spec.channel === platform)
    .flatMap((platform) => {
      const max = longestText[platform][spec.picture?.[platform] === undefined ? 'plain' : 'underPicture']
      return length > max ? [{ reason: 'tooLong' as const, where, params: { platform, length, max } }] : []
    })
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
    [schedule.kind === 'standing' && !between(daysOf(schedule.occasion), 0, 365), 'occasionDays', 'schedule'],
  ]
  return wrong.flatMap(([is, reason, where]) => (is ? [{ reason, where }] : []))
}

function daysOf(occasion: Occasion): number {
  switch (occasion.kind) {
    case 'birthday':
      return occasion.daysBefore
    case 'overdue':
      return occasion.days
    case 'firstVisit':
      return occasion.daysAfter
  }
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
