import { describe, expect, test } from 'vitest'
import { readComingDay, readMoment } from '../../src/domain/read-moment.ts'

const today = Temporal.PlainDate.from('2026-11-26')
/** 26 November 2026, 15:00 in Moscow. */
const now = Date.UTC(2026, 10, 26, 12)
const moment = (text: string) => {
  const reading = readMoment(text, now, 'Europe/Moscow')
  return reading.ok ? new Date(reading.at).toISOString().slice(0, 16) : reading.reason
}

describe('a day to come', () => {
  test.each([
    ['сегодня', '2026-11-26'],
    ['Завтра', '2026-11-27'],
    ['послезавтра', '2026-11-28'],
    ['tomorrow', '2026-11-27'],
    ['31.12', '2026-12-31'],
    ['31 декабря', '2026-12-31'],
    ['01.02', '2027-02-01'],
    ['26.11', '2026-11-26'],
    ['29.02', '2028-02-29'],
    ['15.01.2027', '2027-01-15'],
    ['2027-01-15', '2027-01-15'],
  ])('%s is %s', (text, day) => {
    const reading = readComingDay(text, today)
    expect(reading.ok && reading.day.toString()).toBe(day)
  })

  test.each([
    ['31.11', 'noSuchDay'],
    ['31.11.2027', 'noSuchDay'],
    ['25.11.2026', 'past'],
    ['скоро', 'unreadable'],
    ['', 'unreadable'],
  ])('%s is none: %s', (text, reason) => {
    expect(readComingDay(text, today)).toEqual({ ok: false, reason })
  })
})

describe('a moment to come', () => {
  test.each([
    ['завтра 10:00', '2026-11-27T07:00'],
    ['завтра в 10.30', '2026-11-27T07:30'],
    ['31.12 18:30', '2026-12-31T15:30'],
    ['31 декабря, 9:05', '2026-12-31T06:05'],
    ['2026-12-31 at 9:00', '2026-12-31T06:00'],
    ['18:00', '2026-11-26T15:00'],
    ['14:59', '2026-11-27T11:59'],
    ['сегодня 14:00', 'past'],
    ['25.11.2026 10:00', 'past'],
    ['31.11 10:00', 'noSuchDay'],
    ['завтра', 'noTime'],
    ['10.12', 'noTime'],
    ['завтра 25:00', 'unreadable'],
    ['когда-нибудь', 'unreadable'],
  ])('%s: %s', (text, wanted) => {
    expect(moment(text)).toBe(wanted)
  })
})
