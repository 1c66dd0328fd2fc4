import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, onTestFinished } from 'vitest'
import type { Said, SayOptions } from '../../src/bots/delivery.ts'
import { createLimiter } from '../../src/bots/limiter.ts'
import type { Limiter } from '../../src/bots/limiter.ts'
import type { Draw } from '../../src/bots/picture.ts'
import type { Cursor } from '../../src/bots/poll-vk.ts'
import { createTelegram } from '../../src/bots/telegram.ts'
import type { Telegram } from '../../src/bots/telegram.ts'
import { createVk } from '../../src/bots/vk.ts'
import type { Vk } from '../../src/bots/vk.ts'
import { createWire } from '../../src/bots/wire.ts'
import type { Platform } from '../../src/domain/platform.ts'
import type { Picture, Reply } from '../../src/flows/conversation.ts'
import { createHttp } from '../../src/http.ts'
import type { Handler } from '../../src/http.ts'
import { listen } from '../../src/sandbox/listen.ts'
import type { Messenger, MessengerEvent, Person, ShownMessage } from '../../src/sandbox/messenger.ts'
import { createTelegram as createTelegramSandbox } from '../../src/sandbox/telegram/telegram.ts'
import type { Telegram as TelegramSandbox } from '../../src/sandbox/telegram/telegram.ts'
import { createVk as createVkSandbox } from '../../src/sandbox/vk/vk.ts'
import type { Vk as VkSandbox } from '../../src/sandbox/vk/vk.ts'
import { createScriptedConversation } from './scripted-conversation.ts'
import type { ScriptedConversation } from './scripted-conversation.ts'

export type Transport = 'long polling' | 'webhook'

export const telegramToken = '42:TELEGRAM_TOKEN_THAT_NOBODY_MAY_SEE'
export const vkToken = 'vk1.a.VK_TOKEN_THAT_NOBODY_MAY_SEE'
export const secret = 'a-secret-of-the-webhook'
export const groupId = 5555

export const anna: Person = {
  id: 777,
  firstName: 'Анна',
  lastName: 'Ветрова',
  language: 'ru',
  phone: '+79161234567',
  sex: 1,
  birthDate: '17.4.1990',
  city: 'Москва',
}
export const boris: Person = { id: 888, firstName: 'Борис', language: 'ru', phone: '+79031112233' }

/** What the contract needs of a platform's adapter. */
export interface Client {
  readonly webhook: Handler
  poll(): Promise<void>
  send(externalId: number, reply: Reply, options: SayOptions): Promise<Said>
  stop(timeoutMs?: number): Promise<void>
}

/** A platform's stand-in, our adapter on its real library, and a scripted conversation behind it. */
export interface Stage<Sandbox extends Messenger = Messenger> {
  readonly platform: Platform
  readonly sandbox: Sandbox
  readonly botId: number
  readonly conversation: ScriptedConversation
  readonly client: Client
  readonly limiter: Limiter
  /** What the pictures were drawn of, in order; `drawing` says how from now on. */
  readonly drawn: Picture[]
  drawing(how: Draw): void
  readonly apiUrl: string
  readonly webhookUrl: string
  readonly events: MessengerEvent[]
  /** The API calls so far: methods as they were called, in order. */
  calls(): string[]
  /** What the bot has shown to this person. */
  shown(personId?: number): ShownMessage[]
  texts(personId?: number): string[]
  logged(): string
}

export type TelegramStage = Stage<TelegramSandbox> & { client: Telegram }
export type VkStage = Stage<VkSandbox> & { client: Vk }

/** A PNG of 8 x 8 pixels, all of them plum. */
export const tinyPicture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mPosl+BFTEMLQkABGRcQTIS1qcAAAAASUVORK5CYII=',
  'base64',
)

/** Short waits: the tests are about what happens, not when. */
const delaysMs = { calls: [5, 10, 20, 50, 100], updates: [5, 10, 20] }

function createLog() {
  let lines = ''
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines += chunk.toString()
      done()
    },
  })
  return { log: pino({ level: 'debug' }, stream), logged: () => lines }
}

