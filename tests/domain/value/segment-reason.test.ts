import { describe, expect, test } from 'vitest'
import { halves, halvesSegments } from '../../../src/domain/value/halves.ts'
import { quintiles, quintileSegments } from '../../../src/domain/value/quintiles.ts'
import { readSegment, segmentsOf, wayOf, type Segment } from '../../../src/domain/value/segment-rank.ts'
import { segmentReason } from '../../../src/domain/value/segment-reason.ts'
import { schemeNames } from '../../../src/domain/value/value-settings.ts'

const row = { firstDay: 1000, lastDay: 1310, visits: 11, kopecks: 100, code: 'HHL' }

describe('why somebody is in their segment', () => {
  test.each([
    ['LHH', 'recent', 'often', 'much'],
    ['HHL', 'long', 'often', 'little'],
    ['HLL', 'long', 'rarely', 'little'],
    ['LLH', 'recent', 'rarely', 'much'],
  ])('halves: %s is %s, %s, %s', (code, recency, frequency, amount) => {
    expect(segmentReason({ ...row, code }, 'halves', 1404)).toEqual({
      recency,
      frequency,
      amount,
      daysAway: 94,
      usualDays: 31,
    })
  })

  test.each([
    ['555', 'recent', 'often', 'much'],
    ['434', 'recent', 'average', 'much'],
    ['333', 'average', 'average', 'average'],
    ['212', 'long', 'rarely', 'little'],
    ['141', 'long', 'often', 'little'],
  ])('quintiles: %s is %s, %s, %s', (code, recency, frequency, amount) => {
    expect(segmentReason({ ...row, code }, 'quintiles', 1404)).toMatchObject({ recency, frequency, amount })
  })

  test.each([
    [1, undefined],
    [2, undefined],
    [3, 155],
  ])('of %i visits the usual gap is %j', (visits, usualDays) => {
    expect(segmentReason({ ...row, visits }, 'halves', 1404).usualDays).toBe(usualDays)
  })

  test('one visit is told as such, and an amount that nobody noted as unknown', () => {
    const reason = segmentReason({ ...row, visits: 1, kopecks: 0 }, 'halves', 1300)
    expect(reason).toMatchObject({ frequency: 'once', amount: 'unknown', daysAway: 0 })
  })

  test('every code of both schemes has its words', () => {
    for (const scheme of [halves(), quintiles()])
      for (const code of scheme.codes) {
        const reason = segmentReason({ ...row, code }, scheme.id as 'halves' | 'quintiles', 1404)
        expect(Object.values(reason)).not.toContain(undefined)
      }
  })
})

describe('moves', () => {
  test.each<[Segment, Segment, 'up' | 'down' | undefined]>([
    ['new', 'valuable', 'up'],
    ['noValue', 'vulnerable', 'up'],
    ['valuable', 'vulnerable', 'down'],
    ['champions', 'cantLoseThem', 'down'],
    ['lost', 'newCustomers', 'up'],
    ['others', 'needAttention', undefined],
    ['new', 'new', undefined],
  ])('from %s to %s: %s', (from, to, way) => {
    expect(wayOf(from, to)).toBe(way)
  })

  test('what goes up one way goes down the other', () => {
    for (const scheme of schemeNames)
      for (const from of segmentsOf(scheme))
        for (const to of segmentsOf(scheme))
          expect([wayOf(from, to), wayOf(to, from)]).toSatisfy(([there, back]) =>
            there === undefined ? back === undefined : there !== back && back !== undefined,
          )
  })

  test('segments are read back by their names, and nothing else is one', () => {
    for (const segment of [...halvesSegments, ...quintileSegments]) expect(readSegment(segment)).toBe(segment)
    expect(readSegment('toString')).toBeUndefined()
  })
})
