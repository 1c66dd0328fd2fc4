/** @import { Context } from './phone.js' */
import { fill, h } from '../dom.js'
import { icon } from '../icons.js'
import { attachMenu } from './attach-menu.js'
import { createMenu } from './menu.js'
import { awaitsOwner, openOwnerLink } from './owner-hint.js'

/** What Telegram and VK both take in one message. */
const maxLength = 4096

/**
 * The line at the bottom: writing, or the one big button when there is nothing to write to yet.
 * @param {Context} context
 */
export function createComposer(context) {
  const { t, platform } = context
  const input = h('textarea', {
    class: 'input',
    rows: 1,
    maxlength: maxLength,
    enterkeyhint: 'send',
    placeholder: t('composer.input'),
    'aria-label': t('composer.input'),
    onkeydown: sendOnEnter,
    oninput: () => update(),
  })
  const commands = commandsMenu(context)
  const toggle = h(
    'button',
    { type: 'button', class: 'icon-button toggle', onclick: () => context.toggleKeyboard() },
    icon('keyboard'),
  )
  const sendButton = h(
    'button',
    { type: 'submit', class: 'send', 'aria-label': t('composer.send') },
    icon('send'),
  )
  const form = h(
    'form',
    { class: 'writing', onsubmit: submit },
    commands.element,
    attachMenu(context),
    h('div', { class: 'field' }, input, toggle),
    sendButton,
  )
  const instead = h('div', { class: 'instead' })

  /** @param {KeyboardEvent} event */
  function sendOnEnter(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    form.requestSubmit()
  }

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault()
    const text = input.value.trim()
    if (text === '') return
    input.value = ''
    void context.do('sendText', { text }).then((sent) => {
      // What could not be sent comes back, unless something else is being written already.
      if (!sent && input.value === '') input.value = text
      update()
    })
    update()
  }

  /** @type {Map<number, string>} */
  const drafts = new Map()
  let writer = 0

  /** What one person has begun to write is not another's. @param {number} personId */
  const takeDraft = (personId) => {
    if (writer === personId) return
    drafts.set(writer, input.value)
    input.value = drafts.get(personId) ?? ''
    writer = personId
  }

  const update = () => {
    const chat = context.chat()
    takeDraft(chat.personId)
    const mode = chat.blocked ? 'blocked' : chat.started || chat.messages.length > 0 ? 'writing' : 'start'
    const hadFocus = instead.contains(document.activeElement)
    // VK lets one write to a community whose messages are forbidden: that allows them again.
    form.hidden = mode === 'start' || (mode === 'blocked' && platform === 'telegram')
    instead.hidden = mode === 'writing'
    fill(instead, { mode, owner: awaitsOwner(context) }, () => insteadNodes(context, mode))
    if (hadFocus && mode === 'writing') context.focusInput()
    commands.element.hidden = platform !== 'telegram' || chat.commands.length === 0
    toggle.hidden = chat.keyboard.length === 0
    toggle.setAttribute('aria-expanded', String(context.keyboardShown()))
    toggle.setAttribute(
      'aria-label',
      t(context.keyboardShown() ? 'composer.hideKeyboard' : 'composer.showKeyboard'),
    )
    sendButton.disabled = input.value.trim() === ''
    input.style.height = 'auto'
    input.style.height = `${input.scrollHeight}px`
  }

  context.draft = {
    words: () => input.value.trim(),
    clear() {
      input.value = ''
      update()
    },
  }
  context.focusInput = () => {
    if (!form.hidden) focusUnlessTouch(input)
    else instead.querySelector('button')?.focus()
  }
  return { element: h('footer', { class: 'composer' }, form, instead), update }
}

/** On a touch screen a focused field opens a keyboard over half of what one wants to see. @param {HTMLElement} input */
function focusUnlessTouch(input) {
  if (matchMedia('(hover: hover)').matches) input.focus()
}

/** @param {Context} context @param {'blocked' | 'start' | 'writing'} mode */
function insteadNodes(context, mode) {
  const { t, platform } = context
  const big = (/** @type {string} */ label, /** @type {() => void} */ run) =>
    h('button', { type: 'button', class: 'big', onclick: run }, label)
  if (mode === 'writing') return []
  if (mode === 'start') {
    return awaitsOwner(context)
      ? [big(t('owner.open'), () => openOwnerLink(context))]
      : [big(t(`composer.start.${platform}`), () => void context.do('start', {}))]
  }
  return [
    h('p', {}, t(`composer.blocked.${platform}`)),
    big(t(`composer.unblock.${platform}`), () => void context.do('unblock', {})),
  ]
}

/**
 * Telegram's "Menu" button with the bot's commands.
 * @param {Context} context
 */
function commandsMenu(context) {
  const { t } = context
  const menu = createMenu({
    label: t('composer.commands'),
    kind: 'commands',
    items: () =>
      context.chat().commands.map(({ command, description }) => ({
        label: [h('span', { class: 'menu-words' }, description), h('code', {}, `/${command}`)],
        run: () => void context.do('sendText', { text: `/${command}` }),
      })),
  })
  menu.trigger.className = 'menu-button'
  menu.trigger.append(icon('menu'), t('composer.menu'))
  return menu
}
