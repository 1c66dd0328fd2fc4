/** @import { Translate } from '../strings.js' */

/**
 * @param {number} at epoch milliseconds
 * @param {{ language: string }} options
 */
export const clockTime = (at, { language }) =>
  new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

/** @param {number} one epoch milliseconds @param {number} other epoch milliseconds */
export const sameDay = (one, other) => new Date(one).toDateString() === new Date(other).toDateString()

/**
 * "Today", "Yesterday", or the date.
 * @param {number} at epoch milliseconds
 * @param {{ t: Translate, language: string }} options
 */
export function dayName(at, { t, language }) {
  const yesterday = new Date()
  yesterday.setDate(yesterday.getDate() - 1)
  if (sameDay(at, Date.now())) return t('messages.today')
  if (sameDay(at, yesterday.getTime())) return t('messages.yesterday')
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' }).format(at)
}
