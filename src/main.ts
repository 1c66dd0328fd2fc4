/** The composition root: settings -> storage -> queues -> bots. Read it top to bottom; its pieces are in wiring/. */
import { randomInt, randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Logger } from 'pino'
import { createConversation } from './bots/conversation.ts'
import { createWire } from './bots/wire.ts'
import { byLanguage, consentDocuments } from './documents.ts'
import { calendarOf } from './domain/calendar.ts'
import { couponCode } from './domain/coupon.ts'
import { dialoguesOf } from './flows/dialogues.ts'
import type { Tools } from './flows/scene.ts'
import { createImportJobs } from './jobs/imports.ts'
import { createNotify } from './jobs/notify.ts'
import { createPromptJob } from './jobs/prompts.ts'
import { createTranslator } from './locales.ts'
import type { Settings } from './settings.ts'
import { createConversationStore } from './storage/conversation-store.ts'
import { createImports } from './storage/imports.ts'
import { createNotices } from './storage/notices.ts'
import { createPrompts } from './storage/prompts.ts'
import { createStaff } from './storage/staff.ts'
import { loadBots, openBots, ownerInvitation, takeUpdates } from './wiring/bots.ts'
import type { Bots } from './wiring/bots.ts'
import { both, closeAll } from './wiring/closing.ts'
import { openDemo } from './wiring/demo.ts'
import { inWordsOf } from './wiring/words.ts'
import { offering } from './wiring/offering.ts'
import { work } from './wiring/work.ts'
import type { Closing } from './wiring/closing.ts'
import { listenLive, openLocalMessengers } from './wiring/listening.ts'
import { openStorage } from './wiring/storage.ts'
import type { Storage } from './wiring/storage.ts'

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

/** How long a bot may take to say what is still to be said; the command line waits for ten seconds in all. */
const stopPatienceMs = 8000
/** How long a redelivered update has to say the question itself, before a reminder would say it twice. */
const remindAfterMs = 3000

