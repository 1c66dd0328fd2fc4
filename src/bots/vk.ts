import { Updates } from 'vk-io'
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
import type { OutgoingFile } from './outgoing-file.ts'
import type { Draw } from './picture.ts'
import type { Polling } from './poll-telegram.ts'
import { pollVk } from './poll-vk.ts'
import type { Cursor, LongPollServer, VkUpdate } from './poll-vk.ts'
import { createRedelivery } from './redelivery.ts'
import { createVkApi } from './vk-api.ts'
import { keyOfEvent, normalized, peerOf, vkIncoming } from './vk-incoming.ts'
import type { Told } from './vk-incoming.ts'
import { readVkProfile } from './vk-profile.ts'
import type { VkProfile } from './vk-profile.ts'
import { createVkSurface } from './vk-surface.ts'
import { createVkWebhook } from './vk-webhook.ts'
import { windDown } from './wind-down.ts'
import { parseJson, WireError } from './wire.ts'
import type { Wire } from './wire.ts'

export interface VkOptions {
  token: string
  groupId: number
  /** With "/method", without a slash at the end. */
  apiUrl?: string
  conversation: Conversation
  draw: Draw
  /** The token's own. */
  limiter: Limiter
  log: Log
  wire: Wire
  /** For Callback API; what VK shows in the community's settings. */
  webhook?: { path: string; secret: string; confirmation: string }
  /** Keeps the place in the long poll over a restart. */
  cursor?: Cursor
  /** Epoch milliseconds. */
  now?: () => number
  /** Waits before repeating a call after a hiccup, and an event that could not be committed, in milliseconds. */
  delaysMs?: { calls?: number[]; updates?: number[] }
}

/** A community that clients write to. */
export interface Vk {
  /** groups.getById: the community's name and address. Rejects with an `ApiError`. */
  profile(): Promise<{ id: number; name: string; screenName: string }>
  /** Takes events by Bots Long Poll until `stop`; rejects when VK does not let the token do it. */
  poll(): Promise<void>
  /** For Callback API. */
  readonly webhook: Handler
  /**
   * Says something on our own account, after everything that is being said to this person.
   * @throws ApiError when VK does not take it; a person who can't be reached is no error but `delivered: false`
   */
  send(externalId: number, reply: Reply, options: SayOptions): Promise<Said>
  /** Whose names of pictures these are: no other token can use them. */
  readonly tokenName: string
  /** Brings a picture to VK, for messages to anybody. @returns its name there @throws ApiError */
  uploadPhoto(file: OutgoingFile): Promise<string>
  /** What a person's page tells everybody; for after the consent, never on the way of an answer. */
  profileOf(userId: number): Promise<VkProfile | undefined>
  /** Takes no more events, finishes what is in hand and says what is still to be said, for at most `timeoutMs`. */
  stop(timeoutMs?: number): Promise<void>
}

interface Translation {
  told?: Told | undefined
  error?: Error
}

/**
 * Clients on VK: vk-io's API client, uploads, keyboards and contexts, with our own transports.
 * @throws Error with advice when the API's URL ends with a slash
 */
