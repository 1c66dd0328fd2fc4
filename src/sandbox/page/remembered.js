const prefix = 'otklik.'

/**
 * What the page was told to remember on this computer. A browser that forbids storage only forgets.
 * @param {string} key
 * @returns {string | undefined}
 */
export function recall(key) {
  try {
    return localStorage.getItem(prefix + key) ?? undefined
  } catch {
    return undefined
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
export function remember(key, value) {
  try {
    localStorage.setItem(prefix + key, value)
  } catch {
    // A private window: the choice lasts as long as the page.
  }
}
