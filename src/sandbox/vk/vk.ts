import type { IncomingMessage, ServerResponse } from 'node:http'
import { createFaults } from '../faults.ts'
import type { Messenger, MessengerEvent, Person } from '../messenger.ts'
import { createApi } from './api.ts'
import { createCallbackServers } from './callback-servers.ts'
import type { Community, Group } from './community.ts'
import { conversationWith, putPerson } from './community.ts'
import { shownChat } from './conversation.ts'
import type { Conversation } from './conversation.ts'
import { createEventRoutes } from './event-routes.ts'
import type { CallbackOptions } from './event-routes.ts'
import { createPublish, defaultTypes } from './events.ts'
import { splitUrl } from './http.ts'
import { createIds } from './ids.ts'
import { createLongPoll, longPollMethod, longPollPrefix } from './long-poll.ts'
import type { LongPoll } from './long-poll.ts'
import { createMediaStore, mediaPrefix } from './media-store.ts'
import { createCallbackSettings } from './methods/callback-settings.ts'
import { createFiles } from './methods/files.ts'
import { createGroups } from './methods/groups.ts'
import { createMessageEventAnswer } from './methods/message-event-answer.ts'
import { createMessagesDialogue } from './methods/messages-dialogue.ts'
import { createMessagesEdit } from './methods/messages-edit.ts'
import { createMessagesSend } from './methods/messages-send.ts'
import { createUsers } from './methods/users.ts'
import { createPersonActs } from './person.ts'
import { createRateLimit } from './rate-limit.ts'
import { readSaved, restoreConversation, saveConversations } from './saved-state.ts'
import type { SavedState } from './saved-state.ts'
import { serveUpload, uploadPrefix } from './uploads.ts'

/** The stand-in for VK: what every messenger of the sandbox offers, and VK's own troubles. */
export interface Vk extends Messenger {
  /**
   * Connects the bot's server as the community's settings page would: asks it for the confirmation code,
   * then sends events there instead of keeping them for the long poll. Null disconnects it.
   * @throws Error when the server does not answer the confirmation with exactly the code
   */
  setCallback(options: CallbackOptions | null): Promise<void>
  /** The next polls with the old key get `failed: 2`. */
  expireKey(): void
  /** Forgets the events so far: whoever has not read them gets `failed: 1`. */
  loseHistory(): void
  /** The next polls get `failed: 3`. */
  loseServer(): void
  /** Messages to this person fail with 900 (blacklist) or 902 (privacy), until null. */
  restrict(personId: number, restriction: Conversation['restriction']): void
}

export interface VkOptions {
  group: Group
  people?: Person[]
  /** What `save()` gave in an earlier run. Throws when it is not. */
  saved?: unknown
  /** What stands on messages, epoch milliseconds. */
  now?: () => number
  /** Measures what lasts (presses, typing, random_ids, rates): no jump of `now` moves it. Epoch milliseconds; `now` by default. */
  realNow?: () => number
  /** 0 <= x < 1 */
  random?: () => number
  /** API calls a second; null: any number. 20, as VK allows a community. */
  rate?: number | null
  /** Pause before an undelivered callback event is brought again; doubles each time. VK's own are not known. */
  callbackRetryDelayMs?: number
}

