/** Pictures made of nothing: as large as wished, and as heavy. */
import { crc32, deflateSync } from 'node:zlib'

/** A grey PNG that can be opened. @param grey makes another picture of the same size */
export function png(width: number, height: number, grey = 200): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0], 8)
  const rows = Buffer.alloc((width + 1) * height, grey)
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([signature, ...chunks])
}

/** The head of a JPEG: an application's segment, filled up to the next marker, then the frame. */
export function jpegHead(width: number, height: number): Buffer {
  const frame = Buffer.from([0xff, 0xff, 0xc2, 0, 17, 8, 0, 0, 0, 0, 3])
  frame.writeUInt16BE(height, 6)
  frame.writeUInt16BE(width, 8)
  const application = Buffer.from([0xff, 0xe0, 0, 4, 1, 2])
  return Buffer.concat([Buffer.from([0xff, 0xd8]), application, frame, Buffer.alloc(20)])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}
