import { Bot, BotError } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import type { Conversation, Incoming, Reply } from '../flows/conversation.ts'
import type { Handler } from '../http.ts'
import { ApiError } from './api-error.ts'
import { createCaller } from './caller.ts'
import { createDelivery } from './delivery.ts'
import type { Said, SayOptions } from './delivery.ts'
import { createIntake } from './intake.ts'
import type { Limiter } from './limiter.ts'
import type { Log } from './log.ts'
import { createOnce } from './once.ts'
import { pollTelegram } from './poll-telegram.ts'
import type { Polling, PollParams } from './poll-telegram.ts'
import { createRedelivery } from './redelivery.ts'
import { announceTelegram } from './telegram-announce.ts'
import type { Announcement } from './telegram-announce.ts'
import { allowedUpdates, chatOf, telegramIncoming } from './telegram-incoming.ts'
import type { Draw } from './picture.ts'
import { isEditable, telegramEdit } from './telegram-outgoing.ts'
import { cleanly, createTelegramSurface } from './telegram-surface.ts'
import { createTelegramWebhook } from './telegram-webhook.ts'
import type { ResponseCall } from './telegram-webhook.ts'
import { windDown } from './wind-down.ts'
import type { Wire } from './wire.ts'

export interface TelegramOptions {
  token: string
  /** Without a slash at the end. */
  apiRoot?: string
  conversation: Conversation
  draw: Draw
  /** The token's own. */
  limiter: Limiter
  log: Log
  wire: Wire
  webhook?: { path: string; secret: string }
  /** Epoch milliseconds. */
  now?: () => number
  /** Waits before repeating a call after a hiccup, and an update that could not be committed, in milliseconds. */
  delaysMs?: { calls?: number[]; updates?: number[] }
}

/** A bot that clients write to. */
export interface Telegram {
  /** getMe, asked until it is answered once. Rejects with an `ApiError`. */
  profile(): Promise<UserFromGetMe>
  /** Takes updates by long polling until `stop`; removes a webhook that stands in the way. Rejects when the token is wrong. */
  poll(): Promise<void>
  /** Asks Telegram to bring updates to `url`, which must lead to `webhook`. */
  setWebhook(url: string): Promise<void>
  readonly webhook: Handler
  /**
   * Says something on our own account, after everything that is being said to this chat.
   * @throws ApiError when Telegram does not take it; a chat that can't be reached is no error but `delivered: false`
   */
  send(externalId: number, reply: Reply, options: SayOptions): Promise<Said>
  /** Whose names of pictures these are: no other token can use them. */
  readonly tokenName: string
  /** Sets the commands and descriptions that Telegram shows. */
  announce(announcement: Announcement): Promise<void>
  /** Takes no more updates, finishes what is in hand and says what is still to be said, for at most `timeoutMs`. */
  stop(timeoutMs?: number): Promise<void>
}

interface Taken {
  incoming: Incoming
  reply: Reply
}

/**
 * Clients on Telegram, through grammY.
 * @throws Error with advice when the API root ends with a slash
 */
