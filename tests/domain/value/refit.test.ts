import { describe, expect, test } from 'vitest'
import { refit } from '../../../src/domain/value/refit.ts'
import { slippingAway } from '../../../src/domain/value/slipping.ts'
import { createVisitTally } from '../../../src/domain/value/visit-tally.ts'
import { salonEnd, salonVisits } from './salon.ts'

/** The salon of the oracles, or the first so many of its clients. */
function totalsOf(most = Infinity) {
  const tally = createVisitTally()
  const numbers = new Map<string, number>()
  for (const { client, day, roubles } of salonVisits) {
    const number = numbers.get(client) ?? numbers.size
    numbers.set(client, number)
    if (number < most) tally.add(number, -1, day, roubles * 100)
  }
  return tally.totals().overall
}

const all = totalsOf()
const repeats = (most: number) => totalsOf(most).visits.filter((visits) => visits > 1).length

describe('models are fitted', () => {
  const fitted = refit(all, undefined, salonEnd)

  test('where there are none', () => {
    expect(fitted).toMatchObject({ day: salonEnd, models: { kind: 'models' } })
  })

  test('after seven days, and not before', () => {
    expect(refit(all, fitted, salonEnd + 6)).toBe(fitted)
    expect(refit(all, fitted, salonEnd + 7)).toMatchObject({ day: salonEnd + 7 })
  })

  test('when more than 5 % more, or fewer, have come again', () => {
    const most = all.client.length
    const alike = refit(totalsOf(most - 3), undefined, salonEnd)
    expect(refit(all, alike, salonEnd + 1)).toBe(alike)
    const half = Math.round(most / 2)
    expect(repeats(half) * 1.05).toBeLessThan(repeats(most))
    const less = refit(totalsOf(half), undefined, salonEnd)
    expect(refit(all, less, salonEnd + 1)).toMatchObject({ day: salonEnd + 1 })
    expect(refit(totalsOf(half), fitted, salonEnd + 1)).toMatchObject({ day: salonEnd + 1 })
  })

  test('while too few have come again, that is looked at every day', () => {
    const few = refit(totalsOf(20), undefined, salonEnd)
    expect(few.models).toMatchObject({ kind: 'tooLittleData', clients: 20 })
    expect(refit(totalsOf(20), few, salonEnd + 1)).toMatchObject({ day: salonEnd + 1 })
  })
})

describe('what is at stake', () => {
  const { models } = refit(all, undefined, salonEnd)

  test('is what a year is worth, the greatest loss first', () => {
    const warnings = slippingAway(all, models, salonEnd)
    expect(warnings.length).toBeGreaterThan(3)
    const stakes = warnings.map(({ atStakeKopecks }) => atStakeKopecks)
    expect(stakes).toEqual(stakes.toSorted((one, other) => other - one))
    expect(Math.min(...stakes)).toBeGreaterThan(0)
  })

  test('without a model is what was paid in a year so far', () => {
    const tally = createVisitTally()
    for (const day of [0, 20, 40, 730.5 - 35]) tally.add(0, -1, Math.floor(day), 100_000)
    // Half a year, but not yet a whole one.
    for (const day of [600, 620, 640]) tally.add(1, -1, day, 200_000)
    // All of it was paid back, and more.
    for (const day of [600, 620, 640]) tally.add(2, -1, day, 1)
    tally.add(2, -1, 650, -1000)
    const found = slippingAway(tally.totals().overall, undefined, 690)
    expect(found.map(({ row, atStakeKopecks }) => [row, Math.round(atStakeKopecks)])).toEqual([
      [1, 600_000],
      [2, 0],
    ])
  })

  test('grows with the money and with nothing else', () => {
    const more = {
      ...all,
      kopecks: all.kopecks.map((paid) => paid * 3),
      firstDayKopecks: all.firstDayKopecks.map((paid) => paid * 3),
    }
    const few = refit(totalsOf(20), undefined, salonEnd).models
    const [one, other] = [slippingAway(all, few, salonEnd), slippingAway(more, few, salonEnd)]
    expect(one.length).toBeGreaterThan(0)
    expect(
      other.map(({ atStakeKopecks, ...rest }) => ({ ...rest, atStakeKopecks: Math.round(atStakeKopecks) })),
    ).toEqual(
      one.map(({ atStakeKopecks, ...rest }) => ({ ...rest, atStakeKopecks: Math.round(atStakeKopecks * 3) })),
    )
  })
})
