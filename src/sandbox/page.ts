import type { IncomingMessage, ServerResponse } from 'node:http'
import { createPageActs } from './page-acts.ts'
import { createPageEvents } from './page-events.ts'
import { createPageFiles } from './page-files.ts'
import { isForeign } from './page-guard.ts'
import type { PageOptions } from './page-options.ts'
import { createSentFiles } from './page-sent-files.ts'
import { pageState, shownClock } from './page-state.ts'

export interface Page {
  /** False: the path is not the page's, nothing was touched. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  /** Ends the live connections and stops listening to the messengers. */
  close(): void
}

/**
 * The sandbox's web page: three phones to chat in. Serves "/", "/page/*", "/events" (server-sent events)
 * "/act" and "/file" (POST). Meant for a server bound to loopback; turns away other Hosts and other sites' pages.
 * @throws Error when a bot is unknown to its messenger
 */
export function createPage(options: PageOptions): Page {
  const state = () => pageState(options)
  state() // an unknown bot is reported at start, not to the first visitor
  const files = createPageFiles({ languages: options.languages })
  const events = createPageEvents({ ...options, state, shownClock: () => shownClock(options) })
  const acts = createPageActs({
    telegram: options.telegram,
    vk: options.vk,
    clock: options.clock,
    hours: options.hours,
    announcePeople: events.announcePeople,
  })
  const routes = new Map([
    ['/events', events.serve],
    ['/act', acts.serve],
    ['/file', createSentFiles(options.telegram).serve],
  ])
  return {
    handle(request, response) {
      const path = (request.url ?? '/').replace(/\?.*/s, '')
      const serve = routes.get(path) ?? files.find(path)
      if (!serve) return false
      if (isForeign(request)) refuse(response)
      else serve(request, response)
      return true
    },
    close: events.close,
  }
}

function refuse(response: ServerResponse): void {
  const error = 'The sandbox talks to this computer only: open it as http://localhost or http://127.0.0.1'
  response.writeHead(403, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error }))
}
