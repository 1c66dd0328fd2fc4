import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Occasion } from '../../../src/domain/offers/offer.ts'
import {
  birthdayGraceDays,
  occasionOf,
  overallOf,
  type OccasionFacts,
} from '../../../src/domain/offers/occasion.ts'

const dayOf = (date: string) =>
  Temporal.PlainDate.from('1970-01-01').until(Temporal.PlainDate.from(date)).days
const today = dayOf('2026-11-26')
const birthday = (daysBefore: number): Occasion => ({ kind: 'birthday', daysBefore })
const overdue: Occasion = { kind: 'overdue', days: 7 }
const firstVisit: Occasion = { kind: 'firstVisit', daysAfter: 1 }
/** Every 30 days, so many times, the last so many days ago. */
const comes = (visits: number, away: number): OccasionFacts => ({
  overall: { firstDay: today - away - 30 * (visits - 1), lastDay: today - away, visits },
})

describe('today is an occasion', () => {
  test.each<[string, Occasion, OccasionFacts, string | undefined]>([
    ['a birthday today', birthday(0), { birthday: { day: 26, month: 11 } }, '2026'],
    ['a birthday tomorrow', birthday(0), { birthday: { day: 27, month: 11 } }, undefined],
    [
      'a birthday in three days, told of three before',
      birthday(3),
      { birthday: { day: 29, month: 11 } },
      '2026',
    ],
    [
      'a birthday three days ago: something did not run',
      birthday(0),
      { birthday: { day: 23, month: 11 } },
      '2026',
    ],
    ['so does one that was to be told of before', birthday(3), { birthday: { day: 25, month: 11 } }, '2026'],
    ['a birthday four days ago: too late', birthday(0), { birthday: { day: 22, month: 11 } }, undefined],
    [
      'a birthday next year, told of before New Year',
      birthday(60),
      { birthday: { day: 1, month: 1 } },
      '2027',
    ],
    ['a birthday that is not known', birthday(365), {}, undefined],
    ['not late yet', overdue, comes(5, 36), undefined],
    ['late since today', overdue, comes(5, 37), `since:${today - 37}`],
    ['late for long', overdue, comes(5, 97), `since:${today - 97}`],
    ['lost', overdue, comes(5, 98), undefined],
    ['came twice: one interval is no habit', overdue, comes(2, 50), undefined],
    ['has never come', overdue, {}, undefined],
    ['the day of the first visit', firstVisit, comes(1, 0), undefined],
    ['the day after it', firstVisit, comes(1, 1), 'first'],
    ['a week later: something did not run', firstVisit, comes(1, 8), 'first'],
    ['too late to speak of it', firstVisit, comes(1, 9), undefined],
    ['came again meanwhile', firstVisit, comes(2, 1), undefined],
  ])('%s', (_, occasion, client, name) => {
    expect(occasionOf(occasion, client, today)).toBe(name)
  })
})

test('asked on every day of many years, a birthday is one occasion a year, however long before it is told of', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
      fc.integer({ min: 0, max: 30 }),
      (month, day, before) => {
        const days = Array.from({ length: 3 * 365 }, (_, index) => dayOf('2026-01-01') + index)
        const named = days.flatMap(
          (one) => occasionOf(birthday(before), { birthday: { day, month } }, one) ?? [],
        )
        const counts = Map.groupBy(named, (year) => year)
        const whole = [...counts].filter(([year]) => year === '2027').map(([, all]) => all.length)
        expect(whole).toEqual([before + 1 + birthdayGraceDays])
      },
    ),
    { numRuns: 50 },
  )
})

test('an absence is one occasion, whoever asks on whichever day; the next one is another', () => {
  const names = (lastDay: number) =>
    new Set(
      Array.from({ length: 200 }, (_, index) =>
        occasionOf(overdue, { overall: { firstDay: lastDay - 120, lastDay, visits: 5 } }, lastDay + index),
      ).filter((one) => one !== undefined),
    )
  expect(names(today).size).toBe(1)
  expect(names(today)).not.toEqual(names(today + 60))
})

test.each([
  ['on the day that the offer began', '2026-11-25', '2026'],
  ['before the offer stood', '2026-11-26', undefined],
])('a birthday yesterday, %s', (_, since, name) => {
  const facts = { birthday: { day: 25, month: 11 } }
  expect(occasionOf(birthday(0), facts, today, dayOf(since))).toBe(name)
})

test('over New Year a birthday keeps its year, also when it is made up for', () => {
  const facts = { birthday: { day: 31, month: 12 } }
  const years = ['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-03', '2027-01-04'].map((date) =>
    occasionOf(birthday(0), facts, dayOf(date)),
  )
  expect(years).toEqual([undefined, '2026', '2026', '2026', undefined])
})

test('who was born on 29 February has it on the 28th, and it is made up for after that', () => {
  const facts = { birthday: { day: 29, month: 2 } }
  const of = (date: string) => occasionOf(birthday(0), facts, dayOf(date))
  expect([of('2027-02-27'), of('2027-02-28'), of('2027-03-03'), of('2027-03-04')]).toEqual([
    undefined,
    '2027',
    '2027',
    undefined,
  ])
  expect([of('2028-02-28'), of('2028-02-29'), of('2028-03-03')]).toEqual([undefined, '2028', '2028'])
})

test('visits of a day are one, and those to come are none', () => {
  expect(overallOf([today - 30, today - 30, today - 60, today + 1], today)).toEqual({
    firstDay: today - 60,
    lastDay: today - 30,
    visits: 2,
  })
  expect(overallOf([today + 1], today)).toBeUndefined()
})
