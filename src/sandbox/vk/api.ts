import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Fault } from '../messenger.ts'
import { ApiError } from './api-error.ts'
import type { ApiErrorCode } from './api-error.ts'
import type { Community } from './community.ts'
import { execute } from './execute.ts'
import { readForm, sendJson, sendText } from './http.ts'
import type { CallContext, Methods } from './methods/method.ts'
import { integer, integers, requiredText, text } from './params.ts'
import type { Params } from './params.ts'

/** Answers /method/<name>. */
export type ServeMethod = (
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  query: string,
) => Promise<void>

/** Older versions of the API are switched off. */
const oldestVersion = [5, 81] as const

/**
 * The API over HTTP: token, version, rate, faults, then the method. Errors go out with HTTP 200 in VK's form.
 *
 * Faults become what VK has for them: `tooManyRequests` with up to one second is error 6 and with more is
 * error 9 (VK never tells how long to wait), `forbidden` is 901 for messages and 7 for the rest,
 * `serverError` is error 10, or the bare HTTP status when one is given.
 * @param mayCall asks the rate limit for one call
 */
export function createApi({
  community,
  methods,
  mayCall,
}: {
  community: Community
  methods: Methods
  mayCall: () => boolean
}): ServeMethod {
  const { faults, media, group } = community

  return async (request, response, name, query) => {
    media.servedAt(request.headers.host)
    const { params } = await readForm(request, query)
    const fault = takeFault(name, params)
    if (fault?.kind === 'serverError' && fault.status !== undefined) {
      return sendText(response, 'Internal Server Error', 'text/plain', fault.status)
    }
    if (fault?.kind === 'disconnect' && fault.effect === 'before') return void response.destroy()
    if (fault?.kind === 'slow' && fault.effect === 'before') await pause(fault.delayMs)
    const answer = respond(request, name, params, fault)
    if (fault?.kind === 'disconnect') return void response.destroy()
    if (fault?.kind === 'slow' && fault.effect === 'after') await pause(fault.delayMs)
    sendJson(response, answer)
  }

  function respond(request: IncomingMessage, name: string, params: Params, fault: Fault | undefined): object {
    try {
      if (request.method !== 'GET' && request.method !== 'POST') throw new ApiError(9999)
      if (name !== 'execute' && !Object.hasOwn(methods, name)) throw new ApiError(3)
      checkToken(request, params)
      checkVersion(params)
      if (!mayCall()) throw new ApiError(6)
      if (name !== 'execute') return { response: invoke(name, params, fault) }
      if (fault) throwFault(fault, name)
      return execute(requiredText(params, 'code'), (inner, innerParams) =>
        invoke(inner, innerParams, takeFault(inner, innerParams)),
      )
    } catch (error) {
      return { error: wireError(toApiError(error), name, params) }
    }
  }

  function invoke(name: string, params: Params, fault: Fault | undefined): unknown {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined
    if (!method) throw new ApiError(3)
    const context: CallContext = {}
    if (fault?.kind === 'forbidden' && (name === 'messages.send' || name === 'messages.edit')) {
      context.forbidden = fault.chatId ?? 'all'
    } else if (fault) throwFault(fault, name)
    return method(params, context)
  }

  /** A rule about one peer also hits a call that names it among others. */
  function takeFault(name: string, params: Params): Fault | undefined {
    for (const peerId of peersOf(params)) {
      const fault = faults.take(name, peerId)
      if (fault) return fault
    }
    return faults.take(name)
  }

  function checkToken(request: IncomingMessage, params: Params): void {
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    const token = text(params, 'access_token') ?? bearer
    if (token === undefined) throw new ApiError(5, 'no access_token passed.')
    if (token !== group.token) throw new ApiError(5, 'invalid access_token (4).')
  }
}

function throwFault(fault: Fault, name: string): void {
  switch (fault.kind) {
    case 'tooManyRequests':
      throw new ApiError(fault.retryAfterSeconds <= 1 ? 6 : 9)
    case 'forbidden':
      throw new ApiError(name.startsWith('messages.') ? 901 : 7)
    case 'serverError':
      throw new ApiError(10)
    case 'disconnect':
    case 'slow':
      return
  }
}

function checkVersion(params: Params): void {
  const [major = 0, minor = 0] = (params['v'] ?? '').split('.').map(Number)
  if (major > oldestVersion[0] || (major === oldestVersion[0] && minor >= oldestVersion[1])) return
  throw new ApiError(
    8,
    `versions below ${oldestVersion.join('.')} are deprecated. Version param should be passed as "v". ` +
      '"version" param is invalid and not supported. ' +
      'For more information go to https://vk.com/dev/constant_version_updates',
  )
}

/** A malformed list is the method's to complain about. */
function peersOf(params: Params): number[] {
  try {
    const peerId = integer(params, 'peer_id') ?? integer(params, 'user_id')
    return peerId === undefined ? integers(params, 'peer_ids', 100) : [peerId]
  } catch {
    return []
  }
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  // A bug of the stand-in should not look like the bot's mistake.
  process.emitWarning(error instanceof Error ? error : String(error))
  return new ApiError(10)
}

/** VK repeats the call's parameters, without the token. */
function wireError(
  { code, message }: ApiError,
  name: string,
  params: Params,
): { error_code: ApiErrorCode; error_msg: string; request_params: { key: string; value: string }[] } {
  const { access_token: _, ...told } = params
  const all = { method: name, oauth: '1', ...told }
  return {
    error_code: code,
    error_msg: message,
    request_params: Object.entries(all).map(([key, value]) => ({ key, value })),
  }
}

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs))
