import { describe, expect, test } from 'vitest'

import { murmur3 } from '../../../src/domain/offers/hash.ts'
import { assignment } from '../../../src/domain/offers/holdout.ts'

describe('MurmurHash3, x86 32-bit', () => {
  // From the reference implementation's users: Wikipedia's table of test vectors (article "MurmurHash").
  test.each([
    ['', 0, 0],
    ['', 1, 0x514e28b7],
    ['', 0xffffffff, 0x81f16f39],
    ['test', 0, 0xba6bd213],
    ['test', 0x9747b28c, 0x704b81dc],
    ['Hello, world!', 0, 0xc0363e43],
    ['Hello, world!', 0x9747b28c, 0x24884cba],
    ['The quick brown fox jumps over the lazy dog', 0, 0x2e4ff723],
    ['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
  ])('%j with seed %i', (text, seed, hash) => {
    expect(murmur3(text, seed)).toBe(hash)
  })

  test('all lengths of a tail, and letters of more than a byte', () => {
    expect(
      new Set(['', 'а', 'аб', 'абв', 'a', 'ab', 'abc', 'abcd', 'abcde'].map((text) => murmur3(text))).size,
    ).toBe(9)
  })
})

describe('who is held out, and who gets which text', () => {
  const halves = [
    { id: 'A', share: 0.5 },
    { id: 'B', share: 0.5 },
  ]
  const people = Array.from({ length: 100_000 }, (_, index) => index + 1)
  const choose = (seed: string, holdoutShare = 0.1, variants = halves) =>
    people.map((id) => assignment(seed, id, { holdoutShare, variants }))
  const shareOf = <T>(all: readonly T[], wanted: (one: T) => boolean) =>
    all.filter(wanted).length / all.length
  /** Four standard errors of a share of so many. */
  const about = (share: number, n: number) => 4 * Math.sqrt((share * (1 - share)) / n)

  test.each(['spring', 'x1', 'b7c1f0'])('the shares are as stated (seed %s)', (seed) => {
    const all = choose(seed, 0.1, [
      { id: 'A', share: 0.2 },
      { id: 'B', share: 0.3 },
      { id: 'C', share: 0.5 },
    ])
    expect(Math.abs(shareOf(all, (one) => one.heldOut) - 0.1)).toBeLessThan(about(0.1, all.length))
    for (const [id, share] of [
      ['A', 0.2],
      ['B', 0.3],
      ['C', 0.5],
    ] as const)
      expect(Math.abs(shareOf(all, (one) => one.variant === id) - share)).toBeLessThan(
        about(share, all.length),
      )
  })

  test('the text says nothing of the holdout', () => {
    const all = choose('independence')
    const out = all.filter((one) => one.heldOut)
    const difference =
      shareOf(out, (one) => one.variant === 'B') -
      shareOf(
        all.filter((one) => !one.heldOut),
        (one) => one.variant === 'B',
      )
    expect(Math.abs(difference)).toBeLessThan(about(0.5, out.length))
  })

  test('neighbours in number are nothing to each other: pairs are held out as often as chance has it', () => {
    const all = choose('neighbours')
    const pairs = all.slice(1).map((one, index) => one.heldOut && all[index]?.heldOut === true)
    expect(Math.abs(shareOf(pairs, Boolean) - 0.01)).toBeLessThan(about(0.01, pairs.length))
  })

  test('a re-run chooses the same, another offer others', () => {
    expect(choose('again')).toEqual(choose('again'))
    const [one, other] = [choose('one'), choose('other')]
    const both = one.map((own, index) => own.heldOut && other[index]?.heldOut === true)
    expect(Math.abs(shareOf(both, Boolean) - 0.01)).toBeLessThan(about(0.01, both.length))
  })

  test('a greater holdout holds out the same and some more', () => {
    const [few, many] = [choose('more', 0.1), choose('more', 0.2)]
    expect(few.every((one, index) => !one.heldOut || many[index]?.heldOut)).toBe(true)
  })

  test('nobody at 0, and a number of the database is as good as one of the program', () => {
    expect(choose('nobody', 0).some((one) => one.heldOut)).toBe(false)
    const [small, big] = [17, 17n].map((id) =>
      assignment('same', id, { holdoutShare: 0.5, variants: halves }),
    )
    expect(small).toEqual(big)
  })

  test('what rounding leaves over is the last text’s', () => {
    const third = { share: 1 / 3 - 1e-9 }
    const ids = choose('thirds', 0, [
      { id: 'A', ...third },
      { id: 'B', ...third },
      { id: 'C', ...third },
    ])
    expect(new Set(ids.map((one) => one.variant))).toEqual(new Set(['A', 'B', 'C']))
  })
})
