import { request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { text as readText } from 'node:stream/consumers'

/** No answer came: `code` is Node's ("ECONNREFUSED") or TIMEOUT. Has no URL in it, because tokens stand in URLs. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

export interface Answer {
  status: number
  text: string
  /** The body as JSON; undefined when it is none. */
  json: unknown
}

/** @throws NoAnswer */
export type Ask = (
  url: string,
  options?: { form?: Record<string, string>; direct?: boolean },
) => Promise<Answer>

export interface Asking {
  ask: Ask
  /** How far this machine's clock is ahead of each server that answered, in milliseconds. */
  clockLeadsMs: number[]
}

/**
 * The doctor's own way to ask a server: one request, no repeats, nothing kept open.
 * @param proxyUrl for https: URLs, except where a question is `direct`
 * @param timeoutMs longest wait for the whole answer
 */
export function createAsking({
  proxyUrl,
  timeoutMs = 10_000,
}: { proxyUrl?: string; timeoutMs?: number } = {}): Asking {
  const clockLeadsMs: number[] = []
  const viaProxy = new HttpsAgent({ ...(proxyUrl !== undefined && { proxyEnv: { HTTPS_PROXY: proxyUrl } }) })
  const straight = new HttpsAgent()

  const ask: Ask = async (url, { form, direct = false } = {}) => {
    const sentAt = Date.now()
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const response = await send(url, form, direct ? straight : viaProxy, signal)
      noteClock(response, sentAt)
      const text = await readText(response)
      return { status: response.statusCode ?? 0, text, json: parse(text) }
    } catch (error) {
      throw new NoAnswer(signal.aborted ? 'TIMEOUT' : codeOf(error))
    }
  }

  function noteClock(response: IncomingMessage, sentAt: number): void {
    const serverTime = Date.parse(response.headers.date ?? '')
    const now = Date.now()
    // The header is cut to whole seconds; the answer was written somewhere between the sending and now.
    if (!Number.isNaN(serverTime)) clockLeadsMs.push((sentAt + now) / 2 - (serverTime + 500))
  }

  return { ask, clockLeadsMs }
}

function send(url: string, form: Record<string, string> | undefined, agent: HttpsAgent, signal: AbortSignal) {
  const body = form === undefined ? undefined : new URLSearchParams(form).toString()
  const options = {
    method: body === undefined ? 'GET' : 'POST',
    signal,
    headers: { ...(body !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }) },
  }
  return new Promise<IncomingMessage>((resolve, reject) => {
    const request = url.startsWith('https:')
      ? httpsRequest(url, { ...options, agent }, resolve)
      : httpRequest(url, options, resolve)
    request.on('error', reject).end(body)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  if ('code' in error && typeof error.code === 'string') return error.code
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : []
  return first === undefined ? error.name : codeOf(first)
}
