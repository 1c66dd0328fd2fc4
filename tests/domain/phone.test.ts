import { describe, expect, test } from 'vitest'
import { readContactPhone, readPhone, showPhone } from '../../src/domain/phone.ts'

describe('a phone is read the way people write it', () => {
  test.each([
    ['+79123456789'],
    ['+7 912 345 67 89'],
    ['+7 (912) 345-67-89'],
    ['8 912 345-67-89'],
    ['8(912)3456789'],
    ['89123456789'],
    ['79123456789'],
    ['9123456789'],
    ['912 345 67 89'],
    ['8-912-345-67-89'],
    ['8.912.345.67.89'],
    ['  8 912 345 67 89 \n'],
    ['мой номер 8 912 345-67-89'],
    ['+7\u00a0912\u00a0345\u00a067\u00a089'],
    ['８９１２３４５６７８９'],
    ['۸۹۱۲۳۴۵۶۷۸۹'],
  ])('%j', (text) => expect(readPhone(text)).toEqual({ ok: true, phone: '+79123456789' }))

  test.each([
    ['+375 29 123-45-67', '+375291234567'],
    ['+44 20 7946 0958', '+442079460958'],
    ['+1 212 555 2368', '+12125552368'],
    ['+7 727 258 12 34', '+77272581234'],
    ['8 495 123-45-67', '+74951234567'],
  ])('from elsewhere: %j is %s', (text, phone) => expect(readPhone(text)).toEqual({ ok: true, phone }))
})

describe('what is no phone is told apart', () => {
  test.each([
    ['', 'unreadable'],
    ['нет', 'unreadable'],
    ['912', 'unreadable'],
    ['17.04.90', 'unreadable'],
    ['8 912 345 67 89, 8 912 345 67 80', 'unreadable'],
    ['1'.repeat(4000), 'unreadable'],
    ['__proto__', 'unreadable'],
    ['8 912 345-67-8', 'impossible'],
    ['8 912 345-67-890', 'impossible'],
    ['0000000000', 'impossible'],
    ['1234567', 'impossible'],
    ['+999 123 456 789', 'impossible'],
    ['17.04.1990', 'impossible'],
  ])('%j is %s', (text, reason) => expect(readPhone(text)).toEqual({ ok: false, reason }))
})

test("Telegram's contact button sends international digits, with or without a plus", () => {
  expect(readContactPhone('79123456789')).toEqual({ ok: true, phone: '+79123456789' })
  expect(readContactPhone('+375291234567')).toEqual({ ok: true, phone: '+375291234567' })
  expect(readContactPhone('375291234567')).toEqual({ ok: true, phone: '+375291234567' })
  // Telegram's own anonymous numbers, and ranges that no table knows yet.
  expect(readContactPhone('88812345678')).toEqual({ ok: true, phone: '+88812345678' })
  expect(readContactPhone('12')).toEqual({ ok: false, reason: 'unreadable' })
})

test('a phone is shown in groups, and as it is when it is none', () => {
  expect(showPhone('+79123456789')).toBe('+7 912 345 67 89')
  expect(showPhone('+442079460958')).toBe('+44 20 7946 0958')
  expect(showPhone('nonsense')).toBe('nonsense')
})
