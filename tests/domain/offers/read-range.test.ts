import { expect, test } from 'vitest'
import { readRange } from '../../../src/domain/offers/read-range.ts'

test.each([
  ['от 30 до 90', { from: 30, to: 90 }],
  ['30-90', { from: 30, to: 90 }],
  ['30 – 90 дней', { from: 30, to: 90 }],
  ['с 30 по 90', { from: 30, to: 90 }],
  ['from 30 to 90 days', { from: 30, to: 90 }],
  ['between 30 and 90', { from: 30, to: 90 }],
  ['от 60', { from: 60 }],
  ['больше 60 дней', { from: 60 }],
  ['не меньше 3 визитов', { from: 3 }],
  ['60+', { from: 60 }],
  ['до 30', { to: 30 }],
  ['не больше 30 дней', { to: 30 }],
  ['at most 2 visits', { to: 2 }],
  ['3 визита', { from: 3, to: 3 }],
  [' 60 ', { from: 60, to: 60 }],
])('%s', (text, range) => {
  expect(readRange(text)).toEqual(range)
})

test.each(['давно', '90-30', 'от до', '-5', '1.5', '30 60 90', ''])('%s is no range', (text) => {
  expect(readRange(text)).toBeUndefined()
})
