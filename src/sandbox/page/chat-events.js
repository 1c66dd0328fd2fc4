/** @import { Chat, ShownMessage } from '../messenger.ts' */
/** @import { PageEvent } from '../page-protocol.ts' */

/**
 * The chat after one event of its messenger.
 * @param {Chat} chat
 * @param {Extract<PageEvent, { platform: unknown }>} event
 * @returns {Chat}
 */
export function applyToChat(chat, event) {
  switch (event.type) {
    case 'message': {
      const started = chat.started || event.message.from === 'person'
      return { ...chat, started, typing: false, messages: put(chat.messages, event.message) }
    }
    case 'edit':
      return { ...chat, messages: put(chat.messages, event.message) }
    case 'delete':
      return { ...chat, messages: chat.messages.filter(({ id }) => id !== event.messageId) }
    case 'keyboard':
      return { ...chat, keyboard: event.keyboard }
    case 'typing':
      return { ...chat, typing: event.typing }
    case 'blocked':
      return { ...chat, blocked: event.blocked }
    case 'commands':
      return { ...chat, commands: event.commands }
    case 'toast':
    case 'answered':
      return chat
  }
}

/**
 * A new message goes last; a known one keeps its place.
 * @param {ShownMessage[]} messages
 * @param {ShownMessage} message
 */
function put(messages, message) {
  const index = messages.findIndex(({ id }) => id === message.id)
  return index < 0 ? [...messages, message] : messages.with(index, message)
}
