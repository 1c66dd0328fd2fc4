import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalQuantile, twoSidedZ } from '../../src/domain/normal-quantile.ts'
import { compareNps, npsClass, npsOf } from '../../src/domain/nps.ts'
import type { Interval, NpsCounts } from '../../src/domain/nps.ts'
import oracle from '../fixtures/nps-oracle.json' with { type: 'json' }

/** Equal to 1e-12 of the figure's own size. */
function same(found: number, wanted: number): void {
  const same = Math.abs(found - wanted) <= 1e-12 * Math.max(1e-3, Math.abs(wanted))
  expect({ found, same }).toEqual({ found, same: true })
}

function sameInterval({ low, high }: Interval, wanted: number[]): void {
  same(low, wanted[0]!)
  same(high, wanted[1]!)
}

const countsOf = ([detractors = 0, passives = 0, promoters = 0]: number[]): NpsCounts => ({
  detractors,
  passives,
  promoters,
})

function figuresOf(counts: NpsCounts, confidence = 0.95) {
  const nps = npsOf(counts, { confidence })
  if (nps.kind === 'none') throw new Error('nobody has answered')
  return nps
}

describe('figures computed to 40 digits', () => {
  test.each(oracle.cases)(
    '$detractors detractors, $passives passives, $promoters promoters at $confidence',
    (wanted) => {
      const found = figuresOf(wanted, wanted.confidence)
      same(twoSidedZ(wanted.confidence), wanted.z)
      same(found.nps, wanted.nps)
      same(found.nps * 100, wanted.nps_x100)
      same(found.variance, wanted.variance)
      same(found.se, wanted.se)
      sameInterval(found.wald, wanted.wald)
      same(found.adjusted.centre, wanted.adjusted_wald_3T.centre)
      same(found.adjusted.variance, wanted.adjusted_wald_3T.variance)
      same(found.adjusted.se, wanted.adjusted_wald_3T.se)
      sameInterval(found.adjusted.interval, wanted.adjusted_wald_3T.interval)
      sameInterval(found.interval, wanted.adjusted_wald_3T.interval_clipped)
    },
  )

  test.each(oracle.two_sample)('from $b to $a', ({ a, b, confidence, wald, adjusted_wald_3T }) => {
    const change = compareNps(countsOf(b), countsOf(a), { confidence })
    if (change.kind === 'none') throw new Error('nobody has answered')
    same(change.difference, wald.difference)
    same(change.se, wald.se)
    sameInterval(change.wald, wald.interval)
    same(change.adjusted.difference, adjusted_wald_3T.difference)
    same(change.adjusted.se, adjusted_wald_3T.se)
    sameInterval(change.interval, adjusted_wald_3T.interval)
    expect(change).toMatchObject({ kind: 'change', certain: true })
  })
})

describe('who is what', () => {
  const tens = Array.from({ length: 11 }, (_, score) => score)
  const classes = (from: number) =>
    tens.filter((score) => score >= from).map((score) => npsClass(score, { from, to: 10 }))

  test('on 0-10: 0-6 are detractors, 7-8 passives, 9-10 promoters', () => {
    const wanted = [...tens.slice(0, 7).map(() => 'detractor'), 'passive', 'passive', 'promoter', 'promoter']
    expect(classes(0)).toEqual(wanted)
    expect(classes(1)).toEqual(wanted.slice(1))
  })
})

describe('how much there is to go by', () => {
  test.each([
    [[0, 0, 0], 'none'],
    [[0, 0, 1], 'few'],
    [[3, 3, 3], 'few'],
    [[3, 3, 4], 'figure'],
    [[2.5, 6.5, 1], 'figure'],
  ])('%j is %s', (counts, kind) => expect(npsOf(countsOf(counts)).kind).toBe(kind))

  test('thirds of people add up to whole people', () => {
    const third = 1 / 3
    expect(figuresOf(countsOf([third + third, 4.1 + 0.2, 5 + third - 0.3])).n).toBe(10)
  })

  test.each([
    ['nobody before', [0, 0, 0], [1, 1, 1], 'none'],
    ['nobody after', [1, 1, 1], [0, 0, 0], 'none'],
    ['few before', [3, 3, 3], [30, 30, 30], 'few'],
    ['few after', [30, 30, 30], [3, 3, 3], 'few'],
    ['enough', [30, 30, 30], [30, 30, 30], 'change'],
  ])('a change with %s', (_, before, after, kind) =>
    expect(compareNps(countsOf(before), countsOf(after)).kind).toBe(kind),
  )

  test('a small move of small samples may be chance, the same move of large ones is not', () => {
    expect(compareNps(countsOf([6, 6, 8]), countsOf([5, 6, 9]))).toMatchObject({ certain: false })
    expect(compareNps(countsOf([600, 600, 800]), countsOf([500, 600, 900]))).toMatchObject({ certain: true })
    expect(compareNps(countsOf([500, 600, 900]), countsOf([600, 600, 800]))).toMatchObject({ certain: true })
  })
})

