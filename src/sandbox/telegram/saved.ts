import { isObject } from './json-object.ts'
import type { Person } from '../messenger.ts'
import { chatOf } from './chat-state.ts'
import type { SavedFile } from './files.ts'
import type { BotState, CallbackState, ChatState, StoredMessage, World } from './state.ts'
import type { SavedQueue } from './update-queue.ts'
import type { WebhookSettings } from './webhook-sender.ts'

const VERSION = 1

export interface Saved {
  version: typeof VERSION
  people: Person[]
  files: SavedFile[]
  bots: SavedBot[]
}

type KeptBotFields =
  | 'nextMessageId'
  | 'callbackCount'
  | 'commands'
  | 'names'
  | 'descriptions'
  | 'shortDescriptions'
  | 'menuButtons'
type KeptChatFields = 'messages' | 'keyboard' | 'blocked' | 'started' | 'pinnedMessageId'

export interface SavedBot extends Pick<BotState, KeptBotFields> {
  id: number
  queue: SavedQueue
  webhook: WebhookSettings | undefined
  callbacks: [string, CallbackState][]
  chats: (Pick<ChatState, KeptChatFields> & { personId: number })[]
}

/** All that is worth keeping over a restart. Texts under way, rates and faults are not. */
export function saveWorld(world: World): Saved {
  return {
    version: VERSION,
    people: [...world.people.values()],
    files: world.files.save(),
    bots: world.bots.map((bot) => ({
      id: bot.profile.id,
      nextMessageId: bot.nextMessageId,
      callbackCount: bot.callbackCount,
      queue: bot.queue.save(),
      webhook: bot.webhook?.settings,
      callbacks: [...bot.callbacks],
      commands: { ...bot.commands },
      names: { ...bot.names },
      descriptions: { ...bot.descriptions },
      shortDescriptions: { ...bot.shortDescriptions },
      menuButtons: { ...bot.menuButtons },
      chats: [...bot.chats.values()].map((chat) => ({
        personId: chat.person.id,
        messages: [...chat.messages],
        keyboard: chat.keyboard,
        blocked: chat.blocked,
        started: chat.started,
        pinnedMessageId: chat.pinnedMessageId,
      })),
    })),
  }
}

/**
 * Recognises what `saveWorld` made, after JSON.
 * @throws Error when it is something else, or of another version
 */
export function readSaved(value: unknown): Saved | undefined {
  if (value === undefined || value === null) return undefined
  if (!isObject(value) || value['version'] !== VERSION) {
    throw new Error(
      'The saved state of the Telegram sandbox is of another version: delete it and start afresh',
    )
  }
  return structuredClone(value) as unknown as Saved
}

/** Puts a bot's chats, commands and pending presses back; its queue and numbers were given at its creation. */
export function restoreBot(world: World, bot: BotState, saved: SavedBot): void {
  bot.callbacks = new Map(saved.callbacks)
  bot.commands = saved.commands
  bot.names = saved.names
  bot.descriptions = saved.descriptions
  bot.shortDescriptions = saved.shortDescriptions
  bot.menuButtons = saved.menuButtons
  for (const { personId, ...kept } of saved.chats) {
    const chat = chatOf(world, bot, personId)
    if (!chat) continue
    Object.assign(chat, kept, { messages: kept.messages.map((message): StoredMessage => ({ ...message })) })
  }
  if (saved.webhook) bot.webhook = { settings: saved.webhook, sender: world.openWebhook(bot, saved.webhook) }
}
