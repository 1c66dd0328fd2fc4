import { showMoney } from '../../domain/money.ts'
import type { Visit } from '../../storage/recorded-visit.ts'
import { dayOf, inSentence, nameOf, showMoment, showShortDate, type Desk } from './desk.ts'

/** The last visits, a line for each: "• сегодня в 11:35: маникюр, 1 300 ₽, Ольга Белова". */
export const visitWords = (visits: readonly Visit[], desk: Desk): string =>
  visits
    .map((visit) => {
      const what = [whatWords(visit, desk), ...paidWords(visit, desk)].filter((part) => part !== undefined)
      return `\n• ${whenWords(visit, desk)}${what.length > 0 ? `: ${what.join(', ')}` : ''}`
    })
    .join('')

/** "маникюр · 1 300 ₽ · Ольга Белова · сегодня в 11:35": all but the line, of which the sentence above tells. */
export function recordedWords(visit: Visit, desk: Desk): string {
  const service = visit.service === undefined ? [] : [inSentence(serviceName(visit.service, desk))]
  return [...service, ...paidWords(visit, desk), whenWords(visit, desk)].join(' · ')
}

const whatWords = ({ service, line }: Visit, desk: Desk): string | undefined => {
  if (service !== undefined) return inSentence(serviceName(service, desk))
  return line === undefined ? undefined : inSentence(nameOf(desk.salon.lines, line, desk))
}

function paidWords({ kopecks, master }: Visit, desk: Desk): string[] {
  return [
    ...(kopecks === undefined ? [] : [amountWords(kopecks, desk)]),
    ...(master === undefined ? [] : [nameOf(desk.salon.masters, master, desk)]),
  ]
}

const amountWords = (kopecks: number, { t, language }: Desk): string =>
  kopecks < 0
    ? t('booking.visit.refund', { amount: showMoney(-kopecks, language) })
    : showMoney(kopecks, language)

export const serviceName = (id: string, desk: Desk): string =>
  nameOf(
    desk.salon.lines.flatMap((line) => line.services),
    id,
    desk,
  )

const whenWords = (visit: Visit, desk: Desk): string =>
  visit.dayOnly ? dayWords(visit.at, desk) : showMoment(visit.at, desk)

/** "сегодня", "вчера", "позавчера", "17 апр." */
export function dayWords(at: Date, desk: Desk): string {
  const ago = dayOf(at, desk.salon).until(dayOf(desk.now, desk.salon), { largestUnit: 'days' }).days
  const word = (['today', 'yesterday', 'dayBefore'] as const)[ago]
  return word ? desk.t(`booking.day.${word}`) : showShortDate(at, desk)
}
