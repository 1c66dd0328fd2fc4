import { ApiError } from './api-error.ts'
import type { Arguments, UploadedFile } from './arguments.ts'

const DASHES = Buffer.from('--')
const EMPTY_LINE = Buffer.from('\r\n\r\n')

/**
 * Parses multipart/form-data the way the Bot API server does, which is laxer than the RFC:
 * no space is needed after ";", values may be unquoted (grammY), a part with a file name is a file whatever its
 * content type, and nothing needs to follow the closing boundary (Telegraf).
 * @throws ApiError 400 when boundaries or headers are broken
 */
export function parseMultipart(body: Buffer, boundary: string): Arguments {
  const values: Record<string, unknown> = {}
  const files = new Map<string, UploadedFile>()
  const opening = Buffer.from(`--${boundary}`)
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  let at = body.indexOf(opening)
  if (at === -1) throw broken('boundary not found')
  at += opening.length
  while (!body.subarray(at, at + 2).equals(DASHES)) {
    const headersEnd = body.indexOf(EMPTY_LINE, at)
    if (headersEnd === -1) throw broken("can't parse form data headers")
    const contentEnd = body.indexOf(delimiter, headersEnd + 2)
    if (contentEnd === -1) throw broken('unexpected end of multipart/form-data')
    const headers = partHeaders(body.toString('utf8', at, headersEnd))
    const content = body.subarray(headersEnd + EMPTY_LINE.length, contentEnd)
    if (headers.fileName === undefined) values[headers.name] = content.toString('utf8')
    else files.set(headers.name, { name: headers.fileName, contentType: headers.contentType, bytes: content })
    at = contentEnd + delimiter.length
  }
  return { values, files }
}

function partHeaders(text: string): { name: string; fileName: string | undefined; contentType: string } {
  let disposition: Map<string, string> | undefined
  let contentType = 'application/octet-stream'
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':')
    const header = line.slice(0, colon).trim().toLowerCase()
    const value = line.slice(colon + 1).trim()
    if (header === 'content-disposition') disposition = dispositionParameters(value)
    if (header === 'content-type') contentType = value
  }
  const name = disposition?.get('name') ?? ''
  if (name === '') throw broken('field name in multipart/form-data not found')
  return { name, fileName: disposition?.get('filename'), contentType }
}

function dispositionParameters(value: string): Map<string, string> {
  if (!value.startsWith('form-data;')) throw broken('expected form-data content disposition')
  const parameters = new Map<string, string>()
  // key = "quoted, with \" escapes" or key = anything up to the next semicolon
  const pattern = /([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/gy
  pattern.lastIndex = 'form-data;'.length
  for (;;) {
    const gap = /[\s;]*/y
    gap.lastIndex = pattern.lastIndex
    gap.exec(value)
    pattern.lastIndex = gap.lastIndex
    const found = pattern.exec(value)
    if (!found) return parameters
    const [, key = '', quoted, bare = ''] = found
    parameters.set(
      key,
      percentDecoded(quoted === undefined ? bare.trim() : quoted.replaceAll(/\\(.)/g, '$1')),
    )
  }
}

/** Browsers and form-data libraries write `"` and line breaks in names as %22, %0D, %0A. */
function percentDecoded(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function broken(reason: string): ApiError {
  return new ApiError(400, `Bad Request: ${reason}`)
}
