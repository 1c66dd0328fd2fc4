import { describe, expect, test } from 'vitest'
import {
  atLine,
  hasScores,
  turned,
  withOrWithout,
  without,
  withScores,
  withValue,
} from '../../../src/domain/offers/audience-edit.ts'
import type { SimpleAudience } from '../../../src/domain/offers/simple-audience.ts'

const segment = (...segments: string[]) => ({ kind: 'segment', segments }) as const
const month = (which: number) => ({ kind: 'birthday', month: which }) as const
const days = (withinDays: number) => ({ kind: 'birthday', withinDays }) as const

describe('a press', () => {
  test.each<[string, (simple: SimpleAudience) => SimpleAudience, SimpleAudience, SimpleAudience]>([
    ['adds a value', (one) => withValue(one, segment('new')), [], [{ rule: segment('new') }]],
    [
      'adds one to those that are there, and keeps what else is said of them',
      (one) => withValue(one, segment('valuable')),
      [{ rule: { ...segment('new'), line: 'nails' }, except: true }],
      [{ rule: { ...segment('new', 'valuable'), line: 'nails' }, except: true }],
    ],
    [
      'takes one away',
      (one) => withValue(one, segment('new')),
      [{ rule: segment('new', 'valuable') }],
      [{ rule: segment('valuable') }],
    ],
    ['takes the last one away', (one) => withValue(one, segment('new')), [{ rule: segment('new') }], []],
    [
      'takes the place of what excludes it',
      (one) => withOrWithout(one, month(5)),
      [{ rule: days(7) }],
      [{ rule: month(5) }],
    ],
    ['is taken back by the same', (one) => withOrWithout(one, month(5)), [{ rule: month(5) }], []],
    [
      'turns a condition round and back',
      (one) => turned(turned(turned(one, 'birthday'), 'birthday'), 'birthday'),
      [{ rule: month(5) }, { rule: segment('new') }],
      [{ rule: month(5), except: true }, { rule: segment('new') }],
    ],
    [
      'moves to a line what has one',
      (one) => atLine(one, ['segment'], 'hair'),
      [{ rule: segment('new') }, { rule: { kind: 'visits', count: { from: 3 } } }],
      [{ rule: { ...segment('new'), line: 'hair' } }, { rule: { kind: 'visits', count: { from: 3 } } }],
    ],
    [
      'and back to the whole salon',
      (one) => atLine(one, ['segment'], undefined),
      [{ rule: { ...segment('new'), line: 'hair' } }],
      [{ rule: segment('new') }],
    ],
    [
      'removes a condition',
      (one) => without(one, 'segment'),
      [{ rule: segment('new') }, { rule: days(7) }],
      [{ rule: days(7) }],
    ],
  ])('%s', (_, press, before, after) => {
    expect(press(before)).toEqual(after)
  })
})

describe('scores', () => {
  const of = { question: 'recommend', row: 'nails' }
  const scale = { from: 0, to: 10 }
  const ranges = (simple: SimpleAudience) =>
    simple.flatMap(({ rule }) => (rule.kind === 'score' ? rule.ranges : []))
  const promoters = { from: 9, to: 10 }
  const passives = { from: 7, to: 8 }
  const detractors = { from: 0, to: 6 }

  test('that touch are one range, others are two', () => {
    const two = withScores(withScores([], of, promoters, scale), of, detractors, scale)
    expect(ranges(two)).toEqual([detractors, promoters])
    const all = withScores(two, of, passives, scale)
    expect(ranges(all)).toEqual([{ from: 0, to: 10 }])
    expect(hasScores(all, of, passives, scale)).toBe(true)
    expect(ranges(withScores(all, of, passives, scale))).toEqual([detractors, promoters])
  })

  test('of an open range are those of the scale', () => {
    const open: SimpleAudience = [{ rule: { kind: 'score', ...of, ranges: [{ from: 7 }] } }]
    expect(hasScores(open, of, promoters, scale)).toBe(true)
    expect(ranges(withScores(open, of, promoters, scale))).toEqual([passives])
    expect(withScores(withScores(open, of, promoters, scale), of, passives, scale)).toEqual([])
  })

  test('of another row are another condition', () => {
    const both = withScores(withScores([], of, promoters, scale), { question: 'recommend' }, promoters, scale)
    expect(both).toHaveLength(2)
  })
})
