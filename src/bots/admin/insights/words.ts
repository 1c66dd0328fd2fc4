/** Figures in words: never a bare number where few have answered, never one without how sure it is. */
import type { Nps, NpsComparison, NpsFigures } from '../../../domain/nps.ts'
import { showNps, showShare } from '../../../reports/numbers.ts'
import { dayOf, type Desk } from '../desk.ts'

/** "+42, ответили 23 человека (вероятно, от +20 до +58)"; with fewer than ten answers it says that it is too early. */
export function npsWords(nps: Nps, desk: Desk): string {
  const { t, language } = desk
  if (nps.kind === 'none') return t('nps.nobody')
  if (nps.kind === 'few') return t('nps.few', { count: nps.n })
  return `${showNps(nps.nps, language)}, ${sureWords(nps, desk)}`
}

/** "ответили 23 человека (вероятно, от +20 до +58)" */
export const sureWords = ({ n, interval }: NpsFigures, { t, language }: Desk): string =>
  t('nps.figure', { count: n, low: showNps(interval.low, language), high: showNps(interval.high, language) })

/** The same in short: "+42 (+20…+58), 23 чел.", "мало ответов (4)", "ответов нет". */
export const npsShortly = (nps: Nps, desk: Desk): string => shortWords(nps, 'figure', desk)

/** Beside a name, where there is even less room: "+42 (+20…+58) 👤23". */
export const npsInList = (nps: Nps, desk: Desk): string => shortWords(nps, 'inList', desk)

function shortWords(nps: Nps, form: 'figure' | 'inList', { t, language }: Desk): string {
  if (nps.kind === 'none') return t('nps.short.none')
  if (nps.kind === 'few') return t('nps.short.few', { count: nps.n })
  const { low, high } = nps.interval
  return t(`nps.short.${form}`, {
    nps: showNps(nps.nps, language),
    people: nps.n,
    low: showNps(low, language),
    high: showNps(high, language),
  })
}

/** "9–10: 40 %, 7–8: 20 %, до 6: 40 %"; undefined where the figure itself is not told. */
export function sharesWords(nps: Nps, desk: Desk): string | undefined {
  if (nps.kind !== 'figure') return undefined
  const { promoters, passives, detractors } = nps.shares
  return desk.t('nps.shares', {
    promoters: showPart(promoters, desk),
    passives: showPart(passives, desk),
    detractors: showPart(detractors, desk),
  })
}

/** "На 6 пунктов выше, чем за четыре недели до этого: может быть случайностью" @param key the sentence's: what is compared with what */
export function changeWords(change: NpsComparison, key: string, { t }: Desk): string {
  if (change.kind !== 'change') return t(`${key}.unknown`)
  const points = Math.round(Math.abs(change.difference) * 100)
  const way = points === 0 ? 'same' : change.difference > 0 ? 'up' : 'down'
  const sure = t(change.certain ? 'nps.change.certain' : 'nps.change.chance')
  return points === 0 ? t(`${key}.same`) : `${t(`${key}.${way}`, { count: points })}: ${sure}`
}

/** "8,4": one digit behind the point. */
export const showMean = (mean: number, { language }: Desk): string =>
  new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(mean)

/** "8" or "8,5": a median is a whole number or in the middle of two. */
export const showMedian = (median: number, { language }: Desk): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(median)

export const showPart = (share: number, { language }: Desk): string => showShare(share, language)

/** "16–22 ноября"; with the year when it is not this one. @param monday the first day of the week */
export function showWeek(monday: Temporal.PlainDate, desk: Desk): string {
  const sunday = monday.add({ days: 6 })
  const thisYear = dayOf(desk.now, desk.salon).year
  const year = monday.year === thisYear && sunday.year === thisYear ? {} : { year: 'numeric' as const }
  return rangeOf(monday, { day: 'numeric', month: 'long', ...year }, desk)
}

/** "16–22 нояб.": for a button. */
export const showWeekShortly = (monday: Temporal.PlainDate, desk: Desk): string =>
  rangeOf(monday, { day: 'numeric', month: 'short' }, desk)

function rangeOf(monday: Temporal.PlainDate, format: Intl.DateTimeFormatOptions, { language }: Desk): string {
  const utc = (date: Temporal.PlainDate) => new Date(`${date.toString()}T00:00:00Z`)
  return new Intl.DateTimeFormat(language, { ...format, timeZone: 'UTC' }).formatRange(
    utc(monday),
    utc(monday.add({ days: 6 })),
  )
}

/** "40 минут", "5 часов", "2 дня" */
export function showSpan(ms: number, { t }: Desk): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  if (minutes < 60) return t('nps.span.minutes', { count: minutes })
  const hours = Math.round(minutes / 60)
  return hours < 48
    ? t('nps.span.hours', { count: hours })
    : t('nps.span.days', { count: Math.round(hours / 24) })
}

/** Five steps of a bar: "▰▰▰▱▱" @param share from 0 to 1 */
export function barOf(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * steps)
  return '▰'.repeat(full) + '▱'.repeat(steps - full)
}
const steps = 5

/** How answers are spread, a column for each: "▁▁▂▄▇". Nobody is the lowest, and one is seen. */
export function columnsOf(counts: readonly number[]): string {
  const most = Math.max(1, ...counts)
  return counts.map((count) => heights[Math.ceil((count / most) * (heights.length - 1))]).join('')
}
const heights = ['▁', '▂', '▃', '▄', '▅', '▆', '▇']
