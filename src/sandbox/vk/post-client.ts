import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

export interface PostAnswer {
  status: number
  body: string
  /** From the Retry-After header; 0 when there is none, or it is a date. */
  retryAfterSeconds: number
}

/** POSTs JSON to one address over kept connections. */
export interface PostClient {
  /** @throws when the connection breaks or nothing comes within the time */
  post(body: string, headers: string): Promise<PostAnswer>
  close(): void
}

interface Job {
  request: string
  resolve(answer: PostAnswer): void
  reject(error: Error): void
}

interface Line {
  socket: Socket
  received: string
  job: Job | undefined
}

const maxLines = 128

/**
 * A small HTTP/1.1 client: deliveries to the bot are a good part of the stand-in's work under load,
 * and node:http takes three times as long for each. At most 128 connections; what is more waits in a queue.
 * @param url http: or https:
 */
export function createPostClient({ url, timeoutMs }: { url: URL; timeoutMs: number }): PostClient {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const secure = url.protocol === 'https:'
  const port = Number(url.port || (secure ? 443 : 80))
  const head = `POST ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: keep-alive\r\n`
  const lines = new Set<Line>()
  const idle: Line[] = []
  const waiting: Job[] = []

  return {
    post: (body, headers) =>
      new Promise((resolve, reject) => {
        const request = `${head}${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
        waiting.push({ request, resolve, reject })
        pump()
      }),
    close() {
      for (const { reject } of waiting.splice(0)) reject(new Error('the client was closed'))
      for (const { socket } of lines) socket.destroy()
    },
  }

  function pump(): void {
    while (waiting.length > 0 && (idle.length > 0 || lines.size < maxLines)) {
      const line = idle.pop() ?? open()
      line.job = waiting.shift()
      line.received = ''
      if (line.job) line.socket.write(line.job.request)
    }
  }

  function open(): Line {
    const socket = secure ? connectTls({ host, port, servername: host }) : connect({ host, port })
    socket.setNoDelay(true)
    const line: Line = { socket, received: '', job: undefined }
    lines.add(line)
    // One character a byte: lengths are in bytes, and what matters of the answer is ASCII.
    socket.setEncoding('latin1')
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no answer within ${timeoutMs} ms`)))
    socket.on('data', (text: string) => receive(line, text))
    socket.on('error', (error) => fail(line, error))
    socket.on('close', () => {
      lines.delete(line)
      if (idle.includes(line)) idle.splice(idle.indexOf(line), 1)
      finish(line, parseAnswer(line.received, true))
      fail(line, new Error('the connection was closed before the answer'))
      pump()
    })
    return line
  }

  function receive(line: Line, text: string): void {
    line.received += text
    const answer = parseAnswer(line.received, false)
    if (!answer) return
    finish(line, answer)
    if (answer.keepsOpen) idle.push(line)
    else line.socket.destroy()
    pump()
  }
}

function finish(line: Line, answer: PostAnswer | undefined): void {
  if (answer) line.job?.resolve(answer)
  if (answer) line.job = undefined
}

function fail(line: Line, error: Error): void {
  line.job?.reject(error)
  line.job = undefined
}

/** Undefined: not complete yet. `isEnd`: nothing more will come. */
function parseAnswer(text: string, isEnd: boolean): (PostAnswer & { keepsOpen: boolean }) | undefined {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const head = text.slice(0, headEnd)
  const rest = text.slice(headEnd + 4)
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? 0)
  if (status >= 100 && status < 200) return parseAnswer(rest, isEnd)
  const body = status === 204 || status === 304 ? '' : parseBody(head, rest, isEnd)
  if (body === undefined) return undefined
  const retryAfterSeconds = Number(/^retry-after:\s*(\d+)\s*$/im.exec(head)?.[1] ?? 0)
  return { status, body, retryAfterSeconds, keepsOpen: !isEnd && !/^connection:\s*close/im.test(head) }
}

function parseBody(head: string, rest: string, isEnd: boolean): string | undefined {
  const length = /^content-length:\s*(\d+)/im.exec(head)?.[1]
  if (length !== undefined) return rest.length >= Number(length) ? rest.slice(0, Number(length)) : undefined
  if (/^transfer-encoding:.*chunked/im.test(head)) return parseChunks(rest)
  return isEnd ? rest : undefined
}

function parseChunks(rest: string): string | undefined {
  let body = ''
  for (let at = 0; ;) {
    const sizeEnd = rest.indexOf('\r\n', at)
    if (sizeEnd < 0) return undefined
    const size = Number.parseInt(rest.slice(at, sizeEnd), 16)
    if (Number.isNaN(size)) return body
    if (size === 0) return rest.includes('\r\n\r\n', sizeEnd) ? body : undefined
    if (rest.length < sizeEnd + 2 + size + 2) return undefined
    body += rest.slice(sizeEnd + 2, sizeEnd + 2 + size)
    at = sizeEnd + 2 + size + 2
  }
}
