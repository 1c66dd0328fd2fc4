import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { expect, test } from 'vitest'

import { harmless, unguarded } from '../../../src/domain/visit-file/formula-guard.ts'
import { readAmount } from '../../../src/domain/visit-file/read-amount.ts'
import { readBookPhone } from '../../../src/domain/visit-file/read-book-phone.ts'
import { readDate, readTime } from '../../../src/domain/visit-file/read-date.ts'

const two = (number: number) => String(number).padStart(2, '0')
const day = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2089-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => ({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }))
const seconds = fc.integer({ min: 0, max: 86_399 })
const russianMonths =
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ')

type Day = { year: number; month: number; day: number }
const dateWriters: Record<string, (date: Day) => string> = {
  'dd.mm.yyyy': (d) => `${two(d.day)}.${two(d.month)}.${d.year}`,
  'd.m.yy': (d) => `${d.day}.${d.month}.${two(d.year % 100)}`,
  'dd/mm/yyyy': (d) => `${two(d.day)}/${two(d.month)}/${d.year}`,
  'd-m-yyyy': (d) => `${d.day}-${d.month}-${d.year}`,
  'yyyy-mm-dd': (d) => `${d.year}-${two(d.month)}-${two(d.day)}`,
  'yyyy/m/d': (d) => `${d.year}/${d.month}/${d.day}`,
  yyyymmdd: (d) => `${d.year}${two(d.month)}${two(d.day)}`,
  'in words': (d) => `${d.day} ${russianMonths[d.month - 1]} ${d.year} г.`,
}
const timeWriters: Record<string, (time: number) => string> = {
  'h:mm:ss': (s) => `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`,
  'hh:mm:ss.fff': (s) => `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}.000`,
  'h:mm:ss PM': (s) =>
    `${Math.floor(s / 3600) % 12 || 12}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)} ${s < 43_200 ? 'AM' : 'PM'}`,
}

test.each(Object.keys(dateWriters))('a date written as %s is read back, alone and with a time', (name) => {
  const write = dateWriters[name] as (date: Day) => string
  fc.assert(
    fc.property(day, seconds, fc.constantFrom(...Object.keys(timeWriters)), (date, time, timeName) => {
      expect(readDate(write(date), 'dayFirst')).toMatchObject({ ok: true, ...date, seconds: undefined })
      const clock = (timeWriters[timeName] as (time: number) => string)(time)
      expect(readTime(clock)).toBe(time)
      expect(readDate(`${write(date)} ${clock}`, 'dayFirst')).toMatchObject({
        ok: true,
        ...date,
        seconds: time,
      })
    }),
  )
})

test('a month before the day is read back, too', () => {
  fc.assert(
    fc.property(day, (date) => {
      const cell = `${two(date.month)}/${two(date.day)}/${date.year}`
      expect(readDate(cell, 'monthFirst')).toMatchObject({ ok: true, ...date })
    }),
  )
})

test('a serial number of Excel is read back to the second', () => {
  fc.assert(
    fc.property(day, seconds, (date, time) => {
      const days = (Date.UTC(date.year, date.month - 1, date.day) - Date.UTC(1899, 11, 30)) / 86_400_000
      const cell = String(days + time / 86_400)
      expect(readDate(cell, 'unclear')).toMatchObject({
        ok: true,
        ...date,
        seconds: time === 0 ? undefined : time,
      })
    }),
  )
})

test('an instant with an offset is read back', () => {
  fc.assert(
    fc.property(day, seconds, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, time, offset) => {
      const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
      const cell = `${dateWriters['yyyy-mm-dd']?.(date)}T${timeWriters['hh:mm:ss.fff']?.(time)}${zone}`
      expect(readDate(cell, 'unclear')).toMatchObject({
        ok: true,
        ...date,
        seconds: time,
        offsetMinutes: offset,
      })
    }),
  )
})

