import { Agent, request } from 'node:https'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { parseHttpAnswer } from './parse-http-answer.ts'
import type { HttpAnswer } from './parse-http-answer.ts'

/** Called once: with an error, or with the answer. */
export type Done = (error: (Error & { code?: string }) | undefined, answer?: HttpAnswer) => void

/** Posts JSON to one address over connections that are kept. The caller limits how many go at once. */
export interface HttpPoster {
  post(json: string, done: Done): void
  /** Cuts all connections; what is under way ends with an error. */
  close(): void
}

const ANSWER_TIMEOUT_MS = 60_000
/** Servers close idle connections; one that is about to be closed is not used (Node's default is 5 s). */
const IDLE_MAX_MS = 4000

/**
 * Over plain HTTP it speaks for itself on bare sockets: a benchmark sends thousands of updates a second through here,
 * and node:http's client would take most of the time. Over HTTPS, which the sandbox hardly meets, it is node:https.
 * @param headers besides Host and Content-Length
 */
export function createHttpPoster(address: string, headers: Record<string, string>): HttpPoster {
  const url = new URL(address)
  return url.protocol === 'https:' ? createSecurePoster(url, headers) : createPlainPoster(url, headers)
}

function createPlainPoster(url: URL, headers: Record<string, string>): HttpPoster {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `POST ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\n${lines.join('')}Content-Length: `
  const sockets = new Set<Socket>()
  /** The latest used last. */
  const idle: { socket: Socket; sinceMs: number }[] = []

  return {
    post(json, done) {
      const socket = takeIdle() ?? open()
      exchange(socket, `${head}${Buffer.byteLength(json)}\r\n\r\n${json}`, done)
    },
    close() {
      for (const socket of sockets) socket.destroy()
    },
  }

  function takeIdle(): Socket | undefined {
    for (let last = idle.pop(); last; last = idle.pop()) {
      if (!last.socket.destroyed && performance.now() - last.sinceMs < IDLE_MAX_MS) return last.socket
      last.socket.destroy()
    }
    return undefined
  }

  function open(): Socket {
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
    const socket = connect({ host, port: url.port === '' ? 80 : Number(url.port), noDelay: true })
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // While nothing is asked, a broken connection is no error.
    socket.on('error', () => undefined)
    return socket
  }

  function exchange(socket: Socket, message: string, done: Done): void {
    let received: Buffer = Buffer.alloc(0)
    const onData = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      read(false)
    }
    const onEnd = () => read(true)
    const onTimeout = () => socket.destroy(new Error('Read timeout expired'))
    const onError = (error: Error) => finish(error)
    const onClose = () => finish(new Error('Webhook connection closed'))
    socket
      .on('data', onData)
      .on('end', onEnd)
      .on('timeout', onTimeout)
      .on('error', onError)
      .on('close', onClose)
    socket.setTimeout(ANSWER_TIMEOUT_MS)
    socket.write(message)

    function read(ended: boolean): void {
      try {
        const answer = parseHttpAnswer(received, ended)
        if (answer) finish(undefined, answer, ended)
      } catch (error) {
        socket.destroy(error as Error)
      }
    }

    function finish(error: Error | undefined, answer?: HttpAnswer, ended = true): void {
      socket
        .off('data', onData)
        .off('end', onEnd)
        .off('timeout', onTimeout)
        .off('error', onError)
        .off('close', onClose)
      socket.setTimeout(0)
      if (error || ended || answer?.headers['connection']?.toLowerCase() === 'close') socket.destroy()
      else idle.push({ socket, sinceMs: performance.now() })
      done(error, answer)
    }
  }
}

function createSecurePoster(url: URL, headers: Record<string, string>): HttpPoster {
  const agent = new Agent({ keepAlive: true })
  return {
    post(json, done) {
      let finished = false
      const finish: Done = (error, answer) => {
        if (finished) return
        finished = true
        done(error, answer)
      }
      const length = { 'Content-Length': Buffer.byteLength(json) }
      const post = request(url, { method: 'POST', agent, headers: { ...headers, ...length } }, (response) => {
        response.on('error', finish)
        void response.toArray().then(
          (chunks: Buffer[]) => finish(undefined, answerOf(response, Buffer.concat(chunks))),
          (error: unknown) => finish(error as Error),
        )
      })
      post.setTimeout(ANSWER_TIMEOUT_MS, () => post.destroy(new Error('Read timeout expired')))
      post.on('error', finish)
      post.end(json)
    },
    close: () => agent.destroy(),
  }
}

function answerOf(
  response: {
    statusCode?: number | undefined
    statusMessage?: string | undefined
    headers: NodeJS.Dict<string | string[]>
  },
  body: Buffer,
): HttpAnswer {
  const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
  return {
    status: response.statusCode ?? 0,
    reason: response.statusMessage ?? '',
    headers: Object.fromEntries(headers) as Record<string, string>,
    body,
  }
}
