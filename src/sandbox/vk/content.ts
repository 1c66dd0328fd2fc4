import { audioMessageObject, docObject, photoObject } from './attachments.ts'
import { ApiError, badParameter } from './api-error.ts'
import type { Community } from './community.ts'
import type { VkAttachment } from './conversation.ts'
import { parseKeyboard } from './keyboard.ts'
import type { VkKeyboard } from './keyboard.ts'
import type { Params } from './params.ts'
import { text } from './params.ts'

/** What messages.send and messages.edit put into a message. */
export interface Content {
  text: string
  attachments: VkAttachment[]
  geo?: object
  keyboard?: VkKeyboard
  payload?: string
}

/**
 * The real limit is not documented for communities: the schema says 9000, clients cut at 4096.
 * The stricter one is checked.
 */
const maxText = 4096
const maxPayload = 1000
const maxAttachments = 10

/** @throws ApiError 914, 911, 100: the content as a whole is refused, whoever it goes to */
export function readContent(community: Community, params: Params): Content {
  const content: Content = {
    text: decodeEntities(params['message'] ?? '').trim(),
    attachments: readAttachments(community, params['attachment'] ?? ''),
  }
  if (content.text.length > maxText) throw new ApiError(914)
  const keyboard = text(params, 'keyboard')
  if (keyboard !== undefined) content.keyboard = parseKeyboard(keyboard)
  const payload = text(params, 'payload')
  if (payload !== undefined) content.payload = checkedJson(payload, 'payload', maxPayload)
  const geo = readGeo(params)
  if (geo) content.geo = geo
  if (text(params, 'template') !== undefined) throw badParameter('template is not supported by this sandbox')
  for (const name of ['forward', 'content_source']) {
    const json = text(params, name)
    if (json !== undefined) checkedJson(json, name, Infinity)
  }
  const isEmpty = content.text === '' && content.attachments.length === 0 && !geo
  if (isEmpty && text(params, 'sticker_id') === undefined && text(params, 'forward') === undefined) {
    throw badParameter('message is empty or invalid')
  }
  return content
}

/** What does not exist is left out without a word, as VK does. */
function readAttachments(community: Community, list: string): VkAttachment[] {
  if (list === '') return []
  return list
    .split(',')
    .slice(0, maxAttachments)
    .flatMap((item) => readAttachment(community, item.trim()) ?? [])
}

function readAttachment(community: Community, item: string): VkAttachment | undefined {
  const [, type, owner, id] = /^(photo|doc|audio_message)(-?\d+)_(\d+)(?:_\w+)?$/.exec(item) ?? []
  const ownerId = Number(owner)
  const file = ownerId === -community.group.id ? community.media.find(Number(id)) : undefined
  if (!file) return undefined
  const { name, bytes } = file
  const path = community.media.path(file)
  switch (type) {
    case 'photo':
      return { type: 'photo', value: photoObject(community, file, ownerId), picture: { path, name } }
    case 'audio_message': {
      const value = audioMessageObject(community, file, ownerId)
      return { type: 'audio_message', value, file: { path, name, sizeBytes: bytes.length } }
    }
    default: {
      const value = docObject(community, file, ownerId)
      return { type: 'doc', value, file: { path, name, sizeBytes: bytes.length } }
    }
  }
}

function readGeo(params: Params): object | undefined {
  const latitude = Number(text(params, 'lat') ?? NaN)
  const longitude = Number(text(params, 'long') ?? NaN)
  if (Number.isNaN(latitude) || Number.isNaN(longitude)) return undefined
  return { type: 'point', coordinates: { latitude, longitude } }
}

function checkedJson(json: string, name: string, maxLength: number): string {
  if (json.length > maxLength) throw badParameter(`${name} is too long`)
  try {
    JSON.parse(json)
  } catch {
    throw badParameter(`${name} should be valid JSON`)
  }
  return json
}

/** VK turns &#128512; into the character. */
function decodeEntities(raw: string): string {
  if (!raw.includes('&#')) return raw
  return raw.replaceAll(/&#(\d{1,7});/g, (whole, code: string) =>
    Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : whole,
  )
}
