/**
 * What an error means for the call, the same on every platform:
 * `wait`: too many calls, the whole token must pause; `flood`: too much of the same, pause longer and don't insist;
 * `repeat`: the platform or the way to it has a hiccup; `unreachable`: this person can't be written to any more;
 * `gone`: the message can't be edited (any more); `same`: it looks so already; `stale`: the press is too old to be answered;
 * `refused`: the call itself is wrong; `photo`: the picture in it is, so nothing was shown; `late`: its moment went by before it could
 * begin, so it was not made.
 */
export type Trouble =
  | 'wait'
  | 'flood'
  | 'repeat'
  | 'unreachable'
  | 'gone'
  | 'same'
  | 'stale'
  | 'refused'
  | 'photo'
  | 'late'

export interface ApiErrorFacts {
  /** API method as the platform names it. */
  method: string
  /** Telegram's error_code or VK's; undefined when no answer came at all. */
  code?: number | undefined
  /** The platform's own words, or what happened to the connection. */
  description: string
  /** Absent: `refused`. */
  trouble?: Trouble | undefined
  /** How long the platform told us to wait, in milliseconds. */
  retryAfterMs?: number | undefined
  /** False when the call surely took no effect: it never reached the platform, or the platform said so. */
  sent?: boolean | undefined
}

/**
 * A failed call, with nothing in it that must not be logged. The libraries' own errors carry the token (in URLs) and the
 * message (in payloads), so they are never kept as `cause`.
 */
export class ApiError extends Error {
  readonly method: string
  readonly code: number | undefined
  readonly description: string
  readonly trouble: Trouble
  readonly retryAfterMs: number | undefined
  readonly sent: boolean

  constructor({ method, code, description, trouble = 'refused', retryAfterMs, sent = true }: ApiErrorFacts) {
    const words = withoutToken(description)
    super(`${method} failed: ${code === undefined ? words : `${code} ${words}`}`)
    this.name = 'ApiError'
    this.method = method
    this.code = code
    this.description = words
    this.trouble = trouble
    this.retryAfterMs = retryAfterMs
    this.sent = sent
  }
}

/** Hides Telegram tokens ("bot123:ABC") and VK's access_token in a text that may quote a URL. */
function withoutToken(text: string): string {
  return text
    .replace(/bot\d+:[\w-]+/g, 'bot<token>')
    .replace(/(access_token=|Bearer )[\w.-]+/g, '$1<token>')
    .replace(/vk1\.a\.[\w-]+/g, '<token>')
}
