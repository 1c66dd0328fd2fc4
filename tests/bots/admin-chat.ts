/** Talks to the admin bot as people do: real Telegraf, the Telegram stand-in over HTTP, a real PostgreSQL. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { createAdmin, type Admin, type AdminOptions } from '../../src/bots/admin.ts'
import type { OfferBooks } from '../../src/bots/admin/offers/options.ts'
import type { DeliveryStorage } from '../../src/storage/deliveries.ts'
import type { ClientStorages } from '../../src/bots/admin/client-answers.ts'
import { createLimiter } from '../../src/bots/limiter.ts'
import { createWire } from '../../src/bots/wire.ts'
import { instrument } from '../../src/domain/instrument.ts'
import type { Salon } from '../../src/domain/salon.ts'
import { defaultOfferSettings } from '../../src/domain/offers/offer-settings.ts'
import { defaultValueSettings } from '../../src/domain/value/value-settings.ts'
import type { Survey } from '../../src/domain/survey.ts'
import { createHttp } from '../../src/http.ts'
import { createTranslator } from '../../src/locales.ts'
import type { MessengerEvent, Person } from '../../src/sandbox/messenger.ts'
import { createTelegram, type Telegram } from '../../src/sandbox/telegram/telegram.ts'
import { openDatabase, type Database } from '../../src/storage/database.ts'
import { writeVisits } from '../../src/storage/import-visits.ts'
import { createImports, type ImportStorage } from '../../src/storage/imports.ts'
import { createOfferViews } from '../../src/storage/offer-views.ts'
import { createNotices, type NoticeStorage } from '../../src/storage/notices.ts'
import { createPictures } from '../../src/storage/pictures.ts'
import { createStaff, type Member, type StaffStorage } from '../../src/storage/staff.ts'
import { offerBooks } from '../../src/wiring/offering.ts'
import { clientStorages } from '../../src/wiring/client-storages.ts'
import { inWordsOf } from '../../src/wiring/words.ts'
import { freshDatabase } from '../storage/fresh-database.ts'

export const olga: Person = { id: 501, firstName: 'Ольга', lastName: 'Хозяйка', language: 'ru' }
export const ira: Person = { id: 502, firstName: 'Ира', language: 'ru' }
export const kate: Person = { id: 503, firstName: 'Kate', language: 'en' }
export const lena: Person = { id: 504, firstName: 'Лена', language: 'ru' }
export const stranger: Person = { id: 666, firstName: 'Прохожий', language: 'ru' }

export const salon: Salon = {
  name: { ru: 'Ромашка', en: 'Daisy' },
  operator: { name: 'ООО «Ромашка»', address: 'Москва', email: 'hello@example.com' },
  timeZone: 'Europe/Moscow',
  languages: ['ru', 'en'],
  lines: [
    { id: 'hair', name: { ru: 'Волосы', en: 'Hair' }, services: [] },
    { id: 'nails', name: { ru: 'Ногти', en: 'Nails' }, services: [] },
  ],
  masters: [{ id: 'maria', name: { ru: 'Мария', en: 'Maria' }, lines: ['hair'] }],
  quietHours: { from: '21:00', to: '09:00' },
  reminders: { surveyAfterDays: [] },
  rewards: {},
  survey: { everyDays: 90, eveningAt: '19:00', afterVisitHours: 3 },
  value: defaultValueSettings,
  offers: defaultOfferSettings,
  digest: { weekday: 1, at: '09:00' },
  advertising: { telegram: true, vk: true },
  rates: { telegramPerSecond: 30, vkPerSecond: 20, broadcastTelegramPerSecond: 25, broadcastVkPerSecond: 18 },
}

const botId = 42
const attachments = ['photo', 'sticker', 'voice', 'video', 'location', 'document'] as const
const token = `${botId}:test-token-of-the-admin-bot`

/** Friday, 20 November 2026, 12:00 in Moscow. */
export const nowMs = Date.UTC(2026, 10, 20, 9)

export type LogLine = Record<string, unknown>

