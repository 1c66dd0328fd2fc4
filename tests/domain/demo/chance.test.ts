import { describe, expect, test } from 'vitest'

import { createChance } from '../../../src/domain/demo/chance.ts'
import { splitmix32, xoshiro128 } from '../../../src/domain/demo/random-bits.ts'

describe('the bits', () => {
  test('are those of the authors’ own program for the state 1, 2, 3, 4', () => {
    const bits = xoshiro128([1, 2, 3, 4])
    expect(Array.from({ length: 10 }, bits)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ])
  })

  test('of a seed are those of the same algorithm in C', () => {
    expect([0, 1, 2, 3, 4].map((index) => splitmix32(2016, index))).toEqual([
      2730801720, 1122710335, 2773853495, 2638944865, 1114029528,
    ])
  })

  test('of a seed are spread over all 32 bits and never all zero', () => {
    const seen = Array.from({ length: 1000 }, (_, index) => splitmix32(0, index))
    expect(new Set(seen).size).toBe(1000)
    for (let bit = 0; bit < 32; bit += 1) {
      const ones = seen.filter((one) => (one >>> bit) & 1).length
      expect(Math.abs(ones - 500)).toBeLessThan(80)
    }
  })
})

const many = (draw: () => number, count = 40_000): { mean: number; variance: number } => {
  const all = Array.from({ length: count }, draw)
  const mean = all.reduce((sum, one) => sum + one, 0) / count
  return { mean, variance: all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / count }
}

describe('the distributions have the mean and the variance of the books', () => {
  const chance = createChance(7)
  test.each<[string, () => number, number, number]>([
    ['uniform', () => chance.fraction(), 1 / 2, 1 / 12],
    ['normal', () => chance.normal(), 0, 1],
    ['exponential', () => chance.exponential(3), 3, 9],
    ['gamma above 1', () => chance.gamma(2.5, 2), 5, 10],
    ['gamma below 1', () => chance.gamma(0.5, 2), 1, 2],
    ['beta', () => chance.beta(1, 5), 1 / 6, 5 / 252],
    ['whole numbers', () => chance.whole(1, 6), 3.5, 35 / 12],
  ])('%s', (_, draw, mean, variance) => {
    const found = many(draw)
    expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / 40_000))
    expect(found.variance / variance).toBeGreaterThan(0.9)
    expect(found.variance / variance).toBeLessThan(1.1)
  })

  test('weights are kept', () => {
    const drawn = Array.from({ length: 10_000 }, () => chance.weighted({ a: 1, b: 3, c: 0 }))
    expect(drawn.filter((one) => one === 'b').length / 10_000).toBeCloseTo(0.75, 1)
    expect(drawn).not.toContain('c')
  })
})

test('the same seed repeats itself, another one does not', () => {
  const draws = (seed: number) => Array.from({ length: 5 }, createChance(seed).fraction)
  expect(draws(5)).toEqual(draws(5))
  expect(draws(5)).not.toEqual(draws(6))
})

test('a stream of its own does not care how much was drawn elsewhere', () => {
  const chance = createChance(5)
  const before = chance.fork(3).fraction()
  chance.shuffled([1, 2, 3, 4])
  expect(chance.fork(3).fraction()).toBe(before)
  expect(chance.fork(4).fraction()).not.toBe(before)
})

test('shuffling loses nothing', () => {
  const list = Array.from({ length: 50 }, (_, index) => index)
  const shuffled = createChance(1).shuffled(list)
  expect(shuffled).not.toEqual(list)
  expect([...shuffled].sort((a, b) => a - b)).toEqual(list)
})

test('nothing can be drawn from an empty list', () => {
  expect(() => createChance(1).pick([])).toThrow('nothing to draw from')
})
