import type { IncomingMessage, ServerResponse } from 'node:http'
import { answer, BodyTooLarge, readBody } from '../http.ts'
import type { Handler } from '../http.ts'
import type { Log } from './log.ts'
import type { VkUpdate } from './poll-vk.ts'
import { createSecretCheck } from './secret-check.ts'

export interface VkWebhookOptions {
  /** Where VK posts events, e.g. "/vk". */
  path: string
  groupId: number
  /** The community's secret key for this server. Without it everything is refused: anybody could post events. */
  secret: string | undefined
  /** What VK wants to hear back before it trusts the address. */
  confirmation: string | undefined
  /** Resolves when the event is committed, rejects when nothing was. */
  receive: (update: VkUpdate) => Promise<void>
  log: Log
}

const maxBodyBytes = 1024 * 1024

/** Takes events by Callback API. "ok" means committed; after 500 VK brings the event again. */
export function createVkWebhook(options: VkWebhookOptions): Handler {
  const { path, log, secret, groupId } = options
  const isSecret = secret === undefined ? undefined : createSecretCheck(secret)
  return (request, response) => {
    if (request.url?.split('?', 1)[0] !== path) return false
    void serve(request, response)
    return true
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return answer(response, 405)
    const event = await readEvent(request).catch((error: unknown) =>
      error instanceof BodyTooLarge ? 413 : 400,
    )
    if (typeof event === 'number') return answer(response, event)
    const wrong = whatIsWrong(event)
    if (wrong !== undefined) {
      log.warn({ event: 'webhook.refused', platform: 'vk', reason: wrong })
      return answer(response, 403)
    }
    if (event.type === 'confirmation') return confirm(response, options)
    try {
      await options.receive(event)
      return answer(response, 200, 'ok')
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error
      log.warn({ event: 'update.refused', platform: 'vk', update: event.event_id, error: name })
      return answer(response, 500)
    }
  }

  function whatIsWrong(event: SignedEvent): string | undefined {
    if (!isSecret) return 'no secret is set here: set VK_SECRET'
    if (!isSecret(event.secret)) return 'secret'
    return event.group_id === groupId ? undefined : 'community'
  }
}

type SignedEvent = VkUpdate & { secret?: string }

function confirm(response: ServerResponse, { confirmation, log }: VkWebhookOptions): void {
  if (confirmation !== undefined) return answer(response, 200, confirmation)
  log.error({
    event: 'webhook.refused',
    platform: 'vk',
    reason: 'no confirmation is set here: set VK_CONFIRMATION',
  })
  return answer(response, 500)
}

async function readEvent(request: IncomingMessage): Promise<SignedEvent> {
  const event = JSON.parse((await readBody(request, maxBodyBytes)).toString()) as SignedEvent | null
  if (typeof event?.type !== 'string') throw new Error('This is not an event')
  return typeof event.object === 'object' && event.object !== null ? event : { ...event, object: {} }
}
