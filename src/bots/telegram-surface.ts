import type { Api } from 'grammy'
import { ApiError } from './api-error.ts'
import type { Caller, RepeatOptions } from './caller.ts'
import type { SayOptions, Surface } from './delivery.ts'
import type { Log } from './log.ts'
import { drawnFor } from './picture.ts'
import type { Draw } from './picture.ts'
import { telegramError } from './telegram-error.ts'
import { isEditable, telegramEdit, telegramSendings } from './telegram-outgoing.ts'
import type { Sending } from './telegram-outgoing.ts'

export interface TelegramSurface extends Surface {
  /** Ends the spinning of a pressed button; a press that is too old is no error. */
  answer(chatId: number, queryId: string, toast: string | undefined): Promise<void>
}

const maxToast = 200

/**
 * What Telegram can do with one chat. New messages are held by all rates; an edit takes a place among the token's 30 a second, but
 * Telegram's pace of one chat is of new messages. Answers to presses are held by a pause alone.
 */
export function createTelegramSurface({
  api,
  caller,
  draw,
  log,
}: {
  api: Api
  caller: Caller
  draw: Draw
  log: Log
}): TelegramSurface {
  return {
    platform: 'telegram',
    async send(chatId, message, options) {
      const { photo: own } = message
      if (own !== undefined) return sendAll(chatId, telegramSendings(chatId, message, own), options)
      const where = { platform: 'telegram', chat: chatId } as const
      const picture = await drawnFor(message, { draw, log, ...where })
      const [photo, ...others] = telegramSendings(chatId, message, picture)
      if (picture && photo) {
        const photoId = await sendAll(chatId, [photo], options).catch(unlessOnlyRefused)
        if (photoId !== undefined)
          return others.length > 0 ? sendAll(chatId, others, options, photoId) : photoId
        log.error({ event: 'picture.refused', ...where })
      }
      return sendAll(chatId, telegramSendings(chatId, message), options)
    },
    async edit(chatId, messageId, message) {
      if (!isEditable(message)) {
        // The old message loses its buttons, or it would ask beside the new one.
        const bare = { chat_id: chatId, message_id: messageId }
        const edit = () => api.raw.editMessageReplyMarkup(bare)
        await call(chatId, 'editMessageReplyMarkup', edit, { held: 'byWindow' }).catch(unlessOnlyGone)
        throw new ApiError({
          method: 'editMessageText',
          description: 'must be a new message',
          trouble: 'gone',
        })
      }
      const payload = telegramEdit(chatId, messageId, message)
      await call(chatId, 'editMessageText', () => api.raw.editMessageText(payload), { held: 'byWindow' })
    },
    async answer(chatId, queryId, toast) {
      const text = toast === undefined ? {} : { text: toast.slice(0, maxToast) }
      const answer = () => api.raw.answerCallbackQuery({ callback_query_id: queryId, ...text })
      await call(chatId, 'answerCallbackQuery', answer, { held: 'byPause' }).catch((error: unknown) => {
        if (!(error instanceof ApiError && error.trouble === 'stale')) throw error
      })
    },
  }

  /**
   * Returns the id of the last one. What is begun is ended, whenever that is.
   * @param shownId a part that is there already
   */
  async function sendAll(
    chatId: number,
    sendings: Sending[],
    options: SayOptions,
    shownId = 0,
  ): Promise<number> {
    let messageId = shownId
    for (const sending of sendings) {
      const { notAfter, ...whenever } = repeats(options)
      const how = messageId === 0 && notAfter !== undefined ? { ...whenever, notAfter } : whenever
      const sent = call(chatId, sending.method, () => send(sending, options), how)
      messageId = await (messageId === 0 ? sent : sent.catch(halfSaid))
    }
    return messageId
  }

  async function send(sending: Sending, { onPhoto }: SayOptions): Promise<number> {
    switch (sending.method) {
      case 'sendMessage':
        return (await api.raw.sendMessage(sending.payload)).message_id
      case 'sendPhoto': {
        const { photo, message_id } = await api.raw.sendPhoto(sending.payload)
        // The last one is the largest.
        const name = photo.at(-1)?.file_id
        if (typeof sending.payload.photo !== 'string' && name !== undefined) onPhoto?.(name)
        return message_id
      }
      case 'sendDocument':
        return (await api.raw.sendDocument(sending.payload)).message_id
    }
  }

  function call<T>(
    chatId: number,
    method: string,
    attempt: () => Promise<T>,
    options: RepeatOptions,
  ): Promise<T> {
    return caller.call(chatId, () => cleanly(method, attempt), options)
  }
}

/** Makes one call of grammY's; what it rejects with is safe to log. */
export async function cleanly<T>(method: string, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    throw telegramError(method, error)
  }
}

function repeats({ priority = 'dialogue', once = false, notAfter }: SayOptions): RepeatOptions {
  return { priority, once, ...(notAfter !== undefined && { notAfter }) }
}

/** Whatever kept the rest back: the person has seen something, and it must not be said again from the start. */
function halfSaid(error: unknown): never {
  if (!(error instanceof ApiError) || error.trouble === 'unreachable') throw error
  const { method, code, description } = error
  throw new ApiError({ method, code, description, trouble: 'repeat', sent: true })
}

/** A picture that Telegram does not take must not keep the words back. */
function unlessOnlyRefused(error: unknown): undefined {
  if (!(error instanceof ApiError && (error.trouble === 'refused' || error.trouble === 'photo'))) throw error
}

function unlessOnlyGone(error: unknown): void {
  const harmless = error instanceof ApiError && (error.trouble === 'same' || error.trouble === 'gone')
  if (!harmless) throw error
}
