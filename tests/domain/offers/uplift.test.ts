import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { outcomeOf, type VisitRow } from '../../../src/domain/offers/attribution.ts'
import { redeem } from '../../../src/domain/offers/coupon-uses.ts'
import {
  amountInterval,
  amountsDifference,
  hybridScore,
  sharesDifference,
  type Amounts,
  type Count,
  type Difference,
} from '../../../src/domain/offers/difference.ts'
import { amounts, armOf, compareArms, uplift, type Outcome } from '../../../src/domain/offers/uplift.ts'

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
    expect(kind([0, 50], [0, 50])).toBe('noneCame')
    expect(kind([50, 50], [0, 50])).toBe('clear')
    expect(kind([0, 0], [2, 70])).toBe('none')
  })
})

describe('two means of amounts', () => {
  const group = (
    people: number,
    came: number,
    [mean, spread]: readonly [number, number] = [2000, 400],
  ): Amounts => {
    // Half of those who came brought so much more, half so much less.
    const outcomes = Array.from({ length: people }, (_, index) => ({
      visits: index < came ? 1 : 0,
      kopecks: index < came ? mean + (index % 2 === 0 ? spread : -spread) : 0,
    }))
    return amounts(armOf(outcomes), 'kopecks')
  }

  test('are judged by both of their parts: how many came, and what each of them brought', () => {
    const [one, other] = [group(900, 270), group(100, 10)]
    const [firstShare, secondShare] = [270 / 900, 10 / 100]
    // Wilson's intervals: 0.270995 to 0.330709, 0.055229 to 0.174368. Pooled: 400^2 (270 + 10) / 278, t(278) = 1.96853.
    const half = (came: number) => 1.968534 * Math.sqrt((160_000 * 280) / 278 / came)
    const low = Math.hypot(2000 * (firstShare - 0.270995), firstShare * half(270))
    const high = Math.hypot(2000 * (0.174368 - secondShare), secondShare * half(10))
    const found = amountsDifference(one, other)
    expect(found).toMatchObject({ kind: 'clear', difference: near(400, 9) })
    expect('interval' in found && found.interval.low).toBeCloseTo(400 - Math.hypot(low, high), -0.5)
    const own = amountInterval(other, [one, other])
    expect(own?.high).toBeCloseTo(200 + high, -0.5)
  })

  test.each<[string, Amounts, Amounts, Difference['kind']]>([
    ['nobody in one group', group(100, 30), group(0, 0), 'none'],
    ['nine people held out', group(100, 30), group(9, 2), 'few'],
    ['nobody came at all', group(900, 0), group(100, 0), 'noneCame'],
    ['they came, and the books have no amounts', group(900, 90, [0, 0]), group(100, 10, [0, 0]), 'few'],
    ['of ten held out nobody came: that happens', group(90, 9), group(10, 0), 'unclear'],
    ['of ten held out one came, and paid little', group(90, 20), group(10, 1, [500, 0]), 'unclear'],
    ['of a hundred held out nobody came', group(900, 90), group(100, 0), 'clear'],
    ['one of ten held out has spent a fortune', group(90, 40), group(10, 4, [30_000, 29_000]), 'unclear'],
  ])('%s: %s', (_, one, other, kind) => {
    expect(amountsDifference(one, other).kind).toBe(kind)
  })

  test('a group of which nobody came may have brought something: its interval does not end at 0', () => {
    const all = [group(90, 9), group(10, 0)] as const
    // Wilson's upper end of 0 in 10 is 27.75 %.
    expect(amountInterval(all[1], all)?.low).toBe(0)
    expect(amountInterval(all[1], all)?.high).toBeCloseTo(0.2775 * 2044.4, 0)
    expect(amountInterval(group(9, 3), all)).toBeUndefined()
  })
})

describe('how many more people are needed', () => {
  const counts = (people: number, count: number) => ({ people, count })
  const needed = (one: Count, other: Count) => {
    const found = sharesDifference(one, other)
    return found.kind === 'unclear' ? (found.moreNeeded ?? 0) + one.people + other.people : undefined
  }

  test.each([
    // (1.95996 + 0.84162)^2 (0.3 * 0.7 / 0.5 + 0.25 * 0.75 / 0.5) / 0.05^2 = 2496
    ['two equal groups', counts(400, 120), counts(400, 100), 2496],
    // 7.8489 (0.16 * 0.84 / 0.9 + 0.12 * 0.88 / 0.1) / 0.04^2 = 5913
    ['nine to one', counts(1800, 288), counts(200, 24), 5913],
  ])('the textbook’s formula or a little more: %s', (_, one, other, people) => {
    expect(needed(one, other)! / people).toBeGreaterThan(0.95)
    expect(needed(one, other)! / people).toBeLessThan(1.2)
  })

  test('of amounts, too', () => {
    const arm = (people: number, came: number) =>
      armOf(Array.from({ length: people }, (_, at) => ({ visits: 1, kopecks: at < came ? 1100 : 900 })))
    const found = compareArms(arm(900, 450), arm(100, 40)).kopecks
    // 7.8489 (100^2 / 0.9 + 9798^2 / 10^4 / 0.1) / 20^2 = 2101
    expect(found).toMatchObject({ kind: 'unclear', difference: near(20, 9) })
    const all = 'moreNeeded' in found ? found.moreNeeded + 1000 : 0
    expect(all / 2101).toBeGreaterThan(0.95)
    expect(all / 2101).toBeLessThan(1.1)
  })

  test('where nobody of those held out came, the formula would have enough: it asks for more all the same', () => {
    expect(needed(counts(900, 30), counts(100, 0))).toBeGreaterThan(1500)
    expect(needed(counts(900, 30), counts(100, 0))).toBeLessThan(2000)
  })

  test('is more than one, whatever has happened', () => {
    const group = fc
      .integer({ min: 10, max: 2000 })
      .chain((people) => fc.integer({ min: 0, max: people }).map((count) => counts(people, count)))
    fc.assert(
      fc.property(group, group, (one, other) => {
        const found = sharesDifference(one, other)
        fc.pre(found.kind === 'unclear' && found.moreNeeded !== undefined)
        // At the border of the interval a true difference is found every other time.
        expect(needed(one, other)).toBeGreaterThan((one.people + other.people) * (4 / 3))
      }),
    )
  })

  test('is not told where none is in sight', () => {
    expect(sharesDifference(counts(100, 5), counts(100, 5))).toEqual({
      kind: 'unclear',
      difference: 0,
      interval: anything,
    })
    expect(needed(counts(900, 10), counts(100, 1))).toBe(1000)
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

  // Student's t over all of them would find something in 27, 33, 16 and 8 of a hundred.
  test.each([
    [90, 10, 0.05],
    [180, 20, 0.05],
    [450, 50, 0.05],
    [180, 60, 0.3],
  ])(
    'with no true difference, seldom more than one in twenty misses 0: %i and %i, of whom %d came',
    (treated, heldOut, rate) => {
      let [misses, seed] = [0, 1]
      const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
      // Most pay about 2,000, some ten times as much.
      const pays = () =>
        Math.round(200_000 * Math.exp(Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())))
      const draw = (count: number) =>
        armOf(
          Array.from({ length: count }, () =>
            random() < rate ? { visits: 1, kopecks: pays() } : { visits: 0, kopecks: 0 },
          ),
        )
      const rounds = 400
      for (let round = 0; round < rounds; round++)
        if (compareArms(draw(treated), draw(heldOut)).kopecks.kind === 'clear') misses++
      expect(misses / rounds).toBeLessThan(0.075)
    },
  )

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
