import { h } from '../dom.js'

const shownMs = 4000

/** Short notes that come and go at the bottom of the screen: the bot's answer to a press, or our own excuse. */
export function createToasts() {
  const element = h('div', { class: 'toasts', role: 'status' })
  return {
    element,
    /** @param {string} text */
    show(text) {
      const toast = h('div', { class: 'toast' }, text)
      element.append(toast)
      setTimeout(() => toast.remove(), shownMs)
    },
  }
}
