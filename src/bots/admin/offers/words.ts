/** Offers in words. */
import { audienceWords } from '../../../domain/offers/audience-words.ts'
import { discountWords } from '../../../domain/offers/offer-values.ts'
import { textIn } from '../../../domain/offers/offer.ts'
import type { OfferSpec, Validity } from '../../../domain/offers/offer.ts'
import { isPersons } from '../../../domain/offers/state.ts'
import { readSegment } from '../../../domain/value/segment-rank.ts'
import type { OfferLogRow, StoredOffer } from '../../../storage/offers.ts'
import { dayOf, nameOf, showDate, showMoment, type Desk } from '../desk.ts'
import { short } from '../imports/words.ts'
import { segmentName } from '../segments/words.ts'

export const titleOf = ({ title }: OfferSpec, { language, salon }: Desk): string =>
  short(textIn(title, language, salon.languages), 60)

/** "сегодня в 15:02", "завтра в 10:00", "3 мая 2026 г. в 10:00". */
export function whenWords(at: number, desk: Desk): string {
  const { t, language, salon, now } = desk
  const date = new Date(at)
  const days = dayOf(now, salon).until(dayOf(date, salon)).days
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: salon.timeZone }).format(
    date,
  )
  if (days === 0) return t('admin.time.today', { time })
  return days === 1
    ? t('offers.time.tomorrow', { time })
    : t('offers.time.day', { day: showDate(date, desk), time })
}

/** "группа «Уязвимые» (Ногти) и не были 30 дней и дольше" */
export function whomWords({ audience }: OfferSpec, desk: Desk): string {
  const { t, language, salon } = desk
  return audienceWords(audience, {
    language,
    t,
    names: {
      segment: (id) => {
        const segment = readSegment(id)
        return segment ? segmentName(segment, desk) : id
      },
      line: (id) => nameOf(salon.lines, id, desk),
      source: (id) => id,
      question: (id) => t(`survey.${id}.short`),
      answer: (question, value) =>
        value === 'yes' || value === 'no'
          ? t(`offers.answer.${value}`)
          : t(`survey.${question}.options.${value}`),
    },
  })
}

export function discountShown({ discount }: OfferSpec, { t, language, salon }: Desk): string {
  return discountWords(discount, { language, languages: salon.languages }) ?? t('offers.discount.none')
}

/** "14 дней", "до 3 мая 2026 г." */
export function validityWords(validity: Validity, { t, language }: Desk): string {
  if (validity.kind === 'days') return t('offer.days', { count: validity.days })
  const day = Temporal.PlainDate.from(validity.date).toLocaleString(language, { dateStyle: 'long' })
  return t('offers.validUntil', { day })
}

/** "Ждёт утверждения", and when it is planned for. */
export function stateWords({ standing, spec }: StoredOffer, desk: Desk): string {
  const planned = standing.scheduledAt ?? (spec.schedule.kind === 'at' ? spec.schedule.at : undefined)
  const isAhead = planned !== undefined && planned > desk.now.getTime()
  const words = desk.t(`offers.state.${standing.state}`)
  if (standing.retiredAt !== undefined) return desk.t('offers.retired', { state: words })
  return isAhead && !['done', 'cancelled', 'expired', 'rejected'].includes(standing.state)
    ? desk.t('offers.planned', { state: words, when: whenWords(planned, desk) })
    : words
}

/** "Утверждено: Ира, сегодня в 14:05". What the program did has no name. */
export function eventWords({ what, name, at }: OfferLogRow, desk: Desk): string {
  const { t } = desk
  const values = { what: t(`offers.event.${what}`), when: showMoment(new Date(at), desk) }
  if (name === undefined && isPersons(what)) return t('offers.log.left', values)
  return name === undefined
    ? t('offers.log.program', values)
    : t('offers.log.person', { ...values, who: name })
}

const cells = 12

/** "▓▓▓░░░░░░░░░ 25 %" @param share from 0 to 1 */
export function bar(share: number): string {
  const full = Math.floor(share * cells)
  return `${'▓'.repeat(full)}${'░'.repeat(cells - full)} ${Math.floor(share * 100)} %`
}
