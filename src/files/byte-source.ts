import { open } from 'node:fs/promises'

/** Bytes that can be read anywhere, and as often as needed: a file on the disk, or what came over the net. */
export interface ByteSource {
  sizeBytes: number
  /** The bytes from `start`; fewer than `length` at the end. */
  read(start: number, length: number): Promise<Uint8Array>
  close(): Promise<void>
}

/** @throws Error of the file system */
export async function openFileSource(path: string): Promise<ByteSource> {
  const file = await open(path, 'r')
  const stat = await file.stat()
  if (stat.isDirectory()) {
    await file.close()
    throw Object.assign(new Error('is a directory'), { code: 'EISDIR' })
  }
  const { size } = stat
  return {
    sizeBytes: size,
    async read(start, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - start)))
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start)
      return bytes.subarray(0, bytesRead)
    },
    close: () => file.close(),
  }
}

export const bytesSource = (bytes: Uint8Array): ByteSource => ({
  sizeBytes: bytes.length,
  read: (start, length) => Promise.resolve(bytes.subarray(start, start + length)),
  close: () => Promise.resolve(),
})

const chunkBytes = 256 * 1024

/** All of it, in pieces. */
export async function* chunksOf(source: ByteSource, start = 0): AsyncGenerator<Uint8Array> {
  for (let at = start; at < source.sizeBytes;) {
    const chunk = await source.read(at, chunkBytes)
    if (chunk.length === 0) return
    at += chunk.length
    yield chunk
  }
}
