import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { bgNbdAlive, bgNbdLogLikelihood, bgNbdVisits, type BgNbd } from '../../../src/domain/value/bg-nbd.ts'
import { betaMean } from '../../../src/domain/value/beta-mean.ts'
import { gammaGammaAmount, gammaGammaLogLikelihood } from '../../../src/domain/value/gamma-gamma.ts'
import {
  paretoNbdAlive,
  paretoNbdDiscounted,
  paretoNbdLogLikelihood,
  paretoNbdVisits,
  type ParetoNbd,
} from '../../../src/domain/value/pareto-nbd.ts'
import type { History } from '../../../src/domain/value/repeat-table.ts'
import means from '../../fixtures/clv/beta-mean.json' with { type: 'json' }
import bgPoints from '../../fixtures/clv/bgnbd_points.json' with { type: 'json' }
import cdnow from '../../fixtures/clv/cdnow_customers.json' with { type: 'json' }
import exact from '../../fixtures/clv/fit_cdnow_sample_from_log_exact.json' with { type: 'json' }
import ggPoints from '../../fixtures/clv/gg_points.json' with { type: 'json' }
import pnPoints from '../../fixtures/clv/pnbd_points.json' with { type: 'json' }
import published from '../../fixtures/clv/published_values.json' with { type: 'json' }
import { close } from './close.ts'

const historyOf = ({ x, t_x, T }: { x: number; t_x: number; T: number }): History => ({ x, tx: t_x, T })
const nobody: History = { x: 0, tx: 0, T: 0 }

const numbers = <Name extends string>(texts: Record<Name, string>): Record<Name, number> =>
  Object.fromEntries(Object.entries<string>(texts).map(([name, text]) => [name, Number(text)])) as Record<
    Name,
    number
  >

describe('BG/NBD, computed to 40 digits', () => {
  test.each(bgPoints.points)('$region: x $x, t_x $t_x, T $T, t $t', (point) => {
    close(bgNbdLogLikelihood(point, historyOf(point)), point.loglik)
    close(bgNbdAlive(point, historyOf(point)), point.p_alive)
    close(bgNbdVisits(point, historyOf(point), point.t), point.cond_exp)
  })

  test.each(bgPoints.population)('visits of somebody unknown within $t', (point) => {
    close(bgNbdVisits(point, nobody, point.t), point.expected)
  })
})

test.each(means.points)('the mean behind it, computed to 80 digits: a $a, b $b, k $k, z $z', (point) => {
  close(betaMean(point.a, point.b, point.k, point.z), point.mean, 1e-10)
})

describe('Pareto/NBD, computed to 40 digits', () => {
  test.each(pnPoints.points)('$region: x $x, t_x $t_x, T $T, t $t', (point) => {
    close(paretoNbdLogLikelihood(point, historyOf(point)), point.loglik)
    close(paretoNbdAlive(point, historyOf(point)), point.p_alive)
    close(paretoNbdVisits(point, historyOf(point), point.t), point.cond_exp)
    close(paretoNbdDiscounted(point, historyOf(point), point.delta), point.dert)
  })

  test.each(pnPoints.population)('visits of somebody unknown within $t, r $r', (point) => {
    close(paretoNbdVisits(point, nobody, point.t), point.expected)
  })
})

describe('Gamma-Gamma, computed to 40 digits', () => {
  test.each(ggPoints)('p $p, q $q: x $x, m $m', (point) => {
    close(gammaGammaLogLikelihood(point, point), point.loglik)
    close(gammaGammaAmount(point, point)!, point.expected_value)
    close(gammaGammaAmount(point, { x: 0, m: 0 })!, point.population_mean)
  })

  test('who has paid nothing is taken for anybody, and without a mean there is none', () => {
    const model = { p: 6, q: 4, gamma: 15 }
    expect(gammaGammaAmount(model, { x: 3, m: 0 })).toBe(gammaGammaAmount(model, { x: 0, m: 0 }))
    expect(gammaGammaAmount(model, { x: 3, m: -5 })).toBe(30)
    expect(gammaGammaAmount({ p: 6, q: 0.9, gamma: 15 }, { x: 0, m: 0 })).toBeUndefined()
    expect(gammaGammaAmount({ p: 6, q: 0.9, gamma: 15 }, { x: 1, m: 10 })).toBeGreaterThan(0)
  })
})

