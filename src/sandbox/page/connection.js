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
export const act = (body) => post('/act', JSON.stringify(body), { 'Content-Type': 'application/json' })

/**
 * Sends a file of the person's own to a bot in Telegram; a photo may have words under it.
 * @param {{ botId: number, personId: number, file: File, as: 'document' | 'photo', caption: string }} what
 * @returns {Promise<{ ok: true } | { ok: false, error?: string }>}
 */
export function sendFile({ botId, personId, file, as, caption }) {
  const place = new URLSearchParams({
    botId: String(botId),
    personId: String(personId),
    name: file.name,
    as,
    ...(caption && { caption }),
  })
  return post(`/file?${place}`, file, { 'Content-Type': 'application/octet-stream' })
}

/** @param {string} path @param {BodyInit} body @param {Record<string, string>} headers */
async function post(path, body, headers) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { ...headers, 'X-Otklik-Page': '1' },
      body,
    })
    const answer = await response.json()
    return response.ok ? answer : { ok: false, error: answer.error }
  } catch {
    return { ok: false }
  }
}
