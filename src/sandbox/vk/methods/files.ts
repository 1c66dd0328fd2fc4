import { audioMessageObject, docObject, photoObject } from '../attachments.ts'
import { ApiError, badParameter } from '../api-error.ts'
import type { Community } from '../community.ts'
import { integer, requiredText, text } from '../params.ts'
import type { Params } from '../params.ts'
import { writableConversation } from '../recipient.ts'
import type { Upload } from '../media-store.ts'
import { uploadServerNumber } from '../uploads.ts'
import type { Methods } from './method.ts'

/**
 * Getting an address to upload to, and saving what was uploaded.
 * @param address of the upload path for a kind
 */
export const createFiles = (community: Community, address: (kind: Upload['kind']) => string): Methods => ({
  'photos.getMessagesUploadServer': (params) => {
    checkPeer(community, params)
    return { album_id: -64, upload_url: address('photo'), user_id: 0, group_id: community.group.id }
  },

  'photos.saveMessagesPhoto': (params) => {
    const photo = requiredText(params, 'photo')
    if (integer(params, 'server') !== uploadServerNumber) throw new ApiError(118)
    if (photo === '[]') throw badParameter('photos_list is invalid')
    const upload = community.media.release(text(params, 'hash') ?? '')
    if (upload?.kind !== 'photo') throw new ApiError(121)
    return [photoObject(community, community.media.put(upload.file), -community.group.id)]
  },

  'docs.getMessagesUploadServer': (params) => {
    checkPeer(community, params)
    const type = text(params, 'type') ?? 'doc'
    if (type !== 'doc' && type !== 'audio_message') throw badParameter('type is invalid')
    return { upload_url: address(type) }
  },

  'docs.save': (params) => {
    const upload = community.media.release(requiredText(params, 'file'))
    if (!upload || upload.kind === 'photo') throw badParameter('file is invalid')
    const name = text(params, 'title') ?? upload.file.name
    const file = community.media.put({ ...upload.file, name })
    const toObject = upload.kind === 'doc' ? docObject : audioMessageObject
    return { type: upload.kind, [upload.kind]: toObject(community, file, -community.group.id) }
  },
})

/** The address may be asked for without a peer; with one, that person must be reachable. */
function checkPeer(community: Community, params: Params): void {
  const peerId = integer(params, 'peer_id') ?? 0
  if (peerId !== 0) writableConversation(community, peerId)
}
