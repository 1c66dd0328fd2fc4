import { crc32, deflateSync } from 'node:zlib'
import type { StoredFile } from './files.ts'

type Sample = Omit<StoredFile, 'id' | 'uniqueId' | 'path' | 'botId'>

/** What a person "sends" as a photo, sticker, voice message, film or document: small, but real where it can be. */
export function sampleFile(kind: 'photo' | 'sticker' | 'voice' | 'video' | 'document'): Sample {
  switch (kind) {
    case 'photo':
      return sized(
        { kind, name: 'photo.png', mimeType: 'image/png', width: 320, height: 240 },
        gradient(320, 240),
      )
    case 'sticker':
      return sized(
        { kind, name: 'sticker.png', mimeType: 'image/png', width: 512, height: 512 },
        gradient(512, 512),
      )
    case 'voice':
      return sized({ kind, name: 'voice.ogg', mimeType: 'audio/ogg' }, Buffer.from('OggS'))
    case 'video':
      return sized(
        { kind, name: 'video.mp4', mimeType: 'video/mp4', width: 640, height: 360 },
        Buffer.from('ftypisom'),
      )
    case 'document':
      return sized({ kind, name: 'document.txt', mimeType: 'text/plain' }, Buffer.from('Otklik\n'))
  }
}

function sized(file: Omit<Sample, 'bytes' | 'sizeBytes'>, bytes: Buffer): Sample {
  return { ...file, bytes, sizeBytes: bytes.length }
}

/** A PNG that goes from peach to rose: something to look at, without a file in the repository. */
function gradient(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8)
  const row = 1 + width * 3
  const pixels = Buffer.alloc(row * height)
  for (let y = 0; y < height; y += 1) {
    const share = y / height
    const color = [255, Math.round(214 - 90 * share), Math.round(186 - 20 * share)]
    for (let x = 0; x < width; x += 1) pixels.set(color, y * row + 1 + x * 3)
  }
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(content), 4)
  return Buffer.concat([frame.subarray(0, 4), content, frame.subarray(4)])
}
