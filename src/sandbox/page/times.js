/** @import { Translate } from './strings.js' */

const minuteMs = 60_000
const dayMs = 24 * 3600_000

/** @typedef {ReturnType<typeof createTimes>} Times */

/**
 * Tells times as the salon's clock shows them, wherever the browser is: what is due there at seven comes at seven.
 * All times are epoch milliseconds.
 * @param {{ t: Translate, language: string, timeZone: string, now: () => number }} options
 */
export function createTimes({ t, language, timeZone, now }) {
  /** @param {Intl.DateTimeFormatOptions} options @param {string} [locale] */
  const format = (options, locale = language) => new Intl.DateTimeFormat(locale, { ...options, timeZone })
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const weekday = format({ weekday: 'long' })
  const shortWeekday = format({ weekday: 'short' })
  const dayOfYear = format({ day: 'numeric', month: 'long' })
  const dayOfOtherYear = format({ day: 'numeric', month: 'long', year: 'numeric' })
  // Canada writes dates as 2026-11-25, which can be reckoned with.
  const iso = format({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA')

  /** @param {number} at "2026-11-25" */
  const day = (at) => iso.format(at)
  /** @param {string} one a day @returns {string} the day before */
  const dayBefore = (one) => new Date(Date.parse(one) - dayMs).toISOString().slice(0, 10)

  /** @param {number} at "ср, 25 ноября" */
  const date = (at) => `${shortWeekday.format(at)}, ${dayOfYear.format(at)}`

  return {
    now,
    day,
    /** @param {number} at "09:05" */
    clockTime: (at) => time.format(at),
    /** @param {number} at "9:05", as it stands in a sentence */
    spokenTime: (at) => time.format(at).replace(/^0/, ''),
    date,
    /** @param {number} at "ср, 25 ноября, 09:05" */
    dateTime: (at) => `${date(at)}, ${time.format(at)}`,
    /** @param {number} at what `dateTime` is made of */
    parts: (at) => ({
      weekday: shortWeekday.format(at),
      dayOfYear: dayOfYear.format(at),
      time: time.format(at),
    }),
    /** @param {number} at "Понедельник" */
    weekday: (at) => weekday.format(at).replace(/^./u, (letter) => letter.toLocaleUpperCase(language)),
    /** @param {number} at "Сегодня", "Вчера", "25 ноября", "25 ноября 2025 г." */
    dayName(at) {
      const today = day(now())
      if (day(at) === today) return t('messages.today')
      if (day(at) === dayBefore(today)) return t('messages.yesterday')
      return (day(at).slice(0, 4) === today.slice(0, 4) ? dayOfYear : dayOfOtherYear).format(at)
    },
  }
}

/**
 * Calls `tick` as each minute of a clock begins, until `stop`.
 * @param {() => number} now
 * @param {() => void} tick
 * @returns {{ restart(): void, stop(): void }} `restart`: the clock was put on, its minutes begin at another moment
 */
export function eachMinute(now, tick) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  const begin = () => {
    tick()
    restart()
  }
  const restart = () => {
    clearTimeout(timer)
    timer = setTimeout(begin, minuteMs - (now() % minuteMs))
  }
  restart()
  return { restart, stop: () => clearTimeout(timer) }
}
