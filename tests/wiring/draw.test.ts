import { expect, test } from 'vitest'
import { createDraw } from '../../src/wiring/draw.ts'
import type { DrawOptions } from '../../src/wiring/draw.ts'
import { coupon } from '../bots/scripted-conversation.ts'
import { pixelsOf } from '../reports/pixels.ts'
import { readQr } from '../reports/read-qr.ts'
import { translate } from '../reports/words.ts'

const salonName = { ru: 'Лаванда', en: 'Lavender' }
const drawWith = (admin: DrawOptions['admin'], patienceMs = 10_000) =>
  createDraw({ salonName, translate, admin, patienceMs })(coupon)

test("a coupon's QR code opens the staff's bot with the code", async () => {
  const { name, content } = await drawWith(() => ({ username: async () => 'lavanda_staff_bot' }))
  expect(name).toBe('coupon.png')
  expect(readQr(Buffer.from(content))).toBe('https://t.me/lavanda_staff_bot?start=coupon-K7RWM2FQ9D')
})

test.each<[string, DrawOptions['admin'], number]>([
  ['there is no bot for the staff', () => undefined, 10_000],
  ['it does not tell its name', () => ({ username: () => Promise.reject(new Error('401')) }), 10_000],
  ['it lets the client wait', () => ({ username: () => new Promise(() => undefined) }), 10],
])('a coupon has its code alone when %s', async (_, admin, patienceMs) => {
  const { content } = await drawWith(admin, patienceMs)
  expect(pixelsOf(Buffer.from(content)).width).toBe(1080)
  expect(() => readQr(Buffer.from(content))).toThrow('finder')
})
