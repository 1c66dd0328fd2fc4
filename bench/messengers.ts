/** A messenger's stand-in for one bot under test, without the platform's rates. It lives in this process, with the people. */
import { listen } from '../src/sandbox/listen.ts'
import type { Messenger } from '../src/sandbox/messenger.ts'
import { createTelegram } from '../src/sandbox/telegram/telegram.ts'
import { createVk } from '../src/sandbox/vk/vk.ts'

export interface BenchMessenger {
  messenger: Messenger
  /** Which bot people talk to. */
  botId: number
  token: string
  apiRoot: string
  /** VK: connects the bot's address, as the community's settings page would. Telegram's bots do it themselves. */
  connect(webhook: { url: string; secret: string; confirmation: string }): Promise<void>
  close(): Promise<void>
}

/** Opens a stand-in on a free port. */
export async function openMessenger(platform: 'telegram' | 'vk'): Promise<BenchMessenger> {
  const id = platform === 'telegram' ? 101 : 201
  const token = platform === 'telegram' ? `${id}:bench` : 'bench'
  // Few messages are kept: a chat that goes on for ever must not become a measurement of this process's memory.
  const telegram =
    platform === 'telegram'
      ? createTelegram({
          bots: [{ id, token, name: 'Салон', username: 'salon_bot' }],
          limits: null,
          messagesKept: 40,
        })
      : undefined
  const vk = telegram
    ? undefined
    : createVk({ group: { id, token, name: 'Салон', screenName: 'salon' }, rate: null })
  const messenger = telegram ?? vk
  if (!messenger) throw new Error(`There is no stand-in for ${platform}`)
  const server = await listen([messenger.handle.bind(messenger)])
  return {
    messenger,
    botId: id,
    token,
    apiRoot: server.url,
    connect: async (webhook) => vk?.setCallback(webhook),
    async close() {
      messenger.close()
      await server.close()
    },
  }
}
