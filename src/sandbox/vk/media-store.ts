import type { ServerResponse } from 'node:http'
import type { Ids } from './ids.ts'

export interface MediaFile {
  id: number
  accessKey: string
  name: string
  mimeType: string
  bytes: Buffer
}

/** Uploaded by the bot and not yet saved by photos.saveMessagesPhoto or docs.save. */
export interface Upload {
  kind: 'photo' | 'doc' | 'audio_message'
  file: { name: string; mimeType: string; bytes: Buffer }
}

/** The files of both sides, in memory: what the bot uploaded and what people "sent". */
export interface MediaStore {
  put(file: { name: string; mimeType: string; bytes: Buffer }): MediaFile
  find(id: number): MediaFile | undefined
  /** URL path on the stand-in's server. */
  path(file: MediaFile): string
  /** The same as an address that the bot can fetch. */
  url(file: MediaFile): string
  /** "http://host:port" of the stand-in, as the bot called it last. */
  origin(): string
  /** Learns the stand-in's own address from a request to it. */
  servedAt(host: string | undefined): void
  /** Keeps an upload until it is saved. @returns its key */
  hold(upload: Upload): string
  /** Gives a held upload back, once. */
  release(key: string): Upload | undefined
  /** Answers a GET under /vk-files/. */
  serve(path: string, response: ServerResponse): void
  save(): SavedFile[]
}

export interface SavedFile extends Omit<MediaFile, 'bytes'> {
  base64: string
}

export const mediaPrefix = '/vk-files/'

const maxTotalBytes = 100 * 1024 * 1024
const maxSavedBytes = 16 * 1024 * 1024
const maxHeld = 100

/** Of more than 100 MB the oldest files are dropped; `save` gives the newest ones up to 16 MB together. */
export function createMediaStore({
  ids,
  saved = [],
}: {
  ids: Ids
  saved?: SavedFile[] | undefined
}): MediaStore {
  const files = new Map<number, MediaFile>()
  const held = new Map<string, Upload>()
  let totalBytes = 0
  let host = '127.0.0.1'
  for (const { base64, ...file } of saved) keep({ ...file, bytes: Buffer.from(base64, 'base64') })

  const path = (file: MediaFile) =>
    `${mediaPrefix}${file.id}/${file.accessKey}/${encodeURIComponent(file.name)}`

  return {
    put: (file) => keep({ id: ids.file(), accessKey: ids.token(18), ...file }),
    find: (id) => files.get(id),
    path,
    url: (file) => `http://${host}${path(file)}`,
    origin: () => `http://${host}`,
    servedAt(name) {
      if (name) host = name
    },
    hold(upload) {
      const key = ids.token(32)
      const [oldest] = held.keys()
      if (oldest !== undefined && held.size >= maxHeld) held.delete(oldest)
      held.set(key, upload)
      return key
    },
    release(key) {
      const upload = held.get(key)
      held.delete(key)
      return upload
    },
    serve(requested, response) {
      const [id, accessKey] = requested.slice(mediaPrefix.length).split('/')
      const file = files.get(Number(id))
      if (!file || file.accessKey !== accessKey) return void response.writeHead(404).end()
      // Whatever was uploaded stays data: the page of the sandbox lives on the same origin.
      response.writeHead(200, {
        'Content-Type': file.mimeType,
        'Content-Length': file.bytes.length,
        'Content-Security-Policy': 'sandbox',
        'X-Content-Type-Options': 'nosniff',
      })
      response.end(file.bytes)
    },
    save,
  }

  function keep(file: MediaFile): MediaFile {
    files.set(file.id, file)
    totalBytes += file.bytes.length
    for (const [id, oldest] of files) {
      if (totalBytes <= maxTotalBytes || files.size === 1) break
      files.delete(id)
      totalBytes -= oldest.bytes.length
    }
    return file
  }

  function save(): SavedFile[] {
    const chosen: SavedFile[] = []
    let bytes = 0
    for (const { bytes: content, ...file } of [...files.values()].reverse()) {
      bytes += content.length
      if (bytes > maxSavedBytes) break
      chosen.unshift({ ...file, base64: content.toString('base64') })
    }
    return chosen
  }
}