export interface Stage {
  database: Database
  staff: StaffStorage
  storages: ClientStorages
  notices: NoticeStorage
  telegram: Telegram
  books: OfferBooks & { deliveries: DeliveryStorage }
  /** Numbers of the offers to which something was done, in that order. */
  changedOffers(): readonly number[]
  admin: Admin
  url: string
  token: string
  botId: number
  /** Everything the bot has logged. */
  logged: LogLine[]
  /** How often somebody joined. */
  joined(): number
  /** Ids of the messages to clients that were planned here. */
  prompts(): readonly string[]
  imports: ImportStorage
  /** Numbers of the imports that were started here. Nobody does them but `runImports`. */
  started(): readonly number[]
  /** Does the imports that were started, as the job would. */
  runImports(): Promise<void>
  /** Brings the notices about offers that were written to those whom they concern, as the job would. */
  notifyOfOffers(): Promise<void>
  /** Lets time pass for the bot and its storages, until the next reset. */
  pass(ms: number): void
  /** Starts polling (once is enough for a file). */
  poll(): void
  /** Makes a person of the staff without the ceremony. */
  hire(person: Person, role: Member['role']): Promise<Member>
  /**
   * Plays the person's lines ("person> text", "person> [button]", "person> (photo)", "person> (file visits.csv)" and
   * "person> (photo cake.png) with a caption" with the file's content among `files`, "person> (import)" when the imports that were started are done) and compares all that is shown with the
   * script. A line "  ..." stands for the rest of a message.
   */
  chat(person: Person, script: string, files?: Record<string, Buffer>): Promise<void>
  /** What the person was shown since the last look, in the words of a script. */
  seenBy(person: Person): string
  /** Waits until every update is handled and confirmed. */
  settled(): Promise<void>
  /** Forgets people and clients, and all that was shown. */
  reset(): Promise<void>
  close(): Promise<void>
}

/** @param options `asked`: the survey that is asked now, the built-in one unless another is given */
export async function createStage({
  asked = { version: 1, questions: instrument },
  ...options
}: Partial<AdminOptions> & { asked?: Survey } = {}): Promise<Stage> {
  const logged: LogLine[] = []
  const write = (entry: LogLine) => void logged.push(entry)
  const log = { debug: () => {}, info: write, warn: write, error: write }
  const database = await openDatabase({ ...(await freshDatabase()), log })
  const { prisma } = database
  const telegram = createTelegram({
    bots: [{ id: botId, name: 'Ромашка: сотрудники', username: 'daisy_staff_bot', token }],
    people: [olga, ira, kate, lena, stranger],
    limits: null,
  })
  const http = createHttp({
    handlers: [
      (request, response) => telegram.handle(request, response),
      (...both) => admin.webhook(...both),
    ],
  })
  const { url } = await http.listen()
  let clockMs = nowMs
  const staff = createStaff({ prisma, now: () => clockMs })
  const imports = createImports({ prisma, now: () => clockMs })
  const started: number[] = []
  const wire = createWire()
  const storages = clientStorages(database, options.salon ?? salon, asked, () => clockMs)
  const notices = createNotices({ prisma })
  const translate = inWordsOf(asked, createTranslator({ dir: new URL('../../locales/', import.meta.url) }))
  const ofSalon = { ...salon, ...options.salon }
  const announced: string[] = []
  const books = offerBooks({
    database,
    runId: 0,
    survey: asked,
    salon: ofSalon,
    translate,
    announce: async (ids) => void announced.push(...ids),
    now: () => clockMs,
  })
  const changedOffers: number[] = []
  let joined = 0
  const prompts: string[] = []
  const admin = createAdmin({
    ...storages,
    token,
    apiRoot: url,
    salon,
    staff,
    notices,
    newcomerOffer: () => Promise.resolve(undefined),
    translate,
    books,
    views: createOfferViews({ prisma }),
    pictures: createPictures({ ...database, now: () => clockMs }),
    offersShownEveryMs: 0,
    onOffer: (id) => void changedOffers.push(id),
    log,
    limiter: createLimiter({ perSecond: 1000 }),
    onJoined: () => (joined += 1),
    onPrompts: (ids) => void prompts.push(...ids),
    wire,
    imports,
    writeRecords: (records, options) => writeVisits(database.pool, records, options),
    onImport: (id) => void started.push(id),
    now: () => clockMs,
    delaysMs: { calls: [1, 1, 1], updates: [1, 1, 1] },
    webhook: { path: '/admin', secret: 'secret-of-the-webhook' },
    ...options,
  })
  const shown = new Map<number, string[]>()
  let tokenInHand = ''
  telegram.subscribe((event) => show(event))

  const stage: Stage = {
    database,
    staff,
    storages,
    notices,
    telegram,
    books,
    changedOffers: () => changedOffers,
    admin,
    url,
    token,
    botId,
    logged,
    joined: () => joined,
    prompts: () => prompts,
    imports,
    started: () => started,
    async notifyOfOffers() {
      for (const id of announced.splice(0)) await admin.notify(id)
    },
    async runImports() {
      for (const id of started.splice(0)) {
        const one = await imports.claim(id)
        if (one) await admin.importer.run(one, new AbortController().signal)
      }
    },
    pass: (ms) => void (clockMs += ms),
    poll: () => void admin.poll(),
    async hire({ id, firstName, language }, role) {
      const person = { telegramId: id, name: firstName, language }
      await prisma.staff.create({ data: { ...person, role, createdAt: new Date(nowMs) } })
      return (await staff.byTelegramId(id))!
    },
    async chat(person, script, files = {}) {
      const wanted = unindent(script)
      stage.seenBy(person)
      const actual: string[] = []
      for (const line of wanted.split('\n').filter((one) => one.startsWith('person> '))) {
        actual.push(line)
        const done = line.slice('person> '.length).replace('<token>', tokenInHand)
        if (done === '(import)') await stage.runImports()
        else act(person, done, files)
        await stage.settled()
        const seen = stage.seenBy(person)
        if (seen !== '') actual.push(seen)
      }
      const said = withoutToken(actual.join('\n'))
      if (!patternOf(withoutToken(wanted)).test(said)) expect(said).toBe(wanted)
    },
    seenBy({ id }) {
      const lines = shown.get(id) ?? []
      shown.delete(id)
      return lines.join('\n')
    },
    async settled() {
      while (telegram.updatesPending(botId) > 0) await sleep(2)
    },
    async reset() {
      await prisma.$executeRaw`TRUNCATE "Staff", "Invite", "SeenUpdate", "Notice", "Client", "Import", "Delivery", "OfferEvent", "Offer" CASCADE`
      started.length = 0
      shown.clear()
      logged.length = 0
      prompts.length = 0
      announced.length = 0
      changedOffers.length = 0
      clockMs = nowMs
    },
    async close() {
      await admin.stop()
      telegram.close()
      await http.close(0)
      wire.close()
      await database.close()
    },
  }
  return stage

  function act(person: Person, line: string, files: Record<string, Buffer>): void {
    const name = /^\(file (.*)\)$/.exec(line)?.[1]
    if (name !== undefined)
      return telegram.sendDocument(botId, person.id, { name, bytes: files[name] ?? Buffer.alloc(0) })
    const [, photo, caption = ''] = /^\(photo (\S+)\)(.*)$/.exec(line) ?? []
    if (photo !== undefined)
      return telegram.sendPhoto(botId, person.id, {
        name: photo,
        bytes: files[photo] ?? Buffer.alloc(0),
        caption,
      })
    const attachment = attachments.find((kind) => line === `(${kind})`)
    if (attachment) return telegram.sendAttachment(botId, person.id, attachment)
    const label = /^\[(.*)\]$/.exec(line)?.[1]
    if (label === undefined) return telegram.sendText(botId, person.id, line)
    const { messages } = telegram.chat(botId, person.id)
    for (const message of messages.toReversed()) {
      for (const [row, buttons] of message.buttons.entries()) {
        const column = buttons.findIndex((button) => plainSpaces(button.label) === label)
        if (column >= 0) return telegram.press(botId, person.id, message.id, row, column)
      }
    }
    throw new Error(`There is no button [${label}]`)
  }

  function show(event: MessengerEvent): void {
    const lines = linesOf(event)
    tokenInHand = tokenPattern.exec(lines.join('\n'))?.[1] ?? tokenInHand
    if (lines.length > 0) shown.set(event.personId, [...(shown.get(event.personId) ?? []), ...lines])
  }
}

