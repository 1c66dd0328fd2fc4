import type { Messenger, MessengerEvent, ShownMessage } from '../../../src/sandbox/messenger.ts'
import type { Card, Place, Words } from './shown-card.ts'
import { samePlace } from './shown-card.ts'

/** What came from the bot after an act. */
export interface Heard {
  cards: Card[]
  texts: string[]
  toasts: string[]
  /** Presses that stopped spinning. */
  answered: number
}

/** A messenger on a phone of one person. */
export interface Device {
  /** What asks something and was written, or changed, last. */
  live(): { message: ShownMessage; card: Card } | undefined
  /** Does something, and waits until what came is enough. Rejects with the chat when it never is. */
  after(act: () => void, enough: (heard: Heard) => boolean): Promise<Heard>
  start(payload?: string): void
  says(text: string): void
  /** Presses a button of the live message. */
  press(label: string): void
  messages(): ShownMessage[]
}

/** Lets many phones listen to one messenger. */
export function listenTo(messenger: Messenger) {
  const listeners = new Map<number, (event: MessengerEvent) => void>()
  const stop = messenger.subscribe((event) => listeners.get(event.personId)?.(event))
  return {
    stop,
    messenger,
    hear: (personId: number, listener: (event: MessengerEvent) => void) =>
      void listeners.set(personId, listener),
  }
}
export type Hearing = ReturnType<typeof listenTo>

const patienceMs = 60_000

export function openDevice({
  hearing,
  botId,
  personId,
  words,
}: {
  hearing: Hearing
  botId: number
  personId: number
  words: Words
}): Device {
  const { messenger } = hearing
  let live: { message: ShownMessage; card: Card } | undefined
  let heard: Heard = { cards: [], texts: [], toasts: [], answered: 0 }
  let look: () => void = () => {}

  const asks = (message: ShownMessage) => message.buttons.flat().some((button) => button.kind !== 'link')
  hearing.hear(personId, (event) => {
    if (event.type === 'toast') heard.toasts.push(event.text)
    if (event.type === 'answered') heard.answered += 1
    if ((event.type === 'message' || event.type === 'edit') && event.message.from === 'bot') {
      const { message } = event
      heard.texts.push(message.text)
      if (asks(message)) {
        live = { message, card: words.read(message) }
        heard.cards.push(live.card)
      } else if (live?.message.id === message.id) live = undefined
    }
    look()
  })

  const find = (label: string) => {
    for (const [row, buttons] of (live?.message.buttons ?? []).entries())
      for (const [column, button] of buttons.entries()) if (button.label === label) return { row, column }
    throw new Error(`there is no button "${label}" in "${live?.message.text}"`)
  }
  const messages = () => messenger.chat(botId, personId).messages

  return {
    live: () => live,
    messages,
    start: (payload) => messenger.start(botId, personId, payload === undefined ? undefined : { payload }),
    says: (text) => messenger.sendText(botId, personId, text),
    press(label) {
      const { row, column } = find(label)
      if (live) messenger.press(botId, personId, live.message.id, row, column)
    },
    after(act, enough) {
      heard = { cards: [], texts: [], toasts: [], answered: 0 }
      return new Promise((resolve, reject) => {
        const inVain = setTimeout(() => {
          look = () => {}
          const chat = messages()
            .slice(-12)
            .map((one) => `${one.from}: ${one.text}`)
          reject(
            new Error(
              `${messenger.platform} ${personId} waited in vain; heard ${JSON.stringify(heard)}; the chat:\n${chat.join('\n')}`,
            ),
          )
        }, patienceMs)
        look = () => {
          if (!enough(heard)) return
          clearTimeout(inVain)
          look = () => {}
          resolve(heard)
        }
        act()
      })
    },
  }
}

/** The first card of another place than this, or the menu. */
export const movedFrom = (place: Place | undefined, { cards }: Heard): Card | undefined =>
  cards.find((card) => card.isMenu || (card.place !== undefined && !samePlace(card.place, place)))
