import { ApiError } from './api-error.ts'
import type { CallbackDelivery } from './callback-delivery.ts'
import { createCallbackDelivery } from './callback-delivery.ts'
import type { Community, EventSettings } from './community.ts'
import type { BotEvent, EventSink } from './events.ts'
import type { PostAnswer } from './post-client.ts'

/** The servers of the community's Callback API settings. */
export interface CallbackServers {
  /** @returns the new server's id; it gets events once it has confirmed itself and they are switched on */
  add(options: { url: string; title: string; secret: string }): number
  edit(id: number, options: { url: string; title: string; secret: string }): void
  remove(id: number): void
  get(id: number): CallbackServer
  list(): CallbackServer[]
  /** Asks the server for the confirmation code. @throws Error with what was wrong */
  confirm(id: number): Promise<void>
  /** The servers that get events now. */
  sinks(): EventSink[]
  pending(): BotEvent[]
  close(): void
}

export interface CallbackServer extends Omit<EventSettings, 'enabled'> {
  readonly id: number
  title: string
  url: string
  secret: string
  status: 'unconfigured' | 'failed' | 'wait' | 'ok'
}

interface Entry extends EventSink {
  server: CallbackServer
  delivery: CallbackDelivery
}

const maxServers = 10

/**
 * @param retryDelayMs pause before an event is brought again for the first time
 * @param onChange the set of servers that get events may have changed
 */
export function createCallbackServers({
  community,
  retryDelayMs,
  onChange,
}: {
  community: Pick<Community, 'group' | 'ids' | 'longPoll' | 'confirmationCode'>
  retryDelayMs: number
  onChange: () => void
}): CallbackServers {
  const entries = new Map<number, Entry>()
  let lastId = 0

  return {
    add(options) {
      if (entries.size >= maxServers) throw new ApiError(2000)
      lastId += 1
      const server: CallbackServer = {
        id: lastId,
        ...options,
        status: 'unconfigured',
        apiVersion: community.longPoll.apiVersion,
        types: new Set(),
      }
      entries.set(server.id, createEntry(server))
      return server.id
    },
    edit(id, options) {
      const { server, delivery } = entry(id)
      delivery.close()
      Object.assign(server, options, { status: 'unconfigured' })
      const moved = createEntry(server)
      for (const event of delivery.pending()) moved.take(event)
      entries.set(id, moved)
      onChange()
    },
    remove,
    get: (id) => entry(id).server,
    list: () => [...entries.values()].map(({ server }) => server),
    confirm,
    sinks: () => [...entries.values()].filter(({ server }) => server.status === 'ok'),
    pending: () => [...entries.values()].flatMap(({ delivery }) => delivery.pending()),
    close() {
      for (const { delivery } of entries.values()) delivery.close()
    },
  }

  function createEntry(server: CallbackServer): Entry {
    const delivery = createCallbackDelivery({
      url: server.url,
      prefix: () => `{"v":"${server.apiVersion}",${secretField(server.secret)}`,
      retryDelayMs,
      onRemove: () => entries.has(server.id) && remove(server.id),
    })
    return {
      server,
      delivery,
      accepts: (type) => server.types.has(type),
      take: (event) => delivery.push(event),
    }
  }

  async function confirm(id: number): Promise<void> {
    const { server, delivery } = entry(id)
    const code = community.confirmationCode
    server.status = 'wait'
    try {
      check(await delivery.post(confirmationBody(server)), code)
      server.status = 'ok'
    } catch (cause) {
      server.status = 'failed'
      const what = cause instanceof Error ? cause.message : String(cause)
      throw new Error(`the callback server ${server.url} was not confirmed: ${what}`, { cause })
    } finally {
      onChange()
    }
  }

  function confirmationBody(server: CallbackServer): string {
    const { group, ids } = community
    const event = `"type":"confirmation","group_id":${group.id},"event_id":"${ids.token(40)}"`
    return `{"v":"${server.apiVersion}",${secretField(server.secret)}${event}}`
  }

  function remove(id: number): void {
    entry(id).delivery.close()
    entries.delete(id)
    onChange()
  }

  function entry(id: number): Entry {
    const found = entries.get(id)
    if (!found) throw new ApiError(104)
    return found
  }
}

const secretField = (secret: string): string => (secret === '' ? '' : `"secret":${JSON.stringify(secret)},`)

function check({ status, body }: PostAnswer, code: string): void {
  if (status !== 200) throw new Error(`it answered ${status} instead of 200`)
  if (body !== code) throw new Error(`it answered ${JSON.stringify(body.slice(0, 100))} instead of the code`)
}
