import { badRequest } from './api-error.ts'
import type { Arguments, UploadedFile } from './arguments.ts'
import { checkedLink } from './checked-link.ts'
import type { FileKind, StoredFile } from './files.ts'
import { imageSize } from '../../domain/image-size.ts'
import type { BotState, World } from './state.ts'

const PHOTO_MAX_BYTES = 10 * 1024 * 1024
/** Width and height together, and one to the other. */
const PHOTO_MAX_SIDES = 10_000
const PHOTO_MAX_RATIO = 20

const MIME_TYPES: Record<string, string> = {
  bmp: 'image/bmp',
  csv: 'text/csv',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  md: 'text/markdown',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  ogg: 'audio/ogg',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  webp: 'image/webp',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
}

/**
 * Finds the file that a call means by `value`: an upload in the part of the parameter's name, "attach://part", a URL
 * (not fetched), or the file_id of a file that this bot has sent or received before.
 * @throws ApiError 400 when there is none, it is of another kind, or Telegram would not take it
 */
export function inputFile(
  { world, bot, args }: { world: World; bot: BotState; args: Arguments },
  kind: FileKind,
  value: string,
  partName?: string,
): StoredFile {
  const upload = uploadOf(args, value, partName)
  if (upload) return storeUpload(world, bot, kind, upload)
  if (value === '' || value.startsWith('attach://')) throw badRequest(`There is no ${kind} in the request`)
  if (/^https?:\/\//i.test(value)) return storeUrl(world, bot, kind, value)
  const known = world.files.get(bot.profile.id, value)
  if (!known) throw badRequest('Wrong file identifier/HTTP URL specified')
  if (known.kind !== kind) throw badRequest(`Can't use file of type ${title(known.kind)} as ${title(kind)}`)
  return known
}

function uploadOf(args: Arguments, value: string, partName: string | undefined): UploadedFile | undefined {
  if (value.startsWith('attach://')) return args.files?.get(value.slice('attach://'.length))
  return partName === undefined ? undefined : args.files?.get(partName)
}

function storeUpload(world: World, bot: BotState, kind: FileKind, upload: UploadedFile): StoredFile {
  const sizeBytes = upload.bytes.length
  if (sizeBytes === 0) throw badRequest('File must be non-empty')
  const name = upload.name === '' ? 'file' : upload.name.replaceAll(/[/\\]/g, '_')
  // The part of the request is copied, so that the rest of it can be freed.
  const common = {
    botId: bot.profile.id,
    kind,
    name,
    mimeType: mimeType(name),
    sizeBytes,
    bytes: Buffer.from(upload.bytes),
  }
  return world.files.add(
    kind === 'photo' ? { ...common, ...checkedPhoto({ name, bytes: upload.bytes }) } : common,
  )
}

/**
 * What Telegram finds out about a photo: its size, and its kind by its bytes.
 * @throws ApiError 400 when it would not take it for one
 */
export function checkedPhoto({ name, bytes }: { name: string; bytes: Uint8Array }) {
  if (bytes.length > PHOTO_MAX_BYTES) {
    throw badRequest(
      `File of size ${bytes.length} bytes is too big for a photo; the maximum size is ${PHOTO_MAX_BYTES} bytes`,
    )
  }
  const size = imageSize(bytes)
  if (!size) throw badRequest('IMAGE_PROCESS_FAILED')
  const { width, height, type } = size
  const ratio = Math.max(width, height) / Math.min(width, height)
  if (width + height > PHOTO_MAX_SIDES || !(ratio <= PHOTO_MAX_RATIO))
    throw badRequest('PHOTO_INVALID_DIMENSIONS')
  const photoName = mimeType(name).startsWith('image/') ? name : `${name}.${type}`
  return { name: photoName, mimeType: mimeType(`.${type}`), width, height }
}

/** The real server fetches the file; the sandbox never reaches out, so its size stays unknown. */
function storeUrl(world: World, bot: BotState, kind: FileKind, value: string): StoredFile {
  const url = checkedLink(value)
  if (url === undefined) throw badRequest('Wrong HTTP URL specified')
  const name = new URL(url).pathname.split('/').at(-1) ?? ''
  return world.files.add({
    botId: bot.profile.id,
    kind,
    name: name === '' ? 'file' : name,
    mimeType: mimeType(name),
    sizeBytes: 0,
    bytes: undefined,
    url,
    ...(kind === 'photo' ? { width: 0, height: 0 } : {}),
  })
}

/** By the name alone, as Telegram's clients do. */
export function mimeType(name: string): string {
  return MIME_TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream'
}

function title(kind: FileKind): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1)
}
