import type { IncomingMessage } from 'node:http'

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The header that only our own page can send: a foreign site's would need a preflight, which nobody answers. */
export const actHeader = 'x-otklik-page'

/**
 * Whether the request comes from elsewhere: the name in Host is not loopback's (a foreign name that was made to
 * resolve to 127.0.0.1), or Origin is another site's.
 */
export function isForeign(request: IncomingMessage): boolean {
  const host = urlOf(`http://${request.headers.host ?? ''}`)
  if (!host || !loopbackNames.has(host.hostname)) return true
  const { origin } = request.headers
  return origin !== undefined && urlOf(origin)?.host !== host.host
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}