/**
 * Starts the product, or a part of it.
 * @throws AdviceError when the database, the folder or the port is not to be had
 */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const closing: Closing = []
  const stop = () => closeAll(closing, options.log)
  try {
    return { ...(await start(options, closing)), stop }
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
    dir: path.join(import.meta.dirname, '..', 'locales'),
    onMissing: (missing) => log.error({ event: 'locale.missing', ...missing }),
  })
  const documents = consentDocuments(salon, translate)
  let ownerLink: string | undefined
  // While the database opens. In the sandbox all three are there.
  const loading = loadBots(mode === 'sandbox' ? { telegram: true, admin: true, vk: true } : settings)
  const [storage, local] = await both(
    openStorage({ settings, role, log, documents }, closing),
    mode === 'sandbox'
      ? openLocalMessengers(settings, translate, () => ownerLink, closing)
      : Promise.resolve(undefined),
  )
  const { connectionString, database, ledger, survey, run, queues } = storage
  const now = local?.clock.now ?? Date.now
  const demoParts = {
    database,
    connectionString,
    salon,
    survey,
    log,
    clock: local?.clock,
    drawCode: chance.coupon,
  }
  const demo = await openDemo(demoParts, closing)
  const staff = createStaff({ ...database, now })
  const notices = createNotices(database)
  const wire = createWire(settings.proxyUrl === undefined ? {} : { proxyUrl: settings.proxyUrl })
  closing.push(() => wire.close())

  const speak = inWordsOf(survey, translate)
  const tools: Tools = {
    salon,
    translate: speak,
    documents: byLanguage(documents),
    today: calendarOf(salon.timeZone),
    limits: { telegram: { room: 24, contactButton: true }, vk: { room: 10, contactButton: false } },
    dialogues: dialoguesOf(survey),
  }
  const bots: Bots = {}
  const notify = createNotify({ queues, notices, log })
  const prompts = createPromptJob({ queues, prompts: createPrompts({ ...database, now }), salon, log, now })
  const imports = createImports({ ...database, now })
  const importJobs = createImportJobs({ queues, imports, log })
  const announce = (ids: string[]) => notify.enqueue(ids)
  const isShared = settings.databaseUrl !== undefined
  const offers = offering({ ...storage, salon, translate: speak, announce, isShared, log, now })
  closing.push(() => offers.places.stop())
  const conversation = createConversation({
    store: createConversationStore({ ...database, ledger, runId: run.id, chance }),
    tools,
    log,
    send: async ({ platform, externalId }, reply, { textButtons }) =>
      void (await bots[platform]?.send(externalId, reply, { key: `own:${randomUUID()}`, textButtons })),
    announce: (ids) => void notify.enqueue(ids),
    onPrompts: (change) => void prompts.change(change),
    profileOf: async (chat) => (chat.platform === 'vk' ? bots.vk?.profileOf(chat.externalId) : undefined),
  })
  const onJoined = () => {
    ownerLink = undefined
    return notify.sweep()
  }
  const { telegram, admin, vk } = local ?? settings
  const accounts = { ...(telegram ? { telegram } : {}), ...(admin ? { admin } : {}), ...(vk ? { vk } : {}) }
  openBots({
    ...accounts,
    settings,
    makers: await loading,
    bots,
    conversation,
    staff,
    notices,
    newcomerOffer: (clientId) => offers.drafts.forNewcomer(clientId),
    database,
    connectionString,
    survey,
    translate: speak,
    wire,
    log,
    now,
    onJoined,
    onPrompts: (ids) => void prompts.enqueue(ids),
    imports,
    onImport: (id) => void importJobs.enqueue(id),
    gates: offers.gates,
    places: offers.places,
    books: offers.books,
    pictures: offers.pictures,
    onOffer: (id) => offers.deliver.changed(id),
  })
  const url = local?.url ?? (await listenLive({ settings, role, log, bots, database }, closing))

  closing.push(() => stopTaking(bots, storage))
  const failed =
    role === 'worker' ? new Promise<never>(() => {}) : takeUpdates({ settings, bots, translate, log })
  if (role !== 'web') {
    const sandbox = mode === 'sandbox'
    const parts = { ...storage, notify, prompts, imports: importJobs, offering: offers }
    const jobs = await work({ ...parts, conversation, bots, salon, sandbox, log, now }, closing)
    local?.clock.onSkip(jobs.doDue)
  }
  if (role !== 'worker') {
    ownerLink = await ownerInvitation(staff, bots.admin, log)
    // The link is good for a day: whoever skips it finds a new one.
    local?.clock.onSkip(async () => {
      if (ownerLink !== undefined) ownerLink = await ownerInvitation(staff, bots.admin, log)
    })
    const tell = async () => {
      await conversation.remind(run.unsaid, now())
      await run.told()
    }
    const reminder = setTimeout(
      () => void tell().catch((error: unknown) => log.warn({ event: 'run.notClosed', error })),
      remindAfterMs,
    )
    closing.push(() => clearTimeout(reminder))
  }
  log.info({ event: 'product.ready', role, mode, run: run.id })
  // In a turn of its own: whoever waits for the start goes first.
  setImmediate(() => void demo?.keepUp())
  return { failed, url, ...(ownerLink === undefined || mode === 'sandbox' ? {} : { ownerLink }) }
}

/** Takes no more updates and jobs, and finishes what is in hand. */
const stopTaking = (bots: Bots, { queues }: Storage) =>
  Promise.all([
    ...[bots.telegram, bots.admin, bots.vk].map((bot) => bot?.stop(stopPatienceMs)),
    queues.close({ patienceMs: stopPatienceMs }),
  ])

const chance = {
  code: () => String(randomInt(1_000_000)).padStart(6, '0'),
  coupon: () => couponCode(randomInt),
}
