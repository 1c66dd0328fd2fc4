import { h } from '../dom.js'

const tones = 7

/**
 * A coloured circle with initials. Decoration: the name always stands beside it.
 * @param {{ id: number, name: string, kind?: 'person' | 'bot' }} options
 */
export const avatar = ({ id, name, kind = 'person' }) =>
  h('span', { class: `avatar ${kind} tone-${id % tones}`, 'aria-hidden': 'true' }, initials(name))

/** @param {string} name */
function initials(name) {
  const words = name
    .split(/[\s-]+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+/u, ''))
    .filter(Boolean)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  const letters = ends.map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 63).toUpperCase())
  return letters.length > 0 ? letters.join('') : '?'
}

/** @param {{ firstName: string, lastName?: string }} person */
export const fullName = ({ firstName, lastName }) => (lastName ? `${firstName} ${lastName}` : firstName)
