import { API, APIError, APIRequest, APIWorker, Upload } from 'vk-io'
import type { Limiter } from './limiter.ts'
import { vkError } from './vk-error.ts'
import { parseJson, WireError } from './wire.ts'
import type { Wire } from './wire.ts'

export interface VkApi {
  readonly api: API
  readonly upload: Upload
  /**
   * One try at a method: not held by the rates, not repeated. `call` of a `Caller` does both.
   * @throws ApiError
   */
  call<T>(method: string, params: Record<string, unknown>): Promise<T>
}

const callTimeoutMs = 20_000
/** A slow line carries ten megabytes in this time. */
const uploadTimeoutMs = 60_000

/**
 * vk-io's API client with our own worker: its own one paces by a timer a call, repeats error 6 for ever without telling,
 * and sends a dropped call again after three seconds. Ours makes one exchange a call and reports what came. Calls that
 * vk-io makes by itself (uploads) go through the limiter here; those of `call` have been there already.
 */
export function createVkApi({
  token,
  apiUrl,
  limiter,
  wire,
}: {
  token: string
  apiUrl: string
  limiter: Limiter
  wire: Wire
}): VkApi {
  const agent = wire.agentFor(apiUrl)
  const api = new API({ token, agent, apiBaseUrl: apiUrl })
  const cleared = new WeakSet<APIRequest>()
  const worker = new OneExchange(api, {
    exchange: (request) => exchange(request, { token, apiUrl, wire, version: api.options.apiVersion }),
    clear: (request, execute) => (cleared.has(request) ? execute() : limiter.run(0, execute)),
  })
  // vk-io makes its worker in the constructor and lets nobody choose another.
  Object.assign(api, { worker })

  return {
    api,
    upload: new Upload({ api, agent, uploadTimeout: uploadTimeoutMs }),
    async call<T>(method: string, params: Record<string, unknown>): Promise<T> {
      const request = new APIRequest({ api, method, params })
      cleared.add(request)
      try {
        return (await api.callWithRequest(request)) as T
      } catch (error) {
        throw vkError(method, error)
      }
    },
  }
}

interface Exchange {
  exchange: (request: APIRequest) => Promise<unknown>
  /** Lets `execute` go when the rates allow. */
  clear: (request: APIRequest, execute: () => Promise<void>) => Promise<void>
}

class OneExchange extends APIWorker {
  readonly #ways: Exchange

  constructor(api: API, ways: Exchange) {
    super(api)
    this.#ways = ways
  }

  override enqueue(request: APIRequest): void {
    this.#ways.clear(request, () => this.execute(request)).catch(request.reject)
  }

  protected async execute(request: APIRequest): Promise<void> {
    try {
      request.resolve(await this.#ways.exchange(request))
    } catch (error) {
      request.reject(error)
    }
  }
}

interface Line {
  token: string
  apiUrl: string
  version: string
  wire: Wire
}

/** Errors come with HTTP 200; another status is a proxy or a broken server. */
async function exchange(
  { method, params }: APIRequest,
  { token, apiUrl, version, wire }: Line,
): Promise<unknown> {
  let body = `access_token=${encodeURIComponent(token)}&v=${version}`
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) body += `&${name}=${encodeURIComponent(String(value))}`
  }
  const { status, text } = await wire.request(`${apiUrl}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
    timeoutMs: callTimeoutMs,
  })
  const answer = parseJson(text, status) as {
    response?: unknown
    error?: ConstructorParameters<typeof APIError>[0]
  }
  if (answer.error) throw new APIError(answer.error)
  if (!('response' in answer)) throw new WireError('NO_ANSWER', { sent: true, status })
  return answer.response
}
