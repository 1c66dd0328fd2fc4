import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  lastTurn,
  mondayOf,
  mondaysBefore,
  nextTurn,
  weekOf,
  weeksFrom,
  type Timetable,
} from '../../src/domain/weeks.ts'

const hour = 3_600_000
const at = (text: string) => Temporal.ZonedDateTime.from(text).epochMilliseconds
const date = (text: string) => Temporal.PlainDate.from(text)

describe('the Monday of an instant', () => {
  test.each([
    ['2026-11-23T00:00[Europe/Berlin]', '2026-11-23'],
    ['2026-11-22T23:59:59.999[Europe/Berlin]', '2026-11-16'],
    ['2026-11-29T23:59[Asia/Kolkata]', '2026-11-23'],
    ['2026-01-01T12:00[Europe/Moscow]', '2025-12-29'],
    ['2024-02-29T12:00[Europe/Moscow]', '2024-02-26'],
  ])('%s is in the week of %s', (instant, monday) => {
    const timeZone = /\[(.*)\]/.exec(instant)?.[1] ?? ''
    expect(mondayOf(at(instant), timeZone).toString()).toBe(monday)
  })

  test('depends on where the salon is', () => {
    const sundayNight = at('2026-11-22T22:30[UTC]')
    const mondays = ['UTC', 'Europe/Moscow', 'Asia/Kolkata', 'America/New_York'].map((zone) =>
      mondayOf(sundayNight, zone).toString(),
    )
    expect(mondays).toEqual(['2026-11-16', '2026-11-23', '2026-11-23', '2026-11-16'])
  })
})

describe('a week is as long as the clocks make it', () => {
  test.each([
    ['Europe/Berlin', '2026-03-23', 167],
    ['Europe/Berlin', '2026-03-30', 168],
    ['Europe/Berlin', '2026-10-19', 169],
    ['Europe/Moscow', '2026-03-23', 168],
    ['Asia/Kolkata', '2026-03-23', 168],
    ['Australia/Lord_Howe', '2026-09-28', 167.5],
    // Clocks went from 00:00 to 01:00: a Sunday without midnight in Brazil, a Monday without one in Iran.
    ['America/Sao_Paulo', '2018-10-29', 167],
    ['America/Sao_Paulo', '2018-02-12', 169],
    ['Asia/Tehran', '2021-03-15', 168],
    ['Asia/Tehran', '2021-03-22', 167],
    // Samoa went without 30 December 2011.
    ['Pacific/Apia', '2011-12-26', 144],
  ])('in %s that of %s has %d hours', (timeZone, monday, hours) => {
    const { from, until } = weekOf(date(monday), timeZone)
    expect((until - from) / hour).toBe(hours)
  })

  test('and begins at midnight, or with the first moment of a day without one', () => {
    const begins = (timeZone: string, monday: string) =>
      Temporal.Instant.fromEpochMilliseconds(weekOf(date(monday), timeZone).from).toString()
    expect(begins('Asia/Kolkata', '2026-11-23')).toBe('2026-11-22T18:30:00Z')
    expect(begins('Europe/Berlin', '2026-03-30')).toBe('2026-03-29T22:00:00Z')
    expect(begins('Asia/Tehran', '2021-03-22')).toBe('2021-03-21T20:30:00Z')
  })

  test('weeks on end are the weeks', () => {
    const { from, until } = weeksFrom(date('2026-10-05'), 4, 'Europe/Berlin')
    expect(until - from).toBe((4 * 168 + 1) * hour)
    expect(mondaysBefore(date('2026-11-02'), 4).map(String)).toEqual([
      '2026-10-05',
      '2026-10-12',
      '2026-10-19',
      '2026-10-26',
    ])
  })
})

