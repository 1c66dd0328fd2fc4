/** @import { Child } from '../dom.js' */
/** @import { Translate } from '../strings.js' */
import { focusableIn, h } from '../dom.js'

/**
 * The windows that open over a phone's screen. While one is open, the screen behind is inert; Esc closes it,
 * and the focus returns to where it was. The other phones stay usable: they are other people's.
 * @param {{ t: Translate }} options
 */
export function createDialogs({ t }) {
  const behind = h('div', { class: 'app' })
  const element = h('div', { class: 'dialogs' })
  /** @type {(() => void) | undefined} */
  let closeCurrent

  /**
   * @param {{ label: string, role?: 'dialog' | 'alertdialog', kind?: string }} about
   * @param {(close: () => void) => Child[]} build gets the way to close the window
   */
  function open({ label, role = 'dialog', kind = 'card' }, build) {
    closeCurrent?.()
    const opener = document.activeElement
    const close = () => {
      closeCurrent = undefined
      element.replaceChildren()
      behind.inert = false
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
    }
    closeCurrent = close
    const window = h(
      'div',
      { class: `dialog ${kind}`, role, 'aria-label': label, tabindex: '-1', onkeydown: closeOnEscape(close) },
      ...build(close),
    )
    element.replaceChildren(h('div', { class: 'dim', onclick: close }), window)
    behind.inert = true
    const wanted = window.querySelector('[data-focus]')
    ;(wanted instanceof HTMLElement ? wanted : (focusableIn(window)[0] ?? window)).focus()
  }

  return {
    element,
    behind,
    open,
    close: () => closeCurrent?.(),
    /** A text that must be closed before going on. @param {string} text */
    alert(text) {
      open({ label: text, role: 'alertdialog' }, (close) => [
        h('p', { class: 'dialog-text' }, text),
        actions(h('button', { type: 'button', class: 'action main', onclick: close }, t('dialog.ok'))),
      ])
    },
    /**
     * Asks before something is given away.
     * @param {{ title: string, text: string, yes: string }} words
     * @param {() => void} onYes
     */
    confirm({ title, text, yes }, onYes) {
      const agree = (/** @type {() => void} */ close) => () => {
        close()
        onYes()
      }
      open({ label: title }, (close) => [
        h('h2', {}, title),
        h('p', { class: 'dialog-text' }, text),
        actions(
          h('button', { type: 'button', class: 'action', onclick: close }, t('dialog.cancel')),
          h(
            'button',
            { type: 'button', class: 'action main', data: { focus: 'first' }, onclick: agree(close) },
            yes,
          ),
        ),
      ])
    },
  }
}

/**
 * The row of buttons at the bottom of a window.
 * @param {...Child} buttons
 */
export const actions = (...buttons) => h('div', { class: 'actions' }, ...buttons)

/** @param {() => void} close @returns {(event: KeyboardEvent) => void} */
const closeOnEscape = (close) => (event) => {
  if (event.key !== 'Escape') return
  event.stopPropagation()
  close()
}
