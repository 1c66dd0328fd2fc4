import type { ServerResponse } from 'node:http'
import type { Fault } from '../messenger.ts'
import { ApiError, tooManyRequests } from './api-error.ts'
import { fail, replyTo } from './api-reply.ts'
import type { Reply } from './update-queue.ts'

const FAULT_STATUS_TEXT: Record<number, string> = {
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/**
 * Does to a call what the fault says.
 * @param proceed does the call and answers through the given reply
 */
export function makeTrouble(fault: Fault, response: ServerResponse, proceed: (reply: Reply) => void): void {
  const reply = replyTo(response)
  switch (fault.kind) {
    case 'tooManyRequests':
      return fail(reply, tooManyRequests(fault.retryAfterSeconds))
    case 'forbidden':
      return fail(reply, new ApiError(403, 'Forbidden: bot was blocked by the user'))
    case 'serverError': {
      const status = fault.status ?? 500
      return fail(reply, new ApiError(status, FAULT_STATUS_TEXT[status] ?? 'Internal Server Error'))
    }
    case 'disconnect':
      if (fault.effect === 'after') proceed(() => undefined)
      response.destroy()
      return
    case 'slow':
      if (fault.effect === 'before') setTimeout(() => proceed(reply), fault.delayMs)
      else proceed((status, body) => setTimeout(() => reply(status, body), fault.delayMs))
  }
}

/** Of a call in a webhook's response nobody waits for the answer: all that counts is whether it takes effect. */
export function isDone(fault: Fault | undefined): boolean {
  if (!fault || fault.kind === 'slow') return true
  return fault.kind === 'disconnect' && fault.effect === 'after'
}
