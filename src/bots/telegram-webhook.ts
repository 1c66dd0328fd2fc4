import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Update } from 'grammy/types'
import { answer, BodyTooLarge, readBody } from '../http.ts'
import type { Handler } from '../http.ts'
import type { Log } from './log.ts'
import { createSecretCheck } from './secret-check.ts'

/** A call that Telegram makes on our behalf when it reads our answer: its outcome stays unknown. */
export type ResponseCall = { method: string } & Record<string, unknown>

export interface TelegramWebhookOptions {
  /** Where Telegram posts updates, e.g. "/telegram". */
  path: string
  /** What setWebhook was given as secret_token. Without it everything is refused: anybody could post updates. */
  secret: string | undefined
  /** Resolves when the update is committed, with the call that may go into the answer; rejects when nothing was. */
  receive: (update: Update) => Promise<ResponseCall | undefined>
  log: Log
}

const maxBodyBytes = 1024 * 1024

/** Takes updates by HTTP. 200 means committed; after 500 Telegram brings the update again. */
export function createTelegramWebhook({ path, secret, receive, log }: TelegramWebhookOptions): Handler {
  const isSecret = secret === undefined ? undefined : createSecretCheck(secret)
  return (request, response) => {
    if (request.url?.split('?', 1)[0] !== path) return false
    void serve(request, response)
    return true
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return answer(response, 405)
    if (!isSecret?.(request.headers['x-telegram-bot-api-secret-token'])) {
      log.warn({ event: 'webhook.refused', platform: 'telegram', reason: 'secret' })
      return answer(response, 401)
    }
    const update = await readUpdate(request).catch((error: unknown) =>
      error instanceof BodyTooLarge ? 413 : 400,
    )
    if (typeof update === 'number') return answer(response, update)
    try {
      const call = await receive(update)
      return call ? answerJson(response, call) : answer(response, 200)
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error
      log.warn({ event: 'update.refused', platform: 'telegram', update: update.update_id, error: name })
      return answer(response, 500)
    }
  }
}

async function readUpdate(request: IncomingMessage): Promise<Update> {
  const update = JSON.parse((await readBody(request, maxBodyBytes)).toString()) as Update | null
  if (!Number.isInteger(update?.update_id)) throw new Error('This is not an update')
  return update as Update
}

function answerJson(response: ServerResponse, call: ResponseCall): void {
  const body = JSON.stringify(call)
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
  response.writeHead(200, headers).end(body)
}
