import { Readable } from 'node:stream'
import yauzl from 'yauzl'

import { AdviceError } from '../../domain/advice-error.ts'
import type { ByteSource } from '../byte-source.ts'

/** The parts of an archive. */
export interface Zip {
  has(part: string): boolean
  /** Unpacked bytes of a part, of which `sizeBytes` are said to be. */
  sizeBytes(part: string): number
  /** @throws AdviceError `files.broken`, `files.password` */
  read(part: string): AsyncIterable<Uint8Array>
}

/** @throws AdviceError `files.broken` */
export async function openZip(source: ByteSource): Promise<Zip> {
  const entries = new Map<string, yauzl.Entry>()
  const zip = await orBroken(
    yauzl.fromRandomAccessReaderPromise(new SourceReader(source), source.sizeBytes, { autoClose: false }),
  )
  await orBroken(
    (async () => {
      for await (const entry of zip.eachEntry()) entries.set(entry.fileName.replace(/^\//, ''), entry)
    })(),
  )
  return {
    has: (part) => entries.has(part),
    sizeBytes: (part) => entries.get(part)?.uncompressedSize ?? 0,
    async *read(part) {
      const entry = entries.get(part)
      if (entry === undefined) throw new AdviceError('files.broken')
      if (entry.isEncrypted()) throw new AdviceError('files.password')
      try {
        yield* (await zip.openReadStreamPromise(entry)) as AsyncIterable<Uint8Array>
      } catch (error) {
        throw new AdviceError('files.broken', {}, { cause: error })
      }
    },
  }
}

async function orBroken<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw new AdviceError('files.broken', {}, { cause: error })
  }
}

/** What yauzl wants to read from. */
class SourceReader extends yauzl.RandomAccessReader {
  readonly #source: ByteSource

  constructor(source: ByteSource) {
    super()
    this.#source = source
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(piecesOf(this.#source, start, end), { objectMode: false })
  }
}

const pieceBytes = 256 * 1024

async function* piecesOf(source: ByteSource, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end;) {
    const piece = await source.read(at, Math.min(pieceBytes, end - at))
    if (piece.length === 0) return
    at += piece.length
    yield piece
  }
}
