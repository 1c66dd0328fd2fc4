const daySeconds = 86_400
const epochs = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const

/**
 * A number as Excel shows it, in 15 digits: what is behind them is of the binary fraction (0.1 + 0.2). Never with an exponent, and never
 * with exactly three decimals, so that nobody takes the dot for one between thousands.
 */
export function showNumber(value: number, written: string): string {
  if (/^-?\d{1,15}$/.test(written)) return written
  const rounded = Number(value.toPrecision(15))
  const shown = /e/i.test(String(rounded)) ? rounded.toFixed(Math.abs(rounded) < 1 ? 10 : 0) : String(rounded)
  return /\.\d{3}$/.test(shown) ? `${shown}0` : shown
}

/** A day's number as Russians write it, "15.03.2024 14:30", with the time where there is one, to the second. */
export function showDate(serial: number, epoch1904: boolean): string {
  const seconds = Math.round(serial * daySeconds)
  const date = new Date(epochs[epoch1904 ? 1904 : 1900] + seconds * 1000)
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999) return String(serial)
  const [year, month, day] = date.toISOString().slice(0, 10).split('-')
  const time = seconds % daySeconds
  return `${day}.${month}.${year}${time === 0 ? '' : ` ${showTime(time / daySeconds)}`}`
}

/** A fraction of a day as a time of the day: "14:30", or "14:30:15". */
export const showTime = (fraction: number): string =>
  new Date((Math.round(fraction * daySeconds) % daySeconds) * 1000)
    .toISOString()
    .slice(11, 19)
    .replace(/:00$/, '')
