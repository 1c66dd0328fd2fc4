import { crc32, deflateSync } from 'node:zlib'

/** Files that the people of the sandbox "send": small, real, and made here rather than kept in the repository. */
export interface SampleFile {
  name: string
  mimeType: string
  bytes: Buffer
}

let picture: SampleFile | undefined

/** A picture of a soft gradient, 900 x 675; made once, it takes some milliseconds. */
export const samplePicture = (): SampleFile =>
  (picture ??= { name: 'photo.png', mimeType: 'image/png', bytes: drawPng(900, 675) })

/** Two seconds of silence as MP3: MPEG-1 layer III frames of 26 ms at 128 kbit/s and 44.1 kHz. */
export function sampleVoice(): SampleFile {
  const frame = Buffer.alloc(417)
  frame.set([0xff, 0xfb, 0x90, 0x00])
  const frames = Array.from({ length: 77 }, () => frame)
  return { name: 'voice.mp3', mimeType: 'audio/mpeg', bytes: Buffer.concat(frames) }
}

/** A page of text. */
export function sampleDocument(): SampleFile {
  return { name: 'notes.txt', mimeType: 'text/plain; charset=utf-8', bytes: Buffer.from('1\n2\n3\n') }
}

function drawPng(width: number, height: number): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height)
  for (let y = 0, at = 0; y < height; y += 1) {
    at += 1 // each row starts with its filter: 0, none
    for (let x = 0; x < width; x += 1, at += 3) {
      rows.set([200 + (55 * x) / width, 150 + (80 * y) / height, 190], at)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8) // 8 bits a channel, RGB
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const chunks = [
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([signature, ...chunks])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}
