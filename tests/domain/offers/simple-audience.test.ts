import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Audience, Range } from '../../../src/domain/offers/audience.ts'
import {
  aspectOf,
  toAudience,
  toSimple,
  type Condition,
  type SimpleRule,
} from '../../../src/domain/offers/simple-audience.ts'

const some = (...all: string[]) => fc.subarray(all, { minLength: 1 })
const range = fc.oneof<fc.Arbitrary<Range>[]>(
  fc.tuple(fc.nat(50), fc.nat(50)).map(([from, more]) => ({ from, to: from + more })),
  fc.nat(50).map((from) => ({ from })),
  fc.nat(50).map((to) => ({ to })),
)
const rows = fc.constantFrom<{ row?: string }[]>({}, { row: 'nails' }, { row: 'hair' })
const where = fc.constantFrom<{ line?: string }[]>({}, { line: 'nails' })
const rule: fc.Arbitrary<SimpleRule> = fc.oneof(
  fc
    .tuple(some('valuable', 'new'), where)
    .map(([segments, at]): SimpleRule => ({ kind: 'segment', segments, ...at })),
  some('nails', 'hair').map((lines): SimpleRule => ({ kind: 'line', lines })),
  some('nails', 'hair').map((lines): SimpleRule => ({ kind: 'interest', lines })),
  fc.tuple(range, where).map(([days, at]): SimpleRule => ({ kind: 'lastVisit', days, ...at })),
  fc.tuple(range, where).map(([count, at]): SimpleRule => ({ kind: 'visits', count, ...at })),
  fc
    .tuple(fc.constantFrom('tenure', 'frequency'), rows, some('a', 'b'))
    .map(([question, row, values]): SimpleRule => ({ kind: 'answer', question, ...row, values })),
  fc
    .tuple(fc.constantFrom('recommend', 'intention'), rows, fc.array(range, { minLength: 1, maxLength: 3 }))
    .map(([question, row, ranges]): SimpleRule => ({ kind: 'score', question, ...row, ranges })),
  some('maps', 'wall').map((sources): SimpleRule => ({ kind: 'source', sources })),
  fc.nat(365).map((withinDays): SimpleRule => ({ kind: 'birthday', withinDays })),
  fc.integer({ min: 1, max: 12 }).map((month): SimpleRule => ({ kind: 'birthday', month })),
  fc.constantFrom<SimpleRule[]>({ kind: 'sex', sex: 'female' }, { kind: 'coupon', has: true }),
  fc.boolean().map((has): SimpleRule => ({ kind: 'card', has })),
  fc.constant<SimpleRule>({ kind: 'clients', ids: [1, 2] }),
)
const conditions: fc.Arbitrary<Condition[]> = fc.uniqueArray(
  fc.tuple(rule, fc.boolean()).map(([one, except]): Condition => ({ rule: one, ...(except && { except }) })),
  { selector: (one) => aspectOf(one.rule), maxLength: 6 },
)

/** As PostgreSQL keeps a document: its keys in another order. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reordered(inner)]),
  )
}

test('what buttons put together is read back from the rules, also as the database keeps them', () => {
  fc.assert(
    fc.property(conditions, (simple) => {
      expect(toSimple(toAudience(simple))).toEqual(simple)
      expect(toSimple(reordered(toAudience(simple)) as Audience)).toEqual(simple)
    }),
  )
})

const women = { kind: 'sex', sex: 'female' } as const
const score = (question: string, from: number) => ({ kind: 'score', question, score: { from } }) as const

test.each<[string, Audience]>([
  ['either of two', { kind: 'any', of: [{ kind: 'everyone' }, women] }],
  ['scores of either of two questions', { kind: 'any', of: [score('recommend', 9), score('intention', 6)] }],
  ['two segments at once', { kind: 'all', of: [segment('new', 'nails'), segment('valuable', 'hair')] }],
  ['all of one', { kind: 'all', of: [women] }],
  ['a group within another', { kind: 'all', of: [women, { kind: 'all', of: [women, segment('new')] }] }],
  ['what is not not', { kind: 'not', of: { kind: 'not', of: women } }],
  ['not everybody', { kind: 'not', of: { kind: 'everyone' } }],
])('%s is more than buttons can show', (_, audience) => {
  expect(toSimple(audience)).toBeUndefined()
})

function segment(name: string, line?: string) {
  return { kind: 'segment' as const, segments: [name], ...(line !== undefined && { line }) }
}

test('all that hold at once are one rule, an opposite among them', () => {
  expect(
    toAudience([
      { rule: segment('vulnerable', 'nails') },
      { rule: women, except: true },
      { rule: { kind: 'score', question: 'recommend', ranges: [{ to: 6 }, { from: 9 }] } },
    ]),
  ).toEqual({
    kind: 'all',
    of: [
      segment('vulnerable', 'nails'),
      { kind: 'not', of: women },
      {
        kind: 'any',
        of: [
          { kind: 'score', question: 'recommend', score: { to: 6 } },
          { kind: 'score', question: 'recommend', score: { from: 9 } },
        ],
      },
    ],
  })
})
