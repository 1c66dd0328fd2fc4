import { imageSize } from '../../domain/image-size.ts'
import type { ShownMessage } from '../messenger.ts'
import type { Community } from './community.ts'
import type { VkAttachment } from './conversation.ts'
import type { MediaFile } from './media-store.ts'
import { sampleDocument, samplePicture, sampleVoice } from './sample-media.ts'

/** A photo object (5.199). */
export const photoObject = (community: Community, file: MediaFile, ownerId: number): object => {
  const { width, height } = pictureSize(file.bytes)
  const url = community.media.url(file)
  return {
    album_id: -3,
    date: seconds(community),
    id: file.id,
    owner_id: ownerId,
    access_key: file.accessKey,
    sizes: sizesOf(width, height).map((size) => ({ ...size, url })),
    text: '',
    has_tags: false,
    orig_photo: { height, type: 'base', url, width },
  }
}

/** A document object (5.199). */
export const docObject = (community: Community, file: MediaFile, ownerId: number): object => ({
  id: file.id,
  owner_id: ownerId,
  title: file.name,
  size: file.bytes.length,
  ext: file.name.includes('.') ? file.name.split('.').pop() : '',
  date: seconds(community),
  type: file.mimeType.startsWith('text/') ? 1 : file.mimeType.startsWith('image/') ? 4 : 8,
  url: community.media.url(file),
  access_key: file.accessKey,
})

/** A voice message object (5.199). */
export const audioMessageObject = (community: Community, file: MediaFile, ownerId: number): object => ({
  id: file.id,
  owner_id: ownerId,
  duration: 2,
  waveform: Array.from({ length: 128 }, (_, index) => (index * 7) % 30),
  link_mp3: community.media.url(file),
  link_ogg: community.media.url(file),
  access_key: file.accessKey,
})

/** What arrives when a person sends something that is not text; a location is not an attachment in VK. */
export function personAttachment(
  community: Community,
  personId: number,
  kind: NonNullable<ShownMessage['attachment']>,
): VkAttachment {
  const picture = () => community.media.put(samplePicture())
  switch (kind) {
    case 'photo':
      return { kind, type: 'photo', value: photoObject(community, picture(), personId) }
    case 'voice':
      return {
        kind,
        type: 'audio_message',
        value: audioMessageObject(community, community.media.put(sampleVoice()), personId),
      }
    case 'document':
      return {
        kind,
        type: 'doc',
        value: docObject(community, community.media.put(sampleDocument()), personId),
      }
    case 'sticker':
      return { kind, type: 'sticker', value: stickerObject(community.media.url(picture())) }
    case 'video':
      return { kind, type: 'video', value: videoObject(community, picture(), personId) }
    default:
      throw new Error(`VK has no attachment for ${kind}`)
  }
}

/** Red Square. */
export const sampleGeo: object = {
  type: 'point',
  coordinates: { latitude: 55.7539, longitude: 37.6208 },
  place: {
    id: 0,
    latitude: 55.7539,
    longitude: 37.6208,
    created: 0,
    title: 'Красная площадь, Москва',
    icon: 'https://vk.com/images/places/place.png',
  },
}

const stickerObject = (url: string): object => ({
  inner_type: 'base_sticker_new',
  sticker_id: 9046,
  product_id: 279,
  images: [64, 128, 256].map((side) => ({ url, width: side, height: side })),
  images_with_background: [64, 128, 256].map((side) => ({ url, width: side, height: side })),
  is_allowed: true,
})

const videoObject = (community: Community, cover: MediaFile, ownerId: number): object => ({
  id: cover.id,
  owner_id: ownerId,
  access_key: cover.accessKey,
  title: 'video.mp4',
  description: '',
  duration: 12,
  date: seconds(community),
  views: 0,
  type: 'video',
  response_type: 'full',
  can_add: 1,
  width: 320,
  height: 240,
  image: [{ url: community.media.url(cover), width: 320, height: 240, with_padding: 1 }],
  track_code: community.ids.token(20),
})

/**
 * The copies VK makes of a picture, by the longest side: the small ones of every picture, the large ones of those
 * that are large enough. Here they all lead to the original.
 */
function sizesOf(width: number, height: number): { type: string; width: number; height: number }[] {
  const longest = Math.max(width, height)
  const copies = { s: 75, m: 130, x: 604, y: 807, z: 1080, w: 2560, o: 130, p: 200, q: 320, r: 510 }
  const previous: Record<string, number> = { y: 604, z: 807, w: 1080 }
  return Object.entries(copies).flatMap(([type, side]) => {
    if (longest <= (previous[type] ?? 0)) return []
    const scale = Math.min(1, side / longest)
    return { type, width: Math.round(width * scale), height: Math.round(height * scale) }
  })
}

/** Where it can't be read, a usual one. */
function pictureSize(bytes: Buffer): { width: number; height: number } {
  const { width, height } = imageSize(bytes) ?? { width: 604, height: 453 }
  return { width, height }
}

const seconds = (community: Community): number => Math.floor(community.now() / 1000)
