/** The composition root: settings -> storage -> queues -> bots. The only place where things are wired. */
import { randomInt, randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Logger } from 'pino'
import { createAdmin } from './bots/admin.ts'
import type { Admin } from './bots/admin.ts'
import { createConversation } from './bots/conversation.ts'
import type { LiveConversation } from './bots/conversation.ts'
import { createLimiter } from './bots/limiter.ts'
import { createTelegram } from './bots/telegram.ts'
import type { Telegram } from './bots/telegram.ts'
import { createVk } from './bots/vk.ts'
import type { Vk } from './bots/vk.ts'
import { createWire } from './bots/wire.ts'
import type { Wire } from './bots/wire.ts'
import { byLanguage, consentDocuments } from './documents.ts'
import type { ChatAddress } from './domain/known.ts'
import { named } from './domain/salon.ts'
import type { Language } from './domain/salon.ts'
import { commands } from './flows/menu.ts'
import type { Tools } from './flows/scene.ts'
import { createHttp } from './http.ts'
import { createNotify } from './jobs/notify.ts'
import type { NotifyJob } from './jobs/notify.ts'
import { createQueues } from './jobs/queues.ts'
import type { Queues } from './jobs/queues.ts'
import { createUpkeep } from './jobs/upkeep.ts'
import type { UpkeepJob } from './jobs/upkeep.ts'
import { createTranslator } from './locales.ts'
import type { Translate } from './locales.ts'
import { openSandbox } from './sandbox/sandbox.ts'
import type { Sandbox } from './sandbox/sandbox.ts'
import type { Settings } from './settings.ts'
import { createClients } from './storage/clients.ts'
import { createConversationStore } from './storage/conversation-store.ts'
import { openDatabase } from './storage/database.ts'
import type { Database } from './storage/database.ts'
import { startEmbedded } from './storage/embedded.ts'
import { openLedger } from './storage/ledger.ts'
import type { ConsentText, Ledger } from './storage/ledger.ts'
import { migrate } from './storage/migrate.ts'
import { createNotices } from './storage/notices.ts'
import { openRun } from './storage/runs.ts'
import type { Run } from './storage/runs.ts'
import { createStaff } from './storage/staff.ts'

export type Role = 'web' | 'worker' | 'all'

export interface ProductOptions {
  settings: Settings
  /** web: updates and pages; worker: jobs; all: both. */
  role: Role
  log: Logger
}

export interface Product {
  /** Where this process listens: the sandbox's page, or webhooks and /health. */
  url?: string
  /** Live mode: the owner's one-time link while the salon has no owner (valid for 24 hours). The sandbox's page shows its own. */
  ownerLink?: string
  /** Rejects when a bot can't go on, for instance because its token was revoked. */
  failed: Promise<never>
  /** Takes no more updates, finishes what is in hand, closes everything. */
  stop(): Promise<void>
}

/** What has been started so far, to be stopped in the opposite order. */
type Closing = (() => Promise<unknown> | void)[]

const root = path.join(import.meta.dirname, '..')
/** Which part of an hour's messages to one chat may come at once; Telegram tolerates short bursts. */
const telegramPerChat = { burst: 20, perSecond: 1 }
const paths = { telegram: '/telegram', admin: '/telegram-admin', vk: '/vk' }

/**
 * Starts the product, or a part of it.
 * @throws AdviceError when the database, the folder or the port is not to be had
 */
