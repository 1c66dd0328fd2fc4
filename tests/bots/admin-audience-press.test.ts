import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pageOf, pressed } from '../../src/bots/admin/offers/audience-press.ts'
import { answerCode, bandsOf, codeOf, scoreCode } from '../../src/bots/admin/offers/condition-codes.ts'
import { aspectOf, toAudience, toSimple } from '../../src/domain/offers/simple-audience.ts'
import type { SimpleAudience } from '../../src/domain/offers/simple-audience.ts'
import { instrument } from '../../src/domain/instrument.ts'

const terms = { lines: ['hair', 'nails'], questions: instrument, sources: ['wall-нокти', 'friends'] }
const toggles = [
  'seg.new',
  'line.nails',
  'int.hair',
  'last.30-',
  'last.-30',
  'visits.2-4',
  answerCode('regular', undefined, 'yes'),
  answerCode('frequency', 'nails', 'monthly'),
  scoreCode('recommend', 'nails', { from: 9, to: 10 }),
  scoreCode('recommend', 'nails', { from: 1, to: 6 }),
  `src.${codeOf('wall-нокти')}`,
  'birthday.7',
  'inmonth.2',
  'month.2',
  'sex.female',
  'coupon.no',
  'card.yes',
  'nocard',
]
const others = [
  'segline',
  'dayline',
  'all',
  ...['segment', 'score:recommend:nails'].map((one) => `not.${codeOf(one)}`),
]

const after = (presses: readonly string[]): SimpleAudience =>
  presses.reduce<SimpleAudience>((simple, value) => pressed(simple, value, terms) ?? simple, [])

test('whatever is pressed, buttons can show what has become of it', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...toggles, ...others), { maxLength: 12 }), (presses) => {
      const simple = after(presses)
      expect(toSimple(toAudience(simple))).toEqual(simple)
    }),
  )
})

test('a condition that is pressed twice is as it was', () => {
  for (const value of toggles) {
    expect(after([value])).not.toEqual([])
    expect(after([value, value])).toEqual([])
  }
})

test.each([
  'line.feet',
  'int.feet',
  'last.-',
  'last.x',
  'month.13',
  'sex.cat',
  answerCode('shoes', undefined, 'yes'),
  answerCode('regular', undefined, 'perhaps'),
  scoreCode('regular', undefined, { from: 1 }),
  `src.${codeOf('radio')}`,
  `not.${codeOf('segment')}`,
  'toString',
])('%s is of another version, and changes nothing', (value) => {
  expect(pressed([], value, terms)).toBeUndefined()
})

test('lines come one after the other, and the whole salon again', () => {
  const lines = ['segline', 'segline', 'segline'].map((_, presses, all) => {
    const [one] = after(['seg.new', ...all.slice(0, presses + 1)])
    return one && 'line' in one.rule ? one.rule.line : undefined
  })
  expect(lines).toEqual(['hair', 'nails', undefined])
})

describe('a press', () => {
  test.each([
    ['seg.new', { screen: 'offerWhom', page: 'who' }],
    ['last.30-', { screen: 'offerWhom', page: 'visits' }],
    ['month.2', { screen: 'offerWhom', page: 'months' }],
    ['inmonth.2', { screen: 'offerWhom', page: 'more' }],
    [
      scoreCode('recommend', 'nails', { from: 9 }),
      { screen: 'offerAnswer', question: 'recommend', row: 'nails' },
    ],
    [answerCode('regular', undefined, 'yes'), { screen: 'offerAnswer', question: 'regular' }],
  ])('%s leads to the page that it was on', (value, route) => {
    expect(pageOf(5, value)).toEqual({ id: 5, ...route })
  })

  test('on "except" turns a condition round and keeps it one', () => {
    const [one] = after(['seg.new'])
    expect(after(['seg.new', `not.${codeOf(aspectOf(one!.rule))}`])).toEqual([{ ...one, except: true }])
  })
})

test.each([
  ['1–10', { from: 1, to: 10 }, ['9-10', '7-8', '1-6']],
  ['0–10', { from: 0, to: 10 }, ['9-10', '7-8', '0-6']],
  ['1–7', { from: 1, to: 7 }, ['6-7', '4-5', '1-3']],
  ['1–5', { from: 1, to: 5 }, ['5-5', '4-4', '1-3']],
  ['1–2', { from: 1, to: 2 }, ['2-2', '1-1']],
])('a scale of %s has its parts, the best first', (_, scale, parts) => {
  expect(bandsOf(scale).map(({ from, to }) => `${from}-${to}`)).toEqual(parts)
})
