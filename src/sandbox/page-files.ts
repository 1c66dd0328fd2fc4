import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Language } from '../domain/salon.ts'

type Serve = (request: IncomingMessage, response: ServerResponse) => void

const folder = fileURLToPath(new URL('page/', import.meta.url))
const locales = new URL('../../locales/', import.meta.url)

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
}

/** Nothing from elsewhere, nothing inline: what a client types can't become code even if it became markup. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/**
 * The page's static files, read once: "/" and "/page/*", and its strings as "/page/strings/LANGUAGE.json".
 * Only what was found in the folder is served, so a path can't lead out of it.
 * @returns `find`: how to answer this path, or undefined when it is not one of ours
 */
export function createPageFiles({ languages }: { languages: Language[] }): {
  find(path: string): Serve | undefined
} {
  const served = new Map<string, Serve>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const extension = extname(entry.name)
    if (!entry.isFile() || !(extension in contentTypes) || entry.name === 'tsconfig.json') continue
    const file = join(entry.parentPath, entry.name)
    const path = file.slice(folder.length).replaceAll('\\', '/')
    served.set(path === 'index.html' ? '/' : `/page/${path}`, answer(readFileSync(file), extension))
  }
  for (const language of languages) {
    served.set(
      `/page/strings/${language}.json`,
      answer(readFileSync(new URL(`${language}/page.json`, locales)), '.json'),
    )
  }
  return { find: (path) => served.get(path) }
}

function answer(content: Buffer, extension: string): Serve {
  const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`
  const headers = {
    'Content-Type': contentTypes[extension],
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    // Asked anew every time, so that an update of the program shows at once; unchanged files cost a 304.
    'Cache-Control': 'no-cache',
    ETag: tag,
  }
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end()
    } else if (request.headers['if-none-match'] === tag) {
      response.writeHead(304, headers).end()
    } else {
      response.writeHead(200, { ...headers, 'Content-Length': content.length })
      response.end(request.method === 'HEAD' ? undefined : content)
    }
  }
}
