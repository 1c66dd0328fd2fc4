/** @import { ShownMessage } from '../../messenger.ts' */
/** @import { Context } from './phone.js' */
import { h } from '../dom.js'
import { icon } from '../icons.js'
import { attachmentNodes } from './attachments.js'
import { createInlineKeyboard } from './inline-keyboard.js'
import { richText } from './rich-text.js'

/**
 * One message with its buttons. An edit changes it in place and shows that it did.
 * @param {Context} context
 * @param {ShownMessage} message
 */
export function createMessage(context, message) {
  const bubble = h('div', { class: 'bubble' })
  const keyboard = createInlineKeyboard(context)
  const element = h(
    'article',
    { class: `message from-${message.from}`, data: { message: message.id } },
    bubble,
    keyboard.element,
  )
  let shownContent = ''

  /** @param {ShownMessage} next */
  const update = (next) => {
    // Buttons are another part: a question that only loses its buttons is not written anew.
    const { buttons: _, ...content } = next
    const signature = JSON.stringify(content)
    if (signature !== shownContent) {
      bubble.replaceChildren(...bubbleNodes(context, next))
      bubble.className = `bubble${bare(next) ? ' bare' : ''}${next.picture ? ' with-picture' : ''}`
      if (shownContent !== '') flash(bubble)
      shownContent = signature
    }
    keyboard.update(next)
  }
  update(message)
  return { element, update }
}

/** @param {Context} context @param {ShownMessage} message */
function bubbleNodes(context, message) {
  const { t, times } = context
  const who = t(message.from === 'bot' ? 'messages.fromBot' : 'messages.fromPerson')
  return [
    h('span', { class: 'sr-only' }, `${who}: `),
    ...attachmentNodes(context, message),
    h(
      'div',
      { class: 'words' },
      message.text !== '' && h('span', { class: 'text' }, ...richText(context, message)),
      h(
        'span',
        { class: 'meta' },
        message.editedAt !== undefined && h('span', { class: 'edited' }, t('messages.edited')),
        h('time', { datetime: new Date(message.sentAt).toISOString() }, times.clockTime(message.sentAt)),
        message.from === 'person' && h('span', { class: 'ticks' }, icon('check'), icon('check')),
      ),
    ),
  ]
}

/** A sticker has no bubble around it. @param {ShownMessage} message */
const bare = (message) => message.attachment === 'sticker' && !message.file

/** Shows for a moment that the message has just changed. @param {HTMLElement} bubble */
function flash(bubble) {
  bubble.classList.add('changed')
  bubble.addEventListener('animationend', () => bubble.classList.remove('changed'), { once: true })
}