export function createVk({ apiUrl = 'https://api.vk.ru/method', ...options }: VkOptions): Vk {
  if (apiUrl.endsWith('/')) throw new Error(`Remove the slash at the end of the VK API URL "${apiUrl}"`)
  const {
    token,
    groupId,
    conversation,
    draw,
    limiter,
    log,
    wire,
    webhook,
    cursor,
    now = Date.now,
    delaysMs = {},
  } = options
  const vk = createVkApi({ token, apiUrl, limiter, wire })
  const caller = createCaller({ limiter, log, ...(delaysMs.calls ? { backOffMs: delaysMs.calls } : {}) })
  const pressed = createOnce()
  const surface = createVkSurface({ vk, caller, draw, log })
  const delivery = createDelivery({ surface, conversation, log })
  const intake = createIntake()
  const updates = new Updates({ api: vk.api, upload: vk.upload })
  const translations = new WeakMap<object, Translation>()
  let polling: Polling | undefined

  // vk-io swallows what a handler throws, so handlers here only translate, and note what went wrong.
  updates.use((context) => {
    const translation = translations.get(context['payload'])
    if (!translation) return
    try {
      translation.told = vkIncoming(context)
    } catch (error) {
      translation.error =
        error instanceof Error ? error : new Error('An event could not be read', { cause: error })
    }
  })

  return {
    async profile() {
      const found = await ask<{ groups: { id: number; name: string; screen_name: string }[] }>(
        'groups.getById',
        {},
      )
      const [group] = found.groups
      if (!group)
        throw new ApiError({ method: 'groups.getById', description: 'the token belongs to no community' })
      return { id: group.id, name: group.name, screenName: group.screen_name }
    },
    async poll() {
      polling = pollVk({
        getServer: () => ask<LongPollServer>('groups.getLongPollServer', { group_id: groupId }),
        ask: askLongPoll,
        handle: receive,
        keyOf: peerOf,
        log,
        redelivery: createRedelivery({ log, ...(delaysMs.updates ? { delaysMs: delaysMs.updates } : {}) }),
        ...(cursor ? { cursor } : {}),
      })
      await polling.done
    },
    webhook: createVkWebhook({
      path: webhook?.path ?? '/vk',
      groupId,
      secret: webhook?.secret,
      confirmation: webhook?.confirmation,
      receive: (update) => intake.take(() => receive(update)),
      log,
    }),
    send: (externalId, reply, sayOptions) => delivery.say(externalId, reply, sayOptions),
    tokenName: `vk:${groupId}`,
    uploadPhoto: (file) => surface.uploadPhoto(file),
    async profileOf(userId) {
      return readVkProfile(await ask('users.get', { user_ids: userId, fields: 'sex,bdate,city' }))
    },
    stop: (timeoutMs = 8_000) => windDown({ polling, intake, delivery, limiter, caller, log }, timeoutMs),
  }

  /** One try at an event: resolves when it is committed. */
  async function receive(raw: VkUpdate): Promise<void> {
    const update = normalized(raw)
    const told = await translate(update)
    const incoming: Incoming | undefined = told && {
      key: keyOfEvent(update),
      platform: 'vk',
      at: now(),
      ...told,
    }
    const reply = incoming && (await conversation.take(incoming))
    if (incoming && reply) {
      const sayOptions = { key: incoming.key, textButtons: incoming.callbackButtons === false }
      // Its failure is in the log already; the person's next act shows the current question again.
      delivery.say(incoming.externalId, reply, sayOptions).catch(() => undefined)
    }
    // What the person waits for goes out first.
    if (update.type === 'message_event') answerPress(update, reply?.toast)
  }

  async function translate(update: VkUpdate): Promise<Told | undefined> {
    const translation: Translation = {}
    translations.set(update.object, translation)
    await updates.handleWebhookUpdate(update)
    // As in telegram.ts.
    translations.delete(update.object)
    if (translation.error) throw translation.error
    return translation.told
  }

  /** Not awaited, and once: see telegram.ts. */
  function answerPress({ object }: VkUpdate, toast: string | undefined): void {
    const [userId, peerId] = [Number(object['user_id']), Number(object['peer_id'])]
    const eventId = String(object['event_id'])
    pressed
      .run(eventId, () => surface.answer({ eventId, userId, peerId }, toast))
      .catch((error: unknown) => {
        const code = error instanceof ApiError ? error.code : undefined
        log.warn({ event: 'press.unanswered', platform: 'vk', chat: peerId, code })
      })
  }

  async function askLongPoll(url: string, signal: AbortSignal): Promise<unknown> {
    const { status, text } = await wire.request(url, { signal, timeoutMs: 40_000 })
    if (status !== 200) throw new WireError('BAD_STATUS', { sent: true, status })
    return parseJson(text, status)
  }

  function ask<T>(method: string, params: Record<string, unknown>): Promise<T> {
    return caller.call(0, () => vk.call<T>(method, params))
  }
}
