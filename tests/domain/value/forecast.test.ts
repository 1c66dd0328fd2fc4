import { describe, expect, test } from 'vitest'

import { earlyWarnings } from '../../../src/domain/value/early-warning.ts'
import { repeatTable } from '../../../src/domain/value/repeat-table.ts'
import { forecast } from '../../../src/domain/value/forecast.ts'
import { gammaGammaAmount } from '../../../src/domain/value/gamma-gamma.ts'
import {
  fitModels,
  historiesOf,
  tableOf,
  type Chosen,
  type Histories,
  type Models,
} from '../../../src/domain/value/models.ts'
import { paretoNbdAlive, paretoNbdVisits } from '../../../src/domain/value/pareto-nbd.ts'
import { createVisitTally } from '../../../src/domain/value/visit-tally.ts'
import salonOracle from '../../fixtures/clv/salon_oracle.json' with { type: 'json' }
import { close } from './close.ts'
import { salonEnd, salonHistories, salonVisits } from './salon.ts'

const numbers = new Map<string, number>()
const tally = createVisitTally()
for (const { client, day, roubles } of salonVisits) {
  if (!numbers.has(client)) numbers.set(client, numbers.size)
  tally.add(numbers.get(client)!, -1, day, roubles * 100)
}
const histories = historiesOf(tally.totals().overall, salonEnd)
const table = tableOf(histories)
const models = fitModels(histories, table)

function fittedOf(found: Models): Extract<Models, { kind: 'models' }> {
  if (found.kind !== 'models') throw new Error(`too little data: ${found.reason}`)
  return found
}

describe('the made-up salon', () => {
  test('has the histories that were counted elsewhere', () => {
    const { x, tx, T, m } = salonHistories()
    expect(Array.from(histories.x)).toEqual(Array.from(x))
    expect(Array.from(histories.tx)).toEqual(Array.from(tx))
    expect(Array.from(histories.T)).toEqual(Array.from(T))
    histories.m.forEach((mean, row) => close(mean, m[row]!, 1e-12))
  })

  test('is foretold by the likelier model', () => {
    expect(salonOracle.fits.pn.loglik).toBeGreaterThan(salonOracle.fits.bg.loglik)
    expect(models).toMatchObject({ kind: 'models', clients: 1200, chosen: { name: 'paretoNbd' } })
  })

  test.each(['paretoNbd', 'bgNbd'] as const)('its columns are what %s says of each client', (name) => {
    const fitted = fittedOf(models)
    const fit = fitted[name]
    if (fit.kind !== 'fitted') throw new Error('not fitted')
    const chosen = { name, parameters: fit.parameters } as Chosen
    const found = forecast({ ...fitted, chosen }, histories, table, 0.11)
    for (const column of Object.values<Float64Array>({ ...found }))
      expect(column.every((value) => value >= 0 && value < Infinity)).toBe(true)
    expect(found.alive.every((value) => value <= 1)).toBe(true)
    found.visits365.forEach((visits, row) => {
      expect(visits).toBeGreaterThanOrEqual(found.visits90[row]!)
      expect(visits).toBeLessThanOrEqual(found.visits365IfAlive[row]!)
      // A year's visits at the year's end are worth 1/1.11 of their amount, at once all of it.
      expect(found.clv![row]! / (visits * found.kopecks![row]!)).toBeGreaterThan(1 / 1.11)
      expect(found.clv![row]! / (visits * found.kopecks![row]!)).toBeLessThan(1)
    })
  })

  test('a client', () => {
    const fitted = fittedOf(models)
    const { paretoNbd, gammaGamma } = fitted
    if (paretoNbd.kind !== 'fitted' || gammaGamma.kind !== 'fitted') throw new Error('not fitted')
    const found = forecast(fitted, histories, table, 0.11)
    for (const row of [0, 17, 1199]) {
      const history = { x: histories.x[row]!, tx: histories.tx[row]!, T: histories.T[row]! }
      close(found.alive[row]!, paretoNbdAlive(paretoNbd.parameters, history), 1e-12)
      close(found.visits90[row]!, paretoNbdVisits(paretoNbd.parameters, history, 90), 1e-12)
      close(found.visits365[row]!, paretoNbdVisits(paretoNbd.parameters, history, 365), 1e-12)
      const amount = gammaGammaAmount(gammaGamma.parameters, { x: history.x, m: histories.m[row]! })!
      close(found.kopecks![row]!, 100 * amount, 1e-12)
    }
  })
})

