/** @import { Context } from './phone.js' */
import { h } from '../dom.js'

/**
 * The device's own line: the clock, the signal, the battery. Decoration only.
 * @param {Context} context
 */
export function createStatusBar({ times }) {
  const clock = h('span', { class: 'clock' })
  return {
    element: h(
      'div',
      { class: 'status-bar', 'aria-hidden': 'true' },
      clock,
      h('span', { class: 'signal' }, h('i'), h('i'), h('i'), h('i')),
      h('span', { class: 'battery' }, h('i')),
    ),
    update: () => void (clock.textContent = times.clockTime(times.now())),
  }
}
