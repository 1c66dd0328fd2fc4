import type { Agent } from 'node:http'
import type { Update as GrammyUpdate } from 'grammy/types'
import { Telegraf } from 'telegraf'
import type { Update, UserFromGetMe } from 'telegraf/types'
import type { Language, Salon } from '../domain/salon.ts'
import type { Handler } from '../http.ts'
import type { Translate } from '../locales.ts'
import type { PendingDraft } from '../storage/offer-drafts.ts'
import type { NoticeStorage } from '../storage/notices.ts'
import type { PictureStorage } from '../storage/pictures.ts'
import type { Member, StaffStorage } from '../storage/staff.ts'
import { createAnswers } from './admin/answers.ts'
import type { ClientStorages } from './admin/client-answers.ts'
import type { Desk } from './admin/desk.ts'
import { createCommands } from './admin/commands.ts'
import { createNoticeDelivery } from './admin/deliver-notice.ts'
import { createGate } from './admin/gate.ts'
import { createFetchFile } from './admin/fetch-file.ts'
import { createGateway } from './admin/gateway.ts'
import { allowedUpdates, getUpdatesOf } from './admin/get-updates.ts'
import { personOf, readUpdate } from './admin/read-update.ts'
import type { SegmentFiles } from './admin/segments/answers.ts'
import { createImportRunner, type ImportRunner, type RunImportOptions } from './admin/imports/run-import.ts'
import type { OfferOptions } from './admin/offers/options.ts'
import { createShowPicture } from './admin/offers/show-picture.ts'
import { createOfferWatch } from './admin/offers/watch.ts'
import { createReception } from './admin/reception.ts'
import { createDigestSender } from './admin/insights/send-digest.ts'
import type { DigestDue, DigestOutcome, DigestReader } from './admin/insights/send-digest.ts'
import { inviteLink } from './admin/staff-answers.ts'
import type { FileMaking } from './admin/survey-answers.ts'
import { fixUploads } from './admin/upload-fix.ts'
import { createCaller } from './caller.ts'
import { createInOrder } from './in-order.ts'
import type { Limiter } from './limiter.ts'
import type { Log } from './log.ts'
import { pollTelegram, type Polling } from './poll-telegram.ts'
import type { Wire } from './wire.ts'
import { createPhotos } from './photos.ts'
import { createRedelivery, waited } from './redelivery.ts'
import { createTelegramWebhook } from './telegram-webhook.ts'

export interface AdminOptions extends ClientStorages, FileMaking, SegmentFiles {
  /** From @BotFather; not the clients' bot. */
  token: string
  /** "https://api.telegram.org" or the stand-in; no slash at the end. */
  apiRoot: string
  salon: Salon
  staff: StaffStorage
  notices: NoticeStorage
  /** Drafts the personal offer of a new client; undefined: there is none for them. */
  newcomerOffer: (clientId: number) => Promise<PendingDraft | undefined>
  translate: (language: Language) => Translate
  log: Log
  /** Of this token alone. */
  limiter: Limiter
  /** Files that were sent come by it. */
  wire: Pick<Wire, 'download'>
  imports: RunImportOptions['imports']
  writeRecords: RunImportOptions['writeRecords']
  /** Takes the number of an import that somebody has started: the job does it. */
  onImport?: (id: number) => unknown
  books: OfferOptions['books']
  views: OfferOptions['views']
  pictures: PictureStorage
  /** Messages that follow an offer are edited at most so often; 0: only by `showOffers`. Default 3 s. */
  offersShownEveryMs?: number
  /** Hears the number of an offer to which something was done: what follows from it is done. */
  onOffer?: (id: number) => unknown
  /** For https: a proxy, connections kept alive. Absent: Telegraf's own. */
  agent?: Agent
  webhook?: { path: string; secret: string }
  /** Called when somebody joins the staff: notices may have waited for that. */
  onJoined?: () => unknown
  /** Called with the ids of messages to clients that were planned here: the job sends them when they are due. */
  onPrompts?: (promptIds: string[]) => unknown
  /** Epoch milliseconds. */
  now?: () => number
  /** Waits before repeating a call after a hiccup, and an update that could not be taken, in milliseconds. */
  delaysMs?: { calls?: number[]; updates?: number[] }
}

export interface Admin {
  /** The bot's name without "@"; asked of Telegram once. Rejects with an `ApiError` while Telegram can't be reached. */
  username(): Promise<string>
  /** The link to print for a token of `ownerInvite()`. Rejects as `username` does. */
  inviteLink(token: string): Promise<string>
  /** Takes updates by long polling until `stop`; removes a webhook that stands in the way. Rejects when the token is wrong. */
  poll(): Promise<void>
  /** Asks Telegram to bring updates to `url`, which must lead to `webhook`. */
  setWebhook(url: string): Promise<void>
  readonly webhook: Handler
  /** Sends a notice to all staff who have not had it. Rejects for passing reasons: call it again. */
  notify(noticeId: string): Promise<void>
  /** Sends the weekly digest to one owner, once. Rejects when it surely did not go out: call it again. */
  digest(reader: DigestReader, due: DigestDue): Promise<DigestOutcome>
  /** Shows how things stand in the messages that follow an offer. */
  showOffers(): Promise<void>
  /** Does the imports of files that were sent. */
  readonly importer: ImportRunner
  /** Takes no more updates and waits for those in hand, for at most `timeoutMs`. */
  stop(timeoutMs?: number): Promise<void>
}

