import { crc32 } from 'node:zlib'
import { drawnAside } from './drawing/aside.ts'

/**
 * Draws an SVG as PNG. Its words are set in the packages' own font, whatever the machine has.
 * @param dpi how densely it is to be printed; absent: a picture for the screen
 */
export async function svgToPng(svg: string, { dpi }: { dpi?: number } = {}): Promise<Buffer> {
  const drawn = await drawnAside<Uint8Array>(new URL('drawing/png-thread.ts', import.meta.url), svg)
  const png = Buffer.from(drawn.buffer, drawn.byteOffset, drawn.byteLength)
  return dpi === undefined ? png : withDensity(png, dpi)
}

const metersPerInch = 0.0254
/** The signature, then the header: four bytes of length, four of type, 13 of content, four of check sum. */
const afterHeader = 8 + 4 + 4 + 13 + 4

/** Adds the chunk pHYs (PNG, third edition, 11.3.4.3), so that it is printed in its true size. */
function withDensity(png: Buffer, dpi: number): Buffer {
  const perMeter = Math.round(dpi / metersPerInch)
  const chunk = Buffer.alloc(21)
  chunk.writeUInt32BE(9, 0)
  chunk.write('pHYs', 4, 'latin1')
  chunk.writeUInt32BE(perMeter, 8)
  chunk.writeUInt32BE(perMeter, 12)
  chunk.writeUInt8(1, 16)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17)
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)])
}
