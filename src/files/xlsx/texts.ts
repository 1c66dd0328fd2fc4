import { AdviceError } from '../../domain/advice-error.ts'

/** Texts by their numbers, in the order they were added; as UTF-8, a fourth of what strings take. */
export interface Texts {
  /** @throws AdviceError `files.tooBig` beyond 512 MB */
  add(text: string): void
  at(number: number): string | undefined
}

const mostBytes = 512 * 1024 * 1024

export function createTexts(): Texts {
  let bytes = Buffer.alloc(64 * 1024)
  let ends = new Uint32Array(1024)
  let [size, count] = [0, 0]
  return {
    add(text) {
      const needed = size + Buffer.byteLength(text)
      if (needed > mostBytes) throw new AdviceError('files.tooBig')
      if (needed > bytes.length) {
        const more = Buffer.alloc(Math.max(needed, bytes.length * 2))
        bytes.copy(more)
        bytes = more
      }
      if (count === ends.length) {
        const more = new Uint32Array(count * 2)
        more.set(ends)
        ends = more
      }
      bytes.write(text, size)
      size = needed
      ends[count++] = size
    },
    at: (number) =>
      number < count ? bytes.toString('utf8', number === 0 ? 0 : ends[number - 1], ends[number]) : undefined,
  }
}
