/** The texts of an offer that are compared: one more, one less, another text, other shares. */
import type { Language } from '../language.ts'
import type { Edited } from './edited.ts'
import type { OfferSpec, OfferVariant } from './offer.ts'
import { said, type Typed } from './said.ts'

/** More could hardly be told apart by a salon's number of clients. */
export const mostVariants = 4

/** UTF-16 units of a message. */
const longestText = 4096

/** Another text for the first variant, or for the one named; a name that none has is a variant more. */
export function withText(spec: OfferSpec, words: string, typed: Typed, variant = firstOf(spec)): Edited {
  const text = words.trim()
  if (text.length > longestText) return { ok: false, reason: 'textTooLong' }
  const { variants } = spec
  if (variants.some(({ id }) => id === variant)) {
    const changed = variants.map((one) =>
      one.id === variant ? { ...one, text: said(one.text, text, typed) } : one,
    )
    return { ok: true, spec: { ...spec, variants: changed } }
  }
  if (variants.length >= mostVariants) return { ok: false, reason: 'tooManyVariants' }
  const added = [...variants, { id: variant, text: { [typed.language]: text }, share: 0 }]
  return { ok: true, spec: { ...spec, variants: even(added) } }
}

const firstOf = ({ variants }: OfferSpec): string => variants[0]?.id ?? 'A'

/** What the next variant is called: after the last one, so that a name that was taken away does not come back. */
export function nextVariant({ variants }: OfferSpec): string {
  const last = variants
    .map(({ id }) => id)
    .toSorted()
    .at(-1)
  return last === undefined ? 'A' : String.fromCharCode(Math.min(last.charCodeAt(0) + 1, 'Z'.charCodeAt(0)))
}

/** One variant less, the others in equal shares. The last one stays. */
export function withoutVariant(spec: OfferSpec, variant: string): OfferSpec {
  const left = spec.variants.filter(({ id }) => id !== variant)
  const isThere = left.length < spec.variants.length
  return isThere && left.length > 0 ? { ...spec, variants: even(left) } : spec
}

/** The variant has no text in this language: who reads it gets the salon's first. */
export function withoutLanguage(spec: OfferSpec, variant: string, language: Language): OfferSpec {
  const variants = spec.variants.map((one) => {
    const { [language]: _, ...text } = one.text
    return one.id === variant && Object.keys(text).length > 0 ? { ...one, text } : one
  })
  return { ...spec, variants }
}

export const withEvenShares = (spec: OfferSpec): OfferSpec => ({ ...spec, variants: even(spec.variants) })

/** "70/30", "50 30 20": a part for each variant, in percent, together all. */
export function withShares(spec: OfferSpec, typed: string): Edited {
  const percents = typed
    .replaceAll('%', '')
    .trim()
    .split(/[\s/,;:–-]+/)
    .map(Number)
  const { variants } = spec
  const right =
    percents.length === variants.length &&
    percents.every((one) => Number.isInteger(one) && one > 0) &&
    percents.reduce((sum, one) => sum + one, 0) === 100
  if (!right) return { ok: false, reason: variants.length === 2 ? 'shares' : 'sharesOfMany' }
  const shared = variants.map((one, place) => ({ ...one, share: (percents[place] ?? 0) / 100 }))
  return { ok: true, spec: { ...spec, variants: shared } }
}

const even = (variants: readonly OfferVariant[]): OfferVariant[] =>
  variants.map((one) => ({ ...one, share: 1 / variants.length }))
