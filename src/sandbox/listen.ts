import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Takes the request and returns true, or leaves it untouched and returns false. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => boolean

export interface Listening {
  /** Without a slash at the end: "http://127.0.0.1:PORT". */
  url: string
  port: number
  /** Cuts open connections (polls hang for up to 50 s) and stops listening. */
  close(): Promise<void>
}

/**
 * Serves the handlers on one port: the first that takes a request answers it, nobody: 404.
 * @param handlers tried in order
 * @param port 0 (the default) takes a free one
 * @throws the socket's error when the port is taken or forbidden
 */
export async function listen(
  handlers: Handler[],
  { port = 0, host = '127.0.0.1' }: { port?: number; host?: string } = {},
): Promise<Listening> {
  const server = createServer((request, response) => {
    if (handlers.some((handler) => handler(request, response))) return
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not Found')
  })
  // Clients keep connections alive; closing idle ones early would race with their next request.
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
  const bound = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`,
    port: bound.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
