/** @import { Mark, ShownMessage } from '../../messenger.ts' */
/** @import { Child } from '../dom.js' */
/** @import { Context } from './phone.js' */
import { h } from '../dom.js'

/** @type {Partial<Record<Mark['kind'], keyof HTMLElementTagNameMap>>} */
const tags = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  quote: 'blockquote',
}

/** @type {ReadonlySet<Mark['kind']>} */
const blocks = new Set(['quote', 'pre'])

/** Addresses and, in Telegram, commands: the messengers make them pressable without being asked. */
const address = /https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)]|\b(?:t\.me|vk\.me|vk\.com)\/[\w./?=&-]*[\w/=-]/
const command = /(?<![\w/])\/[a-z][a-z0-9_]{0,31}(?![\w/])/

/**
 * A message's text with its marks, as nodes.
 * @param {Context} context
 * @param {ShownMessage} message
 * @returns {Child[]}
 */
export function richText(context, { text, marks, from }) {
  const ordered = marks
    .filter(({ offset, length }) => length > 0 && offset >= 0 && offset < text.length)
    .toSorted((one, other) => one.offset - other.offset || other.length - one.length)
  const commands = from === 'bot' && context.platform === 'telegram'
  return stretch({ context, text, commands }, ordered, 0, text.length, false)
}

/**
 * The text from `start` to `end`: plain pieces, and marks with what is inside them.
 * @param {{ context: Context, text: string, commands: boolean }} source
 * @param {Mark[]} marks those that begin here, outer before inner
 * @param {number} start
 * @param {number} end
 * @param {boolean} linked inside a link already
 * @returns {Child[]}
 */
function stretch(source, marks, start, end, linked) {
  /** @type {Child[]} */
  const nodes = []
  let at = start
  for (let index = 0; index < marks.length;) {
    const mark = /** @type {Mark} */ (marks[index])
    const from = Math.max(mark.offset, at)
    const to = Math.min(mark.offset + mark.length, end)
    const inner = marks.slice(index + 1).filter(({ offset }) => offset < to)
    index += 1 + inner.length
    if (to <= from) continue
    nodes.push(...plain(source, source.text.slice(at, from), linked))
    const isLiteral = mark.kind === 'code' || mark.kind === 'pre'
    const content = stretch(source, inner, from, to, linked || mark.kind === 'link' || isLiteral)
    nodes.push(marked(source.context, mark, source.text.slice(from, to), content))
    // A quote and a block of code stand on lines of their own: the line break after them is already there.
    at = blocks.has(mark.kind) && source.text[to] === '\n' && to < end ? to + 1 : to
  }
  return [...nodes, ...plain(source, source.text.slice(at, end), linked)]
}

/** @param {Context} context @param {Mark} mark @param {string} text @param {Child[]} content */
function marked(context, mark, text, content) {
  if (mark.kind === 'link') return anchor(context, mark.link ?? text, content)
  if (mark.kind === 'spoiler') return spoiler(context, content)
  return h(tags[mark.kind] ?? 'span', {}, ...content)
}

/**
 * @param {{ context: Context, commands: boolean }} source
 * @param {string} text
 * @param {boolean} linked
 * @returns {Child[]}
 */
function plain({ context, commands }, text, linked) {
  if (linked || text === '') return [text]
  const pattern = new RegExp(commands ? `${address.source}|${command.source}` : address.source, 'g')
  /** @type {Child[]} */
  const nodes = []
  let at = 0
  for (const { 0: found, index } of text.matchAll(pattern)) {
    nodes.push(
      text.slice(at, index),
      found.startsWith('/') ? commandButton(context, found) : anchor(context, found, [found]),
    )
    at = index + found.length
  }
  return [...nodes, text.slice(at)]
}

/** @param {Context} context @param {string} link @param {Child[]} content */
function anchor(context, link, content) {
  const href = safeLink(link)
  if (!href) return h('span', {}, ...content)
  const follow = (/** @type {Event} */ event) => {
    if (context.openLink(href)) event.preventDefault()
  }
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer', onclick: follow }, ...content)
}

/** @param {Context} context @param {string} text */
const commandButton = (context, text) =>
  h(
    'button',
    { type: 'button', class: 'command', onclick: () => void context.do('sendText', { text }) },
    text,
  )

/** @param {Context} context @param {Child[]} content */
function spoiler({ t }, content) {
  const element = h(
    'span',
    { class: 'spoiler', role: 'button', tabindex: '0', 'aria-label': t('messages.spoiler') },
    ...content,
  )
  const reveal = () => {
    element.classList.add('revealed')
    for (const name of ['role', 'tabindex', 'aria-label']) element.removeAttribute(name)
  }
  element.addEventListener('click', reveal)
  element.addEventListener('keydown', ({ key }) => (key === 'Enter' || key === ' ') && reveal())
  return element
}

/**
 * An address that is safe to follow. Bots may send any text as a link: `javascript:` must stay dead.
 * @param {string} [link]
 * @returns {string | undefined}
 */
export function safeLink(link = '') {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(link) ? link : `https://${link}`
  if (!URL.canParse(full)) return undefined
  const { protocol, href } = new URL(full)
  return ['https:', 'http:', 'mailto:', 'tel:'].includes(protocol) ? href : undefined
}
