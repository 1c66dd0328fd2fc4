import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Messenger } from './messenger.ts'
import { actHeader } from './page-guard.ts'

/** A request that is answered with `status` and its message as the reason. */
export class RefusedRequest extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const maxJsonBytes = 64 * 1024

/**
 * Reads a JSON body.
 * @throws RefusedRequest 415 (another content type), 413 (over 64 KiB), 400 (not JSON)
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new RefusedRequest(415, 'Send application/json')
  }
  const body = await readBody(request, maxJsonBytes)
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new RefusedRequest(
      400,
      `The body is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

/** @throws RefusedRequest 413 (over `maxBytes`) */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    // The rest is read and dropped: cutting the connection would hide the answer from the sender.
    if (bytes <= maxBytes) chunks.push(chunk)
  }
  if (bytes > maxBytes) throw new RefusedRequest(413, `The body is over ${maxBytes} bytes`)
  return Buffer.concat(chunks)
}

/** Lets through what our own page posts. @throws RefusedRequest 405, 403 */
export function checkPosted(request: IncomingMessage): void {
  if (request.method !== 'POST') throw new RefusedRequest(405, 'Use POST')
  if (request.headers[actHeader] === undefined)
    throw new RefusedRequest(403, `The header ${actHeader} is missing`)
}

/** @throws RefusedRequest 400 when the messenger knows no such bot or person */
export function checkChat(
  messenger: Messenger,
  { botId, personId }: { botId: number; personId: number },
): void {
  if (!messenger.bots().some((bot) => bot.id === botId))
    throw new RefusedRequest(400, `There is no bot ${botId}`)
  if (!messenger.people().some((one) => one.id === personId))
    throw new RefusedRequest(400, `There is no person ${personId}`)
}

/** Answers 200 with `{ ok: true }` and what `work` resolves with, or with the reason why not. */
export function answerWith(response: ServerResponse, work: Promise<object>): void {
  work
    .then((done) => reply(response, 200, { ok: true, ...done }))
    .catch((error: unknown) => {
      const status = error instanceof RefusedRequest ? error.status : 400
      reply(response, status, { error: error instanceof Error ? error.message : String(error) })
    })
}

function reply(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    })
    .end(JSON.stringify(body))
}
