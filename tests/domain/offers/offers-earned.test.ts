import { describe, expect, test } from 'vitest'
import type { OfferResult } from '../../../src/domain/offers/offer-result.ts'
import { offerResult } from '../../../src/domain/offers/offer-result.ts'
import { offersEarned, toldOffers } from '../../../src/domain/offers/offers-earned.ts'
import { armOf } from '../../../src/domain/offers/uplift.ts'

/** Half of the treated came, a tenth of those held out; each paid about `kopecks`. */
function result(treated: number, heldOut: number, kopecks = 200_000): OfferResult {
  const arm = (people: number, share: number) =>
    armOf(
      Array.from({ length: people }, (_, index) =>
        index < people * share ? { visits: 1, kopecks: kopecks + index } : { visits: 0, kopecks: 0 },
      ),
    )
  return offerResult(
    {
      treated: arm(treated, 0.5),
      heldOut: arm(heldOut, 0.1),
      variants: [],
      windowEndsAt: 0,
      coupons: { given: treated, people: 3, uses: 4, cost: { kopecks: 0, unknown: 0, gifts: 0 } },
    },
    0,
  )
}

describe('what offers have brought together', () => {
  test('of none there is nothing to tell', () => {
    expect(offersEarned([])).toBeUndefined()
  })

  test('one is as sure as it is by itself', () => {
    const one = result(100, 100)
    expect(offersEarned([one])).toMatchObject({ offers: 1, people: 100, withCoupon: 3, compared: 1 })
    const { kopecks, interval } = offersEarned([one])?.earned ?? { kopecks: 0, interval: { low: 0, high: 0 } }
    expect(kopecks).toBe(one.uplift.earned?.kopecks)
    expect(interval.low).toBeCloseTo(one.uplift.earned?.interval.low ?? 0, 3)
    expect(interval.high).toBeCloseTo(one.uplift.earned?.interval.high ?? 0, 3)
  })

  test('four alike bring four times as much and are twice as unsure', () => {
    const one = result(100, 100)
    const [alone, four] = [offersEarned([one])?.earned, offersEarned([one, one, one, one])?.earned]
    const width = (of: typeof alone) => (of ? of.interval.high - of.interval.low : 0)
    expect(four?.kopecks).toBeCloseTo(4 * (alone?.kopecks ?? 0), 3)
    expect(width(four)).toBeCloseTo(2 * width(alone), 3)
  })

  test('those with nobody to compare with count as messages, not as money', () => {
    const [one, none] = [result(100, 100), result(50, 0)]
    expect(offersEarned([one, none])).toMatchObject({ offers: 2, people: 150, compared: 1 })
    expect(offersEarned([one, none])?.earned).toEqual(offersEarned([one])?.earned)
    expect(offersEarned([none])).not.toHaveProperty('earned')
  })
})

describe('which the digest tells of', () => {
  const told = (week: string) => toldOffers(Temporal.PlainDate.from(week), 'Europe/Moscow')

  test.each([
    ['2026-12-07', '2026-10-31T21:00:00Z', '2026-11-30T21:00:00Z', '2026-11'],
    ['2026-06-01', '2026-04-30T21:00:00Z', '2026-05-31T21:00:00Z', '2026-05'],
    ['2027-01-04', '2026-11-30T21:00:00Z', '2026-12-31T21:00:00Z', '2026-12'],
  ])('the first of a month, %s, of the month before', (week, from, until, month) => {
    const found = told(week)
    expect([found?.from, found?.until]).toEqual([Date.parse(from), Date.parse(until)])
    expect(found?.month.toString()).toBe(month)
  })

  test.each(['2026-12-14', '2026-12-28', '2026-06-08'])('no other one: %s', (week) => {
    expect(told(week)).toBeUndefined()
  })
})
