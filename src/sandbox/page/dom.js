/** @typedef {Node | string | number | false | null | undefined} Child */
/** @typedef {Record<string, unknown>} Props */

/**
 * Makes an element. Text always becomes text nodes, so whatever people type stays text.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Props} [props] `on…`: a listener; `false`, null and undefined: left out; `true`: an empty attribute;
 *   `data`: data attributes; the rest: attributes
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) setProp(element, name, value)
  element.append(...present(children.flat()))
  return element
}

/**
 * @param {HTMLElement} element
 * @param {string} name
 * @param {unknown} value
 */
function setProp(element, name, value) {
  if (value === false || value === null || value === undefined) return
  if (name === 'data') Object.assign(element.dataset, value)
  else if (typeof value === 'function') {
    element.addEventListener(name.slice(2).toLowerCase(), /** @type {EventListener} */ (value))
  } else element.setAttribute(name, value === true ? '' : `${/** @type {string | number} */ (value)}`)
}

/**
 * @param {Child[]} children
 * @returns {(Node | string)[]}
 */
function present(children) {
  return children
    .filter((child) => child !== false && child !== null && child !== undefined && child !== '')
    .map((child) => (child instanceof Node ? child : String(child)))
}

/**
 * Fills `element` anew only when what it shows has changed, and keeps the keyboard's focus at the same place:
 * somebody who walks by Tab must not be thrown to the top of the page by an answer of the bot.
 * @param {HTMLElement} element
 * @param {unknown} shown anything JSON can write; the same as last time: nothing is touched
 * @param {() => (Child | Child[])[]} build
 * @returns {boolean} whether it was filled anew
 */
export function fill(element, shown, build) {
  const signature = JSON.stringify(shown) ?? ''
  if (element.dataset['shown'] === signature) return false
  const focused = focusableIn(element).indexOf(/** @type {HTMLElement} */ (document.activeElement))
  element.dataset['shown'] = signature
  element.replaceChildren(...present(build().flat()))
  if (focused >= 0) focusableIn(element)[focused]?.focus()
  return true
}

/**
 * What Tab can reach inside the element.
 * @param {HTMLElement} element
 * @returns {HTMLElement[]}
 */
export function focusableIn(element) {
  return [...element.querySelectorAll('a[href], button, input, select, textarea, [tabindex="0"]')]
    .filter((one) => one instanceof HTMLElement && !one.hasAttribute('disabled'))
    .map((one) => /** @type {HTMLElement} */ (one))
}
