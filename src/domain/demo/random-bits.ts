/** 32-bit numbers that look random and are the same for the same seed, on every machine. Not for secrets. */

/**
 * xoshiro128** 1.1: Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM Trans. Math. Softw. 47 (2021),
 * after the authors' public-domain C code at prng.di.unimi.it.
 * @param state four 32-bit integers, not all of them 0
 * @returns the next unsigned 32-bit integer at every call
 */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotated(d, 11)
    return result >>> 0
  }
}

/**
 * The `index`-th output (from 0) of splitmix32 with this seed: the construction of Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators" (OOPSLA 2014), in 32 bits, with the mixing constants that the hash-prospector project found.
 * @returns an unsigned 32-bit integer
 */
export function splitmix32(seed: number, index: number): number {
  let mixed = seed + Math.imul(index + 1, 0x9e3779b9)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

const rotated = (bits: number, by: number): number => (bits << by) | (bits >>> (32 - by))
