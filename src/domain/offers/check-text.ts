import { platforms, type Platform } from '../platform.ts'
import type { Language } from '../salon.ts'
import type { OfferSpec, OfferText, OfferVariant } from './offer.ts'
import type { OfferProblem } from './problem.ts'
import {
  fill,
  isNothingWithout,
  isPlaceholder,
  lostWithout,
  namesIn,
  type Placeholder,
  type PlaceholderValues,
} from './template.ts'

export interface TextContext {
  /** The salon's: its first is the one that a text has to be there in. */
  languages: readonly Language[]
  /** The longest values there may be, to see whether a text fits when it is filled in. */
  longest: (language: Language) => PlaceholderValues
  /** UTF-16 units that come with the text: the advertiser's mark, where the offer has one. */
  frameLength: (language: Language, spec: Pick<OfferSpec, 'mark'>) => number
}

/** UTF-16 units of a message; Telegram allows fewer under a picture (a photo's caption). */
const longestText: Record<Platform, { plain: number; underPicture: number }> = {
  telegram: { plain: 4096, underPicture: 1024 },
  vk: { plain: 4096, underPicture: 4096 },
}

/** What is wrong with the words of a variant. */
export function checkText({ id, text }: OfferVariant, spec: OfferSpec, context: TextContext): OfferProblem[] {
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
      checkWords(words, language, `variants.${id}.${language}`, spec, context),
    ),
  ]
}

const entriesOf = (text: OfferText) => Object.entries(text) as [Language, string][]

function checkWords(
  text: string,
  language: Language,
  where: string,
  spec: OfferSpec,
  context: TextContext,
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
    ...checkLost(text, where),
    ...checkLength(text, language, where, spec, context),
  ]
}

/** What those would miss of whom nothing personal is known. */
function checkLost(text: string, where: string): OfferProblem[] {
  const lost = lostWithout(text).map(
    (placeholder) => ({ reason: 'lostWith', where, params: { placeholder } }) as const,
  )
  const nothingLeft = lost.length === 0 && text.trim() !== '' && isNothingWithout(text)
  return nothingLeft ? [{ reason: 'lostAll', where }] : lost
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
  context: TextContext,
): OfferProblem[] {
  const length = fill(text, context.longest(language)).length + context.frameLength(language, spec)
  const isUnder = spec.picture !== undefined
  return platforms
    .filter((platform) => spec.channel === 'any' || spec.channel === platform)
    .flatMap((platform): OfferProblem[] => {
      const { plain, underPicture } = longestText[platform]
      const max = isUnder ? underPicture : plain
      if (length <= max) return []
      // Whoever takes the picture away has room again, unless it is too long for that, too.
      return isUnder && length <= plain
        ? [{ reason: 'tooLongForPicture', where, params: { platform, length, max, count: length - max } }]
        : [{ reason: 'tooLong', where, params: { platform, length, max } }]
    })
}
