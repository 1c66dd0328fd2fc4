import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { bgNbdLogLikelihood } from '../../../src/domain/value/bg-nbd.ts'
import { fitBgNbd } from '../../../src/domain/value/fit-bg-nbd.ts'
import { fitParetoNbd } from '../../../src/domain/value/fit-pareto-nbd.ts'
import type { Fit } from '../../../src/domain/value/fit.ts'
import { fitGammaGamma, gammaGammaLogLikelihood } from '../../../src/domain/value/gamma-gamma.ts'
import { paretoNbdLogLikelihood } from '../../../src/domain/value/pareto-nbd.ts'
import { repeatTable, type HistoryColumns } from '../../../src/domain/value/repeat-table.ts'
import { chance, salonLike, simulateHistories, visitDays } from '../../../bench/value/simulate.ts'
import cdnow from '../../fixtures/clv/cdnow_fit.json' with { type: 'json' }
import cdnowExact from '../../fixtures/clv/fit_cdnow_sample_from_log_exact.json' with { type: 'json' }
import salon from '../../fixtures/clv/salon_oracle.json' with { type: 'json' }
import { close } from './close.ts'
import { salonHistories } from './salon.ts'

function fitted<Parameters>(fit: Fit<Parameters>): Extract<Fit<Parameters>, { kind: 'fitted' }> {
  if (fit.kind !== 'fitted') throw new Error(`not fitted: ${fit.reason}`)
  return fit
}

/** Parameters to 1e-6 of their size (asked for: 1e-4), the log-likelihood to 1e-6. */
function agrees(
  fit: Fit<object>,
  parameters: Record<string, number>,
  logLikelihood: number,
  tolerance = 1e-6,
): void {
  const found = fitted(fit)
  expect(Math.abs(found.logLikelihood - logLikelihood)).toBeLessThan(tolerance)
  expect(Object.keys(found.parameters)).toEqual(Object.keys(parameters))
  for (const [name, value] of Object.entries<number>({ ...found.parameters }))
    close(value, parameters[name]!, 1e-6)
}

const named = (names: string, values: readonly number[]): Record<string, number> =>
  Object.fromEntries(names.split(', ').map((name, index) => [name, values[index]!]))

describe('the made-up salon, fitted to 20 digits elsewhere', () => {
  const histories = salonHistories()
  const table = repeatTable(histories)
  const { bg, pn, gg, order } = salon.fits

  test('BG/NBD', () => agrees(fitBgNbd(table), named(order.bg, bg.params), bg.loglik))
  test('Pareto/NBD', () => agrees(fitParetoNbd(table), named(order.pn, pn.params), pn.loglik))
  test('Gamma-Gamma', () =>
    agrees(fitGammaGamma(histories.x, histories.m), named(order.gg, gg.params), gg.loglik))

  test('the log-likelihood is the sum over the clients', () => {
    const sum = (of: (client: number) => number): number =>
      Array.from(histories.x).reduce((all, _, client) => all + of(client), 0)
    const history = (client: number) => ({
      x: histories.x[client]!,
      tx: histories.tx[client]!,
      T: histories.T[client]!,
    })
    const [bgFit, pnFit] = [fitted(fitBgNbd(table)), fitted(fitParetoNbd(table))]
    close(
      bgFit.logLikelihood,
      sum((client) => bgNbdLogLikelihood(bgFit.parameters, history(client))),
      1e-12,
    )
    close(
      pnFit.logLikelihood,
      sum((client) => paretoNbdLogLikelihood(pnFit.parameters, history(client))),
      1e-12,
    )
    const ggFit = fitted(fitGammaGamma(histories.x, histories.m))
    const paid = (client: number) => ({ x: histories.x[client]!, m: histories.m[client]! })
    const known = (client: number) =>
      paid(client).x > 0 ? gammaGammaLogLikelihood(ggFit.parameters, paid(client)) : 0
    close(ggFit.logLikelihood, sum(known), 1e-12)
  })

  test('the unit of time changes alpha and beta, and nothing else', () => {
    const weeks = repeatTable({
      x: histories.x,
      tx: Array.from(histories.tx, (days) => days / 7),
      T: Array.from(histories.T, (days) => days / 7),
    })
    const [inDays, inWeeks] = [fitted(fitParetoNbd(table)), fitted(fitParetoNbd(weeks))]
    close(inWeeks.parameters.r, inDays.parameters.r, 1e-7)
    close(inWeeks.parameters.alpha * 7, inDays.parameters.alpha, 1e-7)
    close(inWeeks.parameters.beta * 7, inDays.parameters.beta, 1e-7)
    const visits = Array.from(histories.x).reduce((sum, x) => sum + x, 0)
    close(inWeeks.logLikelihood, inDays.logLikelihood + visits * Math.log(7), 1e-12)
  })

  test('the order of the clients leaves the fit where it is', () => {
    const turned = (column: ArrayLike<number>): number[] => Array.from(column).reverse()
    const other = { x: turned(histories.x), tx: turned(histories.tx), T: turned(histories.T) }
    expect(fitBgNbd(repeatTable(other))).toEqual(fitBgNbd(table))
    expect(fitParetoNbd(repeatTable(other))).toEqual(fitParetoNbd(table))
    expect(fitGammaGamma(other.x, turned(histories.m))).toEqual(fitGammaGamma(histories.x, histories.m))
  })
})

