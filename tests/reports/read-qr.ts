import decodeQR from 'qr/decode.js'
import { pixelsOf } from './pixels.ts'

/**
 * Reads the one QR code in a picture, or in a part of it, as a phone's camera does.
 * @param part from where to where across, as shares of the width
 * @throws Error when there is none
 */
export function readQr(png: Buffer, part: [from: number, to: number] = [0, 1]): string {
  const { width, height, data } = pixelsOf(png)
  const [from, to] = part.map((share) => Math.round(share * width)) as [number, number]
  const cropped = new Uint8Array((to - from) * height * 4)
  for (let y = 0; y < height; y += 1)
    cropped.set(data.subarray((y * width + from) * 4, (y * width + to) * 4), y * (to - from) * 4)
  return decodeQR({ width: to - from, height, data: cropped }, { timeLimit: 5000 })
}
