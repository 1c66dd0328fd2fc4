import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Readable } from 'node:stream'

export interface WireRequest {
  method?: string
  headers?: Record<string, string>
  body?: string | Readable
  /** Any AbortSignal: grammY brings a polyfilled one. */
  signal?: Pick<AbortSignal, 'aborted'> & Listenable
  /** Longest silence, in milliseconds. Absent: 60 s, longer than any poll. */
  timeoutMs?: number
}

interface Listenable {
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

export interface WireResponse {
  status: number
  text: string
}

/** As much of a fetch Response as grammY looks at. */
export interface FetchResponse {
  ok: boolean
  status: number
  statusText: string
  json(): Promise<unknown>
}

/** How the bots reach the messengers: connections kept alive, through a proxy when there is one. */
export interface Wire {
  /**
   * One HTTP exchange; never asks for compression, follows no redirects.
   * @throws WireError when no complete answer came
   */
  request(url: string, options?: WireRequest): Promise<WireResponse>
  /**
   * Fetches a file.
   * @throws WireError when it did not come whole; code HTTP with the status where the server has something else to say,
   *   TOO_BIG where it is more than `maxBytes`
   */
  download(url: string, options: { maxBytes: number; timeoutMs?: number }): Promise<Buffer>
  /** For grammY's `client.fetch`: 1.4 times as fast as its own node-fetch. */
  fetch(url: string, options: WireRequest): Promise<FetchResponse>
  /** For Telegraf's and vk-io's `agent`; an http agent for http: URLs, whatever the type says (their types know https only). */
  agentFor(url: string): HttpsAgent
  /** Cuts the idle connections. */
  close(): void
}

/** A call without a usable answer. Has no URL in it: Telegram's URLs contain the token. */
export class WireError extends Error {
  /** Node's error code ("ECONNRESET"), or TIMEOUT, ABORTED, NOT_JSON, HTTP, TOO_BIG. */
  readonly code: string
  /** False when the request surely never left: the connection was not there yet. */
  readonly sent: boolean
  readonly status: number | undefined

  constructor(code: string, { sent, status }: { sent: boolean; status?: number }) {
    super(status === undefined ? code : `${code} (HTTP ${status})`)
    this.name = 'WireError'
    this.code = code
    this.sent = sent
    this.status = status
  }
}

const defaultTimeoutMs = 60_000

/**
 * @param proxyUrl proxy for https: URLs ("http://user:password@proxy:3128"); http: URLs are local and go straight
 * @param ca certificates to trust instead of Node's own
 */
export function createWire({ proxyUrl, ca }: { proxyUrl?: string; ca?: string } = {}): Wire {
  const common = { keepAlive: true, maxSockets: 256, maxFreeSockets: 256 }
  const http = new HttpAgent(common)
  const placeOf = createUrlSplitter()
  const https = new HttpsAgent({
    ...common,
    ...(ca === undefined ? {} : { ca }),
    ...(proxyUrl === undefined ? {} : { proxyEnv: { HTTPS_PROXY: proxyUrl } }),
  })

  return {
    request,
    async fetch(url, options) {
      const { status, text } = await request(url, options)
      return {
        ok: status < 300,
        status,
        statusText: String(status),
        json: async () => parseJson(text, status),
      }
    },
    download,
    agentFor: (url) => (url.startsWith('https:') ? https : (http as unknown as HttpsAgent)),
    close() {
      http.destroy()
      https.destroy()
    },
  }

  function begin(url: string, { method = 'GET', headers = {}, body }: WireRequest): ClientRequest {
    const { secure, ...place } = placeOf(url)
    const length =
      typeof body === 'string' ? { 'content-length': String(Buffer.byteLength(body)) } : undefined
    const settings = { ...place, method, headers: { ...headers, ...length } }
    return secure ? httpsRequest({ ...settings, agent: https }) : httpRequest({ ...settings, agent: http })
  }

  function download(
    url: string,
    { maxBytes, timeoutMs = defaultTimeoutMs }: { maxBytes: number; timeoutMs?: number },
  ): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const outgoing = begin(url, {})
      const wasSent = watchSent(outgoing)
      const fail = (code: string, status?: number) => {
        reject(new WireError(code, { sent: wasSent(), ...(status !== undefined && { status }) }))
        outgoing.destroy()
      }
      outgoing.on('response', (incoming) => {
        if (incoming.statusCode === 200) readBytes(incoming, maxBytes, resolve, fail)
        else fail('HTTP', incoming.statusCode)
      })
      outgoing.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'BROKEN'))
      outgoing.setTimeout(timeoutMs, () => fail('TIMEOUT'))
      outgoing.end()
    })
  }

  function request(url: string, options: WireRequest = {}): Promise<WireResponse> {
    const { body, signal, timeoutMs = defaultTimeoutMs } = options
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new WireError('ABORTED', { sent: false }))
      const outgoing = begin(url, options)
      const wasSent = watchSent(outgoing)
      const fail = (code: string) => {
        signal?.removeEventListener('abort', abort)
        reject(new WireError(code, { sent: wasSent() }))
        outgoing.destroy()
      }
      const succeed = (response: WireResponse) => {
        signal?.removeEventListener('abort', abort)
        resolve(response)
      }
      const abort = () => fail('ABORTED')
      outgoing.on('response', (incoming) => readText(incoming, succeed, fail))
      outgoing.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'BROKEN'))
      outgoing.setTimeout(timeoutMs, () => fail('TIMEOUT'))
      signal?.addEventListener('abort', abort)
      if (typeof body !== 'object') return outgoing.end(body)
      body.on('error', () => fail('BODY'))
      return body.pipe(outgoing)
    })
  }
}