describe('whatever the counts', () => {
  const whole = fc.record({
    detractors: fc.nat(500),
    passives: fc.nat(500),
    promoters: fc.nat(500),
  })
  const fractional = fc.tuple(whole, fc.integer({ min: 1, max: 7 })).map(([counts, parts]) => ({
    detractors: counts.detractors / parts,
    passives: counts.passives / parts,
    promoters: counts.promoters / parts,
  }))
  const counts = fc
    .oneof(whole, fractional)
    .filter(({ detractors, passives, promoters }) => detractors + passives + promoters > 0)
  const confidence = fc.double({ min: 0.5, max: 0.999, noNaN: true })

  test('shares add up, the score is their difference, the interval holds the adjusted centre inside -1..1', () => {
    fc.assert(
      fc.property(counts, confidence, (given, sure) => {
        const { shares, nps, interval, adjusted, n } = figuresOf(given, sure)
        expect(shares.detractors + shares.passives + shares.promoters).toBeCloseTo(1, 12)
        expect(nps).toBeCloseTo(shares.promoters - shares.detractors, 12)
        expect(n).toBeCloseTo(given.detractors + given.passives + given.promoters, 8)
        expect(interval.low).toBeGreaterThanOrEqual(-1)
        expect(interval.high).toBeLessThanOrEqual(1)
        expect(interval.low).toBeLessThan(adjusted.centre)
        expect(interval.high).toBeGreaterThan(adjusted.centre)
      }),
    )
  })

  test('swapping promoters and detractors mirrors everything', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const one = figuresOf(given)
        const other = figuresOf({ ...given, detractors: given.promoters, promoters: given.detractors })
        expect(other.nps).toBeCloseTo(-one.nps, 12)
        expect(other.interval.low).toBeCloseTo(-one.interval.high, 12)
        expect(other.se).toBeCloseTo(one.se, 12)
      }),
    )
  })

  test('four times as many answers of the same kind: the same score, half the standard error, a narrower interval', () => {
    fc.assert(
      fc.property(counts, ({ detractors, passives, promoters }) => {
        const one = figuresOf({ detractors, passives, promoters })
        const four = figuresOf(countsOf([4 * detractors, 4 * passives, 4 * promoters]))
        expect(four.nps).toBeCloseTo(one.nps, 12)
        expect(four.se).toBeCloseTo(one.se / 2, 9)
        expect(four.adjusted.se).toBeLessThan(one.adjusted.se)
      }),
    )
  })

  test('a change and the way back are the same with the sign turned, and nothing is certain about no change', () => {
    fc.assert(
      fc.property(counts, counts, (before, after) => {
        const there = compareNps(before, after)
        const back = compareNps(after, before)
        if (there.kind === 'none' || back.kind === 'none') throw new Error('nobody has answered')
        expect(back.difference).toBeCloseTo(-there.difference, 12)
        expect(back.interval.low).toBeCloseTo(-there.interval.high, 12)
        expect(back.certain).toBe(there.certain)
        expect(compareNps(before, before)).toMatchObject({ difference: 0, certain: false })
      }),
    )
  })
})

describe('the normal quantile', () => {
  test.each([
    [0.5, 0],
    [0.75, 0.6744897501960817],
    [0.9, 1.2815515655446004],
    [0.975, 1.959963984540054],
    [0.995, 2.5758293035489004],
    [0.9995, 3.2905267314919255],
    [1e-10, -6.361340902404056],
    [1e-300, -37.0471],
  ])('of %s is %s', (p, z) => expect(normalQuantile(p)).toBeCloseTo(z, p < 1e-100 ? 4 : 13))

  test('has its ends', () => {
    expect([0, 1].map(normalQuantile)).toEqual([-Infinity, Infinity])
    expect(normalQuantile(1.5)).toBeNaN()
  })

  test('is what the distribution function turns round', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (p) => {
        expect(Math.abs(normalShare(normalQuantile(p)) - p)).toBeLessThan(1e-14)
      }),
    )
  })
})

/** The share below z: 1/2 + phi(z) (z + z^3/3 + z^5/(3 5) + ...), Abramowitz and Stegun (1964), 26.2.11. */
function normalShare(z: number): number {
  let [term, sum] = [z, z]
  for (let odd = 3; Math.abs(term) > 1e-18; odd += 2) {
    term *= z ** 2 / odd
    sum += term
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)
}
