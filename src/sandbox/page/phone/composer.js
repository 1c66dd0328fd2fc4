/** @import { Context } from './phone.js' */
import { fill, h } from '../dom.js'
import { icon } from '../icons.js'
import { attachMenu } from './attach-menu.js'
import { createMenu } from './menu.js'

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
  const toggle = h('button', { type: 'button', class: 'icon-button toggle', onclick: () => context.toggleKeyboard() }, icon('keyboard'))
  const sendButton = h('button', { type: 'submit', class: 'send', 'aria-label': t('composer.send') }, icon('send'))
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

  const update = () => {
    const chat = context.chat()
    const mode = chat.blocked ? 'blocked' : chat.started || chat.messages.length > 0 ? 'writing' : 'start'
    const hadFocus = instead.contains(document.activeElement)
    form.hidden = mode !== 'writing'
    instead.hidden = mode === 'writing'
    fill(instead, mode, () => insteadNodes(context, mode))
    if (hadFocus && mode === 'writing') input.focus()
    commands.element.hidden = platform !== 'telegram' || chat.commands.length === 0
    toggle.hidden = chat.keyboard.length === 0
    toggle.setAttribute('aria-expanded', String(context.keyboardShown()))
    toggle.setAttribute('aria-label', t(context.keyboardShown() ? 'composer.hideKeyboard' : 'composer.showKeyboard'))
    sendButton.disabled = input.value.trim() === ''
    input.style.height = 'auto'
    input.style.height = `${input.scrollHeight}px`
  }

  context.focusInput = () => (form.hidden ? instead.querySelector('button') : input)?.focus()
  return { element: h('footer', { class: 'composer' }, form, instead), update }
}

/** @param {Context} context @param {'blocked' | 'start' | 'writing'} mode */
function insteadNodes({ t, platform, ...context }, mode) {
  if (mode === 'writing') return []
  const [label, run] =
    mode === 'start'
      ? [t(`composer.start.${platform}`), () => context.do('start', {})]
      : [t(`composer.unblock.${platform}`), () => context.do('unblock', {})]
  return [
    mode === 'blocked' && h('p', {}, t(`composer.blocked.${platform}`)),
    h('button', { type: 'button', class: 'big', onclick: () => void run() }, label),
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
