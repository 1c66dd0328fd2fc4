import type { Message } from 'grammy/types'
import { badRequest } from '../api-error.ts'
import { jsonArgument, requiredText, textArgument } from '../arguments.ts'
import { writableChat } from '../chat-state.ts'
import { fileContent } from '../file-content.ts'
import type { FileKind } from '../files.ts'
import { formatText, formattedTextArgument } from '../formatted-text.ts'
import type { TextWithEntities } from '../text-with-entities.ts'
import { inputFile } from '../input-file.ts'
import { isObject, textField } from '../json-object.ts'
import { replyMarkupArgument } from '../reply-markup.ts'
import type { Call, Method } from './method.ts'
import { addBotMessage, postMessage } from './post-message.ts'
import type { Content } from './post-message.ts'

/** Counted as JavaScript counts (UTF-16): the strictest reading of "characters". */
const TEXT_MAX_LENGTH = 4096
const CAPTION_MAX_LENGTH = 1024

export const sendMessage: Method = (call) => {
  const content = textContent(call, 'Message is too long')
  const markup = replyMarkupArgument(call.args)
  const chat = writableChat(call.world, call.bot, call.args)
  return postMessage(call, chat, content, markup)
}

/** sendPhoto, sendDocument and their kin: the file is in the parameter named as its kind. */
export function sendFile(kind: FileKind): Method {
  return (call) => {
    const value = textArgument(call.args, kind)
    const caption = kind === 'sticker' ? {} : captionContent(call)
    const markup = replyMarkupArgument(call.args)
    const chat = writableChat(call.world, call.bot, call.args)
    const file = inputFile(call, kind, value, kind)
    return postMessage(call, chat, { ...fileContent(file), ...caption }, markup)
  }
}

export const sendMediaGroup: Method = (call) => {
  requiredText(call.args, 'media')
  const media = jsonArgument(call.args, 'media', 'media')
  if (!Array.isArray(media)) throw badRequest('Expected an Array of InputMedia')
  const chat = writableChat(call.world, call.bot, call.args)
  const items = media.map((item: unknown) => mediaContent(call, item))
  if (items.length === 0 || items.length > 10) {
    throw badRequest(`${items.length === 0 ? 'There are no' : 'Too many'} messages to send as an album`)
  }
  checkAlbum(items)
  call.bot.rates.take(items.length, chat)
  const groupId = `1${String(Math.floor(call.world.random() * 1e15)).padStart(15, '0')}`
  return items.map((content): Message => addBotMessage(call, chat, { media_group_id: groupId, ...content }))
}

/**
 * Text with entities, 1 to 4096 characters, from `text`, `parse_mode`, `entities`.
 * @param tooLong what the error says: sending and editing word it differently
 */
export function textContent({ args }: Call, tooLong: string): Content & { text: string } {
  if (textArgument(args, 'text') === '') throw badRequest('Message text is empty')
  const { text, entities } = formattedTextArgument(args, 'text', 'entities')
  if (text === '') throw badRequest('Text must be non-empty')
  if (text.length > TEXT_MAX_LENGTH) throw badRequest(tooLong)
  return { text, ...(entities.length > 0 ? { entities } : {}) }
}

/** Caption with entities, up to 1024 characters; {} when there is none. */
export function captionContent({ args }: Call): Content {
  return checkedCaption(formattedTextArgument(args, 'caption', 'caption_entities'))
}

function checkedCaption({ text, entities }: TextWithEntities): Content {
  if (text === '') return {}
  if (text.length > CAPTION_MAX_LENGTH) throw badRequest('Message caption is too long')
  return { caption: text, ...(entities.length > 0 ? { caption_entities: entities } : {}) }
}

const ALBUM_KINDS = ['photo', 'video', 'document', 'audio'] as const

function mediaContent(call: Call, item: unknown): Content {
  if (!isObject(item)) throw badRequest("Can't parse InputMedia: expected an Object")
  const type = textField(item, 'type')
  const kind = ALBUM_KINDS.find((name) => name === type)
  if (!kind) throw badRequest(`Can't parse InputMedia: type "${type}" can't be used in sendMediaGroup`)
  const media = textField(item, 'media')
  if (media === '') throw badRequest("Can't parse InputMedia: media not found")
  const caption = formatText(
    textField(item, 'caption'),
    textField(item, 'parse_mode'),
    item['caption_entities'],
  )
  return { ...fileContent(inputFile(call, kind, media)), ...checkedCaption(caption) }
}

/** Photos and films mix; documents and sounds stay among themselves. */
function checkAlbum(items: Content[]): void {
  const alone = (['document', 'audio'] as const).find((kind) => items.some((item) => item[kind]))
  if (alone && items.some((item) => !item[alone])) {
    throw badRequest("Can't use the media of the specified type in the album")
  }
}
