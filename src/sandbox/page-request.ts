import type { IncomingMessage } from 'node:http'

/** A request that is answered with `status` and its message as the reason. */
export class RefusedRequest extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const maxBodyBytes = 64 * 1024

/**
 * Reads a JSON body.
 * @throws RefusedRequest 415 (another content type), 413 (over 64 KiB), 400 (not JSON)
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new RefusedRequest(415, 'Send application/json')
  }
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    // The rest is read and dropped: cutting the connection would hide the answer from the sender.
    if (bytes <= maxBodyBytes) chunks.push(chunk)
  }
  if (bytes > maxBodyBytes) throw new RefusedRequest(413, `The body is over ${maxBodyBytes} bytes`)
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch (error) {
    throw new RefusedRequest(
      400,
      `The body is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
