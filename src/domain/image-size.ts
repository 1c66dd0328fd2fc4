export interface ImageSize {
  type: 'png' | 'jpg' | 'gif' | 'webp' | 'bmp'
  width: number
  height: number
}

/**
 * Looks into the head of a picture: what it is is told by its bytes, whatever its name says.
 * @returns kind and size in pixels, or undefined when it is none of these (SVG, for example)
 */
export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  if (bytes.length < 26) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0) === 0x89504e47 && letters(bytes, 12, 16) === 'IHDR')
    return { type: 'png', width: view.getUint32(16), height: view.getUint32(20) }
  if (letters(bytes, 0, 4) === 'GIF8')
    return { type: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
  if (letters(bytes, 0, 2) === 'BM')
    return { type: 'bmp', width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) }
  if (letters(bytes, 0, 4) === 'RIFF' && letters(bytes, 8, 12) === 'WEBP') return webpSize(bytes, view)
  return view.getUint16(0) === 0xffd8 ? jpegSize(view) : undefined
}

const letters = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to))

/** Walks the segments up to the start of a frame, which holds the size. */
function jpegSize(view: DataView): ImageSize | undefined {
  let at = 2
  while (at + 9 < view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    // SOF0..SOF15 but DHT, JPG, DAC
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { type: 'jpg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    // Any number of 0xff may fill the place before a marker.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  return undefined
}

function webpSize(bytes: Uint8Array, view: DataView): ImageSize | undefined {
  if (bytes.length < 30) return undefined
  const three = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
  switch (letters(bytes, 12, 16)) {
    case 'VP8X':
      return { type: 'webp', width: three(24) + 1, height: three(27) + 1 }
    case 'VP8 ':
      return {
        type: 'webp',
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      }
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return { type: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    default:
      return undefined
  }
}
