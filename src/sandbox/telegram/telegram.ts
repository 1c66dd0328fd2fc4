import { createFaults } from '../faults.ts'
import type { BotProfile, Chat, Messenger, MessengerEvent, Person } from '../messenger.ts'
import { chatOf, refreshPerson } from './chat-state.ts'
import { commandsFor } from './commands.ts'
import { createFiles } from './files.ts'
import { createPersonActions } from './person-actions.ts'
import { createRates, DEFAULT_LIMITS } from './rates.ts'
import type { Limits } from './rates.ts'
import { readSaved, restoreBot, saveWorld } from './saved.ts'
import type { SavedBot } from './saved.ts'
import { createApiServer } from './serve.ts'
import { shownKeyboard, shownMessage } from './shown-message.ts'
import type { BotState, World } from './state.ts'
import { createUpdateQueue } from './update-queue.ts'
import { createWebhookSender } from './webhook-sender.ts'

export interface TelegramOptions {
  /** `username` without "@"; the token must begin with the id and a colon. */
  bots: (BotProfile & { token: string })[]
  people?: Person[]
  /** What `save` returned, after a trip through JSON. */
  saved?: unknown
  /** What stands on messages, epoch milliseconds. */
  now?: () => number
  /** Measures what lasts (updates, presses, typing, rates): no jump of `now` moves it. Epoch milliseconds; `now` by default. */
  realNow?: () => number
  /** As Math.random. */
  random?: () => number
  /** Rates to hold bots to; null: none (benchmarks). */
  limits?: Partial<Limits> | null
  /** How long a press can be answered; not documented, bots report 10 to 20 s. */
  callbackLifeMs?: number
  /** The first step of the webhook's doubling delay (real server: 1 s). */
  webhookRetryMs?: number
  /**
   * What waits for each other at a webhook: 'chat' = all updates of a chat; 'kind' = as on the real server, where a
   * chat's messages, presses and membership changes are three separate lines.
   */
  webhookOrder?: 'chat' | 'kind'
  /** How many of the latest messages each chat keeps. */
  messagesKept?: number
  /** Contacts come without "+", as some of Telegram's clients send them. */
  barePhones?: boolean
}

export interface Telegram extends Messenger {
  /** How many updates wait to be confirmed. */
  updatesPending(botId: number): number
  /** The bot is waiting for updates by long polling. */
  isPolled(botId: number): boolean
}

/**
 * A stand-in for the Telegram Bot API with private chats only: people on one side (`Messenger`), bots over HTTP on the
 * other (`handle`). As strict as the real server where that is known.
 * @throws Error when a token does not fit its bot, or `saved` is of another version
 */