describe('customers of CDNOW, computed to 40 digits', () => {
  const models = {
    bgnbd: numbers(cdnow.params.bgnbd),
    pnbd: numbers(cdnow.params.pnbd),
    gg: numbers(cdnow.params.gg),
  }
  test.each(cdnow.customers)('$id: x $x, t_x $t_x, T $T, m $m', (customer) => {
    const history = historyOf(customer)
    close(bgNbdLogLikelihood(models.bgnbd, history), customer.bgnbd.loglik)
    close(bgNbdAlive(models.bgnbd, history), customer.bgnbd.p_alive)
    close(paretoNbdLogLikelihood(models.pnbd, history), customer.pnbd.loglik)
    close(paretoNbdAlive(models.pnbd, history), customer.pnbd.p_alive)
    for (const [weeks, visits] of Object.entries(customer.bgnbd.cond_exp))
      close(bgNbdVisits(models.bgnbd, history, Number(weeks)), visits)
    for (const [weeks, visits] of Object.entries(customer.pnbd.cond_exp))
      close(paretoNbdVisits(models.pnbd, history, Number(weeks)), visits)
    const dert = paretoNbdDiscounted(models.pnbd, history, Math.log(1.15) / 52)
    close(dert, customer.pnbd.dert_15pct_annual)
    close(gammaGammaAmount(models.gg, customer)!, customer.gg.expected_value)
    close(gammaGammaAmount(models.gg, customer)! * dert, customer.clv.pnbd_gg_dert)
    if (customer.gg.loglik !== undefined)
      close(gammaGammaLogLikelihood(models.gg, customer), customer.gg.loglik)
  })

  test.each(exact.customers)('with exact dates, $id: x $x', (customer) => {
    const history = historyOf(customer)
    close(bgNbdAlive(exact.fits.bgnbd.params, history), customer.bgnbd.p_alive)
    close(bgNbdVisits(exact.fits.bgnbd.params, history, 39), customer.bgnbd.cond_exp['39'])
    // Those figures were computed in doubles: about 1e-9.
    close(paretoNbdAlive(exact.fits.pnbd.params, history), customer.pnbd.p_alive, 1e-8)
    close(paretoNbdVisits(exact.fits.pnbd.params, history, 39), customer.pnbd.cond_exp['39'], 1e-8)
    close(gammaGammaAmount(exact.fits.gg.params, customer)!, customer.gg_expected_value)
  })
})

describe('published figures', () => {
  const figures = (start: string): number[] => {
    const found = published.find(({ what }) => what.startsWith(start))?.published
    if (found === undefined) throw new Error(`nothing published on ${start}`)
    return [found].flat()
  }
  const paper: BgNbd = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
  const manual: ParetoNbd = { r: 0.55, alpha: 10.56, s: 0.61, beta: 11.64 }

  test('Fader, Hardie and Lee (2005): visits to be expected of a customer', () => {
    expect(bgNbdVisits(paper, { x: 2, tx: 30.43, T: 38.86 }, 39)).toBeCloseTo(
      figures('BG/NBD E[purchases in next 39')[0]!,
      3,
    )
  })

  test("BTYD's manual: P(alive), visits, and discounted visits", () => {
    figures('BG/NBD P(alive) x=5..20').forEach((wanted, index) =>
      close(bgNbdAlive(paper, { x: 5 + index, tx: 30, T: 39 }), wanted, 1e-12),
    )
    figures('Pareto/NBD E[X(t)] t=1..9').forEach((wanted, index) =>
      expect(paretoNbdVisits(manual, nobody, index + 1)).toBeCloseTo(wanted, 7),
    )
    const dert: ParetoNbd = { r: 0.5629966, alpha: 12.559037, s: 0.4081095, beta: 10.5148048 }
    figures('Pareto/NBD DERT x=1..10').forEach((wanted, index) =>
      close(paretoNbdDiscounted(dert, { x: index + 1, tx: 30, T: 77.86 }, 0.0027), wanted, 1e-9),
    )
  })
})

describe('nothing is NaN, negative, or more than certain', () => {
  const positive = fc.double({ min: 1e-4, max: 1e4, noNaN: true })
  const history = fc
    .record({
      x: fc.integer({ min: 0, max: 3000 }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      T: fc.double({ min: 0, max: 1e5, noNaN: true }),
    })
    .map(({ x, part, T }): History => ({ x, tx: x === 0 ? 0 : part * T, T }))
  const horizon = fc.double({ min: 0, max: 1e6, noNaN: true })

  test('BG/NBD', () => {
    fc.assert(
      fc.property(
        fc.record({ r: positive, alpha: positive, a: positive, b: positive }),
        history,
        horizon,
        (model, known, time) => {
          expect(bgNbdLogLikelihood(model, known)).not.toBeNaN()
          const alive = bgNbdAlive(model, known)
          expect(alive >= 0 && alive <= 1).toBe(true)
          const visits = bgNbdVisits(model, known, time)
          expect(visits >= 0 && visits < Infinity).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('Pareto/NBD', () => {
    fc.assert(
      fc.property(
        fc.record({ r: positive, alpha: positive, s: positive, beta: positive }),
        history,
        horizon,
        (model, known, time) => {
          expect(paretoNbdLogLikelihood(model, known)).not.toBeNaN()
          const alive = paretoNbdAlive(model, known)
          expect(alive >= 0 && alive <= 1).toBe(true)
          const visits = paretoNbdVisits(model, known, time)
          expect(visits >= 0 && visits < Infinity).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('longer is more, and nobody comes in no time', () => {
    fc.assert(
      fc.property(positive, positive, positive, positive, (a, b, k, z) => {
        expect(betaMean(a, b, k, 0)).toBe(0)
        expect(betaMean(a, b, k, z * 2)).toBeGreaterThanOrEqual(betaMean(a, b, k, z) * (1 - 1e-9))
      }),
      { numRuns: 1000 },
    )
  })
})