describe('too little data for a forecast', () => {
  const part = (clients: number): Histories => ({
    x: histories.x.slice(0, clients),
    tx: histories.tx.slice(0, clients),
    T: histories.T.slice(0, clients),
    m: histories.m.slice(0, clients),
  })

  test('fewer than a hundred clients who came again', () => {
    const few = part(100)
    expect(fitModels(few, tableOf(few))).toMatchObject({
      kind: 'tooLittleData',
      clients: 100,
      reason: 'fewRepeatClients',
    })
  })

  test('clients who are all alike', () => {
    const alike = {
      x: new Uint32Array(200).fill(9),
      tx: new Int32Array(200).fill(90),
      T: new Int32Array(200).fill(95),
      m: new Float64Array(200).fill(1000),
    }
    expect(fitModels(alike, tableOf(alike))).toEqual({
      kind: 'tooLittleData',
      clients: 200,
      repeatClients: 200,
      reason: 'noConvergence',
    })
  })

  test('without a model of amounts there are visits, and no value', () => {
    const fitted = fittedOf(models)
    const found = forecast(
      { ...fitted, gammaGamma: { kind: 'unfitted', reason: 'noMaximum', clients: 1200 } },
      histories,
      table,
      0.11,
    )
    expect(found.kopecks).toBeUndefined()
    expect(found.clv).toBeUndefined()
    expect(found.alive).toHaveLength(1200)
  })
})

describe('early warning', () => {
  /** Comes every 30 days for 300 days, then not for `away`. */
  const regular = (...away: number[]): Histories => ({
    x: Uint32Array.from(away, () => 10),
    tx: Int32Array.from(away, () => 300),
    T: Int32Array.from(away, (days) => 300 + days),
    m: Float64Array.from(away, () => 1000),
  })
  const chosen: Chosen = { name: 'paretoNbd', parameters: { r: 1.3, alpha: 57, s: 0.84, beta: 281 } }
  const aliveIn = ({ x, tx, T }: Histories): number[] =>
    Array.from(x, (count, row) => paretoNbdAlive(chosen.parameters, { x: count, tx: tx[row]!, T: T[row]! }))

  test('the interval alone: late by half again, and not lost for long', () => {
    const found = earlyWarnings({ histories: regular(44, 46, 119, 121), atStakeKopecks: [1, 2, 3, 4] })
    expect(found.map(({ row, kind }) => ({ row, kind }))).toEqual([
      { row: 2, kind: 'overdue' },
      { row: 1, kind: 'overdue' },
    ])
    expect(found[1]).toEqual({ row: 1, kind: 'overdue', usualDays: 30, daysAway: 46, atStakeKopecks: 2 })
  })

  test('with a model: the probability fell since a month ago', () => {
    const away = [10, 60, 100, 110, 120, 200, 400]
    const known = regular(...away)
    const alive = aliveIn(known)
    const found = earlyWarnings({ histories: known, atStakeKopecks: away, forecast: { chosen, alive } })
    const expected = away.flatMap((days, row) => {
      const before = paretoNbdAlive(chosen.parameters, { x: 10, tx: 300, T: 300 + Math.max(0, days - 30) })
      if (before < 0.5) return []
      if (alive[row]! < 0.5) return [{ row, kind: 'fell' }]
      return days > 45 ? [{ row, kind: 'overdue' }] : []
    })
    expect(found.map(({ row, kind }) => ({ row, kind }))).toEqual(expected.reverse())
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['fell', 'overdue']))
  })

  test('the greatest loss comes first, equals in the order of the clients', () => {
    const found = earlyWarnings({ histories: regular(50, 50, 50, 50), atStakeKopecks: [5, 9, 5, 7] })
    expect(found.map(({ row }) => row)).toEqual([1, 3, 0, 2])
  })

  test('clients with the same history are warned of alike, each with what is at stake with them', () => {
    const known = regular(50, 10, 50, 110, 50, 110)
    const alive = aliveIn(known)
    const options = { histories: known, atStakeKopecks: [1, 2, 3, 4, 5, 6], forecast: { chosen, alive } }
    const found = earlyWarnings({ ...options, historyOf: repeatTable(known).rowOf })
    expect(found).toEqual(earlyWarnings(options))
    expect(found.map(({ row }) => row)).toEqual([5, 4, 3, 2, 0])
  })

  test('one interval is no habit', () => {
    const twice = { x: Uint32Array.of(1), tx: Int32Array.of(10), T: Int32Array.of(30), m: Float64Array.of(1) }
    expect(earlyWarnings({ histories: twice, atStakeKopecks: [1] })).toEqual([])
  })
})
