/** @import { ShownButton, ShownMessage } from '../../messenger.ts' */
/** @import { Context } from './phone.js' */
import { fill, h } from '../dom.js'
import { icon } from '../icons.js'
import { safeLink } from './rich-text.js'

/** The messenger stops waiting after this long, whether the bot has answered or not. */
const waitingMs = 30_000

/**
 * The buttons under a message.
 * @param {Context} context
 */
export function createInlineKeyboard(context) {
  const { t, waiting } = context
  const element = h('div', { class: 'inline-keyboard', role: 'group', 'aria-label': t('messages.buttons') })

  /** @param {ShownMessage} message */
  const update = (message) => {
    const { id, buttons } = message
    element.hidden = buttons.length === 0
    const hadFocus = element.contains(document.activeElement)
    fill(element, { buttons, waiting: waiting.get(id) }, () =>
      buttons.map((row, rowIndex) =>
        h(
          'div',
          { class: 'row' },
          ...row.map((button, column) => key({ button, message, row: rowIndex, column })),
        ),
      ),
    )
    // The buttons are gone under the finger: the next thing to do is in the line below.
    if (hadFocus && !element.contains(document.activeElement)) context.focusInput()
  }

  /** @param {{ button: ShownButton, message: ShownMessage, row: number, column: number }} place */
  const key = ({ button, message, row, column }) => {
    const place = `${row}:${column}`
    const busy = waiting.get(message.id) === place
    const press = () => {
      if (button.kind === 'callback') wait(message, place)
      void context.do('press', { messageId: message.id, row, column }).then((done) => {
        if (!done) stopWaiting(message, place)
      })
    }
    const look = `key color-${button.color ?? 'default'}`
    if (button.kind === 'link') return linkKey(context, button, look)
    return h(
      'button',
      { type: 'button', class: look, 'aria-busy': busy && 'true', onclick: press },
      button.kind === 'location' && icon('location'),
      h('span', { class: 'key-label' }, button.label),
      busy && h('span', { class: 'spinner', role: 'img', 'aria-label': t('messages.waiting') }),
    )
  }

  /** @param {ShownMessage} message @param {string} place */
  const wait = (message, place) => {
    waiting.set(message.id, place)
    setTimeout(() => stopWaiting(message, place), waitingMs)
    context.refresh()
  }

  /** @param {ShownMessage} message @param {string} place */
  const stopWaiting = (message, place) => {
    if (waiting.get(message.id) !== place) return
    waiting.delete(message.id)
    context.refresh()
  }

  return { element, update }
}

/** @param {Context} context @param {ShownButton} button @param {string} look */
function linkKey(context, button, look) {
  const href = safeLink(button.link)
  const follow = (/** @type {Event} */ event) => {
    if (href && context.openLink(href)) event.preventDefault()
  }
  return h(
    'a',
    { class: look, href, target: '_blank', rel: 'noopener noreferrer', onclick: follow },
    h('span', { class: 'key-label' }, button.label),
    icon('outside'),
  )
}
