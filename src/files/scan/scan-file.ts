import type { FileHandle } from 'node:fs/promises'
import type { Encoding } from '../detect-encoding.ts'
import { createRowScanner, type RowScannerOptions } from './row-scanner.ts'

export interface ScanFileOptions extends RowScannerOptions {
  encoding: Encoding
  /** Bytes at the beginning that belong to no row: the encoding's mark, a line "sep=;". */
  skip: number
}

const partBytes = 2 << 20
/** Room before a part for the row that began in the one before. */
const headroom = 64 << 10

/**
 * Scans a CSV file from its beginning to its end, in memory that does not grow with it: while one part is being scanned, the next one
 * is being read.
 * @throws what reading throws
 */
export async function scanFile(file: FileHandle, options: ScanFileOptions): Promise<void> {
  const { encoding, skip } = options
  const scanner = createRowScanner(options)
  const recode = encoding.startsWith('utf-16') ? recoder(encoding) : (part: Buffer) => part
  let buffer = newBuffer()
  let other = newBuffer()
  let position = skip
  let rest: Buffer = Buffer.alloc(0)
  let reading = readPart(file, buffer, position)
  for (;;) {
    const size = await reading
    position += size
    const bytes = joined(rest, buffer, recode(buffer.subarray(headroom, headroom + size)))
    if (size > 0) reading = readPart(file, other, position)
    const done = scanner.scan(bytes, size === 0)
    if (size === 0) return
    rest = bytes.subarray(done)
    ;[buffer, other] = [other, buffer]
  }
}

const newBuffer = (): Buffer => Buffer.allocUnsafeSlow(headroom + partBytes)

async function readPart(file: FileHandle, into: Buffer, position: number): Promise<number> {
  const { bytesRead } = await file.read(into, headroom, partBytes, position)
  return bytesRead
}

/** What is left of the part before, and this one: in place where there is room. */
function joined(rest: Buffer, buffer: Buffer, part: Buffer): Buffer {
  if (rest.length > headroom || part.buffer !== buffer.buffer) return Buffer.concat([rest, part])
  rest.copy(buffer, headroom - rest.length)
  return buffer.subarray(headroom - rest.length, headroom + part.length)
}

/** UTF-16 as UTF-8, in which a comma is a byte. */
function recoder(encoding: Encoding): (part: Buffer) => Buffer {
  const decoder = new TextDecoder(encoding)
  return (part) => Buffer.from(decoder.decode(part, { stream: part.length > 0 }))
}
