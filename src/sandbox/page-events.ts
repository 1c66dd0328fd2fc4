import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from './clock.ts'
import type { Chat, Messenger, MessengerEvent } from './messenger.ts'
import type { PageEvent, PageState, ShownClock } from './page-protocol.ts'

interface EventsOptions {
  telegram: Messenger
  vk: Messenger
  state: () => PageState
  adminLink?: () => string | undefined
  clock: Clock
  shownClock: () => ShownClock
}

/** A page that reads slower than this is cut off; it reconnects and gets the full state, which is shorter. */
const maxUnsentBytes = 8 * 1024 * 1024
const heartbeatMs = 15_000
/** The link is used up by the bot, and the evening comes: nobody tells the page about either. */
const checkMs = 500

/**
 * The live stream of everything that the phones show: the full state first, then each event of both messengers.
 * @returns `serve` (GET /events), `announcePeople` (after somebody was added), `close`
 */
export function createPageEvents({ telegram, vk, state, adminLink, clock, shownClock }: EventsOptions) {
  const listeners = new Set<ServerResponse>()
  let shownLink = adminLink?.()
  let told = JSON.stringify(shownClock())

  const broadcast = (event: PageEvent) => listeners.forEach((listener) => send(listener, event))
  const known = new Set(peopleIn(state()))
  const announcePeople = () => {
    const { people, chats } = state()
    const news = chats.filter((chat) => !known.has(keyOf(chat)))
    news.forEach((chat) => known.add(keyOf(chat)))
    if (news.length > 0) broadcast({ type: 'people', people, chats: news })
  }
  const announceLink = () => {
    const link = adminLink?.()
    if (link === shownLink) return
    shownLink = link
    broadcast({ type: 'adminLink', ...(link === undefined ? {} : { link }) })
  }

  const announceClock = () => {
    const shown = shownClock()
    if (JSON.stringify(shown) === told) return
    told = JSON.stringify(shown)
    broadcast({ type: 'clock', clock: shown })
  }

  const relay = (messenger: Messenger) =>
    messenger.subscribe((event) => {
      // Somebody may be added past the page (a test, a load driver): the page must know the person first.
      if (!known.has(keyOf({ platform: messenger.platform, personId: event.personId }))) announcePeople()
      broadcast(withCommands(messenger, event))
    })
  const unsubscribe = [relay(telegram), relay(vk), clock.onSkip(announceClock)]
  const timers = [
    setInterval(() => listeners.forEach((listener) => listener.write(':\n\n')), heartbeatMs),
    setInterval(announceLink, checkMs),
    setInterval(announceClock, checkMs),
  ]
  for (const timer of timers) timer.unref()

  return {
    serve(request: IncomingMessage, response: ServerResponse): void {
      if (request.method !== 'GET') return void response.writeHead(405, { Allow: 'GET' }).end()
      response.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      })
      response.write('retry: 1000\n\n')
      send(response, { type: 'state', state: state() })
      listeners.add(response)
      response.on('close', () => listeners.delete(response))
    },
    announcePeople,
    close(): void {
      timers.forEach((timer) => clearInterval(timer))
      unsubscribe.forEach((stop) => stop())
      listeners.forEach((listener) => listener.end())
      listeners.clear()
    },
  }
}

function send(listener: ServerResponse, event: PageEvent): void {
  if (listener.writableLength > maxUnsentBytes) listener.destroy()
  else listener.write(`data: ${JSON.stringify(event)}\n\n`)
}

function withCommands(messenger: Messenger, event: MessengerEvent): PageEvent {
  const { platform } = messenger
  if (event.type !== 'commands') return { platform, ...event }
  return { platform, ...event, commands: messenger.chat(event.botId, event.personId).commands }
}

const keyOf = ({ platform, personId }: Pick<Chat, 'platform' | 'personId'>) => `${platform}:${personId}`
const peopleIn = ({ chats }: PageState) => chats.map(keyOf)
