/**
 * MurmurHash3, x86 32-bit variant (Austin Appleby, public domain, github.com/aappleby/smhasher, MurmurHash3.cpp), of a text's
 * UTF-8 bytes. Spreads evenly and is the same everywhere; not for secrets.
 * @returns an unsigned 32-bit integer
 */
export function murmur3(text: string, seed = 0): number {
  const bytes = new TextEncoder().encode(text)
  const blocks = bytes.length >>> 2
  const view = new DataView(bytes.buffer)
  let hash = seed
  for (let block = 0; block < blocks; block++) {
    hash ^= scrambled(view.getUint32(block * 4, true))
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64
  }
  let tail = 0
  for (let place = bytes.length - 1; place >= blocks * 4; place--) tail = (tail << 8) | (bytes[place] ?? 0)
  if (bytes.length % 4 !== 0) hash ^= scrambled(tail)
  return finished(hash ^ bytes.length)
}

/** A number in [0, 1) that belongs to these names: equally likely anywhere, the same each time, unlike that of other names. */
export const chanceOf = (...names: readonly (string | number | bigint)[]): number =>
  murmur3(names.join('/')) / 2 ** 32

function scrambled(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51)
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
}

function finished(hash: number): number {
  let mixed = hash
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
