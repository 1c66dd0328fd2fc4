import { badParameter } from '../api-error.ts'
import type { Community, Press } from '../community.ts'
import { requiredInteger, requiredText, text } from '../params.ts'
import type { Params } from '../params.ts'
import type { Method } from './method.ts'

const answerWithinMs = 60_000
const maxEventData = 1000
const maxSnackbar = 90

/** `messages.sendMessageEventAnswer`: the answer to a press of a callback button, once, within a minute. */
export const createMessageEventAnswer =
  (community: Community): Method =>
  (params) => {
    const eventId = requiredText(params, 'event_id')
    const userId = requiredInteger(params, 'user_id')
    const peerId = requiredInteger(params, 'peer_id')
    const press = community.presses.get(eventId)
    if (!press || isOver(press, community) || press.personId !== userId || press.personId !== peerId) {
      throw badParameter('invalid event_id')
    }
    const toast = readToast(params)
    community.presses.delete(eventId)
    if (toast !== undefined) community.emit({ type: 'toast', personId: userId, text: toast, alert: false })
    community.emit({ type: 'answered', personId: userId, messageId: press.messageId })
    return 1
  }

/** Notes a press, and forgets those that nobody may answer any more. */
export function notePress(community: Community, eventId: string, press: Press): void {
  for (const [id, earlier] of community.presses) {
    if (!isOver(earlier, community)) break
    community.presses.delete(id)
  }
  community.presses.set(eventId, press)
}

const isOver = (press: Press, { realNow }: Community): boolean => realNow() - press.atMs > answerWithinMs

/** What the person sees: the snackbar, or where the link or the app leads. */
function readToast(params: Params): string | undefined {
  const json = text(params, 'event_data')
  if (json === undefined) return undefined
  if (json.length > maxEventData) throw badParameter('event_data is too long')
  const data = parse(json)
  switch (data['type']) {
    case 'show_snackbar': {
      const snackbar = data['text']
      if (typeof snackbar !== 'string' || snackbar === '') throw badParameter('event_data text is undefined')
      if (snackbar.length > maxSnackbar) throw badParameter(`event_data text is longer than ${maxSnackbar}`)
      return snackbar
    }
    case 'open_link': {
      if (typeof data['link'] !== 'string') throw badParameter('event_data link is undefined')
      return data['link']
    }
    case 'open_app': {
      const appId = Number(data['app_id'])
      if (!Number.isInteger(appId)) throw badParameter('event_data app_id is undefined')
      return `https://vk.com/app${appId}`
    }
    default:
      throw badParameter('event_data type is invalid')
  }
}

function parse(json: string): Record<string, unknown> {
  try {
    const data: unknown = JSON.parse(json)
    if (typeof data === 'object' && data !== null) return data as Record<string, unknown>
  } catch {
    // told below
  }
  throw badParameter('event_data should be valid JSON')
}
