import { TelegramError, type Telegram } from 'telegraf'
import { ApiError, type Trouble } from '../api-error.ts'
import type { Caller, RepeatOptions } from '../caller.ts'
import { checkedName } from '../outgoing-file.ts'
import type { OutgoingFile } from '../outgoing-file.ts'
import { isAboutPhoto } from '../telegram-error.ts'
import { captioned, type Screen } from './screen.ts'

type Calls = Pick<Telegram, 'callApi'>
type Method = Parameters<Calls['callApi']>[0]
type Payload = Record<string, unknown>

/** The few things this bot does in Telegram. All reject with an `ApiError` that is safe to log. */
export interface Gateway {
  /** Sends a new message. @param options `once`: one that may have arrived is not sent again */
  send(chatId: number, screen: Screen, options?: { once?: boolean }): Promise<void>
  /**
   * Sends a picture with the screen under it, in one message if its words fit. Otherwise the picture takes what `captioned` says,
   * and the rest follows with the buttons.
   * @param photo a file, or Telegram's name of one that it was given by this bot
   * @param options `once`: a picture that may have arrived is not sent again
   * @returns Telegram's name of the photo
   */
  sendPhoto(
    chatId: number,
    photo: OutgoingFile | string,
    screen: Screen,
    options?: { once?: boolean },
  ): Promise<string | undefined>
  /** Sends a document. @param file its caption is at most 1024 letters long */
  sendFile(chatId: number, file: OutgoingFile & { caption?: string }): Promise<void>
  /** Turns an earlier message into this screen; sends a new one where Telegram will not edit the old. */
  edit(chatId: number, messageId: number, screen: Screen): Promise<void>
  /** As `edit`, or a new message where there is none yet. @returns the number of the message that shows it now */
  show(chatId: number, messageId: number | undefined, screen: Screen): Promise<number>
  /** Ends the spinning of a pressed button, with a short word if there is one. Too late is not an error. */
  answerPress(chatId: number, queryId: string, toast?: string): Promise<void>
  /** Any other call, not counted among the messages. */
  ask(method: Method, payload: Payload): Promise<unknown>
  /** One try at a call, past the limiter. `signal` cuts it short. */
  attempt(method: Method, payload: Payload, signal?: AbortSignal): Promise<unknown>
}

/** A call may hang at a proxy for ever; a long poll brings its own signal. */
const callTimeoutMs = 30_000
/** A slow line carries a table of some megabytes in this time. */
const uploadTimeoutMs = 120_000

/**
 * Telegraf's calls through the token's limiter; hiccups are repeated. Where the first try did arrive, a message comes twice:
 * to the staff that is better than not at all.
 */
