import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { skipNames, skipTargets } from '../../src/sandbox/skip-targets.ts'
import type { SalonHours } from '../../src/sandbox/skip-targets.ts'

const moscow: SalonHours = {
  timeZone: 'Europe/Moscow',
  eveningAt: '19:00',
  digest: { weekday: 1, at: '09:00' },
}
const berlin = { ...moscow, timeZone: 'Europe/Berlin' }

/** Where one gets from a local time, told in local time. */
function from(local: string, hours: SalonHours = moscow) {
  const now = Temporal.PlainDateTime.from(local).toZonedDateTime(hours.timeZone).epochMilliseconds
  return shown(skipTargets(now, hours), hours)
}

const shown = (targets: Record<string, number>, { timeZone }: SalonHours) =>
  Object.fromEntries(
    Object.entries(targets).map(([name, at]) => [
      name,
      Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDateTime().toString(),
    ]),
  )

test('from a Wednesday at noon', () => {
  expect(from('2026-11-25T12:00')).toEqual({
    hour: '2026-11-25T13:00:00',
    evening: '2026-11-25T19:00:00',
    tomorrow: '2026-11-26T10:00:00',
    monday: '2026-11-30T09:00:00',
  })
})

describe('what has come already is the next one', () => {
  test.each([
    ['the evening itself', '2026-11-25T19:00', { evening: '2026-11-26T19:00:00' }],
    ['a moment before the evening', '2026-11-25T18:59:59.999', { evening: '2026-11-25T19:00:00' }],
    ['Monday before the digest', '2026-11-30T08:00', { monday: '2026-11-30T09:00:00' }],
    ['Monday as it is due', '2026-11-30T09:00', { monday: '2026-12-07T09:00:00' }],
    ['Sunday night', '2026-11-29T23:59', { monday: '2026-11-30T09:00:00', tomorrow: '2026-11-30T10:00:00' }],
    ['just after midnight', '2026-11-26T00:01', { tomorrow: '2026-11-27T10:00:00' }],
    [
      'the end of a year',
      '2026-12-31T20:00',
      { evening: '2027-01-01T19:00:00', monday: '2027-01-04T09:00:00' },
    ],
  ])('%s', (_, local, expected) => {
    expect(from(local)).toMatchObject(expected)
  })
})

test('the salon’s own hours count: its evening, and its day of the digest', () => {
  const late = { ...moscow, eveningAt: '20:30', digest: { weekday: 5, at: '18:00' } }
  expect(from('2026-11-25T12:00', late)).toMatchObject({
    evening: '2026-11-25T20:30:00',
    monday: '2026-11-27T18:00:00',
  })
})

test('the day is the salon’s: in Vladivostok it is Thursday already', () => {
  const now = Date.UTC(2026, 10, 25, 15)
  const far = { ...moscow, timeZone: 'Asia/Vladivostok' }
  expect(shown(skipTargets(now, moscow), moscow)['tomorrow']).toBe('2026-11-26T10:00:00')
  expect(shown(skipTargets(now, far), far)['tomorrow']).toBe('2026-11-27T10:00:00')
})

describe('when clocks change', () => {
  test('nine o’clock is nine o’clock on the other side, in spring and in autumn', () => {
    expect(from('2026-03-27T12:00', berlin)).toMatchObject({ monday: '2026-03-30T09:00:00' })
    expect(from('2026-10-23T12:00', berlin)).toMatchObject({ monday: '2026-10-26T09:00:00' })
  })

  test('an hour is an hour, whatever the clocks show after it', () => {
    expect(from('2026-03-29T01:30', berlin)).toMatchObject({ hour: '2026-03-29T03:30:00' })
  })

  test('a time that is left out comes an hour later', () => {
    const night = { ...berlin, eveningAt: '02:30' }
    expect(from('2026-03-29T01:00', night)).toMatchObject({ evening: '2026-03-29T03:30:00' })
  })

  test('a time that comes twice is the first one, and the second is over with it', () => {
    const night = { ...berlin, eveningAt: '02:30' }
    const [first, second] = [Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 1, 30)]
    expect(skipTargets(first - 1, night).evening).toBe(first)
    expect(shown(skipTargets(first, night), night)['evening']).toBe('2026-10-26T02:30:00')
    expect(shown(skipTargets(second, night), night)['evening']).toBe('2026-10-26T02:30:00')
  })
})

test('whatever the moment and the place, a skip leads forward, and no further than it says', () => {
  const zones = ['Europe/Moscow', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia']
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
  const hours = fc.record({
    timeZone: fc.constantFrom(...zones),
    eveningAt: time,
    digest: fc.record({ weekday: fc.integer({ min: 1, max: 7 }), at: time }),
  })
  const now = fc.integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(2040, 0, 1) })
  // A day may last 25 hours; in Samoa one was left out altogether.
  const most = { hour: 1, evening: 49, tomorrow: 59, monday: 8 * 24 }
  fc.assert(
    fc.property(now, hours, (at, salon) => {
      const targets = skipTargets(at, salon)
      for (const name of skipNames) {
        expect(targets[name]).toBeGreaterThan(at)
        expect(targets[name] - at).toBeLessThanOrEqual(most[name] * 3600_000)
      }
    }),
  )
})
