/** An HTTP/1.x response in full. Header names in small letters. */
export interface HttpAnswer {
  status: number
  reason: string
  headers: Record<string, string>
  body: Buffer
}

/**
 * Reads a response from all the bytes received so far.
 * @param ended the connection was closed, which ends a body of unknown length
 * @returns undefined while something is missing
 * @throws Error when it is no HTTP response
 */
export function parseHttpAnswer(received: Buffer, ended: boolean): HttpAnswer | undefined {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd === -1) return undefined
  const [first = '', ...lines] = received.toString('latin1', 0, headEnd).split('\r\n')
  const [, code, reason = ''] = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(first) ?? []
  if (code === undefined) throw new Error('Wrong response from the webhook')
  const status = Number(code)
  const rest = received.subarray(headEnd + 4)
  // "100 Continue" and its kin: the response itself is still to come.
  if (status < 200) return parseHttpAnswer(rest, ended)
  const headers = parseHeaders(lines)
  const body = status === 204 || status === 304 ? rest.subarray(0, 0) : parseBody(rest, headers, ended)
  return body && { status, reason, headers, body }
}

function parseHeaders(lines: string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim()
  }
  return headers
}

function parseBody(rest: Buffer, headers: Record<string, string>, ended: boolean): Buffer | undefined {
  if (headers['transfer-encoding']?.toLowerCase().includes('chunked')) return joinChunks(rest)
  const length = headers['content-length']
  if (length === undefined) return ended ? rest : undefined
  return rest.length >= Number(length) ? rest.subarray(0, Number(length)) : undefined
}

function joinChunks(rest: Buffer): Buffer | undefined {
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const lineEnd = rest.indexOf('\r\n', at)
    if (lineEnd === -1) return undefined
    const length = Number.parseInt(rest.toString('latin1', at, lineEnd), 16)
    if (Number.isNaN(length)) throw new Error('Wrong response from the webhook')
    const begin = lineEnd + 2
    // Trailers are not waited for beyond the empty line that ends them.
    if (length === 0) return rest.indexOf('\r\n', begin) === -1 ? undefined : Buffer.concat(chunks)
    if (rest.length < begin + length + 2) return undefined
    chunks.push(rest.subarray(begin, begin + length))
    at = begin + length + 2
  }
}