interface Place {
  secure: boolean
  host: string
  port: string | undefined
  path: string
}

/** Takes URLs apart. There are a few origins and a call for every message, so origins are parsed once. */
function createUrlSplitter(): (url: string) => Place {
  const origins = new Map<string, Omit<Place, 'path'>>()
  return (url) => {
    const slash = url.indexOf('/', url.indexOf('://') + 3)
    const end = slash < 0 ? url.length : slash
    const origin = url.slice(0, end)
    let place = origins.get(origin)
    if (!place) {
      const { protocol, hostname, port } = new URL(origin)
      place = {
        secure: protocol === 'https:',
        host: hostname.replace(/^\[|\]$/g, ''),
        port: port || undefined,
      }
      origins.set(origin, place)
    }
    return { ...place, path: url.slice(end) || '/' }
  }
}

/** Parses the platform's answer; a proxy's HTML page on the way is an error that tells the HTTP status. */
export function parseJson(text: string, status: number): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new WireError('NOT_JSON', { sent: true, status })
  }
}

/** A request is sent, as far as we know, once its connection stands. */
function watchSent(outgoing: ClientRequest): () => boolean {
  let sent = false
  outgoing.once('socket', (socket) => {
    sent = !socket.connecting
    if (sent) return
    const ready = 'encrypted' in socket ? 'secureConnect' : 'connect'
    socket.once(ready, () => (sent = true))
  })
  return () => sent
}

function readText(
  incoming: IncomingMessage,
  resolve: (response: WireResponse) => void,
  fail: (code: string) => void,
): void {
  const done = (bytes: Buffer) => resolve({ status: incoming.statusCode ?? 0, text: bytes.toString() })
  readBytes(incoming, Infinity, done, fail)
}

function readBytes(
  incoming: IncomingMessage,
  maxBytes: number,
  resolve: (bytes: Buffer) => void,
  fail: (code: string) => void,
): void {
  const chunks: Buffer[] = []
  let size = 0
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > maxBytes) fail('TOO_BIG')
    else chunks.push(chunk)
  })
  incoming.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
  incoming.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'BROKEN'))
}
