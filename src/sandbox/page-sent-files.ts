import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Messenger } from './messenger.ts'
import { answerWith, checkChat, checkPosted, readBody, RefusedRequest } from './page-request.ts'

/** More than Telegram gives to a bot (20 MB): so one can see what the bot says to that. */
const maxFileBytes = 64 * 1024 * 1024

const id = z.coerce.number().int().positive()
const place = z.strictObject({ botId: id, personId: id, name: z.string().trim().min(1).max(255) })

/**
 * POST /file?botId=…&personId=…&name=… with the file as its body: a person of Telegram sends it to a bot. Answers as /act does.
 */
export function createSentFiles(telegram: Messenger) {
  return {
    serve: (request: IncomingMessage, response: ServerResponse): void =>
      answerWith(response, send(telegram, request)),
  }
}

async function send(telegram: Messenger, request: IncomingMessage): Promise<object> {
  checkPosted(request)
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const parsed = place.safeParse(Object.fromEntries(searchParams))
  if (!parsed.success) throw new RefusedRequest(400, z.prettifyError(parsed.error))
  checkChat(telegram, parsed.data)
  const { botId, personId, name } = parsed.data
  telegram.sendDocument(botId, personId, { name, bytes: await readBody(request, maxFileBytes) })
  return {}
}
