import { inflateSync } from 'node:zlib'

export interface Pixels {
  width: number
  height: number
  /** Red, green, blue, alpha of each pixel, row by row. */
  data: Uint8Array
}

/** Reads what our renderer writes: PNG, 8 bit RGBA, not interlaced (W3C, PNG, third edition, 9: filters). */
export function pixelsOf(png: Buffer): Pixels {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  if (png.toString('hex', 24, 29) !== '0806000000') throw new Error('Not an RGBA picture of 8 bit')
  const lines = inflateSync(Buffer.concat(chunks(png, 'IDAT')))
  const row = width * 4
  const data = new Uint8Array(row * height)
  for (let y = 0; y < height; y += 1) {
    const filter = lines[y * (row + 1)] ?? 0
    for (let x = 0; x < row; x += 1) {
      const left = x < 4 ? 0 : (data[y * row + x - 4] ?? 0)
      const up = y === 0 ? 0 : (data[(y - 1) * row + x] ?? 0)
      const upLeft = x < 4 || y === 0 ? 0 : (data[(y - 1) * row + x - 4] ?? 0)
      data[y * row + x] = (lines[y * (row + 1) + 1 + x] ?? 0) + predicted(filter, left, up, upLeft)
    }
  }
  return { width, height, data }
}

/** The contents of the chunks of one type. */
export function chunks(png: Buffer, type: string): Buffer[] {
  const found: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === type)
      found.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  return found
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  return filter === 4 ? paeth(left, up, upLeft) : 0
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft
  const [toLeft, toUp, toUpLeft] = [left, up, upLeft].map((one) => Math.abs(guess - one)) as [
    number,
    number,
    number,
  ]
  if (toLeft <= toUp && toLeft <= toUpLeft) return left
  return toUp <= toUpLeft ? up : upLeft
}
