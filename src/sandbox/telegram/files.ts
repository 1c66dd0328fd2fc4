import { randomBytes } from 'node:crypto'

export type FileKind = 'photo' | 'document' | 'voice' | 'video' | 'audio' | 'animation' | 'sticker'

export interface StoredFile {
  /** file_id: good for the bot that it belongs to. */
  id: string
  uniqueId: string
  botId: number
  kind: FileKind
  name: string
  mimeType: string
  sizeBytes: number
  /** Undefined for a file given by URL, and for one that was too large to be kept over a restart. */
  bytes: Buffer | undefined
  url?: string
  /** As getFile tells it, e.g. "photos/file_3.jpg". */
  path: string
  width?: number
  height?: number
  /** Of a photo: the smaller copies, from the smallest on. Their bytes are its own here. */
  copies?: PhotoCopy[]
}

export interface PhotoCopy {
  id: string
  uniqueId: string
  width: number
  height: number
}

export interface Files {
  add(file: Omit<StoredFile, 'id' | 'uniqueId' | 'path' | 'copies'>): StoredFile
  get(botId: number, fileId: string): StoredFile | undefined
  atPath(botId: number, path: string): StoredFile | undefined
  byUniqueId(uniqueId: string): StoredFile | undefined
  save(): SavedFile[]
  restore(saved: SavedFile[]): void
}

export type SavedFile = Omit<StoredFile, 'bytes'> & { base64?: string }

/** Real ids begin with letters that tell the kind; it makes logs readable. */
const KINDS: Record<FileKind, { prefix: string; folder: string }> = {
  photo: { prefix: 'AgACAgI', folder: 'photos' },
  document: { prefix: 'BQACAgI', folder: 'documents' },
  voice: { prefix: 'AwACAgI', folder: 'voice' },
  video: { prefix: 'BAACAgI', folder: 'videos' },
  audio: { prefix: 'CQACAgI', folder: 'music' },
  animation: { prefix: 'CgACAgI', folder: 'animations' },
  sticker: { prefix: 'CAACAgI', folder: 'stickers' },
}

/** What `save` keeps: the newest files first, until they make this many bytes together, none larger than its share. */
const SAVED_FILE_MAX_BYTES = 1024 * 1024
const SAVED_TOTAL_MAX_BYTES = 16 * 1024 * 1024

/** Holds what bots uploaded and people sent. */
export function createFiles(): Files {
  const byId = new Map<string, StoredFile>()
  const byCopy = new Map<string, StoredFile>()
  const byUnique = new Map<string, StoredFile>()
  const byPath = new Map<string, StoredFile>()
  let count = 0

  function keep(file: StoredFile): StoredFile {
    byId.set(file.id, file)
    byUnique.set(file.uniqueId, file)
    // A copy's id is as good as the photo's own, and tells of the copy.
    for (const copy of file.copies ?? []) {
      byCopy.set(copy.id, { ...file, ...copy })
      byUnique.set(copy.uniqueId, file)
    }
    byPath.set(`${file.botId}/${file.path}`, file)
    return file
  }

  return {
    add(file) {
      count += 1
      const { prefix, folder } = KINDS[file.kind]
      const newId = () => `${prefix}${randomBytes(36).toString('base64url')}`
      const newUniqueId = () => `AQAD${randomBytes(9).toString('base64url')}`
      const copies =
        file.kind === 'photo'
          ? copiesOf(file).map((sides) => ({ id: newId(), uniqueId: newUniqueId(), ...sides }))
          : []
      const extension = /\.[a-zA-Z0-9]{1,8}$/.exec(file.name)?.[0].toLowerCase() ?? ''
      return keep({
        ...file,
        ...(copies.length > 0 && { copies }),
        id: newId(),
        uniqueId: newUniqueId(),
        path: `${folder}/file_${count}${extension}`,
      })
    },
    get(botId, fileId) {
      const file = byId.get(fileId) ?? byCopy.get(fileId)
      return file?.botId === botId ? file : undefined
    },
    atPath: (botId, path) => byPath.get(`${botId}/${path}`),
    byUniqueId: (uniqueId) => byUnique.get(uniqueId),
    save() {
      let left = SAVED_TOTAL_MAX_BYTES
      const saved = [...byId.values()].toReversed().map(({ bytes, ...file }): SavedFile => {
        if (!bytes || bytes.length > SAVED_FILE_MAX_BYTES || bytes.length > left) return file
        left -= bytes.length
        return { ...file, base64: bytes.toString('base64') }
      })
      return saved.toReversed()
    },
    restore(saved) {
      for (const { base64, ...file } of saved) {
        keep({ ...file, bytes: base64 === undefined ? undefined : Buffer.from(base64, 'base64') })
      }
      count = saved.length
    },
  }
}

/** The longest sides of the copies that Telegram makes of a photo that is larger. */
const COPY_SIDES = [90, 320, 800]

function copiesOf({ width = 0, height = 0 }: Pick<StoredFile, 'width' | 'height'>) {
  const longest = Math.max(width, height)
  return COPY_SIDES.filter((side) => side < longest).map((side) => ({
    width: Math.max(1, Math.round((width * side) / longest)),
    height: Math.max(1, Math.round((height * side) / longest)),
  }))
}
