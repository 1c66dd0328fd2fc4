/** Numbers for names that are still bytes. */
export interface ByteNames {
  /** The name's number: 0 for the first that came, 1 for the next... */
  numberOf(bytes: Uint8Array, start: number, end: number): number
  /** The numbers of many names at once. */
  numberAll(batch: NameBatch): void
  size(): number
  /** The bytes of a name, to be looked at and not kept. */
  bytesOf(number: number): Uint8Array
}

/** Names within the same bytes. */
export interface NameBatch {
  bytes: Uint8Array
  /** Below 0: its number is known. */
  starts: Int32Array
  ends: Int32Array
  /** Where the numbers go. */
  numbers: Int32Array
  size: number
}

/** Names of at most so many bytes lie in the table itself, so that finding one touches the memory in one place. */
const short = 12

/**
 * A million clients come ten million times: no string is made of any of them. Open addressing; a slot has three words (the name's
 * letters; of a longer one two hashes and its length) and the name's number: + 1, and below 0 where the words are no letters.
 */
export function createByteNames(): ByteNames {
  let slots = new Int32Array(4 << 10)
  let starts = new Uint32Array(256)
  let all = new Uint8Array(4096)
  let size = 0
  let words = new Int32Array(0)
  let w0 = 0
  let w1 = 0
  let w2 = 0

  /** Puts the name's words into w0, w1, w2. */
  function read(bytes: Uint8Array, start: number, length: number): void {
    w0 = 0
    w1 = 0
    w2 = 0
    const head = length < 4 ? length : 4
    for (let at = 0; at < head; at++) w0 |= (bytes[start + at] as number) << (at << 3)
    const middle = length < 8 ? length : 8
    for (let at = 4; at < middle; at++) w1 |= (bytes[start + at] as number) << ((at - 4) << 3)
    for (let at = 8; at < length; at++) w2 |= (bytes[start + at] as number) << ((at - 8) << 3)
  }

  /** Two different hashes: FNV-1a, and one by 31. */
  function readLong(bytes: Uint8Array, start: number, end: number): void {
    let one = 0x811c9dc5
    let other = 17
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number
      one = Math.imul(one ^ byte, 0x01000193)
      other = (Math.imul(other, 31) + byte) | 0
    }
    w0 = one
    w1 = other
    w2 = end - start
  }

  function isSame(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = starts[number] as number
    for (let at = 0; at < end - start; at++) if (all[from + at] !== bytes[start + at]) return false
    return true
  }

  function keep(bytes: Uint8Array, start: number, end: number): number {
    const from = starts[size] as number
    const to = from + end - start
    if (to > all.length) all = enlarged(all, Math.max(to, all.length * 2))
    all.set(bytes.subarray(start, end), from)
    if (size + 2 > starts.length) {
      const more = new Uint32Array(starts.length * 2)
      more.set(starts)
      starts = more
    }
    starts[size + 1] = to
    return size++
  }

  /** @returns whether the words are the name itself */
  function readWords(bytes: Uint8Array, start: number, end: number): boolean {
    // Behind a short name there are zeros: one that ends in a zero would be taken for another.
    const isShort = end - start <= short && bytes[end - 1] !== 0
    if (isShort) read(bytes, start, end - start)
    else readLong(bytes, start, end)
    return isShort
  }

  /** The number of the name whose words are in w0, w1, w2; a new one where it is new. */
  function find(bytes: Uint8Array, start: number, end: number, isShort: boolean): number {
    const mask = (slots.length >> 2) - 1
    let slot = mixed(w0, w1, w2) & mask
    for (; ; slot = (slot + 1) & mask) {
      const at = slot << 2
      const known = slots[at + 3] as number
      if (known === 0) break
      if (slots[at] !== w0 || slots[at + 1] !== w1 || slots[at + 2] !== w2 || known > 0 !== isShort) continue
      if (isShort) return known - 1
      if (isSame(-known - 1, bytes, start, end)) return -known - 1
    }
    const number = keep(bytes, start, end)
    fill(slots, slot << 2, w0, w1, w2, isShort ? number + 1 : -number - 1)
    if (size * 6 > slots.length) slots = spread(slots)
    return number
  }

  return {
    numberOf(bytes, start, end) {
      const isShort = readWords(bytes, start, end)
      return find(bytes, start, end, isShort)
    },
    numberAll({ bytes, starts: from, ends: to, numbers, size: count }) {
      if (words.length < count * 4) words = new Int32Array(count * 4)
      for (let at = 0; at < count; at++) {
        const start = from[at] as number
        if (start < 0) continue
        const isShort = readWords(bytes, start, to[at] as number)
        fill(words, at << 2, w0, w1, w2, isShort ? 1 : 0)
      }
      // The loop is short, and no round waits for another: the processor fetches several slots at a time.
      const mask = (slots.length >> 2) - 1
      for (let at = 0; at < count; at++) {
        if ((from[at] as number) < 0) continue
        const word = at << 2
        const a = words[word] as number
        const b = words[word + 1] as number
        const c = words[word + 2] as number
        const slot = (mixed(a, b, c) & mask) << 2
        const known = slots[slot + 3] as number
        const isIt =
          slots[slot] === a && slots[slot + 1] === b && slots[slot + 2] === c && words[word + 3] === 1
        numbers[at] = isIt && known > 0 ? known - 1 : -1
      }
      for (let at = 0; at < count; at++) {
        if (numbers[at] !== -1) continue
        const isShort = readWords(bytes, from[at] as number, to[at] as number)
        numbers[at] = find(bytes, from[at] as number, to[at] as number, isShort)
      }
    },
    size: () => size,
    bytesOf: (number) => all.subarray(starts[number], starts[number + 1]),
  }
}

/** The finalizer of MurmurHash3 (Appleby, A.), over three words. */
function mixed(w0: number, w1: number, w2: number): number {
  let hash = Math.imul(w0, 0x85ebca6b) ^ Math.imul(w1, 0xc2b2ae35) ^ Math.imul(w2, 0x27d4eb2f)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

function fill(slots: Int32Array, at: number, w0: number, w1: number, w2: number, known: number): void {
  slots[at] = w0
  slots[at + 1] = w1
  slots[at + 2] = w2
  slots[at + 3] = known
}

/** Twice as many slots. */
function spread(slots: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(slots.length * 2)
  const mask = (more.length >> 2) - 1
  for (let at = 0; at < slots.length; at += 4) {
    const known = slots[at + 3] as number
    if (known === 0) continue
    const [w0, w1, w2] = [slots[at] as number, slots[at + 1] as number, slots[at + 2] as number]
    let slot = mixed(w0, w1, w2) & mask
    while (more[(slot << 2) + 3] !== 0) slot = (slot + 1) & mask
    fill(more, slot << 2, w0, w1, w2, known)
  }
  return more
}

function enlarged(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(length)
  more.set(bytes)
  return more
}
