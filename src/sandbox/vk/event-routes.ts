import type { CallbackServers } from './callback-servers.ts'
import type { Community } from './community.ts'
import type { BotEvent, EventSink } from './events.ts'
import { defaultTypes } from './events.ts'
import type { LongPoll } from './long-poll.ts'

export interface CallbackOptions {
  /** Where the bot listens; http is fine on loopback. */
  url: string
  /** Stands in every notification. */
  secret: string
  /** What the bot must answer to the confirmation. */
  confirmation: string
}

/** Which way events go: to the callback servers, or, when there are none, to the long poll. */
export interface EventRoutes {
  sinks(): EventSink[]
  /** To be called when the callback servers have changed. */
  refresh(): void
  setCallback(options: CallbackOptions | null): Promise<void>
  /** Where a poll starts. A bot that polls has given up its callback server of an earlier run. */
  pollPosition(): { key: string; ts: string }
  /** For `save`: null when events go to the long poll. */
  undelivered(): BotEvent[] | null
}

/**
 * @param held events that an earlier run could not deliver to a callback server: until the bot connects again
 * they wait, and what happens meanwhile with them; null when there was no server
 */
export function createEventRoutes({
  community,
  longPoll,
  servers,
  held: initiallyHeld,
}: {
  community: Community
  longPoll: LongPoll
  servers: CallbackServers
  held: BotEvent[] | null
}): EventRoutes {
  let held = initiallyHeld && [...initiallyHeld]
  let sinks: EventSink[] = []
  /** The server of `setCallback`. */
  let ownServer: number | undefined
  const waitingRoom: EventSink = { accepts: () => true, take: (event) => held?.push(event) }
  refresh()

  return {
    sinks: () => sinks,
    refresh,
    async setCallback(options) {
      const known = servers.list().find(({ id }) => id === ownServer)
      if (!options) {
        if (known) servers.remove(known.id)
        ownServer = undefined
        return releaseTo(longPoll)
      }
      const wasConnected = known !== undefined || held !== null
      held ??= []
      community.confirmationCode = options.confirmation
      ownServer = put(known?.id, options)
      refresh()
      try {
        await servers.confirm(ownServer)
      } catch (error) {
        // Events that a callback server should get wait for the next attempt.
        if (!wasConnected) releaseTo(longPoll)
        throw error
      }
    },
    pollPosition() {
      const position = longPoll.position()
      if (sinks.includes(waitingRoom)) releaseTo(longPoll)
      return position
    },
    undelivered: () => (sinks[0] === longPoll ? null : [...(held ?? []), ...servers.pending()]),
  }

  function put(known: number | undefined, { url, secret }: CallbackOptions): number {
    const server = { url, secret, title: 'bot' }
    if (known !== undefined) servers.edit(known, server)
    const id = known ?? servers.add(server)
    for (const type of defaultTypes) servers.get(id).types.add(type)
    return id
  }

  function refresh(): void {
    const ready = servers.sinks()
    if (ready.length > 0 && held) releaseTo(...ready)
    sinks = ready.length > 0 ? ready : [held ? waitingRoom : longPoll]
  }

  function releaseTo(...targets: EventSink[]): void {
    const events = held ?? []
    held = null
    sinks = targets
    for (const event of events) {
      for (const sink of targets) if (sink.accepts(event.type)) sink.take(event)
    }
  }
}
