import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newOffer } from '../../../src/domain/offers/offer-edit.ts'
import type { OfferSpec } from '../../../src/domain/offers/offer.ts'
import {
  nextVariant,
  withEvenShares,
  withoutLanguage,
  withoutVariant,
  withShares,
  withText,
} from '../../../src/domain/offers/variants-edit.ts'

const one = newOffer('А', 'ru')
const russian = { language: 'ru' } as const
const edited = (change: ReturnType<typeof withText>): OfferSpec => {
  if (!change.ok) throw new Error(change.reason)
  return change.spec
}
const two = edited(withText(one, ' Б ', russian, 'B'))
const shares = ({ variants }: OfferSpec) => variants.map(({ id, share }) => [id, Math.round(share * 100)])
const texts = ({ variants }: OfferSpec) => variants.map(({ text }) => text)

describe('a text', () => {
  test('of one variant leaves the others alone', () => {
    const changed = edited(withText(two, 'В', russian, 'B'))
    expect(texts(changed)).toEqual([{ ru: 'А' }, { ru: 'В' }])
    expect(shares(changed)).toEqual(shares(two))
    expect(texts(edited(withText(two, 'В', russian)))).toEqual([{ ru: 'В' }, { ru: 'Б' }])
  })

  test('in one language leaves the other alone, and is for everybody where no language was chosen', () => {
    const both = edited(withText(two, 'B', { language: 'en', only: true }, 'B'))
    expect(texts(both)).toEqual([{ ru: 'А' }, { ru: 'Б', en: 'B' }])
    expect(texts(edited(withText(both, 'В', { language: 'ru', only: true }, 'B')))[1]).toEqual({
      ru: 'В',
      en: 'B',
    })
    expect(texts(edited(withText(both, 'В', russian, 'B')))[1]).toEqual({ ru: 'В' })
    expect(texts(withoutLanguage(both, 'B', 'en'))).toEqual(texts(two))
    expect(withoutLanguage(two, 'B', 'ru')).toEqual(two)
  })

  test('that does not fit is refused, and so is a fifth', () => {
    expect(withText(one, 'ш'.repeat(4097), russian)).toEqual({ ok: false, reason: 'textTooLong' })
    const four = ['C', 'D'].reduce((spec, id) => edited(withText(spec, id, russian, id)), two)
    expect(shares(four)).toEqual([
      ['A', 25],
      ['B', 25],
      ['C', 25],
      ['D', 25],
    ])
    expect(withText(four, 'Д', russian, 'E')).toEqual({ ok: false, reason: 'tooManyVariants' })
  })
})

test('a variant that goes leaves equal shares, and its name does not come back while a later one is there', () => {
  const three = edited(withText(two, 'В', russian, nextVariant(two)))
  expect(shares(three)).toEqual([
    ['A', 33],
    ['B', 33],
    ['C', 33],
  ])
  const left = withoutVariant(three, 'B')
  expect(shares(left)).toEqual([
    ['A', 50],
    ['C', 50],
  ])
  expect(nextVariant(left)).toBe('D')
  expect(withoutVariant(one, 'A')).toBe(one)
  expect(withoutVariant(two, 'Z')).toBe(two)
})

describe('shares', () => {
  test.each([
    ['70/30', [70, 30]],
    ['80 20', [80, 20]],
    ['30 % / 70 %', [30, 70]],
    ['60-40', [60, 40]],
  ])('%s', (typed, percents) => {
    const change = withShares(two, typed)
    expect(change.ok && shares(change.spec).map(([, percent]) => percent)).toEqual(percents)
  })

  test.each(['70', '70/20', '100/0', '33.3/66.7', 'поровну', '50/30/20'])('%s are none of two', (typed) => {
    expect(withShares(two, typed)).toEqual({ ok: false, reason: 'shares' })
  })

  test('are equal again by a press', () => {
    expect(withEvenShares(edited(withShares(two, '70/30')))).toEqual(two)
  })

  test('add up to all whatever is done', () => {
    const acts = fc.array(fc.constantFrom('add', 'drop A', 'drop B', 'drop C', '70/30', '50/30/20', 'even'))
    fc.assert(
      fc.property(acts, (all) => {
        const spec = all.reduce((now, act) => {
          const change =
            act === 'add' ? withText(now, 'ещё', russian, nextVariant(now)) : withShares(now, act)
          if (act === 'even') return withEvenShares(now)
          if (act.startsWith('drop')) return withoutVariant(now, act.slice(-1))
          return change.ok ? change.spec : now
        }, one)
        expect(spec.variants.length).toBeGreaterThan(0)
        expect(Math.abs(spec.variants.reduce((sum, { share }) => sum + share, 0) - 1)).toBeLessThan(1e-9)
        expect(new Set(spec.variants.map(({ id }) => id)).size).toBe(spec.variants.length)
      }),
    )
  })
})
