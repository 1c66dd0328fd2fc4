import { API, APIRequest, APIWorker, Upload } from 'vk-io'
import type { Limiter } from './limiter.ts'
import { vkError } from './vk-error.ts'
import { createTogether, responseOf, sharing } from './vk-together.ts'
import type { VkAnswer } from './vk-together.ts'
import { parseJson } from './wire.ts'
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
 * and sends a dropped call again after three seconds. Ours makes one exchange of a call, or of several that begin in the same
 * moment, and reports what came. Calls that vk-io makes by itself (uploads) go through the limiter here; those of `call` have been
 * there already.
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
  const line = { token, apiUrl, wire, version: api.options.apiVersion }
  const exchange = (method: string, params: Record<string, unknown>) => exchanged(method, params, line)
  const alone = async (request: APIRequest) => {
    try {
      request.resolve(responseOf(await exchange(request.method, request.params)))
    } catch (error) {
      request.reject(error)
    }
  }
  const together = createTogether({ exchange, alone: (request) => limiter.run(0, () => alone(request)) })
  const worker = new OurWorker(api, (request) => {
    if (!cleared.has(request)) limiter.run(0, () => alone(request)).catch(request.reject)
    else if (sharing.has(request.method)) together(request)
    else void alone(request)
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

class OurWorker extends APIWorker {
  readonly #make: (request: APIRequest) => void

  constructor(api: API, make: (request: APIRequest) => void) {
    super(api)
    this.#make = make
  }

  override enqueue(request: APIRequest): void {
    this.#make(request)
  }

  protected execute(): Promise<void> {
    throw new Error('Calls are made as they come: nothing waits in this worker')
  }
}

interface Line {
  token: string
  apiUrl: string
  version: string
  wire: Wire
}

/** Errors come with HTTP 200; another status is a proxy or a broken server. */
async function exchanged(
  method: string,
  params: Record<string, unknown>,
  { token, apiUrl, version, wire }: Line,
): Promise<VkAnswer> {
  let body = `access_token=${encodeURIComponent(token)}&v=${version}`
  for (const [name, value] of Object.entries(params as Record<string, string | number | undefined>)) {
    if (value !== undefined) body += `&${name}=${encodeURIComponent(String(value))}`
  }
  const { status, text } = await wire.request(`${apiUrl}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
    timeoutMs: callTimeoutMs,
  })
  return parseJson(text, status) as VkAnswer
}
