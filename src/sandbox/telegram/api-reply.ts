import type { ServerResponse } from 'node:http'
import { ApiError, errorBody } from './api-error.ts'
import type { Reply } from './update-queue.ts'

/** Writes the one JSON answer of a call; nothing, when the client has gone. */
export function replyTo(response: ServerResponse): Reply {
  return (status, body, retryAfterSeconds) => {
    if (response.destroyed) return
    response.writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      ...(retryAfterSeconds === undefined ? {} : { 'Retry-After': retryAfterSeconds }),
    })
    response.end(body)
  }
}

/** A fault of the sandbox itself is answered too, so that one bad call does not end the program. */
export function fail(reply: Reply, failure: unknown): void {
  const error =
    failure instanceof ApiError
      ? failure
      : new ApiError(
          500,
          `Internal Server Error: sandbox: ${failure instanceof Error ? failure.message : ''}`,
        )
  reply(error.code, errorBody(error), error.retryAfterSeconds)
}
