import type { Update } from 'telegraf/types'
import { ApiError } from '../api-error.ts'
import type { Log } from '../log.ts'
import type { PollParams } from '../poll-telegram.ts'
import type { Gateway } from './gateway.ts'

export const allowedUpdates = ['message', 'callback_query', 'my_chat_member']

/** Telegraf's getUpdates for the poller. A webhook in the way is removed: whoever polls has no use for it. */
export function getUpdatesOf(
  gateway: Gateway,
  log: Log,
): (params: PollParams, signal: AbortSignal) => Promise<Update[]> {
  return async (params, signal) => {
    const poll = async () => {
      // A connection may die silently; Telegram answers within `timeout` seconds.
      const limit = AbortSignal.any([signal, AbortSignal.timeout((params.timeout + 15) * 1000)])
      const request = { ...params, allowed_updates: allowedUpdates }
      return (await gateway.attempt('getUpdates', request, limit)) as Update[]
    }
    try {
      return await poll()
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 409 && error.description.includes('webhook')))
        throw error
      await gateway.ask('deleteWebhook', {})
      log.info({ event: 'webhook.removed', platform: 'telegram' })
      return poll()
    }
  }
}
