/** @import { PageEvent } from '../page-protocol.ts' */
/** @import { Act } from '../page-acts.ts' */

const reopenMs = 2000

/**
 * Listens to the server for as long as the page lives. Every connection begins with the full state,
 * so nothing is lost when one breaks.
 * @param {{ onEvent: (event: PageEvent) => void, onStatus: (connected: boolean) => void }} options
 */
export function connect({ onEvent, onStatus }) {
  const source = new EventSource('/events')
  source.addEventListener('open', () => onStatus(true))
  source.addEventListener('message', ({ data }) => onEvent(JSON.parse(data)))
  source.addEventListener('error', () => {
    onStatus(false)
    // The browser reconnects by itself, unless the server answered with an error: then it gives up.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => connect({ onEvent, onStatus }), reopenMs)
  })
}

/**
 * Does something in a messenger as the person of a phone.
 * @param {Act} body
 * @returns {Promise<{ ok: true, ids?: { telegram?: number, vk?: number } } | { ok: false, error?: string }>}
 *   without `error`: the server could not be reached
 */
export async function act(body) {
  try {
    const response = await fetch('/act', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Otklik-Page': '1' },
      body: JSON.stringify(body),
    })
    const answer = await response.json()
    return response.ok ? answer : { ok: false, error: answer.error }
  } catch {
    return { ok: false }
  }
}
