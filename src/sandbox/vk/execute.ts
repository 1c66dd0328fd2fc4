import { ApiError } from './api-error.ts'
import type { Params } from './params.ts'

interface Call {
  method: string
  params: Params
}

type Outcome = { response: unknown } | { response: false; method: string; error: ApiError }

const maxCalls = 25

/**
 * `execute` for code of the form `return [API.a.b({…}), API.c.d({…})];` or `return API.a.b({…});`,
 * which is what client libraries make when they put calls together. VKScript beyond that is refused.
 * @param invoke makes one call
 * @returns the fields of the answer: `response`, and `execute_errors` where calls failed
 * @throws ApiError 12 for other code, 13 for more than 25 calls
 */
export function execute(code: string, invoke: (method: string, params: Params) => unknown): object {
  const { calls, single } = parseCode(code)
  if (calls.length > maxCalls) throw new ApiError(13, 'too many api calls')
  const outcomes = calls.map((call) => attempt(call, invoke))
  const values = outcomes.map(({ response }) => response)
  const errors = outcomes.flatMap((outcome) =>
    'error' in outcome
      ? { method: outcome.method, error_code: outcome.error.code, error_msg: outcome.error.message }
      : [],
  )
  return { response: single ? values[0] : values, ...(errors.length > 0 && { execute_errors: errors }) }
}

function attempt({ method, params }: Call, invoke: (method: string, params: Params) => unknown): Outcome {
  try {
    return { response: invoke(method, params) }
  } catch (error) {
    if (error instanceof ApiError) return { response: false, method, error }
    throw error
  }
}

function parseCode(code: string): { calls: Call[]; single: boolean } {
  const [, list] = /^\s*return\s*\[([\s\S]*)\]\s*;?\s*$/.exec(code) ?? []
  if (list !== undefined) return { calls: parseCalls(list), single: false }
  const [, only] = /^\s*return\s+(API\.[\s\S]*?)\s*;?\s*$/.exec(code) ?? []
  if (only === undefined) throw new ApiError(12, 'only "return [API.…];" is understood by this sandbox')
  const calls = parseCalls(only)
  if (calls.length !== 1) throw new ApiError(12, 'unexpected symbol: one call expected')
  return { calls, single: true }
}

function parseCalls(text: string): Call[] {
  const calls: Call[] = []
  const head = /\s*(,?)\s*API\.(\w+\.\w+|\w+)\(\s*/y
  let at = 0
  while (text.slice(at).trim() !== '') {
    head.lastIndex = at
    const [, comma, method] = head.exec(text) ?? []
    if (method === undefined || (comma === ',') !== calls.length > 0) throw unexpected(text, at)
    const end = objectEnd(text, head.lastIndex)
    calls.push({ method, params: parseParams(text.slice(head.lastIndex, end)) })
    const close = /\s*\)/y
    close.lastIndex = end
    if (!close.test(text)) throw unexpected(text, end)
    at = close.lastIndex
  }
  return calls
}

/** Where the JSON object that starts here ends; the start itself when none starts here. */
function objectEnd(text: string, start: number): number {
  if (text[start] !== '{') return start
  let depth = 0
  let quoted = false
  for (let at = start; at < text.length; at += 1) {
    const character = text[at]
    if (character === '\\' && quoted) at += 1
    else if (character === '"') quoted = !quoted
    else if (!quoted && character === '{') depth += 1
    else if (!quoted && character === '}') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  throw unexpected(text, start)
}

function parseParams(json: string): Params {
  if (json === '') return {}
  let raw: Record<string, unknown>
  try {
    raw = JSON.parse(json) as Record<string, unknown>
  } catch {
    throw new ApiError(12, 'unexpected symbol in the parameters')
  }
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, asText(value)]))
}

function asText(value: unknown): string {
  if (value === null || value === false) return ''
  if (value === true) return '1'
  if (Array.isArray(value)) return value.join()
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const unexpected = (text: string, at: number): ApiError =>
  new ApiError(12, `unexpected symbol near ${JSON.stringify(text.slice(at, at + 20))}`)
