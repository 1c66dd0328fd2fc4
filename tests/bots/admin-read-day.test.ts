import { expect, test } from 'vitest'
import { readDay } from '../../src/bots/admin/insights/read-day.ts'

/** A Friday. */
const today = Temporal.PlainDate.from('2026-11-20')
const newYear = Temporal.PlainDate.from('2026-12-31')

test.each([
  ['16.11', today, '2026-11-16'],
  ['16/11', today, '2026-11-16'],
  ['6.1', today, '2026-01-06'],
  ['16.11.26', today, '2026-11-16'],
  ['16.11.2025', today, '2025-11-16'],
  ['2026-11-16', today, '2026-11-16'],
  ['2026-1-6', today, '2026-01-06'],
  // Without a year: the last one of that name, but the running week is not over.
  ['22.11', today, '2026-11-22'],
  ['23.11', today, '2025-11-23'],
  ['3.1', newYear, '2027-01-03'],
  ['4.1', newYear, '2026-01-04'],
  ['29.02', today, '2024-02-29'],
  // With one, the future can be said.
  ['23.11.2026', today, '2026-11-23'],
  ['31.02', today, undefined],
  ['29.02.2026', today, undefined],
  ['0.11', today, undefined],
  ['16.13', today, undefined],
  ['16.11.026', today, undefined],
  ['16.11 ', today, undefined],
  ['вчера', today, undefined],
  ['16', today, undefined],
  ['99999-01-01', today, undefined],
])('"%s" is a day, or none', (typed, now, expected) => {
  expect(readDay(typed, now)?.toString()).toBe(expected)
})