/**
 * The salon's own bot: Telegraf carries, the rest is in admin/. Telegraf's polling is not used: it confirms updates before they
 * are handled and handles a whole batch at once, so that two presses of one person race.
 */
export function createAdmin(options: AdminOptions): Admin {
  const { token, salon, staff, translate, log, limiter, now = Date.now, delaysMs = {} } = options
  fixUploads()
  const bot = createTelegraf(options)
  const caller = createCaller({ limiter, log, ...(delaysMs.calls && { backOffMs: delaysMs.calls }) })
  const gateway = createGateway({ telegram: bot.telegram, caller })
  const fetchFile = createFetchFile({ ...options, gateway, caller })
  const deskOf = ({ language }: Member): Desk => ({
    t: translate(language),
    language,
    salon,
    now: new Date(now()),
  })
  const watch = createOfferWatch({
    ...options,
    gateway,
    deskOf,
    showEveryMs: options.offersShownEveryMs ?? 3_000,
  })
  const botId = Number(token.split(':', 1)[0])
  const photos = createPhotos({ ...options, token: `telegram:${botId}`, now })
  const inOrder = createInOrder()
  let polling: Polling | undefined

  const username = async () => (await profile()).username
  const commands = createCommands({ gateway, salon, translate })
  const receive = createReception({
    gateway,
    commands,
    showPicture: createShowPicture({ gateway, photos }),
    staff,
    translate,
    log,
    gate: createGate({ staff, translate }),
    answers: createAnswers({
      ...options,
      fetchFile,
      photos,
      username,
      now,
      onPrompts: tellPrompts,
      onImport: async (id) => void (await options.onImport?.(id)),
      onOffer: async (id) => void (await options.onOffer?.(id)),
    }),
    onJoined: options.onJoined ?? (() => undefined),
  })

  bot.use(async ({ update }) => {
    const incoming = readUpdate(update, botId, salon.languages)
    if (incoming) await receive(incoming)
  })
  // Nothing should come here; without a handler Telegraf would print the whole update, with names and texts in it.
  bot.catch((error) => log.error({ event: 'admin.crashed', error: (error as Error).name }))

  return {
    username,
    inviteLink: async (inviteToken) => inviteLink(await username(), inviteToken),
    async poll() {
      void announce()
      watch.start()
      const redelivery = createRedelivery({ log, ...(delaysMs.updates && { delaysMs: delaysMs.updates }) })
      polling = pollTelegram({
        getUpdates: getUpdatesOf(gateway, log),
        handle: take,
        keyOf: personOf,
        log,
        redelivery,
      })
      await polling.done
    },
    async setWebhook(url) {
      if (!options.webhook) throw new Error('A webhook needs a secret: set WEBHOOK_SECRET')
      const { secret } = options.webhook
      void announce()
      watch.start()
      await gateway.ask('setWebhook', { url, secret_token: secret, allowed_updates: allowedUpdates })
    },
    webhook: createTelegramWebhook({
      path: options.webhook?.path ?? '/admin',
      secret: options.webhook?.secret,
      log,
      async receive(posted: GrammyUpdate) {
        // The same JSON; the two libraries' types differ in their age.
        const update = posted as unknown as Update
        await inOrder.run(personOf(update), () => take(update))
        return undefined
      },
    }),
    notify: createNoticeDelivery({ ...options, gateway, now }),
    digest: createDigestSender({ ...options, gateway, now }),
    importer: createImportRunner({ ...options, gateway, fetchFile, now }),
    showOffers: () => watch.show(),
    async stop(timeoutMs = 8_000) {
      watch.stop()
      const late = new AbortController()
      const done = Promise.all([polling?.stop(), inOrder.idle()])
      await Promise.race([done, waited(timeoutMs, late.signal)])
      late.abort()
      caller.stop()
    },
  }

  /** The commands that strangers see; members have theirs from joining on. Nobody waits for it. */
  async function announce(): Promise<void> {
    await commands
      .setForEverybody()
      .catch((error: unknown) => log.warn({ event: 'admin.commandsRefused', error: (error as Error).name }))
  }

  /** Whatever fails there, the prompts are written: the job's own sweep finds them. */
  async function tellPrompts(promptIds: string[]): Promise<void> {
    try {
      if (promptIds.length > 0) await options.onPrompts?.(promptIds)
    } catch (error) {
      log.warn({ event: 'admin.promptsUntold', prompts: promptIds.length, error: (error as Error).name })
    }
  }

  async function take(update: Update): Promise<void> {
    await profile()
    await bot.handleUpdate(update)
  }

  /** Telegraf would ask by itself, but remembers a failed answer for ever. */
  async function profile(): Promise<UserFromGetMe> {
    bot.botInfo ??= (await gateway.ask('getMe', {})) as UserFromGetMe
    return bot.botInfo
  }
}

function createTelegraf({ token, apiRoot, agent }: AdminOptions): Telegraf {
  // webhookReply would send a call as the webhook's answer, where its error is never seen.
  const telegram = { apiRoot, webhookReply: false, ...(agent && { agent }) }
  // Every call has a limit of its own; a second one over all of them would let an update overtake a slow one.
  return new Telegraf(token, { telegram, handlerTimeout: Infinity })
}
