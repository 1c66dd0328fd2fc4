import { splitmix32, xoshiro128 } from './random-bits.ts'

/** Chance that can be repeated: the same seed gives the same draws in the same order. */
export interface Chance {
  /** Uniform in [0, 1). */
  fraction(): number
  yes(probability: number): boolean
  /** An integer, both ends included. */
  whole(from: number, to: number): number
  pick<T>(list: readonly T[]): T
  /** One of the keys, each as probable as its weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K
  shuffled<T>(list: readonly T[]): T[]
  /** Standard normal. */
  normal(): number
  exponential(mean: number): number
  /** Mean `shape * scale`. */
  gamma(shape: number, scale: number): number
  beta(a: number, b: number): number
  /** A stream of its own: however much is drawn from it, the others stay as they are. */
  fork(number: number): Chance
}

export function createChance(seed: number): Chance {
  const bits = xoshiro128([
    splitmix32(seed, 0),
    splitmix32(seed, 1),
    splitmix32(seed, 2),
    splitmix32(seed, 3),
  ])
  const fraction = () => bits() / 2 ** 32
  /** In (0, 1]: for logarithms. */
  const positive = () => 1 - fraction()
  const whole = (from: number, to: number) => from + Math.floor(fraction() * (to - from + 1))
  const normal = () => normalFrom(positive(), fraction())
  const gamma = (shape: number, scale: number) => scale * standardGamma(shape, normal, positive)
  return {
    fraction,
    yes: (probability) => fraction() < probability,
    whole,
    pick: (list) => at(list, whole(0, list.length - 1)),
    weighted: (weights) => heaviest(weights, fraction()),
    shuffled: (list) => shuffle(list, whole),
    normal,
    exponential: (mean) => -mean * Math.log(positive()),
    gamma,
    beta(a, b) {
      const first = gamma(a, 1)
      return first / (first + gamma(b, 1))
    },
    fork: (number) => createChance(splitmix32(seed, 4 + number)),
  }
}

/** Box and Muller (1958): a normal number from two uniform ones. */
const normalFrom = (radius: number, angle: number): number =>
  Math.sqrt(-2 * Math.log(radius)) * Math.cos(2 * Math.PI * angle)

/** Marsaglia and Tsang, "A simple method for generating gamma variables" (2000); below 1 by their note in section 6. */
function standardGamma(shape: number, normal: () => number, positive: () => number): number {
  if (shape < 1) return standardGamma(shape + 1, normal, positive) * positive() ** (1 / shape)
  const d = shape - 1 / 3
  for (;;) {
    const x = normal()
    const v = (1 + x / Math.sqrt(9 * d)) ** 3
    if (v > 0 && Math.log(positive()) < x ** 2 / 2 + d * (1 - v + Math.log(v))) return d * v
  }
}

/** The key in whose part of the whole `fraction` falls. */
function heaviest<K extends string>(weights: Readonly<Record<K, number>>, fraction: number): K {
  const entries = Object.entries(weights) as [K, number][]
  let left = fraction * entries.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [key, weight] of entries) {
    left -= weight
    if (left < 0) return key
  }
  return at(entries, entries.length - 1)[0]
}

/** Fisher and Yates. */
function shuffle<T>(list: readonly T[], whole: (from: number, to: number) => number): T[] {
  const all = [...list]
  for (let last = all.length - 1; last > 0; last -= 1) {
    const other = whole(0, last)
    ;[all[last], all[other]] = [at(all, other), at(all, last)]
  }
  return all
}

/** @throws RangeError outside of the list: nothing can be drawn from an empty one */
function at<T>(list: readonly T[], index: number): T {
  if (index < 0 || index >= list.length) throw new RangeError('there is nothing to draw from')
  return list[index] as T
}
