/** Segments, days and money in words. */
import type { Segment } from '../../../domain/value/segment-rank.ts'
import { segmentReason, type SegmentReason } from '../../../domain/value/segment-reason.ts'
import type { SchemeName } from '../../../domain/value/value-settings.ts'
import { showRoubles } from '../../../reports/numbers.ts'
import { toneOf, type Tone } from '../../../reports/segment-colors.ts'
import type { ValueRow } from '../../../storage/client-worth.ts'
import type { Listed, Warning } from '../../../storage/segments.ts'
import { dayOf, nameOf, showDate, showShortDate, type Desk } from '../desk.ts'
import { shortened } from '../feedback-words.ts'

const icons: Readonly<Record<Tone, string>> = { strong: '💎', fresh: '🌱', wary: '⏳', gone: '💤' }

/** How it stands with a segment, as one sign. */
export const iconOf = (segment: Segment): string => icons[toneOf(segment)]

export const segmentName = (segment: Segment, { t }: Desk): string => t(`segments.name.${segment}`)

/** The line's name; "": all of them. */
export const lineName = (line: string, desk: Desk): string =>
  line === '' ? desk.t('value.buttons.all') : nameOf(desk.salon.lines, line, desk)

export const peopleWords = (count: number, { t, language }: Desk): string =>
  t('value.people', { count, number: new Intl.NumberFormat(language).format(count) })

export const showCount = (count: number, { language }: Desk): string =>
  new Intl.NumberFormat(language).format(count)

export const showMoney = (kopecks: number, { language }: Desk): string => showRoubles(kopecks, language)

const dayMs = 24 * 60 * 60_000

/** The salon's day, in days since 1970-01-01. */
export const todayOf = ({ now, salon }: Desk): number =>
  Temporal.PlainDate.from('1970-01-01').until(dayOf(now, salon)).days

/** A day as a date whose noon is in it wherever the salon is. */
const noonOf = (day: number): Date => new Date(day * dayMs + dayMs / 2)

/** "3 мая 2026 г." @param day since 1970-01-01 */
export const showDay = (day: number, desk: Desk): string => showDate(noonOf(day), inUtc(desk))

/** "3 мая", with the year when it is not this one. */
export const showDayShortly = (day: number, desk: Desk): string => showShortDate(noonOf(day), inUtc(desk))

/** "сегодня", "вчера", "3 мая 2026 г." */
export function showDayNear(day: number, desk: Desk): string {
  const days = todayOf(desk) - day
  if (days === 0) return desk.t('value.today')
  return days === 1 ? desk.t('value.yesterday') : showDay(day, desk)
}

/** Days since 1970-01-01 have no zone: they are formatted as the dates that they are. */
const inUtc = (desk: Desk): Desk => ({ ...desk, salon: { ...desk.salon, timeZone: 'UTC' } })

/** "94 дня назад", "вчера", "сегодня" */
function agoWords(days: number, { t }: Desk): string {
  if (days <= 0) return t('value.today')
  return days === 1 ? t('value.yesterday') : t('value.daysAgo', { count: days })
}

/** "раз в 31 день" */
const everyWords = (days: number, { t }: Desk): string =>
  t('value.every', { count: Math.max(1, Math.round(days)) })

/** "последний визит 94 дня назад, обычно раз в 31 день" */
export function lastWords(
  { daysAway, usualDays }: Pick<SegmentReason, 'daysAway' | 'usualDays'>,
  desk: Desk,
): string {
  const when = agoWords(daysAway, desk)
  return usualDays === undefined
    ? desk.t('value.reason.last', { when })
    : desk.t('value.reason.lastUsually', { when, every: everyWords(usualDays, desk) })
}

/**
 * Why somebody is in their segment: "приходила часто, платила меньше других; последний визит 94 дня назад, обычно раз в 31 день".
 * Of whom has not come for long it is said in the past, which in Russian has a gender: where the sex is not known, in words
 * without one.
 */
export function reasonWords(row: ValueRow, scheme: SchemeName, desk: Desk, sex?: 'female' | 'male'): string {
  const { t } = desk
  const reason = segmentReason(row, scheme, todayOf(desk))
  const past = sex === undefined ? 'was' : sex === 'female' ? 'she' : 'he'
  const form = reason.recency === 'recent' ? 'now' : past
  return t('value.reason.whole', {
    frequency: t(`value.reason.frequency.${reason.frequency}.${form}`),
    amount: t(`value.reason.amount.${reason.amount}.${form}`),
    last: lastWords(reason, desk),
  })
}

/** "нет уже 94 дня, обычно раз в 31 день", "нет уже 94 дня, вероятность возвращения упала с 81 % до 42 %" */
export function warningWords(warning: Omit<Warning, keyof Listed>, desk: Desk): string {
  const { t } = desk
  const { kind, alive, usualDays, daysAway: count } = warning
  if (kind === 'fell' && alive)
    return t('value.warning.fell', {
      count,
      before: showProbability(alive.before, desk),
      now: showProbability(alive.now, desk),
    })
  return usualDays === undefined
    ? t('value.warning.away', { count })
    : t('value.warning.overdue', { count, every: everyWords(usualDays, desk) })
}

/** The same with what would be lost: "…; на кону 84 000 ₽ в год". */
export const stakeWords = (warning: Omit<Warning, keyof Listed>, desk: Desk): string =>
  desk.t('value.warning.stake', {
    reason: warningWords(warning, desk),
    amount: showMoney(warning.atStakeKopecks, desk),
  })

/** "87 %"; never a certainty. */
export function showProbability(probability: number, { language }: Desk): string {
  const shown = Math.min(0.99, Math.max(0.01, probability))
  return new Intl.NumberFormat(language, { style: 'percent' }).format(shown)
}

const nameUnits = 30

/** A name for a button: "Анна П.", "Без имени". */
export const nameIn = ({ name }: Listed, { t }: Desk): string =>
  shortened(name ?? t('admin.client.noName'), nameUnits)

/** A name for a list, which says who is invented. */
export const whoOf = (client: Listed, desk: Desk): string =>
  nameIn(client, desk) + (client.demo ? ` · ${desk.t('admin.client.demo')}` : '')
