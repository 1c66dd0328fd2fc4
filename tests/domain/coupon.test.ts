import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { couponCode, expiryOf, readCode, showCode } from '../../src/domain/coupon.ts'

describe('a new code', () => {
  test('is ten symbols that nobody takes for one another', () => {
    for (let i = 0; i < 200; i += 1) expect(couponCode(randomInt)).toMatch(/^[2-9A-HJKMNP-Z]{10}$/)
  })

  test('takes every symbol from the chance that it is given', () => {
    const asked: number[] = []
    const code = couponCode((below) => {
      asked.push(below)
      return asked.length === 1 ? below - 1 : asked.length - 2
    })
    expect(code).toBe('Z23456789A')
    expect(new Set(asked)).toEqual(new Set([31]))
  })
})

describe('a coupon is good until the salon closes its last day', () => {
  test.each([
    ['given in the morning', '2026-11-26T08:00:00Z', 'Europe/Moscow', '2027-01-25T21:00:00Z'],
    [
      'given late, when UTC is still in the day before',
      '2026-11-25T22:30:00Z',
      'Europe/Moscow',
      '2027-01-25T21:00:00Z',
    ],
    ['given in Kamchatka', '2026-11-26T13:00:00Z', 'Asia/Kamchatka', '2027-01-26T12:00:00Z'],
    ['over the change to summer time', '2026-02-01T12:00:00Z', 'Europe/Berlin', '2026-04-02T22:00:00Z'],
  ])('%s', (_, given, timeZone, midnight) => {
    expect(expiryOf(Date.parse(given), 60, timeZone)).toBe(Date.parse(midnight) - 1)
  })
})

describe('a typed code', () => {
  test.each([
    ['as it is shown', 'ABCDE-FGHJK', 'ABCDEFGHJK'],
    ['in lower case', 'abcde-fghjk', 'ABCDEFGHJK'],
    ['without its dash', 'ABCDEFGHJK', 'ABCDEFGHJK'],
    ['with spaces around and between', '  abcde fghjk \n', 'ABCDEFGHJK'],
    ['with the dash that a phone makes of two', 'ABCDE—FGHJK', 'ABCDEFGHJK'],
    ['dictated letter by letter', '2 3 4 5 6 7 8 9 A B', '23456789AB'],
    ['in Cyrillic letters that look the same', 'АВСЕН-КМРТХ', 'ABCEHKMPTX'],
    ['in small Cyrillic letters', 'авсен-кмрту', 'ABCEHKMPTY'],
    ['in both alphabets', 'АBСDE-23456', 'ABCDE23456'],
    ['in the letters of a Chinese keyboard', 'ＡＢＣＤＥ２３４５６', 'ABCDE23456'],
    ['as the payload of its link', 'coupon-ABCDEFGHJK', 'ABCDEFGHJK'],
    ['as the whole link', 'https://t.me/daisy_staff_bot?start=coupon-ABCDEFGHJK', 'ABCDEFGHJK'],
  ])('%s', (_, typed, code) => {
    expect(readCode(typed)).toBe(code)
  })

  test.each([
    ['nothing', ''],
    ['too short', 'ABCDE-FGHJ'],
    ['too long', 'ABCDE-FGHJK2'],
    ['a zero, which no code has', 'ABCDE-FGHJ0'],
    ['a Cyrillic letter that looks like no other', 'ЯBCDE-FGHJK'],
    ['a link with something else', 'https://t.me/daisy_staff_bot?start=spring'],
    ['a name', 'Анна Петрова'],
  ])('is none: %s', (_, typed) => {
    expect(readCode(typed)).toBeUndefined()
  })

  test('every code is read back from how it is shown', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 30 }), { minLength: 10, maxLength: 10 }), (numbers) => {
        const rest = [...numbers]
        const code = couponCode(() => rest.shift() ?? 0)
        expect(readCode(showCode(code))).toBe(code)
        expect(readCode(showCode(code).toLowerCase())).toBe(code)
      }),
    )
  })
})
