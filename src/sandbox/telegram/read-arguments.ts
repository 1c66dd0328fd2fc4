import type { IncomingMessage } from 'node:http'
import { ApiError } from './api-error.ts'
import type { Arguments } from './arguments.ts'
import { isObject } from './json-object.ts'
import { parseMultipart } from './multipart.ts'

/** Bots may upload files of up to 50 MB; the rest of the request is small. */
const BODY_MAX_BYTES = 51 * 1024 * 1024

/**
 * Reads a whole body and calls `done` once with it, or with the error (413 when it is too long). Callbacks, not
 * promises: this is on the path of every call. A connection that the client cuts calls nothing.
 */
export function readBody(
  request: IncomingMessage,
  done: (error: ApiError | undefined, body: Buffer) => void,
): void {
  const chunks: Buffer[] = []
  let length = 0
  request.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length <= BODY_MAX_BYTES) chunks.push(chunk)
  })
  request.on('end', () => {
    if (length > BODY_MAX_BYTES) return done(new ApiError(413, 'Request Entity Too Large'), Buffer.alloc(0))
    const [first] = chunks
    done(undefined, chunks.length === 1 && first ? first : Buffer.concat(chunks))
  })
}

/**
 * Understands the body by its content type, whatever the HTTP method; a body of an unknown type is ignored.
 * @param query of the URL, without "?"; its parameters give way to the body's
 * @throws ApiError 400 for broken JSON or multipart
 */
export function parseArguments(contentType: string, body: Buffer, query = ''): Arguments {
  const args = parseBody(contentType, body)
  if (query === '') return args
  return { values: { ...formValues(query), ...args.values }, files: args.files }
}

function parseBody(contentType: string, body: Buffer): Arguments {
  const type = contentType.toLowerCase()
  if (body.length === 0) return { values: {}, files: undefined }
  if (type.includes('application/json'))
    return { values: jsonValues(body.toString('utf8')), files: undefined }
  if (type.includes('application/x-www-form-urlencoded')) {
    return { values: formValues(body.toString('utf8')), files: undefined }
  }
  if (type.includes('multipart/form-data')) {
    const boundary = /boundary=(?:"([^"]+)"|([^;]+))/i.exec(contentType)
    const name = boundary?.[1] ?? boundary?.[2]?.trim()
    if (!name) throw new ApiError(400, 'Bad Request: boundary not found')
    return parseMultipart(body, name)
  }
  return { values: {}, files: undefined }
}

function jsonValues(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ApiError(400, "Bad Request: can't parse JSON object")
  }
  if (!isObject(value)) throw new ApiError(400, 'Bad Request: JSON object expected')
  return value
}

function formValues(text: string): Record<string, unknown> {
  return Object.fromEntries(new URLSearchParams(text))
}
