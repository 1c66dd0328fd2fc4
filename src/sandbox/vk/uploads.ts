import { imageSize } from '../../domain/image-size.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readForm, sendJson } from './http.ts'
import type { MediaStore, Upload } from './media-store.ts'

export const uploadPrefix = '/upload/'

/** What the upload server calls itself in its answers. */
export const uploadServerNumber = 226_222

/**
 * Answers POST /upload/<kind>: takes the file and gives what the save method wants to have.
 * Photos come in the field "photo" (or "file", "file1"), documents in "file".
 */
export async function serveUpload(
  media: MediaStore,
  request: IncomingMessage,
  response: ServerResponse,
  kind: string,
): Promise<void> {
  const { files } = await readForm(request, '')
  if (kind === 'photo') return sendJson(response, photoAnswer(media, files.flatMap(asPicture)[0]))
  const file = files.find(({ field }) => field === 'file')
  if ((kind !== 'doc' && kind !== 'audio_message') || !file) {
    return sendJson(response, { error: 'no_file', error_descr: 'no file' })
  }
  sendJson(response, { file: hold(media, kind, file) })
}

/** An upload without a picture in it, or with one that VK does not take, is answered with an empty list, which can't be saved. */
function photoAnswer(media: MediaStore, file: Upload['file'] | undefined): object {
  if (!file) return { server: uploadServerNumber, photo: '[]', hash: '' }
  const hash = hold(media, 'photo', file)
  const photo = JSON.stringify([{ photo: hash.slice(0, 10), sizes: [], kid: hash.slice(10, 20) }])
  return { server: uploadServerNumber, photo, hash }
}

const hold = (media: MediaStore, kind: Upload['kind'], { name, mimeType, bytes }: Upload['file']): string =>
  media.hold({ kind, file: { name, mimeType, bytes } })

/** Width and height together, and one to the other; bytes (VK's rules for uploading photos). */
const photoMax = { sides: 14_000, ratio: 20, bytes: 50 * 1024 * 1024 }

/** JPEG, PNG, GIF and WebP are told by their first bytes: libraries call everything image/jpeg. */
function asPicture(file: Upload['file']): Upload['file'][] {
  const head = file.bytes.toString('latin1', 0, 12)
  const format = pictureFormats.find(([, start]) => start.test(head))
  return format && fits(file.bytes) ? [{ ...file, mimeType: `image/${format[0]}` }] : []
}

function fits(bytes: Buffer): boolean {
  const { width, height } = imageSize(bytes) ?? { width: 1, height: 1 }
  const ratio = Math.max(width, height) / Math.min(width, height)
  return bytes.length <= photoMax.bytes && width + height <= photoMax.sides && ratio <= photoMax.ratio
}

const pictureFormats = [
  ['jpeg', /^\xff\xd8/],
  ['png', /^\x89PNG/],
  ['gif', /^GIF8/],
  ['webp', /^RIFF.{4}WEBP/s],
] as const
