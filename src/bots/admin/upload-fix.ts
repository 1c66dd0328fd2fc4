import { createRequire } from 'node:module'
import type { Readable } from 'node:stream'

interface SandwichStream extends Readable {
  currentStream: Readable
  currentStreamOnReadable(): void
}

/**
 * Lets Telegraf 4.16.3 upload files on Node 26. Its dependency sandwich-stream 2.0.2 reads once for every 'readable', which
 * was enough while `read()` returned all that was buffered; since Node 26 (nodejs/node#60441) it returns one chunk, the rest
 * is never asked for, and the upload hangs. Reading until nothing is left is right on every Node.
 *
 * Mends the class that Telegraf itself loads, for the whole process; calling it again changes nothing.
 * @throws when Telegraf does not stand on sandwich-stream any more: then this file can go
 */
export function fixUploads(): void {
  const require = createRequire(import.meta.url)
  const requireOfTelegraf = createRequire(require.resolve('telegraf'))
  const loaded = requireOfTelegraf('sandwich-stream') as { SandwichStream: { prototype: SandwichStream } }
  loaded.SandwichStream.prototype.currentStreamOnReadable = readAll
}

function readAll(this: SandwichStream): void {
  for (let chunk = readChunk(this); chunk !== null; chunk = readChunk(this)) this.push(chunk)
}

const readChunk = (stream: SandwichStream): Buffer | string | null =>
  stream.currentStream.read() as Buffer | string | null