// Public data that may not be copied here: `CLV_DATA` names the folder where they are.
const data = process.env['CLV_DATA'] ?? path.resolve(import.meta.dirname, '../../../../shared/clv/data')

interface Customers extends HistoryColumns {
  m: number[]
}

function read(file: string): Customers {
  const rows = readFileSync(path.join(data, file), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((row) => row.split(',').map(Number))
  const column = (index: number): number[] => rows.map((row) => row[index]!)
  return { x: column(1), tx: column(2), T: column(3), m: column(4) }
}

const publicSets = [
  { file: 'cdnow_customers_summary_with_transactions.csv', fits: cdnow.fits, tolerance: 1e-6 },
  { file: 'cdnow_sample_from_log_exact.csv', fits: cdnowExact.fits, tolerance: 1e-5 },
].filter(({ file }) => existsSync(path.join(data, file)))

describe.each(publicSets)('CDNOW, $file', ({ file, fits, tolerance }) => {
  const customers = read(file)
  const table = repeatTable(customers)
  test('BG/NBD', () => agrees(fitBgNbd(table), fits.bgnbd.params, fits.bgnbd.loglik))
  // The second file's other figures were computed in doubles.
  test('Pareto/NBD', () => agrees(fitParetoNbd(table), fits.pnbd.params, fits.pnbd.loglik, tolerance))
  test('Gamma-Gamma', () => {
    const fit = fitGammaGamma(customers.x, customers.m)
    agrees(fit, fits.gg.params, fits.gg.loglik, tolerance)
    expect(fitted(fit).clients).toBe(fits.gg.n)
  })
})

describe('made-up customers', () => {
  test('their own parameters are found again', () => {
    const found = fitted(fitParetoNbd(repeatTable(simulateHistories(20_000))))
    close(found.parameters.r, salonLike.r, 0.15)
    close(found.parameters.s, salonLike.s, 0.25)
  })

  test('the fits of whole days and of any times agree', () => {
    const days = simulateHistories(500)
    const shifted = (column: ArrayLike<number>): number[] => Array.from(column, (day) => day * 1.5)
    const whole = fitted(fitParetoNbd(repeatTable(days)))
    const halves = fitted(fitParetoNbd(repeatTable({ x: days.x, tx: shifted(days.tx), T: shifted(days.T) })))
    close(halves.parameters.beta, whole.parameters.beta * 1.5, 1e-6)
  })

  test('whatever the data, a fit ends, and says how', () => {
    const customers = fc.array(fc.record({ seed: fc.integer(), T: fc.integer({ min: 0, max: 400 }) }), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(customers, (people) => {
        const days = people.map(({ seed, T }) => visitDays(chance(seed), salonLike, T))
        const histories = {
          x: days.map((own) => own.length - 1),
          tx: days.map((own) => own.at(-1)!),
          T: people.map(({ T }) => T),
        }
        const table = repeatTable(histories)
        for (const fit of [fitBgNbd(table), fitParetoNbd(table), fitGammaGamma(histories.x, histories.tx)]) {
          if (fit.kind === 'unfitted') continue
          expect(
            Object.values<number>({ ...fit.parameters }).every((value) => value > 0 && value < Infinity),
          ).toBe(true)
          expect(fit.logLikelihood).not.toBeNaN()
        }
      }),
      { numRuns: 60 },
    )
  })

  test.each([
    ['nobody', [], 'none'],
    [
      'people who came once today',
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
      'noMaximum',
    ],
    [
      'people who came once',
      [
        [0, 0, 10],
        [0, 0, 20],
        [0, 0, 30],
      ],
      'noMaximum',
    ],
    ['people who all come alike', Array.from({ length: 50 }, () => [10, 100, 105]), 'noMaximum'],
  ])('%s teach nothing', (_, rows, reason) => {
    const table = repeatTable({
      x: rows.map(([x = 0]) => x),
      tx: rows.map(([, tx = 0]) => tx),
      T: rows.map(([, , T = 0]) => T),
    })
    expect(fitBgNbd(table)).toMatchObject({ kind: 'unfitted', reason })
    expect(fitParetoNbd(table)).toMatchObject({ kind: 'unfitted', reason })
    expect(fitGammaGamma([], [])).toEqual({ kind: 'unfitted', reason: 'none', clients: 0 })
  })

  test.each([
    { x: [-1], tx: [0], T: [1] },
    { x: [1], tx: [NaN], T: [1] },
    { x: [1], tx: [0], T: [Infinity] },
  ])('impossible histories are refused: %o', (columns) => {
    expect(() => repeatTable(columns)).toThrow(RangeError)
  })
})

test('clients with one history are one row', () => {
  const table = repeatTable({ x: [1, 0, 1, 2], tx: [3, 0, 3, 5], T: [9, 9, 9, 9.5] })
  expect(table).toMatchObject({ clients: 4, repeatClients: 3 })
  expect(Array.from(table.weight)).toEqual([1, 2, 1])
  expect(Array.from(table.rowOf)).toEqual([1, 0, 1, 2])
  expect(Array.from(table.times)).toEqual([0, 3, 5, 9, 9.5])
})
