import type { MessageEntity } from 'grammy/types'
import { badRequest } from './api-error.ts'
import { checkedLink } from './checked-link.ts'
import { FieldError, isObject, requiredIntegerField, requiredTextField, textField } from './json-object.ts'
import type { JsonObject } from './json-object.ts'

const PLAIN = [
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'code',
  'blockquote',
  'expandable_blockquote',
] as const

/** Telegram finds these by itself, so those given are dropped. */
const FOUND_BY_ITSELF = new Set(
  'mention hashtag cashtag bot_command url email phone_number bank_card_number date_time'.split(' '),
)

/**
 * Checks the parameter `entities` / `caption_entities`.
 * @param textLength UTF-16 units; an entity beyond the end is an error
 * @throws ApiError 400 `can't parse MessageEntity: ...`
 */
export function givenEntities(value: unknown, textLength: number): MessageEntity[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((item: unknown) => {
    try {
      const entity = readEntity(item)
      if (!entity || entity.length === 0) return []
      checkEnd(entity, textLength)
      return [entity]
    } catch (error) {
      if (error instanceof FieldError) throw badRequest(`Can't parse MessageEntity: ${error.message}`)
      throw error
    }
  })
}

function checkEnd({ offset, length }: MessageEntity, textLength: number): void {
  if (offset > textLength)
    throw badRequest(`Entity begins after the end of the text at UTF-16 offset ${offset}`)
  if (offset + length > textLength) {
    throw badRequest(
      `Entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${offset + length}`,
    )
  }
}

function readEntity(item: unknown): MessageEntity | undefined {
  if (!isObject(item)) throw new FieldError('expected an Object')
  const offset = requiredIntegerField(item, 'offset')
  const length = requiredIntegerField(item, 'length')
  const entity = typedEntity(item, { offset, length })
  if (entity && (offset < 0 || offset > 1_000_000)) {
    throw badRequest(`Receive an entity with incorrect offset ${offset}`)
  }
  if (entity && (length < 0 || length > 1_000_000)) {
    throw badRequest(`Receive an entity with incorrect length ${length}`)
  }
  return entity
}

function typedEntity(item: JsonObject, range: { offset: number; length: number }): MessageEntity | undefined {
  const type = textField(item, 'type')
  if (type === '') throw new FieldError('Type is not specified')
  const plain = PLAIN.find((name) => name === type)
  if (plain) return { type: plain, ...range }
  if (FOUND_BY_ITSELF.has(type)) return undefined
  if (type === 'pre') {
    const language = textField(item, 'language')
    return language === '' ? { type, ...range } : { type, ...range, language }
  }
  if (type === 'text_link') {
    const url = checkedLink(requiredTextField(item, 'url'))
    return url === undefined ? undefined : { type, ...range, url }
  }
  if (type === 'custom_emoji') {
    return { type, ...range, custom_emoji_id: requiredTextField(item, 'custom_emoji_id') }
  }
  if (type === 'text_mention') {
    if (!isObject(item['user'])) throw new FieldError('Field "user" must be of type Object')
    const id = requiredIntegerField(item['user'], 'id')
    return { type, ...range, user: { id, is_bot: false, first_name: textField(item['user'], 'first_name') } }
  }
  throw new FieldError('Unsupported type specified')
}
