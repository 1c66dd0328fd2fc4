/** The picture of an offer: what every messenger takes, so that nobody finds out in the middle of a sending. */
import { imageSize } from '../image-size.ts'

export interface Picture {
  type: 'jpg' | 'png'
  width: number
  height: number
}

export type PictureReading =
  | { ok: true; picture: Picture }
  /** The sentence is offers.picture.wrong.<reason>. */
  | { ok: false; reason: PictureTrouble; params?: Readonly<Record<string, string | number>> }

/** `type`: a picture of another kind; `heavy`: too many bytes; `large`: too many pixels; `narrow`: a strip. */
export type PictureTrouble = 'notAPicture' | 'type' | 'heavy' | 'large' | 'narrow'

/** Telegram's limits of a photo (Bot API, sendPhoto): VK's are wider. `sides`: width and height together. */
export const pictureLimits = { bytes: 10 * 1024 * 1024, sides: 10_000, ratio: 20 } as const

/** Reads what somebody sent as a picture. Its bytes say what it is. */
export function readPicture(bytes: Uint8Array): PictureReading {
  const found = imageSize(bytes)
  if (!found || Math.min(found.width, found.height) < 1) return { ok: false, reason: 'notAPicture' }
  const { type, width, height } = found
  if (type !== 'jpg' && type !== 'png')
    return { ok: false, reason: 'type', params: { type: type.toUpperCase() } }
  if (bytes.length > pictureLimits.bytes) return { ok: false, reason: 'heavy' }
  if (width + height > pictureLimits.sides) return { ok: false, reason: 'large', params: { width, height } }
  if (Math.max(width, height) / Math.min(width, height) > pictureLimits.ratio)
    return { ok: false, reason: 'narrow', params: { width, height } }
  return { ok: true, picture: { type, width, height } }
}
