import { h } from '../dom.js'

/**
 * The device's own line: the clock, the signal, the battery. Decoration only.
 * @param {{ language: string }} options
 */
export function createStatusBar({ language }) {
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const clock = h('span', { class: 'clock' })
  const bar = h(
    'div',
    { class: 'status-bar', 'aria-hidden': 'true' },
    clock,
    h('span', { class: 'signal' }, h('i'), h('i'), h('i'), h('i')),
    h('span', { class: 'battery' }, h('i')),
  )
  const tick = () => {
    clock.textContent = time.format(new Date())
    setTimeout(() => bar.isConnected && tick(), 60_000 - (Date.now() % 60_000))
  }
  tick()
  return bar
}
