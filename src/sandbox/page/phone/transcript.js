/** @import { ShownMessage } from '../../messenger.ts' */
/** @import { Context } from './phone.js' */
import { fill, h } from '../dom.js'
import { icon } from '../icons.js'
import { avatar } from './avatar.js'
import { createMessage } from './message.js'
import { awaitsOwner } from './owner-hint.js'

/** So close to the end still counts as being there. */
const nearBottomPx = 48

/**
 * The conversation: bubbles by day, kept at the end unless the person has scrolled up to read.
 * @param {Context} context
 */
export function createTranscript(context) {
  const { t, times } = context
  const empty = h('div', { class: 'empty' })
  const typing = h(
    'div',
    { class: 'typing-dots', 'aria-hidden': 'true', hidden: true },
    h('i'),
    h('i'),
    h('i'),
  )
  const list = h('div', { class: 'messages' })
  const scroller = h(
    'div',
    { class: 'scroller', role: 'log', 'aria-live': 'polite', tabindex: '0' },
    empty,
    list,
    typing,
  )
  const jump = h(
    'button',
    {
      type: 'button',
      class: 'jump',
      'aria-label': t('messages.bottom'),
      hidden: true,
      onclick: () => toEnd(),
    },
    icon('down'),
  )
  const jumpCount = h('span', { class: 'badge' })
  jump.append(jumpCount)

  /** @type {Map<number, ReturnType<typeof createMessage>>} */
  let shown = new Map()
  /** @type {Map<string, HTMLElement>} the line above the first message of each day */
  let days = new Map()
  let shownChat = ''
  let atEnd = true
  let lastTop = 0
  let unseen = 0

  const toEnd = () => {
    atEnd = true
    unseen = 0
    scroller.scrollTop = scroller.scrollHeight
    showJump()
  }
  const showJump = () => {
    jump.hidden = atEnd
    jumpCount.hidden = unseen === 0
    jumpCount.textContent = String(unseen)
  }
  scroller.addEventListener('scroll', () => {
    const near = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearBottomPx
    // Only going up is leaving: the end may also move away by itself, when a picture loads or a keyboard opens.
    atEnd = near || (atEnd && scroller.scrollTop >= lastTop)
    lastTop = scroller.scrollTop
    if (atEnd) unseen = 0
    showJump()
  })
  // A keyboard that opens, or a picture that loads, must not push the last message out of sight.
  const watcher = new ResizeObserver(() => atEnd && toEnd())
  watcher.observe(scroller)
  watcher.observe(list)

  /** @param {ShownMessage[]} messages @param {boolean} calm without movement: they were there before */
  const reconcile = (messages, calm) => {
    const ids = new Set(messages.map(({ id }) => id))
    for (const [id, { element }] of shown) {
      if (ids.has(id)) continue
      element.remove()
      shown.delete(id)
    }
    let fresh = 0
    for (const message of messages) {
      const known = shown.get(message.id)
      if (known) known.update(message)
      else {
        const made = createMessage(context, message)
        shown.set(message.id, made)
        made.element.classList.toggle('arriving', !calm)
        fresh += message.from === 'person' ? Number.POSITIVE_INFINITY : 1
      }
    }
    placeInOrder(list, withDays(messages))
    return fresh
  }

  /**
   * The messages' elements, with the name of the day before the first one of each day; neighbours of the same side
   * are told that they are, so that only the last of them has a tail.
   * @param {ShownMessage[]} messages
   * @returns {HTMLElement[]}
   */
  const withDays = (messages) =>
    messages.flatMap((message, index) => {
      const element = shown.get(message.id)?.element
      if (!element) return []
      const [previous, next] = [messages[index - 1], messages[index + 1]]
      element.classList.toggle('first', !isNeighbour(message, previous))
      element.classList.toggle('last', !isNeighbour(message, next))
      return previous && isSameDay(message, previous) ? [element] : [dayLine(message), element]
    })

  /** @param {ShownMessage} one @param {ShownMessage} other */
  const isSameDay = (one, other) => times.day(one.sentAt) === times.day(other.sentAt)

  /** @param {ShownMessage} message @param {ShownMessage} [other] */
  const isNeighbour = (message, other) =>
    other !== undefined && other.from === message.from && isSameDay(message, other)

  /** Stays the same element, so that a screen reader tells a day once. @param {ShownMessage} message */
  const dayLine = ({ sentAt }) => {
    const day = times.day(sentAt)
    const line = days.get(day) ?? h('p', { class: 'day' })
    days.set(day, line)
    fill(line, times.dayName(sentAt), () => [times.dayName(sentAt)])
    return line
  }

  return {
    element: h('div', { class: 'transcript' }, scroller, jump),
    update() {
      const chat = context.chat()
      const changedChat = shownChat !== `${chat.botId}:${chat.personId}`
      if (changedChat) {
        shownChat = `${chat.botId}:${chat.personId}`
        shown = new Map()
        days = new Map()
        list.replaceChildren()
        context.dialogs.close()
      }
      scroller.setAttribute('aria-label', t('messages.label', { name: context.bot().name }))
      scroller.setAttribute('aria-live', changedChat ? 'off' : 'polite')
      showEmpty(empty, context)
      typing.hidden = !chat.typing
      const fresh = reconcile(chat.messages, changedChat)
      if (changedChat || atEnd || fresh === Number.POSITIVE_INFINITY) toEnd()
      else unseen += fresh
      showJump()
    },
  }
}

/**
 * What stands in a chat where nobody has said anything.
 * @param {HTMLElement} element
 * @param {Context} context
 */
function showEmpty(element, context) {
  const { t, name, store, chat } = context
  const bot = context.bot()
  const isEmpty = chat().messages.length === 0
  const stranger = name === 'admin' && !store.staffIds().includes(context.person().id)
  const owner = awaitsOwner(context)
  element.hidden = !isEmpty
  fill(element, { isEmpty, stranger, owner, bot }, () => [
    avatar({ id: bot.id, name: bot.name, kind: 'bot' }),
    h('p', { class: 'empty-name' }, owner ? t('owner.title') : bot.name),
    h('p', {}, owner ? t('owner.text') : t(`empty.${stranger ? 'stranger' : name}`)),
  ])
}

/**
 * Makes `nodes` the children of `list` without touching those that stay: a moved node would lose its focus.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} nodes
 */
function placeInOrder(list, nodes) {
  const kept = new Set(nodes)
  for (const child of Array.from(list.children)) {
    if (!kept.has(/** @type {HTMLElement} */ (child))) child.remove()
  }
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null)
  })
}
