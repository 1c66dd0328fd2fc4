/** @import { Store } from './store.js' */
import { connect } from './connection.js'
import { mountShell } from './shell.js'
import { createStore } from './store.js'
import { loadStrings, preferredLanguage, rememberLanguage } from './strings.js'

/** @type {Store | undefined} */
let store
/** @type {{ unmount(): void } | undefined} */
let shell

connect({
  onEvent(event) {
    if (store) store.apply(event)
    else if (event.type === 'state') {
      store = createStore(event.state)
      void show(preferredLanguage(event.state.languages))
    }
  },
  onStatus: (connected) => document.body.classList.toggle('offline', !connected),
})

/**
 * Draws the page in a language; again, when the language changes.
 * @param {string} language
 */
async function show(language) {
  const t = await loadStrings(language)
  shell?.unmount()
  document.documentElement.lang = language
  document.title = t('title')
  shell = mountShell({
    root: document.body,
    store: /** @type {Store} */ (store),
    t,
    language,
    changeLanguage(next) {
      rememberLanguage(next)
      void show(next).then(() => document.getElementById(`language-${next}`)?.focus())
    },
  })
}
