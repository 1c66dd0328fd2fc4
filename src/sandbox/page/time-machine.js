/** @import { SkipName } from '../skip-targets.ts' */
/** @import { MenuItem } from './phone/menu.js' */
/** @import { Store } from './store.js' */
/** @import { Translate } from './strings.js' */
/** @import { Times } from './times.js' */
import { act } from './connection.js'
import { fill, h } from './dom.js'
import { icon } from './icons.js'
import { createMenu } from './phone/menu.js'

const hourMs = 3600_000
const troubleMs = 8000

/**
 * The sandbox's clock in the page's header, and the menu to put it on.
 * @param {{ store: Store, t: Translate, times: Times }} options
 */
export function createTimeMachine({ store, t, times }) {
  const said = h('p', { class: 'sr-only', role: 'status' })
  const trouble = h('p', { class: 'clock-trouble', role: 'alert', hidden: true })
  const menu = createMenu({ label: t('clock.skip'), kind: 'clock-menu', items: () => items() })
  menu.trigger.className = 'clock-now'
  menu.trigger.title = t('clock.skip')
  let skipping = 0
  let shownOffsetMs = store.clock().offsetMs
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let hiding

  /** @param {SkipName} to */
  const skip = async (to) => {
    skipping += 1
    trouble.hidden = true
    update()
    const answer = await act({ act: 'skip', to })
    skipping -= 1
    update()
    if (!answer.ok) complain(t('failed', { reason: answer.error ?? t('offline') }))
  }

  /** @param {string} text */
  const complain = (text) => {
    trouble.textContent = text
    trouble.hidden = false
    clearTimeout(hiding)
    hiding = setTimeout(() => (trouble.hidden = true), troubleMs)
  }

  /** @returns {MenuItem[]} */
  const items = () => {
    const { evening, tomorrow, monday } = store.clock().targets
    const hour = times.now() + hourMs
    const isToday = times.day(hour) === times.day(times.now())
    /** @param {SkipName} to @param {string} name @param {string} where @returns {MenuItem} */
    const item = (to, name, where) => ({
      label: [h('span', {}, name), h('span', { class: 'where' }, where)],
      run: () => void skip(to),
    })
    return [
      {
        ...item('hour', t('clock.hour'), isToday ? times.clockTime(hour) : times.dateTime(hour)),
        group: [h('b', {}, t('clock.skip')), t('clock.why')],
      },
      item('evening', t('clock.evening', { time: times.spokenTime(evening) }), times.date(evening)),
      item('tomorrow', t('clock.tomorrow', { time: times.spokenTime(tomorrow) }), times.date(tomorrow)),
      item(
        'monday',
        t('clock.monday', { weekday: times.weekday(monday), time: times.spokenTime(monday) }),
        times.date(monday),
      ),
    ]
  }

  const update = () => {
    const parts = times.parts(times.now())
    menu.trigger.setAttribute('aria-busy', String(skipping > 0))
    fill(menu.trigger, parts, () => [
      icon('clock'),
      h(
        'span',
        { class: 'clock-words' },
        h('span', { class: 'clock-weekday' }, `${parts.weekday}, `),
        h('span', { class: 'clock-date' }, `${parts.dayOfYear}, `),
        h('b', {}, parts.time),
      ),
      icon('forward'),
      h('span', { class: 'sr-only' }, `. ${t('clock.skip')}`),
    ])
    announce()
  }

  /** Whoever can't see the clock jump is told: on this page and on the others. */
  const announce = () => {
    if (store.clock().offsetMs === shownOffsetMs) return
    shownOffsetMs = store.clock().offsetMs
    said.textContent = t('clock.now', { time: times.dateTime(times.now()) })
  }

  return { element: h('div', { class: 'time-machine' }, menu.element, trouble, said), update }
}
