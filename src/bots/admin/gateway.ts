import { setTimeout as sleep } from 'node:timers/promises'
import { TelegramError, type Telegram } from 'telegraf'
import { ApiError } from '../api-error.ts'
import type { Limiter } from '../limiter.ts'
import type { Screen } from './screen.ts'

type Calls = Pick<Telegram, 'callApi'>
type Method = Parameters<Calls['callApi']>[0]
type Payload = Record<string, unknown>

/** The few things this bot does in Telegram. All reject with an `ApiError` that is safe to log. */
export interface Gateway {
  /** Sends a new message. */
  send(chatId: number, screen: Screen): Promise<void>
  /** Turns an earlier message into this screen; sends a new one where Telegram will not edit the old. */
  edit(chatId: number, messageId: number, screen: Screen): Promise<void>
  /** Ends the spinning of a pressed button, with a short word if there is one. Too late is not an error. */
  answerPress(queryId: string, toast?: string): Promise<void>
  /** Any other call. `signal` cuts it short. */
  call(method: Method, payload: Payload, signal?: AbortSignal): Promise<unknown>
}

/** A call may hang at a proxy for ever; a long poll brings its own signal. */
const callTimeoutMs = 30_000
const tries = 5

/**
 * Telegraf's calls through the token's limiter. 429 is waited out as Telegram says, for everybody; a broken connection or an
 * error of the server is tried again. Where the first try did arrive, a message comes twice: to the staff that is better than
 * not at all.
 * @param retryDelayMs between tries after a broken connection
 */
export function createGateway({
  telegram,
  limiter,
  retryDelayMs = 1_000,
}: {
  telegram: Calls
  limiter: Limiter
  retryDelayMs?: number
}): Gateway {
  const call = async (method: Method, payload: Payload, signal?: AbortSignal): Promise<unknown> => {
    try {
      const limit = signal ?? AbortSignal.timeout(callTimeoutMs)
      // Telegraf's types know payloads by method and an older AbortSignal; what is sent is checked by the tests' stand-in.
      return await telegram.callApi(method, payload, { signal: limit as never })
    } catch (error) {
      throw toApiError(method, error)
    }
  }

  const limited = async (
    chatId: number,
    method: Method,
    payload: Payload,
    counted = true,
  ): Promise<unknown> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await limiter.run(chatId, () => call(method, payload), { counted })
      } catch (error) {
        if (!(error instanceof ApiError) || attempt === tries || !isPassing(error)) throw error
        if (error.retryAfterMs === undefined) await sleep(retryDelayMs)
        else limiter.pause(error.retryAfterMs)
      }
    }
  }

  const send = async (chatId: number, screen: Screen): Promise<void> => {
    await limited(chatId, 'sendMessage', { chat_id: chatId, ...payloadOf(screen) })
  }

  return {
    send,
    call,
    async edit(chatId, messageId, screen) {
      try {
        const place = { chat_id: chatId, message_id: messageId }
        await limited(chatId, 'editMessageText', { ...place, ...payloadOf(screen) })
      } catch (error) {
        if (says(error, 'message is not modified')) return
        if (!says(error, 'message to edit not found') && !says(error, "message can't be edited")) throw error
        await send(chatId, screen)
      }
    },
    async answerPress(queryId, toast) {
      try {
        const words = toast === undefined ? {} : { text: toast }
        await limited(0, 'answerCallbackQuery', { callback_query_id: queryId, ...words }, false)
      } catch (error) {
        if (!says(error, 'query is too old')) throw error
      }
    },
  }
}

/** Telegram will not take anything for this person: blocked, deleted, or never started the bot. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 403 || says(error, 'chat not found'))

const says = (error: unknown, words: string): boolean =>
  error instanceof ApiError && error.code === 400 && error.description.includes(words)

const isPassing = ({ code }: ApiError): boolean => code === undefined || code === 429 || code >= 500

function payloadOf({ text, entities, keyboard }: Screen): Payload {
  return {
    text,
    entities,
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: keyboard },
  }
}

/** Telegraf's errors carry the payload and sometimes the URL with the token, so nothing of them is kept but the facts. */
function toApiError(method: string, error: unknown): ApiError {
  if (error instanceof TelegramError) {
    const seconds = error.parameters?.retry_after
    const wait = seconds === undefined ? {} : { retryAfterMs: seconds * 1000 }
    return new ApiError({ method, code: error.code, description: error.description, ...wait })
  }
  const { code, type, name } = error as { code?: unknown; type?: unknown; name?: unknown }
  const what = [code, type, name].find((one) => typeof one === 'string')
  return new ApiError({ method, description: `no usable answer (${String(what)})` })
}
