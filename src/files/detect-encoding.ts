/** What a CSV file may be written in; the names are TextDecoder's. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251'

export interface EncodingWatch {
  add(bytes: Uint8Array): void
  /** To be asked when everything was added; also a part of a file tells, but less surely. */
  encoding(): Encoding
}

/**
 * Finds the encoding of bytes as they come: by their mark, or UTF-8 where they are that, or else Windows-1251. In a UTF-8 file one
 * broken letter in a hundred is forgiven: it was cut, and the others are right.
 */
export function createEncodingWatch(): EncodingWatch {
  let head: readonly number[] = []
  let [whole, broken, expected] = [0, 0, 0]
  return {
    add(bytes) {
      if (head.length < 3) head = [...head, ...bytes.subarray(0, 3)].slice(0, 3)
      for (const byte of bytes) {
        if (byte < 0x80 && expected === 0) continue
        const continues = byte >= 0x80 && byte < 0xc0
        if (expected > 0 && continues) {
          if (--expected === 0) whole++
          continue
        }
        if (expected > 0 || continues) broken++
        expected = byte < 0xc2 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : byte < 0xf5 ? 3 : 0
        if (byte >= 0xc0 && expected === 0) broken++
      }
    },
    encoding() {
      const [first, second, third] = head
      if (first === 0xff && second === 0xfe) return 'utf-16le'
      if (first === 0xfe && second === 0xff) return 'utf-16be'
      if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
      return broken * 100 <= whole ? 'utf-8' : 'windows-1251'
    },
  }
}

/** The encoding of these bytes alone. */
export function detectEncoding(bytes: Uint8Array): Encoding {
  const watch = createEncodingWatch()
  watch.add(bytes)
  return watch.encoding()
}
