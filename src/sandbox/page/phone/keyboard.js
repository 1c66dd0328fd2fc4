/** @import { ShownButton } from '../../messenger.ts' */
/** @import { Context } from './phone.js' */
import { fill, h } from '../dom.js'
import { icon } from '../icons.js'
import { safeLink } from './rich-text.js'
import { shareContact, shareLocation } from './share.js'

/**
 * The bot's keyboard under the input field.
 * @param {Context} context
 */
export function createKeyboard(context) {
  const { t } = context
  const element = h('div', { class: 'keyboard', role: 'group', 'aria-label': t('composer.keyboard') })
  let folded = false
  let shownKeyboard = ''

  context.keyboardShown = () => context.chat().keyboard.length > 0 && !folded
  context.toggleKeyboard = () => {
    folded = !folded
    context.refresh()
  }

  /** @param {ShownButton} button @param {number} row @param {number} column */
  const key = (button, row, column) => {
    const look = `key color-${button.color ?? 'default'}`
    const href = button.kind === 'link' && safeLink(button.link)
    if (href)
      return h(
        'a',
        { class: look, href, target: '_blank', rel: 'noopener noreferrer' },
        button.label,
        icon('outside'),
      )
    const press = () => {
      const pass = () => void context.do('pressKeyboard', { row, column })
      if (button.kind === 'contact') shareContact(context, pass)
      else if (button.kind === 'location') shareLocation(context, pass)
      else pass()
    }
    return h(
      'button',
      { type: 'button', class: look, onclick: press },
      button.kind === 'contact' && icon('phone'),
      button.kind === 'location' && icon('location'),
      h('span', { class: 'key-label' }, button.label),
    )
  }

  return {
    element,
    update() {
      const { keyboard, blocked, personId } = context.chat()
      const next = JSON.stringify([personId, keyboard])
      // A new keyboard opens by itself, as in the messengers.
      if (next !== shownKeyboard) folded = false
      shownKeyboard = next
      const hadFocus = element.contains(document.activeElement)
      element.hidden = blocked || !context.keyboardShown()
      fill(element, keyboard, () =>
        keyboard.map((row, rowIndex) =>
          h('div', { class: 'row' }, ...row.map((button, column) => key(button, rowIndex, column))),
        ),
      )
      if (hadFocus && (element.hidden || !element.contains(document.activeElement))) context.focusInput()
    },
  }
}
