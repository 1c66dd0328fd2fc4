/** @import { Child } from '../dom.js' */
import { h } from '../dom.js'

let lastId = 0

/**
 * A labelled field of a form, with a hint or a complaint under it.
 * @param {{ label: string, hint?: string }} words
 * @param {HTMLInputElement | HTMLSelectElement} control
 */
export function field({ label, hint = '' }, control) {
  lastId += 1
  const note = h('small', { id: `note-${lastId}`, 'aria-live': 'polite' }, hint)
  control.id = `field-${lastId}`
  control.setAttribute('aria-describedby', note.id)
  control.addEventListener('input', () => complain(''))

  /** @param {string} complaint empty: all is well */
  const complain = (complaint) => {
    note.textContent = complaint || hint
    element.classList.toggle('wrong', complaint !== '')
    if (complaint === '') control.removeAttribute('aria-invalid')
    else {
      control.setAttribute('aria-invalid', 'true')
      control.focus()
    }
  }
  const element = h('div', { class: 'form-field' }, h('label', { for: control.id }, label), control, note)
  return { element, control, complain }
}

/**
 * A list to choose from.
 * @param {{ value: string, label: string }[]} options
 * @param {string} chosen
 */
export const select = (options, chosen) =>
  h(
    'select',
    {},
    ...options.map(({ value, label }) => h('option', { value, selected: value === chosen }, label)),
  )

/**
 * @param {(event: Event) => void} onsubmit
 * @param {...Child} children
 */
export const form = (onsubmit, ...children) => {
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault()
    onsubmit(event)
  }
  return h('form', { class: 'form', novalidate: true, onsubmit: submit }, ...children)
}
