import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextTime, quietUntil } from '../../src/domain/quiet-hours.ts'

const at = (text: string): number => Temporal.ZonedDateTime.from(text).epochMilliseconds
const shown = (instant: number | undefined, zone: string) =>
  instant === undefined
    ? undefined
    : Temporal.Instant.fromEpochMilliseconds(instant)
        .toZonedDateTimeISO(zone)
        .toString({ smallestUnit: 'minute', timeZoneName: 'never' })

const night = { from: '21:00', to: '09:00' }
const siesta = { from: '13:00', to: '15:30' }

describe('until when it is quiet', () => {
  test.each([
    [
      'late in the evening: until the morning',
      '2026-11-21T22:15[Europe/Moscow]',
      night,
      '2026-11-22T09:00+03:00',
    ],
    ['after midnight', '2026-11-22T00:00[Europe/Moscow]', night, '2026-11-22T09:00+03:00'],
    ['at the very beginning', '2026-11-21T21:00[Europe/Moscow]', night, '2026-11-22T09:00+03:00'],
    ['a minute before the end', '2026-11-21T08:59[Europe/Moscow]', night, '2026-11-21T09:00+03:00'],
    ['at the very end it is over', '2026-11-21T09:00[Europe/Moscow]', night, undefined],
    ['by day', '2026-11-21T15:00[Europe/Moscow]', night, undefined],
    ['a minute before the beginning', '2026-11-21T20:59[Europe/Moscow]', night, undefined],
    ['within a day', '2026-11-21T14:00[Europe/Moscow]', siesta, '2026-11-21T15:30+03:00'],
    ['within a day, before', '2026-11-21T12:59[Europe/Moscow]', siesta, undefined],
    ['within a day, after', '2026-11-21T15:30[Europe/Moscow]', siesta, undefined],
    ['on New Year’s Eve', '2026-12-31T23:59[Asia/Vladivostok]', night, '2027-01-01T09:00+10:00'],
    ['half an hour off', '2026-11-21T21:30[Asia/Kolkata]', night, '2026-11-22T09:00+05:30'],
    ['three quarters of an hour off', '2026-11-21T08:50[Asia/Kathmandu]', night, '2026-11-21T09:00+05:45'],
    ['the clocks go forward that night', '2026-03-28T22:00[Europe/Berlin]', night, '2026-03-29T09:00+02:00'],
    ['the clocks go back that night', '2026-10-24T22:00[Europe/Berlin]', night, '2026-10-25T09:00+01:00'],
    [
      'the end is an hour that is left out',
      '2026-03-29T01:00[Europe/Berlin]',
      { from: '21:00', to: '02:30' },
      '2026-03-29T03:30+02:00',
    ],
    [
      'the end is an hour that comes twice: the first time',
      '2026-10-25T02:15+02:00[Europe/Berlin]',
      { from: '21:00', to: '02:30' },
      '2026-10-25T02:30+02:00',
    ],
    [
      'the end is an hour that comes twice: the second time',
      '2026-10-25T02:15+01:00[Europe/Berlin]',
      { from: '21:00', to: '02:30' },
      '2026-10-25T02:30+01:00',
    ],
    [
      'half an hour comes twice',
      '2026-04-05T01:45+10:30[Australia/Lord_Howe]',
      { from: '21:00', to: '01:50' },
      '2026-04-05T01:50+10:30',
    ],
  ])('%s', (_, now, quiet, until) => {
    const zone = /\[(.+)\]/.exec(now)?.[1] ?? ''
    expect(shown(quietUntil(at(now), quiet, zone), zone)).toBe(until)
  })
})

