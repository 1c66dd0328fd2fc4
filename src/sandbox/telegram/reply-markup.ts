import type { InlineKeyboardButton, KeyboardButton } from 'grammy/types'
import { ApiError, badRequest } from './api-error.ts'
import { jsonArgument } from './arguments.ts'
import type { Arguments } from './arguments.ts'
import { booleanField, FieldError, isObject } from './json-object.ts'
import type { JsonObject } from './json-object.ts'
import { readInlineButton, readKeyboardButton } from './read-button.ts'

export type ReplyMarkup =
  | { kind: 'inline'; rows: InlineKeyboardButton[][] }
  | { kind: 'keyboard'; rows: KeyboardButton[][]; oneTime: boolean }
  | { kind: 'remove' }
  | { kind: 'forceReply' }

/**
 * The real server cuts a keyboard that is too large, or refuses it, depending on which limit and which server
 * answers; here it is always refused, so that a test sees it.
 */
const LIMITS = { inline: { total: 100, row: 8 }, keyboard: { total: 300, row: 12 } }

/**
 * Reads and checks `reply_markup`. Empty rows are dropped; a keyboard without buttons is no keyboard.
 * Fields that the Bot API does not know (Telegraf's "hide") are dropped too.
 * @throws ApiError 400 for a malformed keyboard, button, or too many of them
 */
export function replyMarkupArgument(args: Arguments): ReplyMarkup | undefined {
  const value = jsonArgument(args, 'reply_markup', 'reply keyboard markup')
  if (value === undefined) return undefined
  if (!isObject(value)) throw badRequest('Object expected as reply markup')
  try {
    return readMarkup(value)
  } catch (error) {
    if (error instanceof FieldError) throw badRequest(error.message)
    throw error
  }
}

/**
 * As `replyMarkupArgument`, for edits: only an inline keyboard will do.
 * @returns its rows, or undefined to take the keyboard away
 */
export function inlineKeyboardArgument(args: Arguments): InlineKeyboardButton[][] | undefined {
  const markup = replyMarkupArgument(args)
  if (markup === undefined) return undefined
  if (markup.kind !== 'inline') throw badRequest('Inline keyboard expected')
  return markup.rows
}

function readMarkup(value: JsonObject): ReplyMarkup | undefined {
  const keyboard = readRows(value, 'keyboard', 'Field "keyboard"', 'keyboard button', readKeyboardButton)
  const inline = readRows(
    value,
    'inline_keyboard',
    'Field "inline_keyboard" of the InlineKeyboardMarkup',
    'inline keyboard button',
    readInlineButton,
  )
  if (keyboard.given) {
    const oneTime = booleanField(value, 'one_time_keyboard')
    checkSize(keyboard.rows, LIMITS.keyboard)
    return keyboard.rows.length > 0 ? { kind: 'keyboard', rows: keyboard.rows, oneTime } : undefined
  }
  if (inline.given) {
    checkSize(inline.rows, LIMITS.inline)
    return inline.rows.length > 0 ? { kind: 'inline', rows: inline.rows } : undefined
  }
  if (booleanField(value, 'remove_keyboard') || booleanField(value, 'hide_keyboard'))
    return { kind: 'remove' }
  if (booleanField(value, 'force_reply')) return { kind: 'forceReply' }
  return undefined
}

function readRows<Button extends { text: string }>(
  value: JsonObject,
  field: string,
  title: string,
  buttonTitle: string,
  read: (button: unknown) => Button,
): { given: boolean; rows: Button[][] } {
  const list = value[field]
  if (list === undefined) return { given: false, rows: [] }
  if (!Array.isArray(list)) throw new FieldError(`Field "${field}" must be of type Array`)
  const rows: Button[][] = []
  for (const row of list as unknown[]) {
    if (!Array.isArray(row)) throw new FieldError(`${title} must be an Array of Arrays`)
    const buttons = row.map((button: unknown) => readOne(button)).filter((button) => button.text !== '')
    if (buttons.length > 0) rows.push(buttons)
  }
  return { given: list.length > 0, rows }

  function readOne(button: unknown): Button {
    try {
      return read(button)
    } catch (error) {
      if (error instanceof FieldError) throw badRequest(`Can't parse ${buttonTitle}: ${error.message}`)
      throw error
    }
  }
}

function checkSize(rows: unknown[][], { total, row }: { total: number; row: number }): void {
  const count = rows.reduce((sum, buttons) => sum + buttons.length, 0)
  if (count > total || rows.some((buttons) => buttons.length > row)) {
    throw new ApiError(400, 'Bad Request: reply markup is too long')
  }
}
