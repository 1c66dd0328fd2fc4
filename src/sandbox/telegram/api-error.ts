/** What the Bot API answers with `ok: false`: the HTTP status, the description, and perhaps when to come again. */
export class ApiError extends Error {
  readonly code: number
  readonly retryAfterSeconds: number | undefined

  constructor(code: number, description: string, retryAfterSeconds?: number) {
    super(description)
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/**
 * 400. As on the real server the reason gets the prefix and a small first letter,
 * unless it is a CONSTANT or an acronym.
 * @param reason e.g. "Message is too long" -> "Bad Request: message is too long"
 */
export function badRequest(reason: string): ApiError {
  const second = reason.charAt(1)
  const constant = second === '_' || (second >= 'A' && second <= 'Z')
  return new ApiError(
    400,
    `Bad Request: ${constant ? reason : reason.charAt(0).toLowerCase() + reason.slice(1)}`,
  )
}

/** 403, with the prefix. */
export function forbidden(reason: string): ApiError {
  return new ApiError(403, `Forbidden: ${reason}`)
}

/** 409, with the prefix. */
export function conflict(reason: string): ApiError {
  return new ApiError(409, `Conflict: ${reason}`)
}

/** 429: the same number in the text, in `parameters`, and in the header `Retry-After`. */
export function tooManyRequests(retryAfterSeconds: number): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${retryAfterSeconds}`, retryAfterSeconds)
}

/** The JSON body of an error. */
export function errorBody(error: ApiError): string {
  return JSON.stringify({
    ok: false,
    error_code: error.code,
    description: error.message,
    ...(error.retryAfterSeconds === undefined
      ? {}
      : { parameters: { retry_after: error.retryAfterSeconds } }),
  })
}