export function createTelegram({
  apiRoot = 'https://api.telegram.org',
  ...options
}: TelegramOptions): Telegram {
  if (apiRoot.endsWith('/'))
    throw new Error(`Remove the slash at the end of the Telegram API root "${apiRoot}"`)
  const { token, conversation, draw, limiter, log, wire, webhook, now = Date.now, delaysMs = {} } = options
  const botId = token.split(':', 1)[0] ?? ''
  // The time-out must be longer than a poll waits.
  const bot = new Bot(token, { client: { apiRoot, fetch: wire.fetch, timeoutSeconds: 45 } })
  const caller = createCaller({ limiter, log, ...(delaysMs.calls ? { backOffMs: delaysMs.calls } : {}) })
  const pressed = createOnce()
  const surface = createTelegramSurface({ api: bot.api, caller, draw, log })
  const delivery = createDelivery({ surface, conversation, log })
  const intake = createIntake()
  const takenOf = new WeakMap<Update, Taken>()
  let asking: Promise<UserFromGetMe> | undefined
  let polling: Polling | undefined

  bot.use(async ({ update }) => {
    const incoming = telegramIncoming(update, { botId, at: now() })
    if (incoming) takenOf.set(update, { incoming, reply: await conversation.take(incoming) })
  })

  return {
    profile,
    async poll() {
      polling = pollTelegram({
        getUpdates,
        handle: async (update) => sayLater(await take(update)),
        keyOf: chatOf,
        log,
        redelivery: createRedelivery({ log, ...(delaysMs.updates ? { delaysMs: delaysMs.updates } : {}) }),
      })
      await polling.done
    },
    async setWebhook(url) {
      if (!webhook) throw new Error('A webhook needs a secret: set WEBHOOK_SECRET')
      const allowed_updates = [...allowedUpdates]
      const settings = { url, secret_token: webhook.secret, allowed_updates, max_connections: 100 }
      await ask('setWebhook', () => bot.api.raw.setWebhook(settings))
    },
    webhook: createTelegramWebhook({
      path: webhook?.path ?? '/telegram',
      secret: webhook?.secret,
      receive: (update) => intake.take(() => receive(update)),
      log,
    }),
    send: (externalId, reply, sayOptions) => delivery.say(externalId, reply, sayOptions),
    tokenName: `telegram:${botId}`,
    announce: (announcement) => announceTelegram(bot.api, announcement, ask),
    stop: (timeoutMs = 8_000) => windDown({ polling, intake, delivery, limiter, caller, log }, timeoutMs),
  }

  /** One try at an update: resolves when it is committed. */
  async function take(update: Update): Promise<Taken | undefined> {
    if (!bot.isInited()) bot.botInfo = await profile()
    try {
      await bot.handleUpdate(update)
    } catch (error) {
      // BotError holds the context with the token and the client's words.
      throw error instanceof BotError ? error.error : error
    }
    const taken = takenOf.get(update)
    // What a long-lived WeakMap holds goes only with a collection of the whole heap, which is rare: half the memory would be that.
    takenOf.delete(update)
    const press = update.callback_query
    // What the person waits for goes out first: the answer to a webhook, or the next question.
    if (press) setImmediate(() => answerPress(press.id, chatOf(update), taken?.reply.toast))
    return taken
  }

  /**
   * Not awaited: the next message must not wait for the round trip. Once: a press that is delivered again has nothing to say, and
   * could overtake what the first one has.
   */
  function answerPress(queryId: string, chatId: number, toast: string | undefined): void {
    pressed
      .run(queryId, () => surface.answer(chatId, queryId, toast))
      .catch((error: unknown) => {
        log.warn({ event: 'press.unanswered', platform: 'telegram', chat: chatId, code: codeOf(error) })
      })
  }

  function sayLater(taken: Taken | undefined): void {
    if (!taken) return
    const { incoming, reply } = taken
    // Its failure is in the log already; the person's next act shows the current question again.
    delivery.say(incoming.externalId, reply, { key: incoming.key }).catch(() => undefined)
  }

  async function receive(update: Update): Promise<ResponseCall | undefined> {
    const taken = await take(update)
    if (!taken) return undefined
    const { call, rest } = inResponse(taken)
    sayLater({ ...taken, reply: rest })
    return call
  }

  /**
   * The answer to the webhook may carry one call, which saves a request. Nobody tells its outcome, so it may only be an
   * edit of the message that was pressed just now (which exists), only while nothing else is to come before it, and only
   * while the rates surely allow it: "too many requests" would go unheard.
   */
  function inResponse({ incoming, reply }: Taken): { call?: ResponseCall; rest: Reply } {
    const { externalId, messageId } = incoming
    const { close, live, ...others } = reply
    if (messageId === undefined || delivery.busy(externalId)) return { rest: reply }
    const edited = (message: Parameters<typeof isEditable>[0]): ResponseCall => ({
      method: 'editMessageText',
      ...telegramEdit(externalId, messageId, message),
    })
    if (close?.messageId === messageId && isEditable({ text: close.text, groups: [] }) && limiter.claim()) {
      return {
        call: edited({ text: close.text, groups: [] }),
        rest: { ...others, ...(live ? { live } : {}) },
      }
    }
    const onlyLive = !close && reply.say.length === 0 && live?.into === messageId && isEditable(live.message)
    return onlyLive && limiter.claim() ? { call: edited(live.message), rest: others } : { rest: reply }
  }

  async function getUpdates(params: PollParams, signal: AbortSignal): Promise<Update[]> {
    // grammY's type of AbortSignal is that of its polyfill.
    const request = { ...params, allowed_updates: [...allowedUpdates] }
    const poll = () => cleanly('getUpdates', () => bot.api.raw.getUpdates(request, signal as never))
    try {
      return await poll()
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 409 && error.description.includes('webhook')))
        throw error
      await ask('deleteWebhook', () => bot.api.raw.deleteWebhook({}))
      log.info({ event: 'webhook.removed', platform: 'telegram' })
      return poll()
    }
  }

  async function profile(): Promise<UserFromGetMe> {
    asking ??= ask('getMe', () => bot.api.raw.getMe())
    try {
      return await asking
    } catch (error) {
      asking = undefined
      throw error
    }
  }

  function ask<T>(method: string, attempt: () => Promise<T>): Promise<T> {
    return caller.call(0, () => cleanly(method, attempt), { held: 'byPause' })
  }
}

const codeOf = (error: unknown): number | undefined => (error instanceof ApiError ? error.code : undefined)
