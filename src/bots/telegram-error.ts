import { GrammyError, HttpError } from 'grammy'
import { ApiError } from './api-error.ts'
import type { Trouble } from './api-error.ts'
import { WireError } from './wire.ts'

/**
 * What grammY rejects with, cleaned: its errors hold the message (`payload`) and, without our wire, the URL with the token.
 * Descriptions are matched by parts: Telegram adds words to them.
 */
export function telegramError(method: string, error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof GrammyError) {
    const { error_code: code, description, parameters } = error
    const retryAfterMs = parameters.retry_after === undefined ? undefined : parameters.retry_after * 1000
    const trouble = troubleOf(method, code, description)
    return new ApiError({ method, code, description, retryAfterMs, trouble })
  }
  const cause = error instanceof HttpError ? error.error : error
  if (cause instanceof WireError) {
    const { status, message, sent } = cause
    return new ApiError({ method, code: status, description: message, sent, trouble: 'repeat' })
  }
  // grammY's own time-out, or a broken answer. A TypeError of ours must not be repeated, but it can't be told apart here.
  return new ApiError({ method, description: 'no usable answer', trouble: 'repeat' })
}

const gone = [
  'message to edit not found',
  "message can't be edited",
  'there is no text in the message to edit',
  'MESSAGE_ID_INVALID',
]
const unreachable = [
  'chat not found',
  'user not found',
  'PEER_ID_INVALID',
  'user is deactivated',
  'USER_IS_BLOCKED',
]

/** The file itself is no photo for Telegram, or what should be one's name is none (any more). */
const photo = [
  'wrong file identifier',
  'wrong remote file identifier',
  'FILE_REFERENCE',
  'IMAGE_PROCESS_FAILED',
  'PHOTO_',
  'too big for a photo',
  "can't use file of type",
]

/** What Telegram says against a photo that is sent, by a part of its words. */
export const isAboutPhoto = (code: number, description: string): boolean =>
  code === 413 || (code === 400 && photo.some((words) => description.includes(words)))

function troubleOf(method: string, code: number, description: string): Trouble {
  if (code === 429) return 'wait'
  if (code >= 500) return 'repeat'
  if (code === 403) return 'unreachable'
  if (method === 'sendPhoto' && isAboutPhoto(code, description)) return 'photo'
  if (code !== 400) return 'refused'
  if (description.includes('message is not modified')) return 'same'
  if (description.includes('query is too old') || description.includes('query ID is invalid')) return 'stale'
  if (gone.some((words) => description.includes(words))) return 'gone'
  return unreachable.some((words) => description.includes(words)) ? 'unreachable' : 'refused'
}
