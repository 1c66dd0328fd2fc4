import { expect, test } from 'vitest'
import { clientRfm } from '../../../src/domain/value/client-rfm.ts'
import { forecast } from '../../../src/domain/value/forecast.ts'
import { fitModels, historiesOf, tableOf } from '../../../src/domain/value/models.ts'
import { outlookOf } from '../../../src/domain/value/outlook.ts'
import { structuralClv, yearlyCostOf } from '../../../src/domain/value/structural-clv.ts'
import { defaultValueSettings, schemeOf } from '../../../src/domain/value/value-settings.ts'
import { createVisitTally } from '../../../src/domain/value/visit-tally.ts'
import { close } from './close.ts'
import { salonEnd, salonVisits } from './salon.ts'

const settings = {
  ...defaultValueSettings,
  costs: { messages: [{ perYear: 6, kopecks: 50 }], monthlyKopecks: 300_000 },
}

function totalsOfSalon() {
  const tally = createVisitTally()
  const clients = new Map<string, number>()
  for (const { client, day, roubles } of salonVisits) {
    if (!clients.has(client)) clients.set(client, clients.size)
    tally.add(clients.get(client) ?? 0, -1, day, roubles * 100)
  }
  return tally.totals().overall
}

test('what one client is worth is what the whole group’s figures say of them', () => {
  const totals = totalsOfSalon()
  const clients = totals.client.length
  const histories = historiesOf(totals, salonEnd)
  const table = tableOf(histories)
  const models = fitModels(histories, table)
  if (models.kind !== 'models') throw new Error('the salon of the oracle has enough data')
  const all = forecast(models, histories, table, settings.discount)
  const yearlyCostKopecks = yearlyCostOf(settings.costs, clients)
  const structural = structuralClv(totals, salonEnd, {
    discount: settings.discount,
    horizonYears: settings.horizonYears,
    unit: 'day',
    yearlyCostKopecks,
  })
  for (let row = 0; row < clients; row += 17) {
    const client = {
      firstDay: totals.firstDay[row] ?? 0,
      lastDay: totals.lastDay[row] ?? 0,
      visits: totals.visits[row] ?? 0,
      kopecks: totals.kopecks[row] ?? 0,
      firstDayKopecks: totals.firstDayKopecks[row] ?? 0,
    }
    const outlook = outlookOf(client, { models, asOf: salonEnd, settings, clients })
    close(outlook.structural.clvKopecks, structural[row] ?? NaN)
    expect(outlook.structural.yearlyCostKopecks).toBe(yearlyCostKopecks)
    if (outlook.forecast?.kind !== 'forecast') throw new Error('there are models')
    const { alive, visits90, visits365, kopecks, clvKopecks } = outlook.forecast
    close(alive, all.alive[row] ?? NaN)
    close(visits90, all.visits90[row] ?? NaN)
    close(visits365, all.visits365[row] ?? NaN)
    close(kopecks ?? NaN, all.kopecks?.[row] ?? NaN)
    close(clvKopecks ?? NaN, all.clv?.[row] ?? NaN)
    expect(outlook.forecast).toMatchObject({ model: models.chosen.name, clients })
  }
})

test('with too little data, or before the first fit, the structural model speaks alone', () => {
  const client = { firstDay: 19_000, lastDay: 19_100, visits: 3, kopecks: 600_000, firstDayKopecks: 200_000 }
  const options = { asOf: 19_120, settings, clients: 12 }
  const few = { kind: 'tooLittleData', clients: 12, repeatClients: 7, reason: 'fewRepeatClients' } as const
  const outlook = outlookOf(client, { ...options, models: few })
  expect(outlook.forecast).toEqual(few)
  const unfitted = outlookOf(client, { ...options, models: undefined })
  expect(unfitted).toEqual({ structural: outlook.structural })
  // A client of 120 days has paid 6,000 roubles in their first year; keeping one of twelve costs 3,003 of them.
  expect(outlook.structural.yearlyCostKopecks).toBe(300_300)
  expect(outlook.structural.years).toBeCloseTo(1 / (1 - (100 / 120) ** 3), 10)
  expect(outlook.structural.clvKopecks).toBeGreaterThan(300_000)
})

test('the clients of one salon have segments of the scheme that it has chosen', () => {
  const visits = salonVisits.map(({ client, day, roubles }) => ({ client, day, kopecks: roubles * 100 }))
  for (const scheme of ['halves', 'quintiles'] as const) {
    const chosen = schemeOf({ scheme })
    const segments = [...clientRfm(visits, salonEnd, chosen).values()].map(({ overall }) => overall.segment)
    expect(new Set(chosen.segments).isSupersetOf(new Set(segments))).toBe(true)
    expect(new Set(segments).size).toBeGreaterThan(2)
  }
})
