import type { Agent, IncomingMessage, ServerResponse } from 'node:http'
import { Telegraf } from 'telegraf'
import type { Update } from 'telegraf/types'
import type { Language, Salon } from '../domain/salon.ts'
import type { Translate } from '../locales.ts'
import type { ClientStorage } from '../storage/clients.ts'
import type { NoticeStorage } from '../storage/notices.ts'
import type { StaffStorage } from '../storage/staff.ts'
import { createAnswers } from './admin/answers.ts'
import { createCommands } from './admin/commands.ts'
import { createNoticeDelivery } from './admin/deliver-notice.ts'
import { createGate } from './admin/gate.ts'
import { createGateway, type Gateway } from './admin/gateway.ts'
import { personOf, readUpdate } from './admin/read-update.ts'
import { createReception } from './admin/reception.ts'
import { inviteLink } from './admin/staff-answers.ts'
import { fixUploads } from './admin/upload-fix.ts'
import { createWebhook } from './admin/webhook.ts'
import { createInOrder } from './in-order.ts'
import type { Limiter } from './limiter.ts'
import type { Log } from './log.ts'
import { pollTelegram, type Polling, type PollParams } from './poll-telegram.ts'

export interface AdminOptions {
  /** From @BotFather; not the clients' bot. */
  token: string
  /** "https://api.telegram.org" or the stand-in; no slash at the end. */
  apiRoot: string
  salon: Salon
  staff: StaffStorage
  clients: ClientStorage
  notices: NoticeStorage
  translate: (language: Language) => Translate
  log: Log
  /** Of this token alone. */
  limiter: Limiter
  /** For https; absent: Node's own, without a proxy. */
  agent?: Agent
  /** What Telegram must send with every webhook; absent: the webhook takes nothing. */
  webhookSecret?: string
  /** Called when somebody joins the staff: notices may have waited for that. */
  onJoined?: () => void
  /** Epoch milliseconds. */
  now?: () => number
  /** Between tries after a broken connection. */
  retryDelayMs?: number
}

export interface Admin {
  readonly botId: number
  /** The bot's name without "@"; asked of Telegram once. Rejects with an ApiError while Telegram can't be reached. */
  username(): Promise<string>
  /** The link to print for a token of `ownerInvite()`. */
  inviteLink(token: string): Promise<string>
  /** Starts long polling, after removing a webhook if there is one. Its `done` rejects when the token is wrong. */
  poll(): Polling
  /** Tells Telegram to send updates to `url`; they then come to `webhook`. Needs `webhookSecret`. */
  setWebhook(url: string): Promise<void>
  /** Takes one webhook request: 200 when the update is handled, 401 without the secret, 400 for nonsense. */
  webhook(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Sends a notice to all staff who have not had it. Rejects for passing reasons: call it again. */
  notify(noticeId: string): Promise<void>
  /** Takes no more updates and waits for those in hand. */
  stop(): Promise<void>
}

const allowedUpdates = ['message', 'callback_query', 'my_chat_member']

/**
 * The salon's own bot: Telegraf carries, the rest is in admin/. Telegraf's polling is not used: it confirms updates before they
 * are handled and handles a whole batch at once, so that two presses of one person race.
 */
export function createAdmin(options: AdminOptions): Admin {
  const { token, apiRoot, salon, staff, translate, log, limiter, agent, webhookSecret } = options
  const now = options.now ?? Date.now
  fixUploads()
  // webhookReply would send a call as the webhook's answer, where its error is never seen.
  const telegram = { apiRoot, webhookReply: false, ...(agent && { agent }) }
  // Every call has a limit of its own; a second one over all of them would let an update overtake a slow one.
  const bot = new Telegraf(token, { telegram, handlerTimeout: Infinity })
  const retry = options.retryDelayMs === undefined ? {} : { retryDelayMs: options.retryDelayMs }
  const gateway = createGateway({ telegram: bot.telegram, limiter, ...retry })
  const botId = Number(token.split(':')[0])
  const inOrder = createInOrder()
  let polling: Polling | undefined

  const username = async () => (await getMe()).username
  const commands = createCommands({ gateway, salon, translate })
  const receive = createReception({
    gateway,
    commands,
    staff,
    translate,
    log,
    gate: createGate({ staff, translate }),
    answers: createAnswers({ salon, staff, clients: options.clients, translate, username, now }),
    onJoined: options.onJoined ?? (() => undefined),
  })
  const notify = createNoticeDelivery({
    gateway,
    notices: options.notices,
    staff,
    salon,
    translate,
    log,
    now,
  })
  const webhook = createWebhook({
    secret: webhookSecret,
    take: (update) => inOrder.run(personOf(update), () => take(update)),
  })

  bot.use(async ({ update }) => {
    const incoming = readUpdate(update, botId, salon.languages)
    if (incoming) await receive(incoming)
  })
  // Nothing should come here; without a handler Telegraf would print the whole update, with names and texts in it.
  bot.catch((error) =>
    log.error({ event: 'admin.crashed', error: error instanceof Error ? error.name : typeof error }),
  )

  return {
    botId,
    username,
    inviteLink: async (token) => inviteLink(await username(), token),
    poll() {
      polling = pollTelegram({
        getUpdates: createGetUpdates(gateway, introduce),
        handle: take,
        keyOf: personOf,
        log,
      })
      return polling
    },
    async setWebhook(url) {
      if (webhookSecret === undefined) throw new Error('A webhook needs a secret: set WEBHOOK_SECRET')
      await gateway.call('setWebhook', { url, secret_token: webhookSecret, allowed_updates: allowedUpdates })
      await introduce()
    },
    webhook,
    notify,
    async stop() {
      await polling?.stop()
      await inOrder.idle()
    },
  }

  async function take(update: Update): Promise<void> {
    await getMe()
    await bot.handleUpdate(update)
  }

  /** Telegraf would ask by itself, but remembers a failed answer for ever. */
  async function getMe() {
    bot.botInfo ??= (await gateway.call('getMe', {})) as NonNullable<typeof bot.botInfo>
    return bot.botInfo
  }

  async function introduce(): Promise<void> {
    await commands
      .setForEverybody()
      .catch((error: unknown) => log.warn({ event: 'admin.commandsRefused', error: (error as Error).name }))
  }
}

/** Before the first poll a webhook must be gone, or Telegram refuses with 409. */
function createGetUpdates(gateway: Gateway, introduce: () => Promise<void>) {
  let isReady = false
  return async (params: PollParams, signal: AbortSignal): Promise<Update[]> => {
    if (!isReady) {
      await gateway.call('deleteWebhook', {})
      await introduce()
      isReady = true
    }
    // A connection may die silently; Telegram answers within `timeout` seconds.
    const limit = AbortSignal.any([signal, AbortSignal.timeout((params.timeout + 15) * 1000)])
    const updates = await gateway.call('getUpdates', { ...params, allowed_updates: allowedUpdates }, limit)
    return updates as Update[]
  }
}
