import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { outcomeOf, type VisitRow } from '../../../src/domain/offers/attribution.ts'
import { redeem } from '../../../src/domain/offers/coupon-uses.ts'
import {
  hybridScore,
  meansDifference,
  peopleNeeded,
  sharesDifference,
  type Difference,
} from '../../../src/domain/offers/difference.ts'
import { armOf, compareArms, uplift, type Outcome } from '../../../src/domain/offers/uplift.ts'

const near = (number: number, digits: number): unknown => expect.closeTo(number, digits)
const anything: unknown = expect.anything()

describe('two proportions', () => {
  // Newcombe (1998), table II, method 10.
  test.each([
    ['56/70 - 48/80', [56, 70], [48, 80], 0.0524, 0.3339],
    ['9/10 - 3/10', [9, 10], [3, 10], 0.1705, 0.809],
    ['6/7 - 2/7', [6, 7], [2, 7], 0.0582, 0.8062],
    ['5/56 - 0/29', [5, 56], [0, 29], -0.0381, 0.1926],
    ['0/10 - 0/20', [0, 10], [0, 20], -0.1611, 0.2775],
    ['0/10 - 0/10', [0, 10], [0, 10], -0.2775, 0.2775],
    ['10/10 - 0/20', [10, 10], [0, 20], 0.6791, 1],
    ['10/10 - 0/10', [10, 10], [0, 10], 0.6075, 1],
  ] as const)('%s', (_, [count, people], [otherCount, others], low, high) => {
    const interval = hybridScore({ count, people }, { count: otherCount, people: others })
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  test('the verdict', () => {
    const kind = (one: [number, number], other: [number, number]) =>
      sharesDifference({ count: one[0], people: one[1] }, { count: other[0], people: other[1] }).kind
    expect(kind([56, 70], [48, 80])).toBe('clear')
    expect(kind([5, 56], [0, 29])).toBe('unclear')
    expect(kind([6, 7], [2, 7])).toBe('few')
    expect(kind([0, 50], [0, 50])).toBe('unclear')
    expect(kind([50, 50], [0, 50])).toBe('clear')
    expect(kind([0, 0], [2, 70])).toBe('none')
  })
})

describe('two means', () => {
  test('as R’s t.test says of its data set "sleep": -1.58, t = -1.8608, 17.776 degrees of freedom, -3.3655 to 0.2055', () => {
    const [one, other] = [
      [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
      [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
    ].map((all) => armOf(all.map((kopecks) => ({ visits: 1, kopecks }))))
    const found = compareArms(one!, other!).kopecks
    expect(found).toMatchObject({ kind: 'unclear', difference: near(-1.58, 10) })
    expect(found).toMatchObject({
      interval: { low: near(-3.365483, 6), high: near(0.2054832, 6) },
    })
  })

  test('a difference that is clear', () => {
    const found = meansDifference(
      { people: 100, mean: 1200, variance: 90_000 },
      { people: 100, mean: 1000, variance: 90_000 },
    )
    // se = sqrt(900 + 900) = 42.43, 198 degrees of freedom: t = 1.972.
    expect(found).toMatchObject({
      kind: 'clear',
      difference: 200,
      interval: { low: near(116.334, 2), high: near(283.666, 2) },
    })
  })

  test.each<[string, [number, number, number], [number, number, number], Difference['kind']]>([
    ['nobody in one group', [100, 5, 1], [0, 0, 0], 'none'],
    ['nine people held out', [100, 5, 1], [9, 4, 1], 'few'],
    ['ten are enough to look', [100, 5, 1], [10, 4, 1], 'clear'],
    ['nobody came at all', [900, 0, 0], [100, 0, 0], 'few'],
  ])('%s', (_, [people, mean, variance], [others, otherMean, otherVariance], kind) => {
    expect(
      meansDifference(
        { people, mean, variance },
        { people: others, mean: otherMean, variance: otherVariance },
      ).kind,
    ).toBe(kind)
  })
})

describe('how many more people are needed', () => {
  test('the textbook’s 16 s^2 / d^2 in each of two equal groups, nearly: (1.96 + 0.84)^2 * 2 = 15.7', () => {
    const needed = peopleNeeded(1, { people: 50, mean: 0, variance: 4 }, { people: 50, mean: 0, variance: 4 })
    // 2 * 15.698 * 4 / 1 = 125.58
    expect(needed).toBe(126)
  })

  test('unequal groups need more: with 9 to 1 it is 1 / (4 * 0.9 * 0.1) times as many', () => {
    const [equal, unequal] = [50, 90].map((people) =>
      peopleNeeded(0.01, { people, mean: 0, variance: 4 }, { people: 100 - people, mean: 0, variance: 4 }),
    )
    expect(unequal! / equal!).toBeCloseTo(1 / 0.36, 4)
  })

  test('is told where a difference is in sight', () => {
    const [one, other] = [
      { people: 180, mean: 900, variance: 1_000_000 },
      { people: 20, mean: 700, variance: 1_000_000 },
    ]
    const all = peopleNeeded(200, one, other)
    // (1.95996 + 0.84162)^2 * 1e6 * (1 / 0.9 + 1 / 0.1) / 200^2 = 7.8489 * 277.78 = 2180.2
    expect(all).toBe(2181)
    expect(meansDifference(one, other)).toMatchObject({ kind: 'unclear', moreNeeded: 1981 })
  })

  test('is not told where none is', () => {
    const same = { people: 100, mean: 5, variance: 4 }
    expect(meansDifference(same, same)).toEqual({
      kind: 'unclear',
      difference: 0,
      interval: anything,
    })
  })
})

describe('what an offer has earned', () => {
  const people = (count: number, outcome: Outcome): Outcome[] => Array.from({ length: count }, () => outcome)
  const treated = armOf([
    ...people(40, { visits: 1, kopecks: 200_000 }),
    ...people(10, { visits: 2, kopecks: 350_000 }),
    ...people(50, { visits: 0, kopecks: 0 }),
  ])
  const heldOut = armOf([
    ...people(5, { visits: 1, kopecks: 200_000 }),
    ...people(25, { visits: 0, kopecks: 0 }),
  ])

  test('is the difference a person times those who got it', () => {
    const found = uplift(treated, heldOut, 10, 10)
    // 115,000 - 33,333 kopecks a person.
    expect(found.kopecks).toMatchObject({ kind: 'clear', difference: near(81_666.67, 1) })
    expect(found.earned?.kopecks).toBeCloseTo(8_166_667, -1)
    expect(found.visits).toMatchObject({ difference: near(0.6 - 5 / 30, 10) })
    expect(found.came).toMatchObject({ difference: near(0.5 - 5 / 30, 10) })
    expect([found.preliminary, found.people]).toEqual([false, { one: 100, other: 30 }])
  })

  test('is preliminary until the last window closes', () => {
    expect(uplift(treated, heldOut, 9, 10).preliminary).toBe(true)
  })

  test('is not told with a handful of people', () => {
    const found = uplift(treated, armOf(people(3, { visits: 1, kopecks: 500_000 })), 10, 10)
    expect([found.kopecks.kind, found.earned]).toEqual(['few', undefined])
    expect(uplift(treated, armOf([]), 10, 10).kopecks).toEqual({ kind: 'none' })
  })

  test('with no true difference, about one interval in twenty misses 0', () => {
    let [misses, seed] = [0, 1]
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
    const draw = (count: number) =>
      armOf(
        Array.from({ length: count }, () =>
          random() < 0.3
            ? { visits: 1, kopecks: Math.round(100_000 + 200_000 * random()) }
            : { visits: 0, kopecks: 0 },
        ),
      )
    const rounds = 1000
    for (let round = 0; round < rounds; round++)
      if (compareArms(draw(180), draw(60)).kopecks.kind === 'clear') misses++
    expect(misses / rounds).toBeGreaterThan(0.03)
    expect(misses / rounds).toBeLessThan(0.075)
  })

  const outcomes = fc.array(fc.record({ visits: fc.nat(3), kopecks: fc.nat(500_000) }), {
    minLength: 10,
    maxLength: 40,
  })
  test('the other way round it is the same with the opposite sign', () => {
    fc.assert(
      fc.property(outcomes, outcomes, (one, other) => {
        const [there, back] = [compareArms(armOf(one), armOf(other)), compareArms(armOf(other), armOf(one))]
        for (const what of ['came', 'visits', 'kopecks'] as const) {
          const [found, turned] = [there[what], back[what]]
          expect(turned.kind).toBe(found.kind)
          const ends = (of: Difference, sign: number) =>
            'interval' in of
              ? [of.difference, of.interval.low, of.interval.high].map(
                  (end) => Math.round(end * sign * 1e6) / 1e6,
                )
              : []
          const [difference, low, high] = ends(found, 1)
          expect(ends(turned, -1).map((end) => end + 0)).toEqual(
            difference === undefined ? [] : [difference, high, low].map((end) => end! + 0),
          )
        }
      }),
    )
  })

  test('in roubles it is a hundredth, and as clear', () => {
    fc.assert(
      fc.property(outcomes, outcomes, (one, other) => {
        const scaled = (all: Outcome[]) =>
          armOf(all.map(({ visits, kopecks }) => ({ visits, kopecks: kopecks / 100 })))
        const [inKopecks, inRoubles] = [
          compareArms(armOf(one), armOf(other)).kopecks,
          compareArms(scaled(one), scaled(other)).kopecks,
        ]
        expect(inRoubles.kind).toBe(inKopecks.kind)
        expect('difference' in inRoubles && inRoubles.difference).toBeCloseTo(
          ('difference' in inKopecks ? inKopecks.difference : 0) / 100,
          5,
        )
      }),
    )
  })
})

describe('what a person did within the window', () => {
  const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Moscow]`).epochMilliseconds
  const sentAt = at('2026-11-10T11:00')
  const row = (text: string, kopecks?: number, timeKnown = true): VisitRow => ({
    at: at(text),
    timeKnown,
    ...(kopecks !== undefined && { kopecks }),
  })
  test.each<[string, VisitRow[], Outcome]>([
    ['nothing', [], { visits: 0, kopecks: 0 }],
    ['a visit', [row('2026-11-12T15:00', 200_000)], { visits: 1, kopecks: 200_000 }],
    [
      'two services on a day are a visit',
      [row('2026-11-12T15:00', 200_000), row('2026-11-12T16:00', 50_000)],
      { visits: 1, kopecks: 250_000 },
    ],
    ['two days are two', [row('2026-11-12T15:00', 1), row('2026-11-13T15:00', 1)], { visits: 2, kopecks: 2 }],
    ['of no known amount', [row('2026-11-12T15:00')], { visits: 1, kopecks: 0 }],
    [
      'a refund takes money, and is no visit',
      [row('2026-11-12T15:00', 200_000), row('2026-11-20T15:00', -50_000)],
      { visits: 1, kopecks: 150_000 },
    ],
    ['before the message', [row('2026-11-10T10:59', 200_000)], { visits: 0, kopecks: 0 }],
    ['at that very moment', [row('2026-11-10T11:00', 200_000)], { visits: 0, kopecks: 0 }],
    ['an hour after it', [row('2026-11-10T12:00', 200_000)], { visits: 1, kopecks: 200_000 }],
    ['on its day, nobody knows when', [row('2026-11-10T12:00', 200_000, false)], { visits: 0, kopecks: 0 }],
    ['the day after', [row('2026-11-11T12:00', 200_000, false)], { visits: 1, kopecks: 200_000 }],
    ['the last minute of the window', [row('2026-11-25T11:00', 200_000)], { visits: 1, kopecks: 200_000 }],
    ['a minute later', [row('2026-11-25T11:01', 200_000)], { visits: 0, kopecks: 0 }],
  ])('%s', (_, rows, outcome) => {
    expect(outcomeOf(rows, sentAt, 15, 'Europe/Moscow')).toEqual(outcome)
  })
})

describe('a coupon', () => {
  const [first, second] = [
    { at: 100, staffId: 1 },
    { at: 200, staffId: 2 },
  ]
  test.each([
    ['of one use, fresh', 1, [], 150, { ok: true, left: 0 }],
    ['of three uses, used once', 3, [first], 150, { ok: true, left: 1 }],
    [
      'used up: who took it last, and when',
      2,
      [second, first],
      300,
      { ok: false, reason: 'usedUp', last: second },
    ],
    [
      'used up and expired: used up is what matters',
      1,
      [first],
      2_000,
      { ok: false, reason: 'usedUp', last: first },
    ],
    ['its last moment', 1, [], 1_000, { ok: true, left: 0 }],
    ['too late', 1, [], 1_001, { ok: false, reason: 'expired' }],
  ])('%s', (_, uses, used, now, redemption) => {
    expect(redeem({ uses, expiresAt: 1_000, used }, now)).toEqual(redemption)
  })

  test('is never taken more often than it has uses', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 1_500 }), { maxLength: 20 }),
        (uses, times) => {
          const used: { at: number }[] = []
          for (const now of times)
            if (redeem({ uses, expiresAt: 1_000, used }, now).ok) used.push({ at: now })
          expect(used.length).toBe(Math.min(uses, times.filter((now) => now <= 1_000).length))
        },
      ),
    )
  })
})
