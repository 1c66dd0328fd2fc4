import { describe, expect, test } from 'vitest'

import { createAmountEvidence } from '../../../src/domain/visit-file/amount-signs.ts'
import { createDateEvidence } from '../../../src/domain/visit-file/date-order.ts'
import { readAmount } from '../../../src/domain/visit-file/read-amount.ts'
import { readBookPhone } from '../../../src/domain/visit-file/read-book-phone.ts'
import { readDate, readTime, type DateOrder } from '../../../src/domain/visit-file/read-date.ts'

/** "2024-03-15", "2024-03-15 14:30:00", "2024-03-15 14:30:00 +180", or the reason. */
function shown(cell: string, order: DateOrder = 'unclear'): string {
  const date = readDate(cell, order)
  if (!date.ok) return date.reason
  const two = (number: number) => String(number).padStart(2, '0')
  const day = `${date.year}-${two(date.month)}-${two(date.day)}`
  if (date.seconds === undefined) return day
  const { seconds, offsetMinutes } = date
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${day} ${time}${offsetMinutes === undefined ? '' : ` ${offsetMinutes < 0 ? '' : '+'}${offsetMinutes}`}`
}

describe('a date', () => {
  test.each([
    ['15.03.2024', '2024-03-15'],
    ['5.3.24', '2024-03-05'],
    ['05.03.99', '1999-03-05'],
    ['05.03.89', '2089-03-05'],
    ['15.03.2024 г.', '2024-03-15'],
    ['15.03.2024 (пт)', '2024-03-15'],
    ['Пт, 15.03.2024', '2024-03-15'],
    ['15.03.2024 9:05', '2024-03-15 09:05:00'],
    ['15.03.2024, 14:30:15', '2024-03-15 14:30:15'],
    ['15.03.2024 в 14:30', '2024-03-15 14:30:00'],
    ['15.03.2024 14:30-15:30', '2024-03-15 14:30:00'],
    ['15.03.2024 2:30 PM', '2024-03-15 14:30:00'],
    ['2024-03-15', '2024-03-15'],
    ['2024/3/5', '2024-03-05'],
    ['20240315', '2024-03-15'],
    ['2024-03-15T14:30', '2024-03-15 14:30:00'],
    ['2024-03-15 14:30:00.250', '2024-03-15 14:30:00'],
    ['2024-03-15T14:30:00Z', '2024-03-15 14:30:00 +0'],
    ['2024-03-15T14:30:00+03:00', '2024-03-15 14:30:00 +180'],
    ['2024-03-15T14:30:00-0530', '2024-03-15 14:30:00 -330'],
    ['2024-03-15 14:30:00+03', '2024-03-15 14:30:00 +180'],
    ['5 марта 2024 г.', '2024-03-05'],
    ['5 мая 2024, 14:30', '2024-05-05 14:30:00'],
    ['5-Mar-2024', '2024-03-05'],
    ['45292', '2024-01-01'],
    ['45292,5', '2024-01-01 12:00:00'],
    ['29.02.2024', '2024-02-29'],
    ['29.02.2023', 'dateNotReal'],
    ['31.02.2024', 'dateNotReal'],
    ['15.13.2024', 'dateNotReal'],
    ['00.01.2024', 'dateNotReal'],
    ['2024-00-10', 'dateNotReal'],
    ['15.03.2024 25:00', 'timeUnreadable'],
    ['15.03.2024 мимо', 'timeUnreadable'],
    ['15.03', 'dateUnreadable'],
    ['2024', 'dateUnreadable'],
    ['вчера', 'dateUnreadable'],
    ['5 мартобря 2024', 'dateUnreadable'],
    [' ', 'dateEmpty'],
  ])('"%s" is %s', (cell, expected) => expect(shown(cell)).toBe(expected))

  test.each([
    ['03/04/2024', 'dayFirst', '2024-04-03'],
    ['03/04/2024', 'monthFirst', '2024-03-04'],
    ['03/04/2024', 'unclear', 'dateAmbiguous'],
    ['3-4-24', 'dayFirst', '2024-04-03'],
    ['04/04/2024', 'unclear', '2024-04-04'],
    ['13/04/2024', 'unclear', '2024-04-13'],
    ['04/13/2024', 'unclear', '2024-04-13'],
    ['04/13/2024', 'dayFirst', 'dateNotReal'],
    ['03/04/2024 14:30', 'dayFirst', '2024-04-03 14:30:00'],
    ['03.04.2024', 'monthFirst', '2024-04-03'],
  ] as const)('"%s" where the column is %s is %s', (cell, order, expected) =>
    expect(shown(cell, order)).toBe(expected),
  )

  const ambiguous = Array.from({ length: 50 }, (_, at) => `0${(at % 9) + 1}/05/2024`)
  test.each([
    ['nothing with slashes', ['15.03.2024', '2024-03-15', ''], 'none'],
    ['one day above twelve', [...ambiguous, '13/05/2024'], 'dayFirst'],
    ['one day in the second place', [...ambiguous, '05/13/2024'], 'monthFirst'],
    ['nothing that tells', ambiguous, 'unclear'],
    ['both as often', [...ambiguous, '13/05/2024', '05/13/2024'], 'unclear'],
    ['one slip in a hundred', [...Array.from({ length: 99 }, () => '13/05/2024'), '05/13/2024'], 'dayFirst'],
    [
      'two slips in a hundred',
      [...Array.from({ length: 98 }, () => '13/05/2024'), '05/13/2024', '05/14/2024'],
      'unclear',
    ],
    ['numbers that are no dates', ['77/88/2024', '15.03.2024'], 'unclear'],
  ])('a column with %s is read so: %s', (_, cells, order) => {
    const evidence = createDateEvidence()
    for (const cell of cells) evidence.add(cell)
    expect(evidence.order()).toBe(order)
  })
})

test.each([
  ['9', 9 * 3600],
  ['9:30', 34_200],
  ['09.30', 34_200],
  ['9-30', 34_200],
  ['14ч30', 52_200],
  ['9 часов', 32_400],
  ['14:30:15', 52_215],
  ['14:30 - 15:30', 52_200],
  ['12:00 AM', 0],
  ['12:00 PM', 43_200],
  ['0,604166667', 52_200],
  ['24:00', undefined],
  ['13:00 PM', undefined],
  ['утром', undefined],
])('the time "%s" is %s seconds', (cell, seconds) => expect(readTime(cell)).toBe(seconds))

describe('an amount', () => {
  const kopecks = (cell: string, thousands: (',' | '.')[] = []) => {
    const amount = readAmount(cell, { thousands })
    return amount.ok ? amount.kopecks : amount.reason
  }
  test.each([
    ['1500', 150_000],
    ['1 500,50', 150_050],
    ['1 500,50 ₽', 150_050],
    ['1\u00A0500,5 руб.', 150_050],
    ['1\u202F500', 150_000],
    ['1500.5', 150_050],
    ['1,500.50', 150_050],
    ['1.500,50', 150_050],
    ['1’500.50', 150_050],
    ['1,234,567', 123_456_700],
    ['1 234 567,89', 123_456_789],
    ['(500)', -50_000],
    ['(1 500,50 р.)', -150_050],
    ['-500', -50_000],
    ['−500', -50_000],
    ['- 500 ₽', -50_000],
    ['500-', -50_000],
    ['+500', 50_000],
    ['₽500', 50_000],
    ['0', 0],
    ['-0', 0],
    ['0.29', 29],
    ['1.15', 115],
    ['4.35', 435],
    ['1500.0000', 150_000],
    ['', undefined],
    ['-', undefined],
    ['бесплатно', undefined],
    ['1500.125', 'amountTooFine'],
    ['0.001', 'amountTooFine'],
    ['1,500', 'amountAmbiguous'],
    ['1.500', 'amountAmbiguous'],
    ['15 00', 'amountUnreadable'],
    ['12,34,567', 'amountUnreadable'],
    ['1.2.3', 'amountUnreadable'],
    ['1 500.000,5', 'amountUnreadable'],
    ['(-500)', 'amountUnreadable'],
    ['500 $', 'amountUnreadable'],
    ['=1+1', 'amountUnreadable'],
    ['много', 'amountUnreadable'],
    ['79123456789', 'amountTooLarge'],
    ['9'.repeat(400), 'amountUnreadable'],
  ])('"%s" is %s', (cell, expected) => expect(kopecks(cell)).toBe(expected))

  test.each([
    ['1,500', [','], 150_000],
    ['-1.500', ['.'], -150_000],
    ['1.500', [','], 'amountAmbiguous'],
    ['0,500', [','], 50],
  ] as const)('"%s" where %s parts thousands is %s', (cell, signs, expected) =>
    expect(kopecks(cell, [...signs])).toBe(expected),
  )

  test.each([
    ['whole numbers only', ['500', '1,500', '12,000'], { thousands: [','], unclear: [], decimal: [] }],
    ['decimals elsewhere', ['500,50', '1,500'], { thousands: [], unclear: [','], decimal: [','] }],
    ['another sign for decimals', ['500.50', '1,500'], { thousands: [','], unclear: [], decimal: ['.'] }],
    ['both in one cell', ['1.500,50', '1.500'], { thousands: ['.'], unclear: [], decimal: [','] }],
    ['no signs', ['500', '', 'мимо', '1 500'], { thousands: [], unclear: [], decimal: [] }],
  ])('the signs of a column with %s', (_, cells, signs) => {
    const evidence = createAmountEvidence()
    for (const cell of cells) evidence.add(cell)
    expect(evidence.signs()).toEqual(signs)
  })

  test('in kopecks has no parts', () => {
    expect(readAmount('150050', { thousands: [], kopecks: true })).toEqual({ ok: true, kopecks: 150_050 })
    expect(readAmount('1500.5', { thousands: [], kopecks: true })).toEqual({
      ok: false,
      reason: 'amountTooFine',
    })
  })
})

test.each([
  ['8 (912) 345-67-89', '+79123456789'],
  ['+7 912 345 67 89', '+79123456789'],
  ['79123456789', '+79123456789'],
  ['9123456789', '+79123456789'],
  ['89123456789', '+79123456789'],
  ['79123456789.0', '+79123456789'],
  ['+8 912 345 67 89', '+79123456789'],
  ['８９１２３４５６７８９', '+79123456789'],
  ['тел. 89123456789', '+79123456789'],
  ['8-912-345-67-89 (мама)', '+79123456789'],
  ['8 912 345 67 89 доб. 12', '+79123456789'],
  ['8 (4932) 30-12-12', '+74932301212'],
  ['8 (4932) 30-12-12, 8 912 345-67-89', '+79123456789'],
  ['8(912)345-67-89; 8(912)345-67-88', '+79123456789'],
  ['8 (4932) 30-12-12 / 8 (4932) 30-12-13', '+74932301212'],
  ['+375 29 123-45-67', '+375291234567'],
  ['+49 151 23456789', '+4915123456789'],
  ['', undefined],
  ['нет', undefined],
  ['-', undefined],
  ['0', undefined],
  ['7.9123E+10', 'phoneShortened'],
  ['7,91235E+10', 'phoneShortened'],
  ['8 912 345 67 8', 'phoneImpossible'],
  ['12345', 'phoneUnreadable'],
  ['по вацапу', 'phoneUnreadable'],
])('the phone "%s" is %s', (cell, expected) => {
  const phone = readBookPhone(cell)
  expect(phone.ok ? phone.phone : phone.reason).toBe(expected)
})

test('a novel in a cell is neither a date nor an amount nor a phone, and is not pondered', () => {
  for (const novel of [`15.03.2024${' '.repeat(200_000)}x`, '1 '.repeat(100_000), 'пт '.repeat(100_000)]) {
    expect(shown(novel)).toBe('dateUnreadable')
    expect(readTime(novel)).toBeUndefined()
    expect(readAmount(novel, { thousands: [] })).toEqual({ ok: false, reason: 'amountUnreadable' })
    expect(readBookPhone(novel)).toEqual({ ok: false, reason: 'phoneUnreadable' })
  }
})
