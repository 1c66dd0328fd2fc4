import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createZoneDays } from '../../../src/domain/value/zone-days.ts'

const zones = [
  'Europe/Moscow',
  'Asia/Yekaterinburg',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'UTC',
]

test('days are those of the calendar there, also where clocks change', () => {
  const calendars = new Map(zones.map((zone) => [zone, createZoneDays(zone)]))
  const since = Temporal.PlainDate.from('1970-01-01')
  const instant = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2030, 0) })
  fc.assert(
    fc.property(fc.constantFrom(...zones), instant, (zone, at) => {
      const days = calendars.get(zone)!
      const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
      const day = days.dayOf(at)
      expect(day).toBe(since.until(there.toPlainDate()).days)
      expect(days.startOf(day)).toBe(there.startOfDay().epochMilliseconds)
    }),
  )
})

test('a day without a midnight begins with its first moment', () => {
  const { dayOf, startOf } = createZoneDays('America/Sao_Paulo')
  const first = Date.parse('2018-11-04T01:00:00-02:00')
  expect(startOf(dayOf(first))).toBe(first)
  expect(dayOf(first - 1)).toBe(dayOf(first) - 1)
})