/** A stand-in for VK with one community. Serve `handle` over HTTP; nothing listens by itself. */
export function createVk({
  group,
  people = [],
  saved: savedJson,
  now = Date.now,
  realNow = now,
  random = Math.random,
  rate = 20,
  callbackRetryDelayMs = 1000,
}: VkOptions): Vk {
  const saved = readSaved(savedJson)
  const listeners = new Set<(event: MessengerEvent) => void>()
  const faults = createFaults({ pollingMethods: [longPollMethod] })
  const ids = createIds({ now: realNow, random, saved: saved?.ids })
  const settings = saved?.settings ?? { enabled: true, apiVersion: '5.199', types: defaultTypes }
  const community: Community = {
    group,
    ids,
    faults,
    now,
    realNow,
    media: createMediaStore({ ids, saved: saved?.files }),
    conversations: new Map(saved?.conversations.map((kept) => [kept.person.id, restoreConversation(kept)])),
    presses: new Map(saved?.presses),
    longPoll: { ...settings, types: new Set(settings.types) },
    confirmationCode: ids.token(12).slice(-8),
    emit(event) {
      for (const listener of listeners) listener({ ...event, botId: group.id })
    },
    publish: (type, peerId, object) => publish(type, peerId, object),
  }
  for (const person of people) putPerson(community, person)
  const longPoll = createLongPoll({ ids, faults, settings: community.longPoll, saved: saved?.longPoll })
  const servers = createCallbackServers({
    community,
    retryDelayMs: callbackRetryDelayMs,
    onChange: () => routes.refresh(),
  })
  const routes = createEventRoutes({ community, longPoll, servers, held: saved?.callback ?? null })
  const publish = createPublish({ group, ids, faults, sinks: routes.sinks })

  return {
    platform: 'vk',
    faults,
    bots: () => [{ id: group.id, name: group.name, username: group.screenName }],
    people: () => [...community.conversations.values()].map(({ person }) => person),
    addPerson: (person) => putPerson(community, person),
    chat(botId, personId) {
      if (botId !== group.id) throw new Error(`no community ${botId} in the VK sandbox`)
      return shownChat(conversationWith(community, personId), botId, realNow())
    },
    ...createPersonActs(community),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    save: (): SavedState => ({
      version: 1,
      ids: ids.save(),
      longPoll: longPoll.save(),
      settings: { ...community.longPoll, types: [...community.longPoll.types] },
      conversations: saveConversations(community),
      presses: [...community.presses],
      files: community.media.save(),
      callback: routes.undelivered(),
    }),
    handle: createHandle({ community, longPoll, methods: createMethods(), rate }),
    setCallback: routes.setCallback,
    expireKey: longPoll.expireKey,
    loseHistory: longPoll.loseHistory,
    loseServer: longPoll.loseServer,
    restrict(personId, restriction) {
      conversationWith(community, personId).restriction = restriction
    },
    close() {
      longPoll.close()
      servers.close()
      listeners.clear()
    },
  }

  function createMethods() {
    const address = (path: string) => `${community.media.origin()}${path}`
    return {
      'messages.send': createMessagesSend(community),
      'messages.sendMessageEventAnswer': createMessageEventAnswer(community),
      ...createMessagesEdit(community),
      ...createMessagesDialogue(community),
      ...createUsers(community),
      ...createGroups(community, {
        position: routes.pollPosition,
        address: () => address(`${longPollPrefix}${group.id}`),
      }),
      ...createCallbackSettings(community, servers),
      ...createFiles(community, (kind) => address(`${uploadPrefix}${kind}`)),
    }
  }
}

/** The stand-in's paths: /method/<name>, /whp/<group>, /upload/<kind>, /vk-files/…; all else is not VK's. */
function createHandle({
  community,
  longPoll,
  methods,
  rate,
}: {
  community: Community
  longPoll: LongPoll
  methods: Parameters<typeof createApi>[0]['methods']
  rate: number | null
}): Messenger['handle'] {
  const mayCall = rate === null ? () => true : createRateLimit({ perSecond: rate, now: community.realNow })
  const serveMethod = createApi({ community, methods, mayCall })

  return (request: IncomingMessage, response: ServerResponse) => {
    const { path, query } = splitUrl(request.url ?? '/')
    // The client went away, or its body is broken: there is nobody to tell.
    const cut = () => response.destroy()
    if (path.startsWith('/method/')) {
      void serveMethod(request, response, path.slice('/method/'.length), query).catch(cut)
    } else if (path.startsWith(longPollPrefix)) longPoll.serve(response, query)
    else if (path.startsWith(uploadPrefix)) {
      void serveUpload(community.media, request, response, path.slice(uploadPrefix.length)).catch(cut)
    } else if (path.startsWith(mediaPrefix)) community.media.serve(path, response)
    else return false
    return true
  }
}
