/** The three bots: what each needs, how they begin to take updates, what they tell the platforms of themselves. */
import type { Logger } from 'pino'
import type { OfferBooks } from '../bots/admin/offers/options.ts'
import type { Admin, createAdmin } from '../bots/admin.ts'
import { createLimiter } from '../bots/limiter.ts'
import type { createTelegram, Telegram } from '../bots/telegram.ts'
import type { createVk, Vk } from '../bots/vk.ts'
import { callsPerRequest } from '../bots/vk-together.ts'
import type { Wire } from '../bots/wire.ts'
import type { Platform } from '../domain/platform.ts'
import { named } from '../domain/salon.ts'
import type { Language } from '../domain/salon.ts'
import type { Survey } from '../domain/survey.ts'
import type { Conversation } from '../flows/conversation.ts'
import { commands } from '../flows/menu.ts'
import type { OfferDrafts } from '../jobs/offer-drafts.ts'
import type { PaceGate } from '../jobs/pace-gate.ts'
import type { Places } from '../jobs/places.ts'
import type { Translate } from '../locales.ts'
import type { Settings } from '../settings.ts'
import type { Database } from '../storage/database.ts'
import { writeVisits } from '../storage/import-visits.ts'
import type { ImportStorage } from '../storage/imports.ts'
import type { NoticeStorage } from '../storage/notices.ts'
import type { PictureStorage } from '../storage/pictures.ts'
import type { StaffStorage } from '../storage/staff.ts'
import { createOfferViews } from '../storage/offer-views.ts'
import { clientStorages } from './client-storages.ts'
import { createDraw } from './draw.ts'
import { fileMaking } from './file-making.ts'
import { webhookPaths } from './webhook-paths.ts'

export interface Bots {
  telegram?: Telegram
  vk?: Vk
  admin?: Admin
}

/** How the bots are made whose libraries were loaded. */
export interface BotMakers {
  telegram?: typeof createTelegram
  admin?: typeof createAdmin
  vk?: typeof createVk
}

/**
 * Loads the libraries of the bots that there are: each takes ten to twenty megabytes.
 * @param wanted what is there and true, or not
 */
export async function loadBots(wanted: { [Name in keyof Bots]?: unknown }): Promise<BotMakers> {
  const [telegram, admin, vk] = await Promise.all([
    wanted.telegram ? import('../bots/telegram.ts') : undefined,
    wanted.admin ? import('../bots/admin.ts') : undefined,
    wanted.vk ? import('../bots/vk.ts') : undefined,
  ])
  return {
    ...(telegram && { telegram: telegram.createTelegram }),
    ...(admin && { admin: admin.createAdmin }),
    ...(vk && { vk: vk.createVk }),
  }
}

export interface BotsOptions extends Pick<Settings, 'telegram' | 'admin' | 'vk'> {
  settings: Settings
  /** Of those whose tokens are there. */
  makers: BotMakers
  /** Filled in here: the conversation knows the bots, and the bots the conversation. */
  bots: Bots
  conversation: Conversation
  staff: StaffStorage
  notices: NoticeStorage
  newcomerOffer: OfferDrafts['forNewcomer']
  database: Database
  /** Of the same database, for work in a thread of its own. */
  connectionString: string
  /** What is asked now. */
  survey: Survey
  translate: (language: Language) => Translate
  wire: Wire
  log: Logger
  /** Epoch milliseconds; in the sandbox it can be put on. */
  now: () => number
  /** May reject: whoever joined is in all the same. */
  onJoined: () => unknown
  /** Hear of every pause that a platform asks for: other processes send with the same tokens. */
  gates: Record<Platform, Pick<PaceGate, 'silence'>>
  /** Other processes send with the same tokens. */
  places: Pick<Places<Platform>, 'admit'>
  /** Takes the ids of messages to clients that the staff have planned. */
  onPrompts: (promptIds: string[]) => unknown
  imports: ImportStorage
  books: OfferBooks
  pictures: PictureStorage
  /** Hears the number of an offer to which somebody of the staff has done something. */
  onOffer: (id: number) => unknown
  /** Takes the number of an import that somebody of the staff has started. */
  onImport: (id: number) => unknown
}

/** Telegram tolerates short bursts in one chat; then a message a second. */
const telegramPerChat = { burst: 20, perSecond: 1 }