export function createTelegram({
  bots,
  people = [],
  saved: savedValue,
  now = Date.now,
  realNow = now,
  random = Math.random,
  limits: wishedLimits,
  callbackLifeMs = 15_000,
  webhookRetryMs = 1000,
  webhookOrder = 'chat',
  messagesKept = 300,
  barePhones = false,
}: TelegramOptions): Telegram {
  const saved = readSaved(savedValue)
  const faults = createFaults({ pollingMethods: ['getUpdates'] })
  const listeners = new Set<(event: MessengerEvent) => void>()
  const limits = wishedLimits === null ? null : { ...DEFAULT_LIMITS, ...wishedLimits }
  const world: World = {
    bots: [],
    people: new Map([...(saved?.people ?? []), ...people].map((person) => [person.id, person])),
    files: createFiles(),
    limits,
    messagesKept,
    callbackLifeMs,
    isWatched: () => listeners.size > 0,
    emit(event) {
      for (const listener of listeners) listener(event)
    },
    now,
    realNow,
    random,
    openWebhook: (bot, settings) =>
      createWebhookSender({
        settings,
        queue: bot.queue,
        laneOf: ({ personId, kind }) => (webhookOrder === 'chat' ? String(personId) : `${personId} ${kind}`),
        onResponse: (contentType, body) => server.callFromWebhook(bot, contentType, body),
        onGone() {
          bot.webhook?.sender.close()
          bot.webhook = undefined
        },
        retryMs: webhookRetryMs,
        now: realNow,
        random,
      }),
  }
  for (const options of bots) {
    const savedBot = saved?.bots.find(({ id }) => id === options.id)
    world.bots.push(createBot(options, savedBot))
  }
  const server = createApiServer({ world, faults })
  if (saved) {
    world.files.restore(saved.files)
    for (const savedBot of saved.bots) {
      const bot = world.bots.find(({ profile }) => profile.id === savedBot.id)
      if (bot) restoreBot(world, bot, savedBot)
    }
  }

  return {
    platform: 'telegram',
    bots: () => world.bots.map(({ profile }) => profile),
    people: () => [...world.people.values()],
    addPerson(person) {
      world.people.set(person.id, person)
      for (const { chats } of world.bots) {
        const chat = chats.get(person.id)
        if (chat) refreshPerson(chat, person)
      }
    },
    chat: (botId, personId) => shownChat(botById(botId), personId),
    ...createPersonActions({ world, barePhones }),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    save: () => saveWorld(world),
    handle: server.handle,
    faults,
    close() {
      for (const bot of world.bots) {
        bot.webhook?.sender.close({ cut: true })
        bot.queue.close()
        for (const chat of bot.chats.values()) clearTimeout(chat.typingTimer)
      }
    },
    updatesPending: (botId) => botById(botId).queue.pending().length,
    isPolled: (botId) => botById(botId).queue.isPolled(),
  }

  function botById(botId: number): BotState {
    const bot = world.bots.find(({ profile }) => profile.id === botId)
    if (!bot) throw new Error(`There is no bot ${botId}`)
    return bot
  }

  function createBot({ token, ...profile }: TelegramOptions['bots'][number], savedBot?: SavedBot): BotState {
    if (!token.startsWith(`${profile.id}:`))
      throw new Error(`The token of bot ${profile.id} must begin with "${profile.id}:"`)
    return {
      profile,
      token,
      user: { id: profile.id, is_bot: true, first_name: profile.name, username: profile.username },
      chats: new Map(),
      queue: createUpdateQueue({
        firstId: nextNumber(undefined),
        now: realNow,
        limits,
        lane: faults.lane,
        ...(savedBot ? { saved: { ...savedBot.queue, nextId: nextNumber(savedBot.queue.nextId) } } : {}),
      }),
      rates: createRates({ limits, now: realNow }),
      nextMessageId: nextNumber(savedBot?.nextMessageId),
      callbackCount: nextNumber(savedBot?.callbackCount),
      callbacks: new Map(),
      webhook: undefined,
      webhookSetAtMs: -Infinity,
      loggedOut: false,
      commands: {},
      names: {},
      descriptions: {},
      shortDescriptions: {},
      menuButtons: {},
    }
  }

  function nextNumber(savedNumber: number | undefined): number {
    return Math.max(firstNumber(realNow()), (savedNumber ?? -RESTART_GAP) + RESTART_GAP)
  }

  function shownChat(bot: BotState, personId: number): Chat {
    const chat = chatOf(world, bot, personId)
    if (!chat) throw new Error(`There is no person ${personId}`)
    return {
      platform: 'telegram',
      botId: bot.profile.id,
      personId,
      messages: chat.messages.map((message) => shownMessage(message, world.files)),
      keyboard: shownKeyboard(chat),
      typing: chat.typingUntilMs > realNow(),
      blocked: chat.blocked,
      started: chat.started,
      commands: commandsFor(bot, chat),
    }
  }
}

/** A crash forgets what came after the last `save`: more numbers than can have been given out in that time. */
const RESTART_GAP = 20_000

/**
 * Where numbers (updates, messages, presses) start in a fresh sandbox: four a second since 2024, so that a bot's
 * database never meets a number again after the sandbox forgot everything. Fits 31 bits until 2041.
 */
function firstNumber(nowMs: number): number {
  return Math.max(1, Math.floor((nowMs - Date.UTC(2024, 0, 1)) / 250))
}