export function createGateway({ telegram, caller }: { telegram: Calls; caller: Caller }): Gateway {
  const attempt = async (method: Method, payload: Payload, signal?: AbortSignal): Promise<unknown> => {
    try {
      const limit = signal ?? AbortSignal.timeout(callTimeoutMs)
      // Telegraf's types know payloads by method and an older AbortSignal; what is sent is checked by the tests' stand-in.
      return await telegram.callApi(method, payload, { signal: limit as never })
    } catch (error) {
      throw toApiError(method, error)
    }
  }

  const call = (chatId: number, method: Method, payload: Payload, options: RepeatOptions = {}) =>
    caller.call(chatId, () => attempt(method, payload), options)

  const sendNew = async (chatId: number, screen: Screen, options?: RepeatOptions): Promise<number> => {
    const sent = await call(chatId, 'sendMessage', { chat_id: chatId, ...payloadOf(screen) }, options)
    return (sent as { message_id: number }).message_id
  }
  const send: Gateway['send'] = async (...message) => void (await sendNew(...message))

  const show: Gateway['show'] = async (chatId, messageId, screen) => {
    if (messageId === undefined) return sendNew(chatId, screen)
    try {
      const place = { chat_id: chatId, message_id: messageId }
      await call(chatId, 'editMessageText', { ...place, ...payloadOf(screen) }, { held: 'byWindow' })
    } catch (error) {
      if (isTrouble(error, 'gone')) return sendNew(chatId, screen)
      if (!isTrouble(error, 'same')) throw error
    }
    return messageId
  }

  const upload = async (
    chatId: number,
    method: Method,
    payload: Payload,
    options: RepeatOptions = {},
  ): Promise<unknown> => {
    const place = { chat_id: chatId }
    const tryOnce = () => attempt(method, { ...place, ...payload }, AbortSignal.timeout(uploadTimeoutMs))
    return caller.call(chatId, tryOnce, options)
  }

  return {
    send,
    attempt,
    async sendPhoto(chatId, file, screen, options) {
      const photo = typeof file === 'string' ? file : sourceOf(file)
      const [caption, rest] = captioned(screen)
      const sent = await upload(chatId, 'sendPhoto', { photo, ...captionOf(caption) }, options)
      // The picture is there: the other words may rather come twice than not at all.
      if (rest) await send(chatId, rest)
      return (sent as { photo?: { file_id: string }[] }).photo?.at(-1)?.file_id
    },
    async sendFile(chatId, { caption, ...file }) {
      const words = caption === undefined ? {} : { caption }
      await upload(chatId, 'sendDocument', { document: sourceOf(file), ...words })
    },
    ask: (method, payload) => call(0, method, payload, { held: 'byPause' }),
    show,
    edit: async (...message) => void (await show(...message)),
    async answerPress(chatId, queryId, toast) {
      try {
        const words = toast === undefined ? {} : { text: toast }
        await call(
          chatId,
          'answerCallbackQuery',
          { callback_query_id: queryId, ...words },
          { held: 'byPause' },
        )
      } catch (error) {
        if (!isTrouble(error, 'stale')) throw error
      }
    },
  }
}

/** Whether this is an answer of Telegram that means `trouble`. */
export const isTrouble = (error: unknown, trouble: Trouble): error is ApiError =>
  error instanceof ApiError && error.trouble === trouble

/** What Telegraf takes for an upload. */
const sourceOf = ({ name, content }: OutgoingFile) => ({
  source: Buffer.from(content),
  filename: checkedName(name),
})

const captionOf = ({ text, entities, keyboard }: Screen): Payload => ({
  caption: text,
  caption_entities: entities,
  reply_markup: { inline_keyboard: keyboard },
})

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
  if (!(error instanceof TelegramError)) {
    const { code, type, name } = error as { code?: unknown; type?: unknown; name?: unknown }
    const what = String([code, type, name].find((one) => typeof one === 'string'))
    const description = `no usable answer (${what})`
    return new ApiError({ method, description, trouble: 'repeat', sent: !neverLeft.includes(what) })
  }
  const { code, description, parameters } = error
  const seconds = parameters?.retry_after
  return new ApiError({
    method,
    code,
    description,
    trouble: troubleOf(method, code, description),
    // Telegram itself says that it did not do it: only silence is ambiguous.
    sent: false,
    ...(seconds !== undefined && { retryAfterMs: seconds * 1000 }),
  })
}

/** There was nobody to send it to. */
const neverLeft = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']

/** What Telegram says with 400, by a part of its words: it adds others. */
const meanings: [words: string, trouble: Trouble][] = [
  ['message is not modified', 'same'],
  ['query is too old', 'stale'],
  ['message to edit not found', 'gone'],
  ["message can't be edited", 'gone'],
  ['there is no text in the message to edit', 'gone'],
  ['chat not found', 'unreachable'],
  ['user is deactivated', 'unreachable'],
]

function troubleOf(method: string, code: number, description: string): Trouble {
  if (code === 429) return 'wait'
  if (code >= 500) return 'repeat'
  if (code === 403) return 'unreachable'
  if (method === 'sendPhoto' && isAboutPhoto(code, description)) return 'photo'
  return meanings.find(([words]) => code === 400 && description.includes(words))?.[1] ?? 'refused'
}
