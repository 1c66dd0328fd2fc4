import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Messenger } from './messenger.ts'
import { answerWith, checkChat, checkPosted, readBody, RefusedRequest } from './page-request.ts'

/** More than Telegram gives to a bot (20 MB): so one can see what the bot says to that. */
const maxFileBytes = 64 * 1024 * 1024

const id = z.coerce.number().int().positive()
const place = z.strictObject({
  botId: id,
  personId: id,
  name: z.string().trim().min(1).max(255),
  as: z.enum(['document', 'photo']).default('document'),
  caption: z.string().max(1024).optional(),
})

/**
 * POST /file?botId=…&personId=…&name=… with the file as its body: a person of Telegram sends it to a bot; with &as=photo, and
 * &caption=… perhaps, as a photo. Answers as /act does.
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
  const { botId, personId, name, as, caption } = parsed.data
  const file = { name, bytes: await readBody(request, maxFileBytes) }
  if (as === 'document') telegram.sendDocument(botId, personId, file)
  else telegram.sendPhoto(botId, personId, { ...file, ...(caption !== undefined && { caption }) })
  return {}
}