const tokenPattern = /start[= ]([\w-]{32})/

/** The script as a pattern, "  ..." being any number of lines of the same message. */
function patternOf(script: string): RegExp {
  const lines = script
    .split('\n')
    .map((line) => (line === '  ...' ? '(?:(?:  .*)?(?:\\n|$))*' : `${RegExp.escape(line)}(?:\\n|$)`))
  return new RegExp(`^${lines.join('')}$`, 'u')
}

/** Tokens are random: a script calls the last one that was shown "<token>". */
const withoutToken = (text: string): string => text.replaceAll(/(start[= ])[\w-]{32}/g, '$1<token>')

function linesOf(event: MessengerEvent): string[] {
  if (event.type === 'toast') return [`toast: ${event.text}`]
  if (event.type !== 'message' && event.type !== 'edit') return []
  const { from, text, buttons, file } = event.message
  if (from === 'person') return []
  const [first = '', ...rest] = plainSpaces(text).split('\n')
  return [
    `${event.type === 'edit' ? 'edit' : 'bot'}: ${file ? `(file ${file.name}) ` : ''}${first}`,
    ...rest.map((line) => (line === '' ? '' : `  ${line}`)),
    ...buttons.map((row) => `  ${row.map(({ label }) => `[${plainSpaces(label)}]`).join(' ')}`),
  ]
}

/** A space that does not break looks like any other. */
const plainSpaces = (text: string): string => text.replaceAll(/[\u00A0\u2009\u202F]/g, ' ')

/** Takes away the indentation of the first line, and the blank lines around. */
function unindent(script: string): string {
  const lines = script.replace(/^\n+|\s+$/g, '').split('\n')
  const indent = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0
  return lines.map((line) => line.slice(indent)).join('\n')
}
