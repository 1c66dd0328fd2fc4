import type { PhotoSize } from 'grammy/types'
import type { StoredFile } from './files.ts'
import type { Content } from './methods/post-message.ts'

/** The fields by which a message shows a file. Lengths of sounds and films are not worked out: 0. */
export function fileContent(file: StoredFile): Content {
  const common = { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.sizeBytes }
  const named = { ...common, file_name: file.name, mime_type: file.mimeType }
  const sides = { width: file.width ?? 0, height: file.height ?? 0 }
  switch (file.kind) {
    case 'photo':
      return { photo: [...copiesOf(file), { ...common, ...sides }] }
    case 'document':
      return { document: named }
    case 'voice':
      return { voice: { ...common, duration: 0, mime_type: file.mimeType } }
    case 'audio':
      return { audio: { ...named, duration: 0 } }
    case 'video':
      return { video: { ...named, ...sides, duration: 0 } }
    case 'animation':
      // For old bots the same file is a document too.
      return { animation: { ...named, ...sides, duration: 0 }, document: named }
    case 'sticker':
      return {
        sticker: { ...common, ...sides, type: 'regular', is_animated: false, is_video: false, emoji: '🙂' },
      }
  }
}

/** From the smallest on, as in the real thing. */
const copiesOf = ({ copies = [], sizeBytes, width = 0 }: StoredFile): PhotoSize[] =>
  copies.map(({ id, uniqueId, ...sides }) => ({
    file_id: id,
    file_unique_id: uniqueId,
    file_size: Math.ceil(sizeBytes * (sides.width / width) ** 2),
    ...sides,
  }))