const grouped = (whole: number, sign: string) => String(whole).replaceAll(/\B(?=(\d{3})+$)/g, sign)
const amountWriters: Record<string, (whole: number, rest: string) => string> = {
  'plain, comma': (whole, rest) => `${whole},${rest}`,
  'plain, dot': (whole, rest) => `${whole}.${rest}`,
  'spaces, comma': (whole, rest) => `${grouped(whole, ' ')},${rest}`,
  'hard spaces and roubles': (whole, rest) => `${grouped(whole, '\u00A0')},${rest} ₽`,
  'narrow spaces': (whole, rest) => `${grouped(whole, '\u202F')},${rest} руб.`,
  'in English': (whole, rest) => `${grouped(whole, ',')}.${rest}`,
  'in German': (whole, rest) => `${grouped(whole, '.')},${rest}`,
  'four decimals': (whole, rest) => `${whole}.${rest}00`,
}
const minuses: ((text: string) => string)[] = [
  (text) => `-${text}`,
  (text) => `−${text}`,
  (text) => `(${text})`,
  (text) => `- ${text}`,
]

test.each(Object.keys(amountWriters))('an amount written so (%s) is read back to the kopeck', (name) => {
  const write = amountWriters[name] as (whole: number, rest: string) => string
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99_999_999_999 }),
      fc.constantFrom(...minuses),
      (kopecks, minus) => {
        const cell = write(Math.floor(kopecks / 100), two(kopecks % 100))
        expect(readAmount(cell, { thousands: [] })).toEqual({ ok: true, kopecks })
        expect(readAmount(minus(cell), { thousands: [] })).toEqual({ ok: true, kopecks: -kopecks })
      },
    ),
  )
})

test('whole thousands are read back where the column tells its sign', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 999_999_999 }),
      fc.constantFrom(',' as const, '.' as const),
      (roubles, sign) => {
        expect(readAmount(grouped(roubles, sign), { thousands: [sign] })).toEqual({
          ok: true,
          kopecks: roubles * 100,
        })
      },
    ),
  )
})

const phoneWriters: ((digits: string) => string)[] = [
  (d) => `+7${d}`,
  (d) => `8${d}`,
  (d) => `7${d}`,
  (d) => d,
  (d) => `8 (${d.slice(0, 3)}) ${d.slice(3, 6)}-${d.slice(6, 8)}-${d.slice(8)}`,
  (d) => `+7 ${d.slice(0, 3)} ${d.slice(3, 6)} ${d.slice(6)}`,
  (d) => `8-${d.slice(0, 3)}-${d.slice(3, 6)}-${d.slice(6, 8)}-${d.slice(8)}`,
  (d) => `тел.: 8${d}`,
  (d) => `8${d}, 8 (4932) 30-12-12`,
]

test('a Russian mobile phone is read back however it is written, if libphonenumber holds it for valid', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999_999_999 }),
      fc.constantFrom(...phoneWriters),
      (number, write) => {
        const phone = `+79${String(number).padStart(9, '0')}`
        fc.pre(parsePhoneNumberFromString(phone)?.isValid() === true)
        expect(readBookPhone(write(phone.slice(2)))).toEqual({ ok: true, phone })
      },
    ),
  )
})

test('the short way to Russian mobile phones takes none that libphonenumber does not', () => {
  const codes = Array.from({ length: 10_000 }, (_, at) => `+79${String(at).padStart(4, '0')}11111`)
  const taken = codes.filter((phone) => readBookPhone(phone).ok)
  expect(taken).toEqual(codes.filter((phone) => parsePhoneNumberFromString(phone)?.isValid()))
})

test('no cell makes a reader throw, and none becomes more than a number, a phone, a day', () => {
  const signs = fc.string({ unit: fc.constantFrom(...Array.from('0123456789.,/-:+() eE₽рTZ\u00A0\n«é💅')) })
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), signs), (cell) => {
      const amount = readAmount(cell, { thousands: [',', '.'] })
      expect(amount).toSatisfy(() => !amount.ok || Number.isSafeInteger(amount.kopecks ?? 0))
      const phone = readBookPhone(cell)
      expect(phone).toSatisfy(() => !phone.ok || /^\+\d{7,15}$/.test(phone.phone ?? '+7000000'))
      const date = readDate(cell, 'dayFirst')
      expect(date).toSatisfy(
        () => !date.ok || new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDate() === date.day,
      )
      expect(readTime(cell) ?? 0).toBeLessThan(86_400)
    }),
    { numRuns: 2000 },
  )
})

test('the apostrophe before what could be a formula comes off again', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from("'=+-@ \t79abc")) }), (text) => {
      expect(unguarded(harmless(text))).toBe(text)
    }),
  )
})