describe('the next time that a clock shows', () => {
  test.each([
    ['today', '2026-11-21T12:00[Europe/Moscow]', 0, '2026-11-21T19:00+03:00'],
    ['now', '2026-11-21T19:00[Europe/Moscow]', 0, '2026-11-21T19:00+03:00'],
    ['tomorrow', '2026-11-21T19:01[Europe/Moscow]', 0, '2026-11-22T19:00+03:00'],
    ['not so soon', '2026-11-21T18:30[Europe/Moscow]', 60, '2026-11-22T19:00+03:00'],
    ['just far enough away', '2026-11-21T18:00[Europe/Moscow]', 60, '2026-11-21T19:00+03:00'],
    ['from one day to the next', '2026-11-21T23:30[Europe/Moscow]', 60, '2026-11-22T19:00+03:00'],
    ['half an hour off', '2026-11-21T20:00[Asia/Kolkata]', 60, '2026-11-22T19:00+05:30'],
    ['on the day that the clocks go forward', '2026-03-29T00:30[Europe/Berlin]', 0, '2026-03-29T19:00+02:00'],
    ['on the day after the clocks went back', '2026-10-24T20:00[Europe/Berlin]', 0, '2026-10-25T19:00+01:00'],
  ])('19:00: %s', (_, now, minutes, next) => {
    const zone = /\[(.+)\]/.exec(now)?.[1] ?? ''
    expect(shown(nextTime(at(now), '19:00', zone, minutes * 60_000), zone)).toBe(next)
  })

  test.each([
    ['an hour that is left out: an hour later', '2026-03-29T00:30[Europe/Berlin]', '2026-03-29T03:30+02:00'],
    ['an hour that comes twice: the first time', '2026-10-25T01:00[Europe/Berlin]', '2026-10-25T02:30+02:00'],
    [
      'an hour that comes twice: the second time',
      '2026-10-25T02:45+02:00[Europe/Berlin]',
      '2026-10-25T02:30+01:00',
    ],
    ['after both it is tomorrow', '2026-10-25T02:45+01:00[Europe/Berlin]', '2026-10-26T02:30+01:00'],
  ])('02:30: %s', (_, now, next) => {
    expect(shown(nextTime(at(now), '02:30', 'Europe/Berlin'), 'Europe/Berlin')).toBe(next)
  })
})

describe('whenever and wherever', () => {
  const zones = fc.constantFrom(
    'Europe/Moscow',
    'Asia/Kolkata',
    'Asia/Kathmandu',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/St_Johns',
    'Asia/Vladivostok',
    'Pacific/Apia',
    'Africa/Casablanca',
    'UTC',
  )
  const times = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
  const day = 24 * 3600_000
  const instants = fc.oneof(
    fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }),
    // Round the nights in which clocks change.
    fc
      .tuple(
        fc.constantFrom(
          Date.UTC(2026, 2, 29, 1),
          Date.UTC(2026, 9, 25, 1),
          Date.UTC(2026, 10, 1, 6),
          Date.UTC(2026, 3, 4, 15),
        ),
        fc.oneof(fc.integer({ min: -day, max: day }), fc.integer({ min: -2 * 3600_000, max: 2 * 3600_000 })),
      )
      .map(([change, off]) => change + off),
  )
  const offset = (instant: number, zone: string) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).offset
  const clock = (instant: number, zone: string) =>
    Temporal.Instant.fromEpochMilliseconds(instant)
      .toZonedDateTimeISO(zone)
      .toPlainTime()
      .toString()
      .slice(0, 5)

  test('quiet hours are what the clock says, and end within a day, after now', () => {
    fc.assert(
      fc.property(instants, times, times, zones, (now, from, to, zone) => {
        fc.pre(from !== to)
        const until = quietUntil(now, { from, to }, zone)
        const time = clock(now, zone)
        const isQuiet = from < to ? time >= from && time < to : time >= from || time < to
        expect(until !== undefined).toBe(isQuiet)
        if (until === undefined) return
        expect(until).toBeGreaterThan(now)
        expect(until - now).toBeLessThanOrEqual(day + 2 * 3600_000)
        // It is not quiet then, unless the clocks were put back since and the quiet hours begin once more.
        const again = quietUntil(until, { from, to }, zone)
        expect(again === undefined || offset(until, zone) !== offset(now, zone)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('the next time is at or after the earliest, within a day and the change of clocks, and shows that time', () => {
    fc.assert(
      fc.property(instants, times, zones, fc.integer({ min: 0, max: day }), (now, time, zone, notBefore) => {
        const next = nextTime(now, time, zone, notBefore)
        expect(next).toBeGreaterThanOrEqual(now + notBefore)
        expect(next - now - notBefore).toBeLessThanOrEqual(day + 2 * 3600_000)
        const there = Temporal.Instant.fromEpochMilliseconds(next).toZonedDateTimeISO(zone)
        const leftOut = there.toPlainDate().toZonedDateTime({ timeZone: zone, plainTime: time }).toPlainTime()
        expect([time, leftOut.toString().slice(0, 5)]).toContain(clock(next, zone))
      }),
      { numRuns: 2000 },
    )
  })
})
