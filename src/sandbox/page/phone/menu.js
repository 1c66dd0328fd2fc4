/** @import { Child } from '../dom.js' */
/** @import { IconName } from '../icons.js' */
import { h } from '../dom.js'
import { icon } from '../icons.js'

/**
 * @typedef {object} MenuItem
 * @property {Child | Child[]} label
 * @property {() => void} run
 * @property {IconName} [icon]
 * @property {boolean} [checked] present: one of several, of which one is chosen
 * @property {boolean} [danger]
 * @property {Child | Child[]} [group] a heading above the item
 */

/**
 * A button that opens a list of buttons. Closes on a choice, on Esc, and when the focus or a click goes elsewhere.
 * @param {{ label: string, kind: string, items: () => MenuItem[] }} options
 * @returns {{ element: HTMLElement, trigger: HTMLButtonElement, close(): void }}
 */
export function createMenu({ label, kind, items }) {
  const list = h('div', { class: 'menu-list', role: 'group', 'aria-label': label, hidden: true })
  const trigger = h('button', {
    type: 'button',
    'aria-expanded': 'false',
    onclick: () => (list.hidden ? open() : close()),
  })
  const element = h('div', { class: `menu ${kind}` }, trigger, list)

  const open = () => {
    list.replaceChildren(...items().flatMap((item) => itemNodes(item, close, trigger)))
    list.hidden = false
    trigger.setAttribute('aria-expanded', 'true')
    document.addEventListener('pointerdown', closeOutside)
  }
  const close = () => {
    list.hidden = true
    trigger.setAttribute('aria-expanded', 'false')
    document.removeEventListener('pointerdown', closeOutside)
  }
  const closeOutside = (/** @type {Event} */ event) => {
    if (!element.contains(/** @type {Node} */ (event.target))) close()
  }
  element.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !element.contains(relatedTarget)) close()
  })
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || list.hidden) return
    event.stopPropagation()
    close()
    trigger.focus()
  })
  return { element, trigger, close }
}

/**
 * @param {MenuItem} item
 * @param {() => void} close
 * @param {HTMLElement} trigger
 */
function itemNodes(item, close, trigger) {
  const choose = () => {
    close()
    trigger.focus()
    item.run()
  }
  const button = h(
    'button',
    {
      type: 'button',
      class: item.danger ? 'menu-item danger' : 'menu-item',
      'aria-pressed': item.checked === undefined ? null : String(item.checked),
      onclick: choose,
    },
    item.icon && icon(item.icon),
    h('span', { class: 'menu-label' }, ...[item.label].flat()),
    item.checked && icon('check'),
  )
  return item.group ? [h('p', { class: 'menu-group' }, ...[item.group].flat()), button] : [button]
}
