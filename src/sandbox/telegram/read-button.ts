import type { InlineKeyboardButton, KeyboardButton } from 'grammy/types'
import { ApiError, badRequest } from './api-error.ts'
import { checkedLink } from './checked-link.ts'
import { booleanField, FieldError, isObject, requiredTextField, textField } from './json-object.ts'
import type { JsonObject } from './json-object.ts'

const CALLBACK_DATA_MAX_BYTES = 64

/**
 * Reads one button of an inline keyboard, keeping only what the Bot API knows.
 * @throws FieldError when it is malformed, ApiError when its data or link is refused
 */
export function readInlineButton(value: unknown): InlineKeyboardButton {
  if (!isObject(value)) throw new FieldError('InlineKeyboardButton must be an Object')
  const common = { text: requiredTextField(value, 'text'), ...readStyle(value) }
  const url = textField(value, 'url')
  if (url !== '') return { ...common, url: checkedButtonLink(url) }
  const data = textField(value, 'callback_data')
  if (data !== '') {
    if (Buffer.byteLength(data) > CALLBACK_DATA_MAX_BYTES)
      throw new ApiError(400, 'Bad Request: BUTTON_DATA_INVALID')
    return { ...common, callback_data: data }
  }
  return readOtherButton(value, common)
}

function readOtherButton(value: JsonObject, common: { text: string }): InlineKeyboardButton {
  if (value['switch_inline_query'] !== undefined) {
    return { ...common, switch_inline_query: textField(value, 'switch_inline_query') }
  }
  if (value['switch_inline_query_current_chat'] !== undefined) {
    return {
      ...common,
      switch_inline_query_current_chat: textField(value, 'switch_inline_query_current_chat'),
    }
  }
  if (value['web_app'] !== undefined) return { ...common, web_app: readWebApp(value) }
  if (value['copy_text'] !== undefined) {
    return { ...common, copy_text: { text: requiredTextField(objectField(value, 'copy_text'), 'text') } }
  }
  throw new FieldError('Text buttons are unallowed in the inline keyboard')
}

/**
 * Reads one button of the keyboard under the input field; a bare string is a button with that label.
 * @throws FieldError when it is malformed
 */
export function readKeyboardButton(value: unknown): KeyboardButton & { text: string } {
  if (typeof value === 'string') return { text: value }
  if (!isObject(value)) throw new FieldError('KeyboardButton must be a String or an Object')
  const common = { text: requiredTextField(value, 'text'), ...readStyle(value) }
  if (booleanField(value, 'request_contact')) return { ...common, request_contact: true }
  if (booleanField(value, 'request_location')) return { ...common, request_location: true }
  if (value['web_app'] !== undefined) return { ...common, web_app: readWebApp(value) }
  return common
}

function readStyle(value: JsonObject): { style?: 'danger' | 'success' | 'primary' } {
  const style = textField(value, 'style').toLowerCase()
  if (style === '' || style === 'default') return {}
  if (style === 'danger' || style === 'success' || style === 'primary') return { style }
  throw new FieldError('invalid button style specified')
}

function readWebApp(value: JsonObject): { url: string } {
  const url = requiredTextField(objectField(value, 'web_app'), 'url')
  if (!url.startsWith('https://')) {
    throw badRequest(`Inline keyboard button Web App URL '${url}' is invalid: Only HTTPS links are allowed`)
  }
  return { url }
}

function checkedButtonLink(url: string): string {
  const link = checkedLink(url)
  if (link === undefined) throw badRequest(`Inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`)
  return link
}

function objectField(value: JsonObject, name: string): JsonObject {
  const field = value[name]
  if (!isObject(field)) throw new FieldError(`Field "${name}" must be of type Object`)
  return field
}