export async function startProduct({ settings, role, log }: ProductOptions): Promise<Product> {
  const closing: Closing = []
  const stop = async () => {
    for (const close of closing.splice(0).toReversed()) {
      try {
        await close()
      } catch (error) {
        log.error({ event: 'stop.failed', error })
      }
    }
  }
  try {
    return { ...(await start({ settings, role, log }, closing)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(
  { settings, role, log }: ProductOptions,
  closing: Closing,
): Promise<Omit<Product, 'stop'>> {
  const { salon, mode } = settings
  const translate = createTranslator({
    dir: path.join(root, 'locales'),
    onMissing: (missing) => log.error({ event: 'locale.missing', ...missing }),
  })
  const documents = consentDocuments(salon, translate)
  let ownerLink: string | undefined
  const [storage, sandbox] = await Promise.all([
    openStorage({ settings, role, log, documents }, closing),
    mode === 'sandbox' ? openLocalMessengers(settings, translate, () => ownerLink, closing) : undefined,
  ])
  const { prisma } = storage.database
  const staff = createStaff({ prisma })
  const notices = createNotices({ prisma })
  const wire = createWire(settings.proxyUrl === undefined ? {} : { proxyUrl: settings.proxyUrl })
  closing.push(() => wire.close())

  const tools: Tools = {
    salon,
    translate,
    documents: byLanguage(documents),
    today: calendarOf(salon.timeZone),
    limits: { telegram: { room: 24, contactButton: true }, vk: { room: 10, contactButton: false } },
  }
  const bots: Bots = {}
  const notify = createNotify({ queues: storage.queues, notices, log })
  const conversation = createConversation({
    store: createConversationStore({
      ...storage.database,
      ledger: storage.ledger,
      runId: storage.run.id,
      chance: { code: sixDigits },
    }),
    tools,
    log,
    send: async (chat, reply, { textButtons }) =>
      void (await bots[chat.platform]?.send(chat.externalId, reply, {
        key: `own:${randomUUID()}`,
        textButtons,
      })),
    announce: (ids) => void notify.enqueue(ids),
    profileOf: async (chat) => (chat.platform === 'vk' ? bots.vk?.profileOf(chat.externalId) : undefined),
  })
  const { telegram, admin, vk } = sandbox ?? settings
  openBots({
    settings,
    bots,
    conversation,
    staff,
    notices,
    translate,
    wire,
    log,
    database: storage.database,
    onJoined: () => {
      ownerLink = undefined
      void notify.sweep()
    },
    ...(telegram ? { telegram } : {}),
    ...(admin ? { admin } : {}),
    ...(vk ? { vk } : {}),
  })
  const url =
    sandbox?.url ?? (await listenLive({ settings, role, log, bots, database: storage.database }, closing))
  if (role !== 'web') await work({ ...storage, notify, bots, log, timeZone: salon.timeZone })
  const failed =
    role === 'worker'
      ? new Promise<never>(() => {})
      : takeUpdates({ settings, role, bots, translate, log }, closing)
  if (role !== 'worker') {
    ownerLink = await ownerInvitation(staff, bots.admin, log)
    remindLater(conversation, storage.run.unsaid, closing)
  }
  log.info({ event: 'product.ready', role, mode, run: storage.run.id })
  return {
    failed,
    ...(url === undefined ? {} : { url }),
    ...(ownerLink === undefined || mode === 'sandbox' ? {} : { ownerLink }),
  }
}

interface Storage {
  database: Database
  ledger: Ledger
  run: Run
  queues: Queues<Jobs>
}

/** The queues and what their jobs carry: ids, never texts. */
type Jobs = { notify: NotifyJob; upkeep: UpkeepJob }

interface StorageOptions extends ProductOptions {
  documents: ConsentText[]
}

async function openStorage(
  { settings, role, log, documents }: StorageOptions,
  closing: Closing,
): Promise<Storage> {
  const connectionString = settings.databaseUrl ?? (await startOwnDatabase(settings.dataDir, log, closing))
  await migrate({ connectionString, migrationsDir: path.join(root, 'prisma', 'migrations') })
  const database = await openDatabase({ connectionString, log })
  closing.push(() => database.close())
  const [ledger, run] = await Promise.all([
    openLedger(database.prisma, documents),
    openRun({ connectionString, prisma: database.prisma, role }),
  ])
  closing.push(() => run.close())
  const queues = createQueues<Jobs>({
    connectionString,
    log,
    ...(settings.redisUrl === undefined ? {} : { redisUrl: settings.redisUrl }),
  })
  closing.push(() => queues.close())
  return { database, ledger, run, queues }
}

interface WorkOptions extends Pick<Storage, 'queues' | 'database'> {
  notify: ReturnType<typeof createNotify>
  bots: Bots
  log: Logger
  timeZone: string
}

/** Begins to do the jobs. */
async function work({ queues, database, notify, bots, log, timeZone }: WorkOptions): Promise<void> {
  const upkeep = createUpkeep({ queue: queues.queue('upkeep'), prisma: database.prisma, log, timeZone })
  const { admin } = bots
  await Promise.all([
    queues.worker('upkeep', () => upkeep.run()),
    upkeep.schedule(),
    admin ? notify.work((id) => admin.notify(id)) : undefined,
  ])
}

async function startOwnDatabase(dataDir: string, log: Logger, closing: Closing): Promise<string> {
  const server = await startEmbedded({ dataDir, log })
  closing.push(() => server.stop())
  return server.connectionString
}

/** The sandbox as the rest of the program sees it: messengers at an address of this machine. */
interface LocalMessengers extends Pick<Settings, 'telegram' | 'admin' | 'vk'> {
  sandbox: Sandbox
  url: string
}

async function openLocalMessengers(
  settings: Settings,
  translate: (language: Language) => Translate,
  ownerLink: () => string | undefined,
  closing: Closing,
): Promise<LocalMessengers> {
  const { salon, dataDir, port } = settings
  const language = salon.languages[0] ?? 'ru'
  const name = named(salon.name, language)
  const sandbox = await openSandbox({
    dataDir,
    languages: salon.languages,
    name,
    adminName: translate(language)('bot.adminName', { salon: name }),
    ownerLink,
  })
  closing.push(() => sandbox.close())
  const http = createHttp({ handlers: sandbox.handlers })
  const { url } = await http.listen({ port, host: '127.0.0.1' })
  closing.push(() => http.close(0))
  const { client, admin, vk, groupId } = sandbox.tokens
  return {
    sandbox,
    url,
    telegram: { token: client, apiRoot: url },
    admin: { token: admin, apiRoot: url },
    vk: { token: vk, groupId, apiUrl: `${url}/method` },
  }
}

interface Bots {
  telegram?: Telegram
  vk?: Vk
  admin?: Admin
}

interface BotsOptions extends Pick<Settings, 'telegram' | 'admin' | 'vk'> {
  settings: Settings
  bots: Bots
  conversation: LiveConversation
  staff: ReturnType<typeof createStaff>
  notices: ReturnType<typeof createNotices>
  database: Database
  translate: (language: Language) => Translate
  wire: Wire
  log: Logger
  onJoined: () => void
}

function openBots({
  settings,
  bots,
  conversation,
  staff,
  notices,
  database,
  translate,
  wire,
  log,
  onJoined,
  ...accounts
}: BotsOptions): void {
  const { salon, webhookSecret } = settings
  const telegramRate = { perSecond: salon.rates.telegramPerSecond, perChat: telegramPerChat }
  const hook = (at: string) =>
    webhookSecret === undefined ? {} : { webhook: { path: at, secret: webhookSecret } }
  if (accounts.telegram)
    bots.telegram = createTelegram({
      ...accounts.telegram,
      conversation,
      limiter: createLimiter(telegramRate),
      log,
      wire,
      ...hook(paths.telegram),
    })
  if (accounts.admin) {
    const clients = createClients({ prisma: database.prisma, timeZone: salon.timeZone })
    const agent = wire.agentFor(accounts.admin.apiRoot)
    bots.admin = createAdmin({
      ...accounts.admin,
      salon,
      staff,
      clients,
      notices,
      translate,
      log,
      limiter: createLimiter(telegramRate),
      agent,
      onJoined,
      ...hook(paths.admin),
    })
  }
  if (accounts.vk) {
    const { secret, confirmation, ...vk } = accounts.vk
    const webhook =
      secret !== undefined && confirmation !== undefined
        ? { webhook: { path: paths.vk, secret, confirmation } }
        : {}
    bots.vk = createVk({
      ...vk,
      conversation,
      limiter: createLimiter({ perSecond: salon.rates.vkPerSecond }),
      log,
      wire,
      cursor: vkCursor(database, vk.groupId),
      ...webhook,
    })
  }
}

/** Where the reading of VK's events stands: without it, what was written to a stopped program would be lost. */
function vkCursor({ prisma }: Database, groupId: number) {
  const name = `vkCursor:${groupId}`
  return {
    load: async () => (await prisma.setting.findUnique({ where: { name } }))?.value,
    save: async (value: string) =>
      void (await prisma.setting.upsert({ where: { name }, create: { name, value }, update: { value } })),
  }
}

interface ListenOptions extends ProductOptions {
  bots: Bots
  database: Database
}

/** In live mode: webhooks and /health. The sandbox has its page's server already. */
async function listenLive(
  { settings, role, log, bots, database }: ListenOptions,
  closing: Closing,
): Promise<string | undefined> {
  const webhooks =
    settings.publicUrl === undefined || role === 'worker'
      ? []
      : [bots.telegram, bots.admin, bots.vk].flatMap((bot) => (bot ? [bot.webhook] : []))
  const http = createHttp({
    handlers: webhooks,
    health: () => database.pool.query('SELECT 1'),
    onError: (error) => log.error({ event: 'http.failed', error }),
  })
  const { url } = await http.listen({
    port: settings.port,
    host: webhooks.length > 0 ? '0.0.0.0' : '127.0.0.1',
  })
  closing.push(() => http.close())
  return url
}

interface UpdatesOptions extends ProductOptions {
  bots: Bots
  translate: (language: Language) => Translate
}

/** Starts to take updates, by webhooks where there is a public address. Rejects when a bot can't go on. */
function takeUpdates({ settings, bots, translate, log }: UpdatesOptions, closing: Closing): Promise<never> {
  const { publicUrl, salon } = settings
  const { promise: failed, reject } = Promise.withResolvers<never>()
  failed.catch(() => {})
  const running = [bots.telegram, bots.admin, bots.vk].filter((bot) => bot !== undefined)
  closing.push(() => Promise.all(running.map((bot) => bot.stop())))
  if (publicUrl === undefined) for (const bot of running) bot.poll().catch(reject)
  else
    Promise.all([
      bots.telegram?.setWebhook(`${publicUrl}${paths.telegram}`),
      bots.admin?.setWebhook(`${publicUrl}${paths.admin}`),
    ]).catch(reject)
  bots.telegram
    ?.announce(announcement(salon, translate))
    .catch((error: unknown) => log.warn({ event: 'telegram.announceFailed', error }))
  return failed
}

function announcement(salon: Settings['salon'], translate: (language: Language) => Translate) {
  const each = <T>(make: (t: Translate, salonName: string) => T) =>
    Object.fromEntries(
      salon.languages.map((one) => [one, make(translate(one), named(salon.name, one))]),
    ) as Record<Language, T>
  return {
    languages: salon.languages,
    commands: each((t) =>
      commands.map((command) => ({ command, description: t(`bot.commands.${command}`) })),
    ),
    description: each((t, name) => t('bot.description', { salon: name })),
    about: each((t, name) => t('bot.about', { salon: name })),
  }
}

/** The owner's link, while there is no owner. Telegram out of reach costs the link of this start, not the start. */
async function ownerInvitation(
  staff: ReturnType<typeof createStaff>,
  admin: Admin | undefined,
  log: Logger,
): Promise<string | undefined> {
  const token = admin && (await staff.ownerInvite())
  if (token === undefined) return undefined
  return admin?.inviteLink(token).catch((error: unknown) => {
    log.warn({ event: 'owner.noLink', advice: 'start again once Telegram answers', error })
    return undefined
  })
}

/** How long a redelivered update has to say the question itself, before a reminder would say it twice. */
const remindAfterMs = 3000

function remindLater(conversation: LiveConversation, unsaid: ChatAddress[], closing: Closing): void {
  if (unsaid.length === 0) return
  const timer = setTimeout(() => void conversation.remind(unsaid, Date.now()), remindAfterMs)
  closing.push(() => clearTimeout(timer))
}

/** The date at an instant. It is asked for several times an update and never changes within a minute: once a minute will do. */
function calendarOf(timeZone: string): Tools['today'] {
  let minute: number | undefined
  let today = { day: 0, month: 0, year: 0 }
  return (at) => {
    if (minute !== Math.floor(at / 60_000)) {
      minute = Math.floor(at / 60_000)
      const { day, month, year } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
      today = { day, month, year }
    }
    return today
  }
}

const sixDigits = () => String(randomInt(1_000_000)).padStart(6, '0')