/** Makes the bots whose tokens are there. Nothing is sent yet. */
export function openBots({
  settings,
  makers,
  bots,
  conversation,
  staff,
  notices,
  newcomerOffer,
  database,
  connectionString,
  survey,
  translate,
  wire,
  log,
  now,
  onJoined,
  onPrompts,
  imports,
  onImport,
  books,
  pictures,
  onOffer,
  gates,
  places,
  ...accounts
}: BotsOptions): void {
  const { salon, webhookSecret } = settings
  const telegramRate = { perSecond: salon.rates.telegramPerSecond, perChat: telegramPerChat }
  const onPause = (platform: Platform) => (delayMs: number) =>
    void gates[platform]
      .silence(delayMs)
      .catch((error: unknown) => log.warn({ event: 'token.pauseNotShared', platform, error }))
  const shared = (platform: Platform) => ({
    onPause: onPause(platform),
    admit: () => places.admit(platform),
  })
  const draw = createDraw({ salonName: salon.name, translate, admin: () => bots.admin })
  const hook = (at: string) =>
    webhookSecret === undefined ? {} : { webhook: { path: at, secret: webhookSecret } }
  if (accounts.telegram && makers.telegram)
    bots.telegram = makers.telegram({
      ...accounts.telegram,
      conversation,
      draw,
      limiter: createLimiter({ ...telegramRate, ...shared('telegram') }),
      log,
      wire,
      now,
      ...hook(webhookPaths.telegram),
    })
  if (accounts.admin && makers.admin) {
    const agent = wire.agentFor(accounts.admin.apiRoot)
    bots.admin = makers.admin({
      ...accounts.admin,
      ...clientStorages(database, salon, survey, now),
      salon,
      ...fileMaking({ bots, salon, survey, translate, connectionString, now }),
      staff,
      notices,
      newcomerOffer,
      translate,
      log,
      now,
      limiter: createLimiter(telegramRate),
      agent,
      wire,
      imports,
      writeRecords: (records, options) => writeVisits(database.pool, records, options),
      onJoined,
      onPrompts,
      onImport,
      books,
      pictures,
      views: createOfferViews(database),
      onOffer,
      ...hook(webhookPaths.admin),
    })
  }
  if (accounts.vk && makers.vk) {
    const { secret, confirmation, ...vk } = accounts.vk
    const webhook =
      secret !== undefined && confirmation !== undefined
        ? { webhook: { path: webhookPaths.vk, secret, confirmation } }
        : {}
    bots.vk = makers.vk({
      ...vk,
      conversation,
      draw,
      limiter: createLimiter({
        perSecond: salon.rates.vkPerSecond,
        perRequest: callsPerRequest,
        ...shared('vk'),
      }),
      log,
      wire,
      now,
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

export interface UpdatesOptions {
  settings: Settings
  bots: Bots
  translate: (language: Language) => Translate
  log: Logger
}

/**
 * Starts to take updates, by webhooks where there is a public address. A bot that can't go on (its token was revoked, say)
 * is reported and left alone: the others serve on.
 * @returns a promise that rejects when no bot is left
 */
export function takeUpdates({ settings, bots, translate, log }: UpdatesOptions): Promise<never> {
  const { publicUrl, salon } = settings
  const { promise: failed, reject } = Promise.withResolvers<never>()
  failed.catch(() => {})
  const begin = {
    telegram: () =>
      publicUrl === undefined
        ? bots.telegram?.poll()
        : bots.telegram?.setWebhook(`${publicUrl}${webhookPaths.telegram}`),
    admin: () =>
      publicUrl === undefined
        ? bots.admin?.poll()
        : bots.admin?.setWebhook(`${publicUrl}${webhookPaths.admin}`),
    // VK is told of the address in the community's settings.
    vk: () => (publicUrl === undefined ? bots.vk?.poll() : undefined),
  }
  const left = new Set((['telegram', 'admin', 'vk'] as const).filter((name) => bots[name]))
  for (const name of left) {
    begin[name]()?.catch((error: unknown) => {
      log.error({ event: 'bot.failed', bot: name, advice: 'npm run -s otklik -- doctor', error })
      left.delete(name)
      if (left.size === 0) reject(error instanceof Error ? error : new Error(String(error)))
    })
  }
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
export async function ownerInvitation(
  staff: StaffStorage,
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
