import { APIError } from 'vk-io'
import type { APIRequest } from 'vk-io'
import { WireError } from './wire.ts'

/** Methods whose calls may go with others in one request to `execute`. */
export const sharing: ReadonlySet<string> = new Set([
  'messages.send',
  'messages.edit',
  'messages.sendMessageEventAnswer',
])

/** VK's own limit of calls in one `execute`. */
export const callsPerRequest = 25

/** What VK answers a request with. */
export interface VkAnswer {
  response?: unknown
  error?: ConstructorParameters<typeof APIError>[0]
  /** Of `execute`: an error for each call that failed, in their order. */
  execute_errors?: { method: string; error_code: number; error_msg: string }[]
}

/** Only what the request was, not what it did: nothing in it ran. */
const notUnderstood = 12

/**
 * Makes one request of the calls that begin in the same moment: VK counts requests, and `execute` carries 25 calls in one.
 * @param exchange makes a request
 * @param alone makes a call in a request of its own, held by the rates anew: where VK could not read the calls together
 */
export function createTogether({
  exchange,
  alone,
}: {
  exchange: (method: string, params: Record<string, unknown>) => Promise<VkAnswer>
  alone: (request: APIRequest) => Promise<void>
}): (request: APIRequest) => void {
  let begun: APIRequest[] = []

  return (request) => {
    begun.push(request)
    // Whatever the same moment lets go is here by then: between it and this are promises only.
    if (begun.length === 1) setImmediate(go)
  }

  function go(): void {
    const requests = begun
    begun = []
    for (let from = 0; from < requests.length; from += callsPerRequest) {
      const part = requests.slice(from, from + callsPerRequest)
      void (part.length === 1 ? single(part) : together(part)).catch((error: unknown) => {
        for (const { reject } of part) reject(error)
      })
    }
  }

  async function single(requests: readonly APIRequest[]): Promise<void> {
    for (const { method, params, resolve } of requests) resolve(responseOf(await exchange(method, params)))
  }

  async function together(requests: readonly APIRequest[]): Promise<void> {
    const code = `return [${requests.map(callOf).join()}];`
    const answer = await exchange('execute', { code })
    if (answer.error?.error_code === notUnderstood) {
      await Promise.all(requests.map(alone))
      return
    }
    const response = responseOf(answer)
    if (!Array.isArray(response) || response.length !== requests.length)
      throw new WireError('NO_ANSWER', { sent: true })
    const errors = [...(answer.execute_errors ?? [])]
    for (const [index, { resolve, reject }] of requests.entries()) {
      const value: unknown = response[index]
      const error = value === false ? errors.shift() : undefined
      if (error) reject(new APIError({ ...error, request_params: [] }))
      else resolve(value)
    }
  }
}

/** @throws APIError */
export function responseOf({ response, error }: VkAnswer): unknown {
  if (error) throw new APIError(error)
  if (response === undefined) throw new WireError('NO_ANSWER', { sent: true })
  return response
}

/** VKScript takes an object as JSON writes it. */
const callOf = ({ method, params }: APIRequest): string => `API.${method}(${JSON.stringify(params)})`