/** Opens a stage until the test ends; then no token may have been logged. */
export async function openTelegramStage(transport: Transport): Promise<TelegramStage> {
  const sandbox = createTelegramSandbox({
    bots: [{ id: 42, name: 'Салон', username: 'salon_bot', token: telegramToken }],
    people: [anna, boris],
    limits: null,
    webhookRetryMs: 5,
    barePhones: true,
  })
  const common = await openCommon('telegram', sandbox, 42)
  const webhook = { path: '/telegram', secret }
  const client = createTelegram({ ...common.options, token: telegramToken, apiRoot: common.apiUrl, webhook })
  const { webhookUrl } = await common.open(client)
  if (transport === 'webhook') await client.setWebhook(webhookUrl)
  else void client.poll()
  return { ...common.stage, client, webhookUrl }
}

export async function openVkStage(
  transport: Transport,
  { cursor }: { cursor?: Cursor } = {},
): Promise<VkStage> {
  const group = { id: groupId, token: vkToken, name: 'Салон', screenName: 'salon' }
  const sandbox = createVkSandbox({ group, people: [anna, boris], rate: null, callbackRetryDelayMs: 5 })
  const common = await openCommon('vk', sandbox, groupId)
  const webhook = { path: '/vk', secret, confirmation: 'c0nf1rm' }
  const apiUrl = `${common.apiUrl}/method`
  const client = createVk({
    ...common.options,
    token: vkToken,
    groupId,
    apiUrl,
    webhook,
    ...(cursor ? { cursor } : {}),
  })
  const { webhookUrl } = await common.open(client)
  if (transport === 'webhook') await sandbox.setCallback({ url: webhookUrl, secret, confirmation: 'c0nf1rm' })
  else void client.poll()
  // The long poll tells only what happens after it began.
  if (transport === 'long polling')
    await until(() => common.stage.calls().includes('groups.getLongPollServer'))
  return { ...common.stage, client, webhookUrl }
}

async function openCommon<Sandbox extends Messenger>(platform: Platform, sandbox: Sandbox, botId: number) {
  const asked: string[] = []
  const server = await listen([
    (request, response) => {
      response.once('finish', () => asked.push(request.url ?? ''))
      return sandbox.handle(request, response)
    },
  ])
  const { log, logged } = createLog()
  const conversation = createScriptedConversation()
  const limiter = createLimiter({ perSecond: 10_000 })
  const wire = createWire()
  const drawn: Picture[] = []
  let drawing: Draw = async ({ code }) => ({ name: `${code}.png`, content: tinyPicture })
  const draw: Draw = (picture) => {
    drawn.push(picture)
    return drawing(picture)
  }
  const events: MessengerEvent[] = []
  sandbox.subscribe((event) => events.push(event))
  const shown = (personId = anna.id) =>
    sandbox.chat(botId, personId).messages.filter(({ from }) => from === 'bot')
  const stage = {
    platform,
    sandbox,
    botId,
    conversation,
    limiter,
    events,
    logged,
    drawn,
    drawing: (how: Draw) => void (drawing = how),
    shown,
    apiUrl: server.url,
    calls: () => asked.map((path) => path.split('?')[0]!.split('/').at(-1)!),
    texts: (personId?: number) => shown(personId).map(({ text }) => text),
  }
  return {
    stage,
    apiUrl: server.url,
    options: { conversation, draw, limiter, log, wire, delaysMs },
    async open(client: Client): Promise<{ webhookUrl: string }> {
      const http = createHttp({ handlers: [client.webhook] })
      const { url } = await http.listen()
      onTestFinished(async () => {
        await client.stop(500)
        await http.close(0)
        sandbox.close()
        await server.close()
        wire.close()
        expect(logged()).not.toMatch(/NOBODY_MAY_SEE/)
      })
      return { webhookUrl: `${url}/${platform}` }
    },
  }
}

/** Waits until the condition holds; the test's own time-out ends a vain wait. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}
