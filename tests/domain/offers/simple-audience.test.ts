import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Audience } from '../../../src/domain/offers/audience.ts'
import { toAudience, toSimple } from '../../../src/domain/offers/simple-audience.ts'

const segments = fc.uniqueArray(fc.constantFrom('valuable', 'new', 'vulnerable'))
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })
const simple = fc
  .record({
    segments,
    line: maybe(fc.constantFrom('nails', 'hair')),
    awayDays: maybe(fc.nat({ max: 365 })),
    cameDays: maybe(fc.nat({ max: 365 })),
    birthdayDays: maybe(fc.nat({ max: 365 })),
  })
  .map(({ segments: some, ...rest }) => ({
    segments: some,
    ...(Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as object),
  }))

test('what buttons put together is read back from the rules, also as the database keeps them', () => {
  fc.assert(
    fc.property(simple, (one) => {
      const audience = toAudience(one)
      const kept = JSON.parse(JSON.stringify(audience, [...new Set(keysOf(audience))].toSorted())) as Audience
      expect(toAudience(toSimple(kept)!)).toEqual(audience)
    }),
  )
})

/** All keys there are, for a copy with its keys in another order. */
const keysOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)])
    : []

test.each<[string, Audience]>([
  ['an answer', { kind: 'answer', question: 'card', values: ['no'] }],
  ['either of two', { kind: 'any', of: [{ kind: 'everyone' }, { kind: 'sex', sex: 'female' }] }],
  [
    'a segment of one line and a visit in another',
    {
      kind: 'all',
      of: [
        { kind: 'segment', segments: ['new'], line: 'nails' },
        { kind: 'lastVisit', days: { from: 30 }, line: 'hair' },
      ],
    },
  ],
  ['two lines', { kind: 'line', lines: ['nails', 'hair'] }],
])('%s is more than buttons can show', (_, audience) => {
  expect(toSimple(audience)).toBeUndefined()
})

test('all that hold at once are one rule', () => {
  expect(toAudience({ segments: ['vulnerable'], line: 'nails', awayDays: 30, birthdayDays: 7 })).toEqual({
    kind: 'all',
    of: [
      { kind: 'segment', segments: ['vulnerable'], line: 'nails' },
      { kind: 'lastVisit', days: { from: 30 }, line: 'nails' },
      { kind: 'birthday', withinDays: 7 },
    ],
  })
})
