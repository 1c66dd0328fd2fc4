import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Update } from 'telegraf/types'

/** Telegram's updates are a few kilobytes. */
const maxBodyBytes = 1_000_000

/**
 * A handler for Telegram's webhook: checks the secret, answers 200 when the update is taken, so that anything that goes wrong
 * before makes Telegram deliver it again.
 * @param take resolves when the update is handled
 */
export function createWebhook({
  secret,
  take,
}: {
  /** Absent: every request is refused. */
  secret: string | undefined
  take: (update: Update) => Promise<void>
}): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const end = (response: ServerResponse, status: number) => void response.writeHead(status).end()

  return async (request, response) => {
    if (request.method !== 'POST') return end(response, 405)
    if (!isSecret(request.headers['x-telegram-bot-api-secret-token'], secret)) return end(response, 401)
    const update = await readUpdateBody(request)
    if (!update) return end(response, 400)
    try {
      await take(update)
    } catch {
      return end(response, 500)
    }
    return end(response, 200)
  }
}

/** Compares digests: the time tells neither the secret nor its length. */
function isSecret(given: string | string[] | undefined, secret: string | undefined): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  if (typeof given !== 'string' || secret === undefined) return false
  return timingSafeEqual(digest(given), digest(secret))
}

async function readUpdateBody(request: IncomingMessage): Promise<Update | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > maxBodyBytes) return undefined
      chunks.push(chunk)
    }
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
    return isUpdate(body) ? body : undefined
  } catch {
    return undefined
  }
}

const isUpdate = (body: unknown): body is Update =>
  typeof body === 'object' && body !== null && 'update_id' in body && Number.isSafeInteger(body.update_id)
