import type { IncomingMessage, ServerResponse } from 'node:http'
import { parse as parseForm } from 'node:querystring'
import { Busboy } from '@fastify/busboy'
import type { Params } from './params.ts'

export interface UploadedFile {
  field: string
  name: string
  mimeType: string
  bytes: Buffer
}

export interface Form {
  params: Params
  files: UploadedFile[]
}

/** VK takes photos and documents of up to 200 MB; a sandbox keeps them in memory. */
const maxBytes = 50 * 1024 * 1024

/** Splits a request's url; the query comes without "?". */
export function splitUrl(url: string): { path: string; query: string } {
  const mark = url.indexOf('?')
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) }
}

/**
 * Reads query, form and multipart parameters. JSON and other bodies are read and ignored, as VK does.
 * @throws when the body is larger than 50 MB, is malformed multipart, or the client goes away
 */
export async function readForm(request: IncomingMessage, query: string): Promise<Form> {
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/form-data')) return readMultipart(request, query)
  const body = request.method === 'GET' ? '' : (await readBytes(request)).toString('utf8')
  return { params: { ...flat(query), ...(type.startsWith('application/json') ? {} : flat(body)) }, files: [] }
}

/** The whole body. @throws when it is larger than 50 MB or the client goes away */
function readBytes(stream: NodeJS.ReadableStream): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    let ended = false
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxBytes) reject(new Error('the body is larger than 50 MB'))
      else chunks.push(chunk)
    })
    stream.on('end', () => {
      ended = true
      resolve(Buffer.concat(chunks, size))
    })
    stream.on('error', reject)
    stream.on('close', () => {
      if (!ended) reject(new Error('the connection was closed in the middle of the body'))
    })
  })
}

/** Sends JSON with a length, so that the connection can be kept. */
export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  sendText(response, JSON.stringify(value), 'application/json; charset=utf-8', status)
}

export function sendText(response: ServerResponse, body: string, type: string, status = 200): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}

function readMultipart(request: IncomingMessage, query: string): Promise<Form> {
  return new Promise((resolve, reject) => {
    const params: Record<string, string> = { ...flat(query) }
    const files: Promise<UploadedFile>[] = []
    const parser = new Busboy({
      headers: request.headers as { 'content-type': string },
      // One byte over, so that what is too large is refused rather than cut.
      limits: { fileSize: maxBytes + 1 },
    })
    parser.on('field', (name, value) => (params[name] = value))
    parser.on('file', (field, stream, name, _encoding, mimeType) => {
      files.push(readBytes(stream).then((bytes) => ({ field, name, mimeType, bytes })))
    })
    parser.on('error', reject)
    parser.on('finish', () => {
      Promise.all(files).then((read) => resolve({ params, files: read }), reject)
    })
    request.on('error', reject)
    request.pipe(parser)
  })
}

/** Of a parameter given twice the last one counts, as in PHP. */
function flat(encoded: string): Record<string, string> {
  const parsed = encoded === '' ? {} : parseForm(encoded, '&', '=', { maxKeys: 0 })
  for (const name in parsed) {
    const value = parsed[name]
    if (Array.isArray(value)) parsed[name] = value.at(-1)
  }
  return parsed as Record<string, string>
}
