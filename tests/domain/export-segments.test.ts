/** The table of segments says of everybody what their card says. */
import { expect, test } from 'vitest'
import { segmentColumns, segmentRows, type ExportedSegment } from '../../src/domain/export/segments.ts'
import { halves } from '../../src/domain/value/halves.ts'
import { fitModels, historiesOf, tableOf } from '../../src/domain/value/models.ts'
import { outlookOf } from '../../src/domain/value/outlook.ts'
import { rfmOf } from '../../src/domain/value/rfm.ts'
import { defaultValueSettings } from '../../src/domain/value/value-settings.ts'
import { createVisitTally } from '../../src/domain/value/visit-tally.ts'
import { createTranslator } from '../../src/locales.ts'
import { salonEnd, salonVisits } from './value/salon.ts'

const t = createTranslator({ dir: new URL('../../locales/', import.meta.url) })('ru')
const value = { ...defaultValueSettings, costs: { messages: [], monthlyKopecks: 300_000 } }
const salon = { lines: [{ id: 'nails', name: { ru: 'Ногти' }, services: [] }], value }

const clients = new Map<string, number>()
const tally = createVisitTally()
for (const { client, day, roubles } of salonVisits) {
  if (!clients.has(client)) clients.set(client, clients.size)
  tally.add(clients.get(client) ?? 0, -1, day, roubles * 100)
}
const totals = tally.totals().overall
const histories = historiesOf(totals, salonEnd)
const models = fitModels(histories, tableOf(histories))
const { code, scheme } = rfmOf(totals, salonEnd, halves())
const rows = Array.from(totals.client, (clientId, row): ExportedSegment => ({
  clientId,
  demo: false,
  line: '',
  firstDay: totals.firstDay[row] ?? 0,
  lastDay: totals.lastDay[row] ?? 0,
  visits: totals.visits[row] ?? 0,
  kopecks: totals.kopecks[row] ?? 0,
  firstDayKopecks: totals.firstDayKopecks[row] ?? 0,
  code: scheme.codes[code[row] ?? 0] ?? '',
  segment: scheme.segmentOf[code[row] ?? 0] ?? '',
}))
const options = {
  models: new Map([['', models]]),
  clients: rows.length,
  asOf: salonEnd,
  salon,
  t,
  language: 'ru',
} as const
const keys = segmentColumns(t).map(({ key }) => key)
const cells = (row: readonly unknown[]) => Object.fromEntries(keys.map((key, index) => [key, row[index]]))

test('worth and forecast are those of the card', () => {
  const exported = segmentRows(rows, options).map(cells)
  for (let row = 0; row < rows.length; row += 31) {
    const one = rows[row]!
    const { structural, forecast } = outlookOf(one, {
      models,
      asOf: salonEnd,
      settings: value,
      clients: rows.length,
    })
    if (forecast?.kind !== 'forecast') throw new Error('the salon of the oracle has enough data')
    expect(exported[row]).toMatchObject({
      clientId: one.clientId,
      r: salonEnd - one.lastDay,
      f: one.visits,
      m: one.kopecks / 100,
      code: one.code,
      segment: one.segment,
      segmentName: t(`segments.name.${one.segment}`),
      value: Math.round(structural.clvKopecks / 100),
      alive: Number(forecast.alive.toFixed(3)),
      visits90: Number(forecast.visits90.toFixed(2)),
      forecastYear: Math.round((forecast.clvKopecks ?? NaN) / 100),
    })
  }
})

test('how many come at once changes nothing', () => {
  const whole = segmentRows(rows.slice(0, 50), options)
  expect(rows.slice(0, 50).flatMap((row) => segmentRows([row], options))).toEqual(whole)
})

test('a line with too little data has a worth and no forecast; its name is the salon’s', () => {
  const few = { kind: 'tooLittleData', clients: 5, repeatClients: 2, reason: 'fewRepeatClients' } as const
  const line = { ...rows[0]!, line: 'nails', demo: true, name: 'Анна', phone: '+79161234567' }
  const [told, gone] = segmentRows([line, { ...line, line: 'spa' }], {
    ...options,
    models: new Map([['nails', few]]),
  }).map(cells)
  expect(told).toMatchObject({
    demo: 1,
    name: 'Анна',
    phone: '+79161234567',
    line: 'nails',
    lineName: 'Ногти',
  })
  expect(told?.['value']).toBeTypeOf('number')
  expect([told?.['alive'], told?.['visits90'], told?.['forecastYear']]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(gone).toMatchObject({ line: 'spa', lineName: 'spa' })
})

test('days are dates, whatever the machine’s zone', () => {
  const day = Temporal.PlainDate.from('1970-01-01').until('2026-03-01').days
  const [row] = segmentRows([{ ...rows[0]!, firstDay: day, lastDay: day }], { ...options, asOf: day }).map(
    cells,
  )
  expect(row).toMatchObject({ firstVisit: '2026-03-01', lastVisit: '2026-03-01', r: 0 })
})
