/** @import { Chat, Person } from '../messenger.ts' */
/** @import { PageEvent, PageState, Phone, PhoneName, ShownClock } from '../page-protocol.ts' */
import { applyToChat } from './chat-events.js'
import { recall, remember } from './remembered.js'

/** @type {readonly PhoneName[]} */
export const phoneNames = ['telegram', 'vk', 'admin']

/** @typedef {ReturnType<typeof createStore>} Store */

/**
 * What the page knows: the server's state kept up to date by events, whose phone each one is, and what is unread.
 * @param {PageState} initial
 */
export function createStore(initial) {
  let state = initial
  /** @type {Map<string, Chat>} */
  let chats = new Map()
  /** @type {Map<string, number>} */
  const unread = new Map()
  /** @type {Set<(event?: PageEvent) => void>} */
  const listeners = new Set()
  /** @type {ReadonlySet<PhoneName>} */
  let visible = new Set(phoneNames)

  /** @param {PageEvent} [event] */
  const notify = (event) => listeners.forEach((listener) => listener(event))

  /** @param {PageState} next */
  const replace = (next) => {
    state = next
    chats = new Map(next.chats.map((chat) => [keyOf(chat), chat]))
  }
  replace(initial)

  /** @param {PhoneName} name @returns {Phone} */
  const phone = (name) => state.phones[name]

  /** @param {PhoneName} name @returns {Person[]} */
  const people = (name) => state.people[phone(name).platform]

  /** Whose phone it is: the one chosen, else the first who belongs there. @param {PhoneName} name @returns {Person} */
  const person = (name) => {
    const chosen = Number(recall(`person.${name}`))
    const own = people(name).find(({ id }) => state.staffIds.includes(id) === (name === 'admin'))
    const found = people(name).find(({ id }) => id === chosen) ?? own ?? people(name)[0]
    return found ?? { id: 0, firstName: '?', language: 'ru' }
  }

  /** @param {PhoneName} name @param {number} [personId] @returns {Chat} */
  const chat = (name, personId = person(name).id) => {
    const { platform, bot } = phone(name)
    const found = chats.get(keyOf({ platform, botId: bot.id, personId }))
    return found ?? emptyChat(platform, bot.id, personId)
  }

  const markRead = () => {
    for (const name of visible) unread.delete(keyOf(chat(name)))
  }

  /** @param {PageEvent} event */
  const apply = (event) => {
    if (event.type === 'state') replace(event.state)
    else if (event.type === 'adminLink') state = withLink(state, event.link)
    else if (event.type === 'clock') state = { ...state, clock: event.clock }
    else if (event.type === 'people') {
      state = { ...state, people: event.people }
      event.chats.forEach((one) => chats.set(keyOf(one), one))
    } else {
      const key = keyOf(event)
      chats.set(
        key,
        applyToChat(chats.get(key) ?? emptyChat(event.platform, event.botId, event.personId), event),
      )
      if (event.type === 'message' && event.message.from === 'bot')
        unread.set(key, (unread.get(key) ?? 0) + 1)
    }
    markRead()
    notify(event)
  }

  return {
    apply,
    phone,
    people,
    person,
    chat,
    staffIds: () => state.staffIds,
    adminLink: () => state.adminLink,
    languages: () => state.languages,
    /** @returns {ShownClock} */
    clock: () => state.clock,
    /** What the sandbox's clock shows, epoch milliseconds. */
    now: () => Date.now() + state.clock.offsetMs,
    /** Another minute has begun: what depends on the time is shown anew. */
    passTime: () => notify(),
    /** @param {PhoneName} name @param {number} [personId] */
    unread: (name, personId) => unread.get(keyOf(chat(name, personId))) ?? 0,
    /** @param {PhoneName} name @param {number} personId */
    choosePerson(name, personId) {
      remember(`person.${name}`, String(personId))
      markRead()
      notify()
    },
    /** @param {ReadonlySet<PhoneName>} names the phones that are on the screen now */
    show(names) {
      visible = names
      markRead()
      notify()
    },
    /** @param {(event?: PageEvent) => void} listener @returns {() => void} the way to stop listening */
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** @param {{ platform: string, botId: number, personId: number }} chat */
const keyOf = ({ platform, botId, personId }) => `${platform}:${botId}:${personId}`

/** @param {Chat['platform']} platform @param {number} botId @param {number} personId @returns {Chat} */
const emptyChat = (platform, botId, personId) => ({
  platform,
  botId,
  personId,
  messages: [],
  keyboard: [],
  typing: false,
  blocked: false,
  started: false,
  commands: [],
})

/** @param {PageState} state @param {string} [link] @returns {PageState} */
function withLink({ adminLink: _, ...state }, link) {
  return link === undefined ? state : { ...state, adminLink: link }
}
