import { recall, remember } from './remembered.js'

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Translate */

/**
 * The language to begin with: the one chosen before, else the browser's first that we speak, else our first.
 * @param {readonly string[]} languages
 */
export function preferredLanguage(languages) {
  const wanted = [recall('language'), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())]
  return (
    wanted.find((language) => language !== undefined && languages.includes(language)) ?? languages[0] ?? 'ru'
  )
}

/** @param {string} language */
export function rememberLanguage(language) {
  remember('language', language)
}

/**
 * Loads the page's words in one language.
 * @param {string} language
 * @returns {Promise<Translate>} `t('a.b', { name })`; with `count`, the plural form that the language needs
 */
export async function loadStrings(language) {
  const response = await fetch(`/page/strings/${language}.json`)
  if (!response.ok) throw new Error(`No words in “${language}”: HTTP ${response.status}`)
  return translator(await response.json(), language)
}

/**
 * @param {object} strings
 * @param {string} language
 * @returns {Translate}
 */
function translator(strings, language) {
  const plurals = new Intl.PluralRules(language)
  return (key, values = {}) => {
    const plural = typeof values['count'] === 'number' ? `_${plurals.select(values['count'])}` : ''
    const found = find(strings, key + plural) ?? find(strings, key) ?? key
    return found.replace(/\{\{(\w+)\}\}/g, (_, name) => String(values[name] ?? ''))
  }
}

/**
 * @param {unknown} strings
 * @param {string} key
 * @returns {string | undefined}
 */
function find(strings, key) {
  const found = key.split('.').reduce((node, part) => /** @type {any} */ (node)?.[part], strings)
  return typeof found === 'string' ? found : undefined
}