describe('a timetable', () => {
  const monday9 = { weekday: 1, at: '09:00', timeZone: 'Europe/Berlin' }
  test.each([
    ['exactly then', monday9, '2026-11-23T09:00', '2026-11-23T09:00+01:00', '2026-11-30T09:00+01:00'],
    [
      'a moment before',
      monday9,
      '2026-11-23T08:59:59.999',
      '2026-11-16T09:00+01:00',
      '2026-11-23T09:00+01:00',
    ],
    ['on a Sunday', monday9, '2026-11-29T23:59', '2026-11-23T09:00+01:00', '2026-11-30T09:00+01:00'],
    [
      'over the change in spring',
      monday9,
      '2026-03-29T12:00',
      '2026-03-23T09:00+01:00',
      '2026-03-30T09:00+02:00',
    ],
    [
      'over the change in autumn',
      monday9,
      '2026-10-25T12:00',
      '2026-10-19T09:00+02:00',
      '2026-10-26T09:00+01:00',
    ],
    [
      'at a time that is left out',
      { ...monday9, weekday: 7, at: '02:30' },
      '2026-03-29T12:00',
      '2026-03-29T03:30+02:00',
      '2026-04-05T02:30+02:00',
    ],
    [
      'before that time has come',
      { ...monday9, weekday: 7, at: '02:30' },
      '2026-03-29T03:15',
      '2026-03-22T02:30+01:00',
      '2026-03-29T03:30+02:00',
    ],
    [
      'at a time that comes twice',
      { ...monday9, weekday: 7, at: '02:30' },
      '2026-10-25T02:30+01:00',
      '2026-10-25T02:30+02:00',
      '2026-11-01T02:30+01:00',
    ],
    [
      'half an hour off',
      { ...monday9, timeZone: 'Asia/Kolkata' },
      '2026-11-23T09:00',
      '2026-11-23T09:00+05:30',
      '2026-11-30T09:00+05:30',
    ],
    [
      'at a midnight that there was not',
      { weekday: 7, at: '00:00', timeZone: 'America/Sao_Paulo' },
      '2018-11-04T12:00',
      '2018-11-04T01:00-02:00',
      '2018-11-11T00:00-02:00',
    ],
    [
      'on the day that Samoa left out, which comes a day later',
      { weekday: 5, at: '09:00', timeZone: 'Pacific/Apia' },
      '2011-12-31T12:00',
      '2011-12-31T09:00+14:00',
      '2012-01-06T09:00+14:00',
    ],
  ])('%s', (_, timetable: Timetable, now, last, next) => {
    const instant = at(`${now}[${timetable.timeZone}]`)
    const shown = (turn: { at: number }) => Temporal.Instant.fromEpochMilliseconds(turn.at).toString()
    expect(shown(lastTurn(timetable, instant))).toBe(Temporal.Instant.from(last).toString())
    expect(shown(nextTurn(timetable, instant))).toBe(Temporal.Instant.from(next).toString())
  })

  test('a turn is known by the Monday of its week', () => {
    const friday = { weekday: 5, at: '18:00', timeZone: 'Europe/Moscow' }
    const now = at('2026-11-25T12:00[Europe/Moscow]')
    expect(lastTurn(friday, now).monday.toString()).toBe('2026-11-16')
    expect(nextTurn(friday, now).monday.toString()).toBe('2026-11-23')
  })
})

describe('whatever the zone and the moment', () => {
  const timeZones = fc.constantFrom(
    'Europe/Berlin',
    'Asia/Kolkata',
    'America/Sao_Paulo',
    'Asia/Tehran',
    'Pacific/Apia',
    'Australia/Lord_Howe',
    'America/New_York',
    'Europe/Moscow',
  )
  const instants = fc.integer({ min: at('1950-01-01T00:00[UTC]'), max: at('2040-01-01T00:00[UTC]') })
  const timetables = fc.record({
    weekday: fc.integer({ min: 1, max: 7 }),
    at: fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([hours, minutes]) => `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`),
    timeZone: timeZones,
  })

  test('an instant lies in the week of its Monday, and weeks follow one another without a gap', () => {
    fc.assert(
      fc.property(instants, timeZones, (instant, timeZone) => {
        const monday = mondayOf(instant, timeZone)
        const { from, until } = weekOf(monday, timeZone)
        expect(monday.dayOfWeek).toBe(1)
        expect(from).toBeLessThanOrEqual(instant)
        expect(until).toBeGreaterThan(instant)
        expect(weekOf(monday.add({ weeks: 1 }), timeZone).from).toBe(until)
        expect(mondayOf(until - 1, timeZone).equals(monday)).toBe(true)
        expect(mondayOf(until, timeZone).equals(monday.add({ weeks: 1 }))).toBe(true)
      }),
    )
  })

  test('the last turn is not ahead, the next one is, and nothing comes between them', () => {
    fc.assert(
      fc.property(instants, timetables, (now, timetable) => {
        const [last, next] = [lastTurn(timetable, now), nextTurn(timetable, now)]
        expect(last.at).toBeLessThanOrEqual(now)
        expect(next.at).toBeGreaterThan(now)
        expect(lastTurn(timetable, next.at)).toEqual(next)
        expect(lastTurn(timetable, next.at - 1)).toEqual(last)
        expect(nextTurn(timetable, last.at)).toEqual(next)
      }),
    )
  })
})
