import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Takes the request and returns true, or leaves it untouched and returns false. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => boolean

export interface HttpOptions {
  /** Tried in order; the first that takes a request answers it. */
  handlers: Handler[]
  /** Resolves when all is well, rejects with what is wrong: /health answers 200 or 503. Absent: always well. */
  health?: () => Promise<unknown>
  /** Told of a handler that threw; the client gets 500. */
  onError?: (error: unknown) => void
}

export interface Http {
  /**
   * @param port 0 takes a free one
   * @returns `url` without a slash at the end: "http://127.0.0.1:PORT"
   * @throws the socket's error when the port is taken or forbidden
   */
  listen(options?: { port?: number; host?: string }): Promise<{ url: string; port: number }>
  /** Takes no new connections, lets the requests in hand finish for `graceMs`, then cuts the rest. */
  close(graceMs?: number): Promise<void>
}

/** The one HTTP server of a process: webhooks, the sandbox, and GET /health. */
export function createHttp({ handlers, health, onError }: HttpOptions): Http {
  let closing = false
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    if (closing) response.setHeader('Connection', 'close')
    try {
      if (request.url === '/health') return answerHealth(request, response)
      if (handlers.some((handler) => handler(request, response))) return undefined
      return answer(response, 404, 'Not Found')
    } catch (error) {
      onError?.(error)
      return response.headersSent ? void response.destroy() : answer(response, 500, 'Internal Server Error')
    }
  })
  // Longer than the minute that common proxies keep a connection for: the proxy, not we, closes idle ones.
  server.keepAliveTimeout = 75_000

  return { listen, close }

  async function listen({ port = 0, host = '127.0.0.1' } = {}): Promise<{ url: string; port: number }> {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, () => {
        server.off('error', reject)
        resolve()
      })
    })
    const bound = server.address() as AddressInfo
    return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`, port: bound.port }
  }

  async function close(graceMs = 5_000): Promise<void> {
    closing = true
    if (!server.listening) return
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    // A connection becomes idle when its answer is out, so they are looked for again and again.
    const idle = setInterval(() => server.closeIdleConnections(), 50)
    const late = setTimeout(() => server.closeAllConnections(), graceMs)
    server.closeIdleConnections()
    await closed
    clearInterval(idle)
    clearTimeout(late)
  }

  function answerHealth(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return answer(response, 405, 'Method Not Allowed')
    if (closing) return answer(response, 503, 'closing')
    Promise.resolve(health?.()).then(
      () => answer(response, 200, 'ok'),
      (error: unknown) => {
        onError?.(error)
        answer(response, 503, 'unavailable')
      },
    )
  }
}

/** A body is bigger than the handler allows: answer 413. */
export class BodyTooLarge extends Error {
  constructor(maxBytes: number) {
    super(`The request's body is over ${maxBytes} bytes`)
    this.name = 'BodyTooLarge'
  }
}

/**
 * Reads a request's body.
 * @throws BodyTooLarge as soon as it is known to be over `maxBytes`; Error when the connection breaks
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length']) > maxBytes) return reject(new BodyTooLarge(maxBytes))
    const chunks: Buffer[] = []
    let size = 0
    const read = (chunk: Buffer) => {
      size += chunk.length
      if (size <= maxBytes) return void chunks.push(chunk)
      // What follows is thrown away unread; the handler's answer closes the connection.
      request.off('data', read).resume()
      return reject(new BodyTooLarge(maxBytes))
    }
    request.on('data', read)
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    request.once('error', reject)
    request.once('close', () => {
      if (!request.complete) reject(new Error('The connection broke before the body was complete'))
    })
    return undefined
  })
}

/** Answers with a short plain text. After an error the connection is closed: an unread body may still be coming. */
export function answer(response: ServerResponse, status: number, text = ''): void {
  const headers: Record<string, string | number> = {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  }
  if (status >= 400) headers['Connection'] = 'close'
  response.writeHead(status, headers).end(text)
}
