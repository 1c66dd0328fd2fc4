import { describe, expect, test } from 'vitest'

import { bgNbdVisits } from '../../../src/domain/value/bg-nbd.ts'
import { gammaGammaAmount } from '../../../src/domain/value/gamma-gamma.ts'
import { paretoNbdVisits } from '../../../src/domain/value/pareto-nbd.ts'
import { predictiveClv } from '../../../src/domain/value/predictive-clv.ts'
import {
  defaultClvSettings,
  discountedSum,
  expectedYears,
  structuralClv,
  yearlyCostOf,
} from '../../../src/domain/value/structural-clv.ts'
import structural from '../../fixtures/clv/basic_structural_clv.json' with { type: 'json' }
import cdnow from '../../fixtures/clv/cdnow_customers.json' with { type: 'json' }
import { close } from './close.ts'

const client = { firstDay: 0, lastDay: 0, visits: 1, kopecks: 0 }
const days = { horizonYears: 10, unit: 'day' } as const

function valueOf(
  known: Partial<typeof client>,
  asOf: number,
  settings: Partial<typeof defaultClvSettings> = {},
): number {
  const { firstDay, lastDay, visits, kopecks } = { ...client, ...known }
  const totals = {
    firstDay: Int32Array.of(firstDay),
    lastDay: Int32Array.of(lastDay),
    visits: Uint32Array.of(visits),
    kopecks: Float64Array.of(kopecks),
  }
  return structuralClv(totals, asOf, { ...defaultClvSettings, ...settings })[0]!
}

describe('the basic structural model', () => {
  test.each(structural.cases)('revenue $revenue, cost $cost at $d', (wanted) => {
    const margins = wanted.revenue.map((revenue, year) => revenue - wanted.cost[year]!)
    close(discountedSum(margins, wanted.d), wanted.clv, 1e-14)
    close(discountedSum(margins, wanted.d, 'end'), wanted.clv_if_end_of_period, 1e-14)
    close(discountedSum(margins, wanted.d, 'start'), wanted.clv_if_start_of_period, 1e-14)
  })

  test.each([
    ['came once: a year', {}, 500, 1],
    ['came once, today: a year', { firstDay: 500, lastDay: 500 }, 500, 1],
    ['came twice, half the time ago: r = 1/4', { lastDay: 100, visits: 2 }, 200, 4 / 3],
    ['came today: the horizon', { lastDay: 200, visits: 2 }, 200, 10],
    ['comes often and was here yesterday: the horizon', { lastDay: 999, visits: 3 }, 1000, 10],
  ])('who %s', (_, known, asOf, years) => {
    close(expectedYears({ ...client, ...known }, asOf, days), years, 1e-14)
  })

  test('the unit of time is counted in whole ones', () => {
    const known = { ...client, lastDay: 900, visits: 2 }
    close(expectedYears(known, 1200, days), 1 / (1 - (900 / 1200) ** 2), 1e-14)
    close(expectedYears(known, 1200, { ...days, unit: 'month' }), 1 / (1 - (29 / 39) ** 2), 1e-14)
    close(expectedYears(known, 1200, { ...days, unit: 'year' }), 1 / (1 - (2 / 3) ** 2), 1e-14)
    close(expectedYears({ ...known, lastDay: 300 }, 360, { ...days, unit: 'year' }), 1, 1e-14)
  })

  test('whole years are the sum of the years, a part of a year counts for its part', () => {
    // Two years of a thousand, and r = 1/2: two years to come.
    const known = { lastDay: 365.25, visits: 1, kopecks: 200_000 }
    const settings = { discount: 0.1 }
    close(valueOf({ ...known, lastDay: 365 }, 730, settings), discountedSum([100_000, 100_000], 0.1), 1e-2)
    const four = valueOf({ lastDay: 100, visits: 2, kopecks: 300 }, 200, settings)
    close(four, 300 * (1.1 ** -0.5 + 1.1 ** -(1 + 1 / 6) / 3), 1e-14)
  })

  test('a first visit last week is not worth fifty a year', () => {
    close(valueOf({ kopecks: 1000 }, 7, { discount: 0 }), 1000, 1e-14)
  })

  test('costs may be more than the client pays, and refunds more than that', () => {
    close(valueOf({ kopecks: 1000 }, 7, { discount: 0, yearlyCostKopecks: 1500 }), -500, 1e-14)
    close(valueOf({ kopecks: -1000 }, 7, { discount: 0 }), -1000, 1e-14)
  })

  test("the thesis's costs: 6 SMS, a weekly e-mail, advertising for all", () => {
    const costs = {
      messages: [
        { perYear: 6, kopecks: 50 },
        { perYear: 52, kopecks: 1.8 },
      ],
      monthlyKopecks: 3_000_000,
    }
    close(yearlyCostOf(costs, 557), 300 + 93.6 + 36_000_000 / 557, 1e-14)
    close(yearlyCostOf(costs, 0), 393.6, 1e-14)
  })
})

describe('predictive CLV of twelve months at 1 % a month', () => {
  const numbers = (texts: Record<string, string>): Record<string, number> =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Number(text)]))
  const bg = { r: 0, alpha: 0, a: 0, b: 0, ...numbers(cdnow.params.bgnbd) }
  const pn = { r: 0, alpha: 0, s: 0, beta: 0, ...numbers(cdnow.params.pnbd) }
  const gg = { p: 0, q: 0, gamma: 0, ...numbers(cdnow.params.gg) }
  const month = 4.345
  const months = {
    ends: Array.from({ length: 12 }, (_, index) => (index + 1) * month),
    rate: 0.01,
    unit: month,
  }

  test.each(cdnow.customers)('customer $id', ({ x, t_x, T, m, clv }) => {
    const history = { x, tx: t_x, T }
    const amount = gammaGammaAmount(gg, { x, m })!
    close(
      predictiveClv(amount, (time) => bgNbdVisits(bg, history, time), months),
      clv.bgnbd_gg_12m_1pct,
    )
    close(
      predictiveClv(amount, (time) => paretoNbdVisits(pn, history, time), months),
      clv.pnbd_gg_12m_1pct,
    )
  })

  test('nobody who will not come is worth anything', () => {
    expect(predictiveClv(100, () => 0, months)).toBe(0)
  })
})
